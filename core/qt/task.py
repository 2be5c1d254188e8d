"""run(): do slow work off the UI thread, then return to it with the answer or the error."""

import gc
from collections.abc import Callable
from functools import cache, partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal, Slot
from shiboken6 import isValid

from core.base.errors import Offline, Refused

Answer = TypeVar("Answer")

THREADS = 4  # as many as the gateway has connections: one more would only wait for one
SWEEP_EVERY = 500  # ms


class _Errand:
    """What is to be done, and for whom. It is emptied in the UI thread: whoever lets go of a QObject last ends it, in their thread."""

    def __init__(self, owner: QObject, work: Callable[[], Any], then: Callable[[Any], None], failed: Callable[[Exception], None]) -> None:
        self.owner: QObject | None = owner
        self.work: Callable[[], Any] | None = work
        self.then: Callable[[Any], None] | None = then
        self.failed: Callable[[Exception], None] | None = failed
        self.deliver: Callable[[], None] | None = None

    def do(self) -> None:
        assert self.work and self.then and self.failed
        try:
            self.deliver = partial(self.then, self.work())
        except Exception as error:  # noqa: BLE001 - the UI thread decides what it means
            self.deliver = partial(self.failed, error)

    def end(self, deliver: bool) -> None:
        owner, answer = self.owner, self.deliver
        self.owner = self.work = self.then = self.failed = self.deliver = None
        if deliver and answer and isValid(owner):
            answer()


class _Courier(QObject):
    """Carries errands back to the UI thread. One for the program, so it never dies mid-delivery."""

    arrived = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.closing = False
        self.pool = QThreadPool()
        self.pool.setMaxThreadCount(THREADS)
        self.arrived.connect(self._open)
        gc.disable()  # it would run in whichever thread is at hand, and end QObjects there that belong to this one
        sweeper = QTimer(self)
        sweeper.timeout.connect(_sweep)
        sweeper.start(SWEEP_EVERY)

    @Slot(object)
    def _open(self, errand: _Errand) -> None:
        errand.end(deliver=not self.closing)


def _sweep() -> None:
    """Collect what Python would have collected by itself, but here."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return


@cache
def _courier() -> _Courier:
    return _Courier()


def run(
    owner: QObject,
    work: Callable[[], Answer],
    *,
    then: Callable[[Answer], None],
    failed: Callable[[Exception], None],
) -> None:
    """Do `work` in the pool; call `then` or `failed` on the UI thread, if `owner` still lives and the program is not closing.

    Call it from the UI thread only: the first call makes the courier, which must live there.
    """
    courier, errand = _courier(), _Errand(owner, work, then, failed)

    def job() -> None:
        errand.do()
        courier.arrived.emit(errand)

    courier.pool.start(job)


def unless_expected(error: Exception) -> None:
    """For `failed`: the line is down, or the server refused or is busy, and it is asked again at the next occasion. Else it is a bug."""
    if not isinstance(error, Offline | Refused):
        raise error  # the crash dialog has it


def close() -> None:
    """The program is closing: from now on answers are dropped. Call it before the database is closed, and wait() after."""
    _courier().closing = True


def wait(seconds: float = 3.0) -> bool:
    """Wait until nothing is under way; say whether that was so in time. The answers still come by the event loop."""
    return _courier().pool.waitForDone(round(seconds * 1000))
