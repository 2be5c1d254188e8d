"""The keeper: a process beside the demo that ends what is left when the demo is gone, however it went (kill -9, too).

It holds the folder's lock, too. On stdin it is told which processes began and ended; when that input ends, so does the demo.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from core.demo.folder import remove

KEEP = "import sys; from pathlib import Path; from core.demo.keeper import keep; keep(Path(sys.argv[1]), sys.stdin)"
PATIENCE = 3.0  # seconds between asking a process to end and ending it


class Keeper:
    """The demo's side of it."""

    def __init__(self, home: Path, lock: IO[str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", KEEP, str(home)], stdin=subprocess.PIPE, text=True,
            pass_fds=() if os.name == "nt" else (lock.fileno(),), start_new_session=True,
        )  # fmt: skip

    def told(self, process: int, what: str) -> None:
        """Say that a process "began" or "ended"."""
        assert self._process.stdin
        self._process.stdin.write(f"{process} {what}\n")
        self._process.stdin.flush()

    def finish(self) -> None:
        """Let it end what is left, stop the server and remove the folder; wait until that is done."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


def keep(home: Path, news: IO[str]) -> None:
    """Listen until the demo is gone, then end what is left, stop the server and remove the folder."""
    left: set[int] = set()
    for line in news:
        number, what = line.split()
        (left.add if what == "began" else left.discard)(int(number))
    for end_signal in (signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)):
        end = time.monotonic() + PATIENCE
        for process in left:
            with suppress(OSError):
                os.kill(process, end_signal)
        while any(_lives(process) for process in left) and time.monotonic() < end:
            time.sleep(0.05)
    remove(home)


def _lives(process: int) -> bool:
    if os.name == "nt":  # there an end is an end at once, and the 0 below would be a Ctrl-C
        return False
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True
