"""The demo's folder: ours alone while it runs, empty when it begins, gone when it ends."""

import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

import platformdirs

from core.base.config import APPLICATION
from core.database.embedded import Cluster

LOCK = "demo.lock"  # in the folder; held while a demo uses it


class NotOurs(Exception):
    """A folder cannot be used; the message says why, and what to do."""


def chosen_folder() -> Path:
    """Return where the demo lives: RACHEL_HOME, else where the server's own account may enter, too."""
    if home := os.environ.get("RACHEL_HOME"):
        return Path(home).absolute()
    if os.name != "nt" and os.geteuid() == 0:
        return Path("/var/lib/rachel-foods/demo")
    return Path(platformdirs.user_data_dir(APPLICATION)) / "demo"


def claim(home: Path) -> IO[str]:
    """Make the folder and return its lock, held. What a power cut left in it is ended and removed. Raises NotOurs."""
    try:
        if home.is_dir() and any(home.iterdir()) and not (home / LOCK).exists():
            raise NotOurs(f"{home} holds something else. Name an empty folder, or a new one, in RACHEL_HOME.")
        lock = _locked(home)
        tidy(home)
    except OSError as error:
        raise NotOurs(f"{home} cannot be used: {error.strerror}. Name another folder in RACHEL_HOME.") from error
    return lock


def tidy(home: Path) -> None:
    """Stop a server that still runs in the folder, and remove all but the lock."""
    if (home / "server").exists():
        Cluster(home / "server").stop()
    for path in home.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != LOCK:
            path.unlink()


def remove(home: Path) -> None:
    """Remove the folder, and the project's own above it where nothing else is in that."""
    tidy(home)
    (home / LOCK).unlink(missing_ok=True)
    with suppress(OSError):
        home.rmdir()
        if home.parent.name == APPLICATION:
            home.parent.rmdir()


def _locked(home: Path) -> IO[str]:
    """Open and lock the file. Another demo may be removing the folder at this moment: then begin anew."""
    while True:
        home.mkdir(mode=0o755, parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            lock = (home / LOCK).open("a", encoding="utf-8")
            try:
                _lock(lock)
                if os.path.samestat(os.fstat(lock.fileno()), (home / LOCK).stat()):
                    return lock
            except BlockingIOError as error:
                lock.close()
                raise NotOurs(f"A demo is running in {home} already. End it first, or name another folder in RACHEL_HOME.") from error
            lock.close()


def _lock(file: IO[str]) -> None:
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError from error
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
