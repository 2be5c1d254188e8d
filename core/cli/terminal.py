"""What `rachel` reads and writes: files, results on stdout (JSON or sentences), progress on stderr."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from core.base.errors import Offline, Refused
from core.cli.outcome import Usage


def read_file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Usage(f"{path} cannot be read: {error.strerror}.") from error


def tell(result: dict[str, Any], sentences: list[str], as_json: bool) -> None:
    """Write the result: one line of JSON for a script, or sentences for a person."""
    if as_json:
        print(json.dumps(result))
    else:
        print("\n".join(harmless(sentence) for sentence in sentences))


def say(sentence: str) -> None:
    """Tell the person something that is no part of the result."""
    print(harmless(sentence), file=sys.stderr, flush=True)


def harmless(text: str) -> str:
    """Show what a terminal would obey (colours, bells, turned reading directions) as escapes: files hold anything."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


class Progress:
    """Says on stderr how far long work has come, every other second, and how far it came when it is stopped."""

    EVERY = 2.0  # seconds

    def __init__(self, total: int, what: str) -> None:
        self._done = 0
        self._total = total
        self._what = what
        self._said = time.monotonic()

    def step(self, many: int = 1) -> None:
        self.reach(self._done + many)

    def reach(self, done: int) -> None:
        self._done = done
        if time.monotonic() - self._said >= self.EVERY:
            self._said = time.monotonic()
            say(f"{self}.")

    @contextmanager
    def told_when_stopped(self, what: str, kept: bool) -> Iterator[None]:
        """Where the work inside ends early, say how far it came, and what that means for whoever does `what` again."""
        meaning = f"The same {what} again goes on, and records nothing twice." if kept else "Nothing is kept of a scratch database."
        try:
            yield
        except KeyboardInterrupt as stop:
            raise KeyboardInterrupt(f"Stopped: {self}. {meaning}") from stop
        except (Offline, Refused):
            say(f"Stopped: {self}. {meaning}")
            raise

    def __str__(self) -> str:
        return f"{self._done:,} of {self._total:,} {self._what}"
