"""Plays the shift: hands each step to the window it is for, and does itself what happens around the windows."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from core.database.embedded import Cluster
from core.demo.programs import Failed, Program
from core.demo.report import Played, say
from core.demo.shift import OPENING, SHIFT, TOWN, Act
from core.demo.stream import Stream

PATIENCE = 30.0  # seconds for orders to come and to be cooked
TOLD_EVERY = 10.0  # seconds
OUTAGE = 1.0  # seconds the server stays away at least: everybody must notice


class Player:
    """Plays on three windows that are driven from here, to the end of the shift and at least until `seconds` after the first order."""

    def __init__(self, cluster: Cluster, windows: Mapping[str, Program], stream: Stream, out: Path, seconds: float) -> None:
        self.played = Played()
        self._cluster, self._windows, self._stream = cluster, windows, stream
        self._out, self._seconds = out, seconds
        self._numbers: dict[str, str] = {}  # of the orders that play a part, by their names in the shift
        self._town: dict[str, Callable[[dict[str, Any]], None]] = {
            "orders": self._orders, "want": self._want, "cook": self._cook, "conflict": self._conflict, "pictures": self._pictures,
            "rest": lambda _: stream.errands.rest(True), "go on": lambda _: stream.errands.rest(False),
            "kill": self._kill, "restart": self._restart,
        }  # fmt: skip

    def play(self) -> Played:
        """Play every act, however long that takes here, then let the orders come until the time is over."""
        try:
            self._act(OPENING)
            self._stream.start()
            for act in SHIFT:
                self._act(act)
            self._wait_out()
        except Failed as failure:
            self.played.failed = str(failure)
            say(f"FAILED: {failure}")
            self._take_evidence()
            self._cluster.start()  # what is in it is looked at once more, also when it was down just now
        return self.played

    def _act(self, act: Act) -> None:
        began = time.monotonic()
        for who, step in act.steps:
            if who == TOWN:
                self._town[step["do"]](step)
            else:
                self._windows[who].do({key: self._numbered(value) for key, value in step.items()})
        self.played.acts.append(act.title)
        say(f"{act.title}: done in {time.monotonic() - began:.1f} s. So far {self._stream.tally}.")

    def _numbered(self, value: Any) -> Any:
        """Put numbers where a text says "{first}"."""
        if isinstance(value, str):
            for name, number in self._numbers.items():
                value = value.replace(f"{{{name}}}", number)
        return value

    def _wait_out(self) -> None:
        """Wait until `seconds` have gone by since the first order."""
        while (left := self._seconds - self._stream.tally.seconds) > 1 and self._stream.errands.alive:
            say(f"The shift is over; orders come for another {left:.0f} s. So far {self._stream.tally}.")
            time.sleep(min(left, TOLD_EVERY))

    def _orders(self, step: dict[str, Any]) -> None:
        """Wait until so many more orders were placed."""
        placed = self._stream.tally.placed
        wanted = len(placed) + step["count"]
        self._until(lambda: len(placed) >= wanted, "Not enough orders came")

    def _want(self, step: dict[str, Any]) -> None:
        """Let an order come that is left to the windows, and remember its number by its name in the shift."""
        order = self._stream.leave(step["kitchen"], step["dishes"])
        self._until(lambda: order in self._stream.left, f"Nobody could order {', '.join(step['dishes'])}")
        self._numbers[step["name"]] = str(self._stream.left[order])

    def _cook(self, step: dict[str, Any]) -> None:
        """Let one portion be ordered and cooked, and wait until it left the shelf."""
        order = self._stream.hurry(step["kitchen"], step["dish"])
        self._until(lambda: order in self._stream.tally.cooked, f"Nobody cooked {step['dish']}")

    def _until(self, done: Callable[[], bool], why_not: str) -> None:
        end = time.monotonic() + PATIENCE
        while not done():
            if time.monotonic() > end or not self._stream.errands.alive:
                raise Failed(f"{why_not} within {PATIENCE:.0f} s, or the stream of orders has ended by itself.")
            time.sleep(0.05)

    def _conflict(self, _: dict[str, Any]) -> None:
        self.played.conflicts += 1

    def _kill(self, _: dict[str, Any]) -> None:
        say("The server is killed (kill -9).")
        self._cluster.kill()
        time.sleep(OUTAGE)

    def _restart(self, _: dict[str, Any]) -> None:
        self._cluster.start()
        self.played.restarts += 1
        say(f"The server is back on port {self._cluster.port}.")

    def _pictures(self, step: dict[str, Any]) -> None:
        for who in step["windows"]:
            for theme in ("dark", "light"):
                name = f"{step['name']}-{who.lower().replace(' ', '-')}-{theme}.png"
                self._windows[who].do({"do": "theme", "name": theme})
                self._windows[who].do({"do": "picture", "path": str(self._out / name)})
                self.played.pictures.append(name)

    def _take_evidence(self) -> None:
        for who, window in self._windows.items():
            name = f"failed-{who.lower().replace(' ', '-')}.png"
            with suppress(Failed):  # it may be the very one that is gone
                window.do({"do": "picture", "path": str(self._out / name)})
                self.played.pictures.append(name)
