"""Machine: what only a program on the server's own machine can see: its processor and its disk. On Linux; elsewhere nothing is known."""

import os
from pathlib import Path
from typing import NamedTuple

PROC = Path("/proc")


class Space(NamedTuple):
    """Bytes of the disk that the database lies on: what the server may still write, and how large it is."""

    free: int
    total: int


def is_here(backend: int, proc: Path = PROC) -> bool:
    """Tell whether the process that answered us runs on this machine: an address alone does not say (a tunnel ends at 127.0.0.1)."""
    try:
        return (proc / str(backend) / "comm").read_text(encoding="utf-8").strip() == "postgres"
    except OSError:
        return False


def free_space(backend: int, proc: Path = PROC) -> Space | None:
    """Return what is free where the database lies, or where its log lies if that is less; None where this account may not see it.

    A server process stands in its data folder; only its own account and root may look there.
    """
    home = proc / str(backend) / "cwd"
    try:
        found = [os.statvfs(folder) for folder in (home, home / "pg_wal")]
    except OSError:
        return None
    return min(Space(each.f_bavail * each.f_frsize, each.f_blocks * each.f_frsize) for each in found)


class Processor:
    """How busy the whole machine was between two looks."""

    def __init__(self, proc: Path = PROC) -> None:
        self._stat = proc / "stat"
        self._before: tuple[int, int] | None = None

    def look(self) -> int | None:
        """Return the thousandths of its time that it worked since the last look; None the first time."""
        try:
            ticks = [int(each) for each in self._stat.read_text(encoding="utf-8").split("\n", 1)[0].split()[1:9]]
        except (OSError, ValueError):
            return None
        now, before = (sum(ticks), ticks[3] + ticks[4]), self._before  # the fourth and fifth: idle, and waiting for a disk
        self._before = now
        if before is None or now[0] <= before[0]:
            return None
        return min(1000, max(0, 1000 - 1000 * (now[1] - before[1]) // (now[0] - before[0])))
