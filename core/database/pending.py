"""What was asked and not yet answered, kept on disk: after a crash the program asks what became of it, and sends nothing again."""

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote
from uuid import UUID

from core.base.errors import Refused

REMEMBERED = timedelta(days=30)  # the server keeps ids longer than that
SECRET = {"verifier", "token"}  # arguments that are never written down


@dataclass(frozen=True)
class Kept:
    """One command whose outcome is unknown: what was asked (`args` as JSON values), and when (UTC)."""

    command_id: UUID
    verb: str
    args: dict[str, Any]
    at: datetime

    @property
    def too_old(self) -> bool:
        """Tell whether the server may have forgotten it: its outcome cannot be known any more."""
        return datetime.now(UTC) - self.at > REMEMBERED


class Pending:
    """A folder with one file per command, closed to others. One login's own: nobody else can settle what it asked."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, command_id: UUID, verb: str, args: dict[str, Any]) -> bool:
        """Write it down, through to the disk; False when it lay there already (a repeat), which is left as it is."""
        told = {name: value for name, value in args.items() if name not in SECRET | {"command_id"}}
        text = json.dumps({"verb": verb, "args": told, "at": datetime.now(UTC).isoformat()}, default=str)
        path, draft = self._path(command_id), self._path(command_id).with_suffix(".draft")
        if path.exists():
            return False
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
            self._sync_folder()
        except OSError as error:
            raise Refused(f"This computer cannot write to its disk, so nothing was sent. ({error.strerror})") from error
        return True

    def forget(self, command_id: UUID) -> None:
        """Its outcome is known."""
        self._path(command_id).unlink(missing_ok=True)

    def waiting(self) -> list[Kept]:
        """Return what is unknown, oldest first. A file that cannot be read is left for a person to look at."""
        found = []
        for path in self._folder.glob("*.json"):
            with suppress(OSError, ValueError, KeyError):
                told = json.loads(path.read_text(encoding="utf-8"))
                found.append(Kept(UUID(path.stem), told["verb"], told["args"], datetime.fromisoformat(told["at"])))
        return sorted(found, key=lambda kept: kept.at)

    def _path(self, command_id: UUID) -> Path:
        return self._folder / f"{command_id}.json"

    def _sync_folder(self) -> None:
        if os.name == "nt":  # there a folder cannot be opened, and its entries are journalled
            return
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def folder_of(data: Path, login: str) -> Path:
    """Return where one login's unanswered commands are kept: nobody else can settle them."""
    return data / "pending" / quote(login, safe="")


def left_behind(data: Path, login: str) -> list[str]:
    """Return the other logins whose commands from this computer are still unanswered."""
    others = sorted(folder for folder in (data / "pending").glob("*") if folder != folder_of(data, login))
    return [unquote(folder.name) for folder in others if Pending(folder).waiting()]
