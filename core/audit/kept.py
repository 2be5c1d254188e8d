"""Kept heads: what a machine outside the database remembers of the trail, signed where it has a key."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from errno import ENOSPC
from functools import partial
from io import FileIO
from pathlib import Path
from urllib.parse import quote

from core.audit.head import STREAMS, Head, Stream
from core.audit.signing import Key, signed_by
from core.base.config import Server
from core.base.errors import Refused


@dataclass(frozen=True)
class KeptHead:
    """A head, when this machine saw it (UTC), what its key says of that, and whether this machine verified the trail up to there."""

    head: Head
    at: datetime
    signature: str | None = None
    verified: bool = False

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
        self._verified: dict[Stream, KeptHead] = {}

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

    def keep(self, head: Head, *, verified: bool = False) -> KeptHead:
        """Write a head down, through to the disk; `verified`: up to there this machine found the trail right. Raises Refused."""
        at = datetime.now(UTC)
        kept = KeptHead(head, at, verified=verified)
        if self._key:
            kept = replace(kept, signature=self._key.sign(kept.message))
        told = {"stream": head.stream, "position": head.position, "head": head.head, "at": at.isoformat(), "signature": kept.signature}
        with self._told("kept"), self._open(at) as file:
            _append(file, json.dumps(told | {"verified": verified}))
        return kept

    def keep_verified(self, head: Head) -> None:
        """Write down how far the trail was found right, where that is further than it was before. Raises Refused."""
        self._verified = self._verified or self.newest(verified=True)
        before = self._verified.get(head.stream)
        if head.position > (before.head.position if before else 0):
            self._verified[head.stream] = self.keep(head, verified=True)

    def newest(self, *, verified: bool = False) -> dict[Stream, KeptHead]:
        """Return the newest head of each stream that has one; `verified`: of those alone up to which the trail was found right."""
        found: dict[Stream, KeptHead] = {}
        for path in self._files():
            found = {kept.head.stream: kept for kept in self._of(path) if kept.verified or not verified} | found
            if len(found) == len(STREAMS):
                break
        return found

    def daily(self, stream: Stream) -> list[KeptHead]:
        """Return the last head of each day (UTC) of a stream, oldest first."""
        days = {kept.at.date(): kept for path in reversed(self._files()) for kept in self._of(path) if kept.head.stream == stream}
        return list(days.values())

    def _files(self) -> list[Path]:
        """Return its files, the newest first."""
        with self._told("read"):
            return sorted((path for path in self.folder.iterdir() if path.suffix == ".jsonl"), reverse=True) if self.folder.exists() else []

    def _of(self, path: Path) -> list[KeptHead]:
        with self._told("read"):
            return read_heads(path.read_text(encoding="utf-8", errors="replace"))

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
        verified = it.get("verified", signature is None)  # before it was written down: what a worker kept was signed, all else verified
        is_right = head.stream in STREAMS and type(head.position) is int and len(bytes.fromhex(head.head)) == 32
        return KeptHead(head, at.astimezone(UTC), signature, bool(verified)) if is_right else None
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return None
