"""Errands: what is to be done at which moment, one after another on one thread. What could not be answered is asked again."""

import heapq
import itertools
import threading
import time
from collections.abc import Callable

from core.base.errors import Busy, Offline, TooFast

Errand = Callable[[], None]
PATIENCE = 1.0  # seconds before an errand is tried again


class Errands:
    """An errand that meets Offline, Busy or TooFast is repeated as it is: a verb in it has the same id and is done once."""

    def __init__(self) -> None:
        self._waiting: list[tuple[float, int, Errand]] = []
        self._numbers = itertools.count()
        self._news = threading.Condition()
        self._doing = threading.Lock()
        self._stopped = False
        self._resting = False
        self._thread = threading.Thread(target=self._run, name="errands", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def do_in(self, seconds: float, errand: Errand) -> None:
        with self._news:
            heapq.heappush(self._waiting, (time.monotonic() + seconds, next(self._numbers), errand))
            self._news.notify()

    def rest(self, resting: bool) -> None:
        """Do nothing for a while, or go on. What was under way is finished on return."""
        with self._news:
            self._resting = resting
            self._news.notify()
        with self._doing:
            pass

    @property
    def alive(self) -> bool:
        """Tell whether they go on; a bug in one ends them all."""
        return self._thread.is_alive()

    def stop(self) -> None:
        """Finish what is under way and do no more."""
        with self._news:
            self._stopped = True
            self._news.notify()
        if self.alive:
            self._thread.join(15)

    def _run(self) -> None:
        while errand := self._next():
            try:
                with self._doing:
                    errand()
            except (Offline, Busy, TooFast):
                self.do_in(PATIENCE, errand)

    def _next(self) -> Errand | None:
        """Wait for the next moment and return what is due; None at the end."""
        with self._news:
            while not self._stopped:
                if self._waiting and not self._resting:
                    left = self._waiting[0][0] - time.monotonic()
                    if left <= 0:
                        return heapq.heappop(self._waiting)[2]
                    self._news.wait(left)
                else:
                    self._news.wait()
        return None
