"""Reader: reads the same thing again whenever something changed: one read at a time, and never too soon after the last."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer

from core.base.errors import Offline
from core.qt.task import run

GAP = 400  # ms from an answer to the next question; the office does not need it faster
RETRY = 3000  # ms after the server did not answer


class Reader(QObject):
    """However often it is asked while a read is under way, one more follows, and that one sees everything."""

    def __init__(
        self,
        prepare: Callable[[], Callable[[], Any]],
        then: Callable[[Any], None],
        failed: Callable[[Exception], None],
        parent: QObject,
        gap: int | None = None,
    ) -> None:
        """`prepare` runs in the UI thread when a read begins, and returns what is to be done off it. `gap`: ms to the next read, or GAP."""
        super().__init__(parent)
        self.gap = GAP if gap is None else gap
        self._prepare, self._then, self._failed = prepare, then, failed
        self._busy = self._wanted = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._go_on)

    def ask(self) -> None:
        self._wanted = True
        if not self._busy and not self._rest.isActive():
            self._go_on()

    def _go_on(self) -> None:
        if self._wanted:
            self._wanted, self._busy = False, True
            run(self, self._prepare(), then=self._answered, failed=self._refused)

    def _answered(self, answer: Any) -> None:
        self._busy = False
        self._rest.start(self.gap)
        self._then(answer)

    def _refused(self, error: Exception) -> None:
        self._busy = False
        self._wanted = self._wanted or isinstance(error, Offline)
        self._rest.start(RETRY if isinstance(error, Offline) else self.gap)
        self._failed(error)
