"""Kept heads: what a machine outside the database remembers of the trail, signed where it has a key."""

import json
import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from core.audit.head import STREAMS, Head, Stream
from core.audit.signing import Key, signed_by
from core.base.config import Server
from core.base.errors import Refused


@dataclass(frozen=True)
class KeptHead:
    """A head, when this machine saw it (UTC), and what its key says of that."""

    head: Head
    at: datetime
    signature: str | None = None

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

    @classmethod
    def of(cls, data: Path, server: Server, *, signed: bool = False) -> "KeptHeads":
        """Return those of one database, under the folder of this machine's files; with `signed` they are signed with its key."""
        folder = data / "heads" / quote(f"{server.host} {server.port} {server.database}", safe=" ")
        return cls(folder, Key.of(cls.key_of(data)) if signed else None)

    @staticmethod
    def key_of(data: Path) -> Path:
        """Return where the key of this machine lies."""
        return data / "heads" / "key.pem"

    def keep(self, head: Head) -> KeptHead:
        """Write a head down, through to the disk. Raises Refused."""
        at = datetime.now(UTC)
        kept = KeptHead(head, at)
        if self._key:
            kept = replace(kept, signature=self._key.sign(kept.message))
        line = {"stream": head.stream, "position": head.position, "head": head.head, "at": at.isoformat(), "signature": kept.signature}
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            with open(os.open(self.folder / f"{at:%Y-%m}.jsonl", flags, 0o600), "w", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise Refused(f"The head of the trail cannot be kept in {self.folder}: {error.strerror}.") from error
        return kept

    def newest(self) -> dict[Stream, KeptHead]:
        """Return the newest head of each stream that has one."""
        found: dict[Stream, KeptHead] = {}
        for path in self._files():
            found = {kept.head.stream: kept for kept in _of(path)} | found
            if len(found) == len(STREAMS):
                break
        return found

    def daily(self, stream: Stream) -> list[KeptHead]:
        """Return the last head of each day (UTC) of a stream, oldest first."""
        days = {kept.at.date(): kept for path in reversed(self._files()) for kept in _of(path) if kept.head.stream == stream}
        return list(days.values())

    def _files(self) -> list[Path]:
        """Return its files, the newest first."""
        return sorted(self.folder.glob("*.jsonl"), reverse=True)


def read_heads(lines: str) -> list[KeptHead]:
    """Return what the lines of such a file say; one that a power cut left half written says nothing."""
    return list(filter(None, map(_read, lines.splitlines())))


def _of(path: Path) -> list[KeptHead]:
    return read_heads(path.read_text(encoding="utf-8", errors="replace"))


def _read(line: str) -> KeptHead | None:
    try:
        it = json.loads(line)
        return KeptHead(Head(it["stream"], it["position"], it["head"]), datetime.fromisoformat(it["at"]), it["signature"])
    except (ValueError, KeyError, TypeError):
        return None
