"""The alarm: rings for orders nobody has accepted, again and again, and for those that must not be cooked any further."""

from collections.abc import Collection
from uuid import UUID

from PySide6.QtCore import QObject, QTimer

from core.qt.line import LineState
from core.qt.sound import Bell

AGAIN = 30_000  # ms


class Alarm(QObject):
    """It is told how things stand; it knows by itself what of that is new. The screen calls first: this is extra."""

    def __init__(self, bell: Bell, line: LineState, parent: QObject) -> None:
        super().__init__(parent)
        self.bell, self.line = bell, line
        self._waiting: frozenset[UUID] = frozenset()
        self._stopped: frozenset[UUID] = frozenset()
        self.again = QTimer(self)
        self.again.setInterval(AGAIN)
        self.again.timeout.connect(self._ring_again)

    def take(self, waiting: Collection[UUID], stopped: Collection[UUID]) -> None:
        """`waiting`: the orders nobody accepted; `stopped`: those cancelled while they were cooked, which nobody has seen yet."""
        if set(stopped) - self._stopped:
            self.bell.ring("cancelled")
        if set(waiting) - self._waiting:
            self.bell.ring("new")
            self.again.start()
        elif not waiting:
            self.again.stop()
        self._waiting, self._stopped = frozenset(waiting), frozenset(stopped)

    def _ring_again(self) -> None:
        if self.line.can_save:  # else nobody could accept them
            self.bell.ring("new")
