"""Kept heads: what a machine outside the database remembers of the trail, signed where it has a key."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from errno import ENOSPC
from functools import partial
from io import FileIO
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from core.audit.head import STREAMS, Head, Stream
from core.audit.signing import Key, signed_by
from core.base.config import Server
from core.base.errors import Refused

Verifier = Literal["reader", "server"]
# What a line of ours says of its stream, its day and who verified it: such a line is read only where that is asked for.
MARKS = re.compile(
    rb'{"stream": "(\w+)", "position": \d+, "head": "\w+", "at": "([\d-]{10})T[^"]+", "signature": [^,]+, "verified": ("?\w+)'
)
STREAM, DAY, VERIFIER = (1,), (1, 2), (1, 3)  # groups of it


@dataclass(frozen=True)
class KeptHead:
    """A head, when this machine saw it (UTC), what its key says of that, and by whom this machine found the trail right up to there.

    By its own reader, or by the server's function, which whoever owns the server can replace; None: nobody verified it.
    """

    head: Head
    at: datetime
    signature: str | None = None
    verified: Verifier | None = None

    @property
    def message(self) -> str:
        """Return what is signed."""
        return f"rachel head\n{self.head.stream}\n{self.head.position}\n{self.head.head}\n{self.at.isoformat()}\n"

    def is_signed_by(self, public: str) -> bool:
        """Tell whether the key with this public half (PEM) signed it. Raises Invalid when it is no such key."""
        return self.signature is not None and signed_by(public, self.message, self.signature)


class KeptHeads:
    """A folder with a file for each month, one line of JSON for each head. It only ever grows."""

    def __init__(self, folder: Path, key: Key | None = None) -> None:
        self.folder = folder
        self._key = key
        self._ends: dict[
            tuple[Path, tuple[int, ...]], tuple[tuple[int, int], list[KeptHead]]
        ] = {}  # of each file, as long as it stays as it is

    @classmethod
    def of(cls, data: Path, server: Server, *, signed: bool = False) -> "KeptHeads":
        """Return those of one database, under the folder of this machine's files; with `signed` they are signed with its key."""
        folder = data / "heads" / quote(f"{server.host} {server.port} {server.database}", safe=" ")
        return cls(folder, Key.of(cls.key_of(data)) if signed else None)

    @staticmethod
    def key_of(data: Path) -> Path:
        """Return where the key of this machine lies."""
        return data / "heads" / "key.pem"

    def prepare(self) -> None:
        """See that heads can be read and kept here, before long work for one begins. Raises Refused."""
        with self._told("kept"):
            self._open(datetime.now(UTC)).close()
        self.newest()

    def keep(self, head: Head, *, verified: Verifier | None = None) -> KeptHead:
        """Write a head down, through to the disk; `verified`: by whom the trail was found right up to there. Raises Refused."""
        at = datetime.now(UTC)
        kept = KeptHead(head, at, verified=verified)
        if self._key:
            kept = replace(kept, signature=self._key.sign(kept.message))
        told = {"stream": head.stream, "position": head.position, "head": head.head, "at": at.isoformat(), "signature": kept.signature}
        with self._told("kept"), self._open(at) as file:
            _append(file, json.dumps(told | {"verified": verified or False}))
        return kept

    def keep_verified(self, head: Head, by: Verifier) -> None:
        """Write down how far the trail was found right, where that is further than it was before. Raises Refused."""
        before = self.newest_verified(by).get(head.stream)
        if head.position > (before.head.position if before else 0):
            self.keep(head, verified=by)

    def newest(self) -> dict[Stream, KeptHead]:
        """Return the newest head of each stream that has one."""
        found: dict[Stream, KeptHead] = {}
        for path in self._files():
            for kept in self._last(path, STREAM):
                found.setdefault(kept.head.stream, kept)
            if len(found) == len(STREAMS):
                break
        return found

    def newest_verified(self, by: Verifier) -> dict[Stream, KeptHead]:
        """Return the head of each stream where a quick verification may begin: the reader's where a reader came, the server's at either."""
        found: dict[tuple[Stream, Verifier], KeptHead] = {}
        for path in self._files():
            for kept in self._last(path, VERIFIER):
                if kept.verified and by in ("server", kept.verified):
                    found.setdefault((kept.head.stream, kept.verified), kept)
            if len(found) == len(STREAMS) * (2 if by == "server" else 1):
                break
        return {kept.head.stream: kept for kept in sorted(found.values(), key=lambda kept: kept.head.position)}

    def daily(self, stream: Stream) -> list[KeptHead]:
        """Return the last head of each day (UTC) of a stream, oldest first."""
        days: dict[date, KeptHead] = {}
        for path in self._files():
            for kept in self._last(path, DAY):
                if kept.head.stream == stream:
                    days.setdefault(kept.at.date(), kept)
        return [days[day] for day in reversed(days)]

    def _files(self) -> list[Path]:
        """Return its files, the newest first."""
        with self._told("read"):
            return sorted((path for path in self.folder.iterdir() if path.suffix == ".jsonl"), reverse=True) if self.folder.exists() else []

    def _last(self, path: Path, marks: tuple[int, ...]) -> list[KeptHead]:
        """Return the last head with each of the marks, the newest first; of a file that has not changed from memory."""
        with self._told("read"):
            now = path.stat()
            state = (now.st_size, now.st_mtime_ns)
            if (path, marks) not in self._ends or self._ends[path, marks][0] != state:
                self._ends[path, marks] = (state, _last(path.read_bytes().splitlines(), marks))
        return self._ends[path, marks][1]

    def _open(self, at: datetime) -> FileIO:
        """Open the file of a month for a line more."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._refuse_another_accounts()
        return FileIO(self.folder / f"{at:%Y-%m}.jsonl", "ab+", opener=partial(os.open, mode=0o600))

    def _refuse_another_accounts(self) -> None:
        """Keep out of what another account keeps: the files made there would be closed to it."""
        if not hasattr(os, "geteuid"):  # on Windows a folder's rights say all
            return
        for folder in (self.folder.parent, self.folder):
            if (owner := folder.stat().st_uid) != os.geteuid():
                raise Refused(f"The heads in {folder} belong to another account ({owner}): run this under that one (sudo -u '#{owner}' …).")

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            words = f"The heads of the trail cannot be {what} in {self.folder}: {error.strerror or error}."
            raise Refused(f"{words} Look at its rights, and under which account this runs.") from error


def read_heads(lines: str) -> list[KeptHead]:
    """Return what the lines of such a file say; one that a power cut left half written says nothing."""
    return list(filter(None, map(_read, lines.splitlines())))


def _last(lines: list[bytes], marks: tuple[int, ...]) -> list[KeptHead]:
    """Return the last head with each of the marks, the newest first, and each head of a line that does not say them so."""
    found, seen = [], set()
    for line in reversed(lines):
        said = MARKS.match(line)
        mark = said.group(*marks) if said else None
        if mark in seen:
            continue
        if kept := _read(line.decode(errors="replace")):
            found.append(kept)
            seen.update([mark] if mark else [])
    return found


def _append(file: FileIO, line: str) -> None:
    """Write a line in one piece, on a line of its own also where a power cut left half of one."""
    if size := file.seek(0, os.SEEK_END):
        file.seek(size - 1)
    whole = (b"\n" if size and file.read(1) != b"\n" else b"") + line.encode() + b"\n"
    if file.write(whole) != len(whole):
        raise OSError(ENOSPC, os.strerror(ENOSPC))
    os.fsync(file.fileno())


def _read(line: str) -> KeptHead | None:
    try:
        it = json.loads(line)
        head, at, signature = Head(it["stream"], it["position"], it["head"]), datetime.fromisoformat(it["at"]), it["signature"]
        told = it.get("verified", signature is None)  # before it was written down: what a worker kept was signed, all else verified
        verified: Verifier | None = "reader" if told == "reader" else "server" if told else None  # a plain true may be the server's
        is_right = head.stream in STREAMS and type(head.position) is int and len(bytes.fromhex(head.head)) == 32
        return KeptHead(head, at.astimezone(UTC), signature, verified) if is_right else None
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return None
