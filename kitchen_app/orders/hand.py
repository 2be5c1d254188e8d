"""The hand: wet, fast, and on its way before things move. What it touches just after that was not meant by it."""

import time

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

REACTION = 0.4  # seconds: nobody sees, understands and touches in less


class Hand(QObject):
    """Keeps touches from what was somewhere else, or something else, a moment ago, and makes a double touch one."""

    def __init__(self, *touched: QWidget) -> None:
        """The first of `touched` owns it."""
        super().__init__(touched[0])
        self._moved = float("-inf")
        for widget in touched:
            self.watch(widget)

    def watch(self, widget: QWidget) -> None:
        widget.installEventFilter(self)

    def moved(self) -> None:
        """What is watched was put under the hand, or came to mean something else."""
        self._moved = time.monotonic()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent) or event.source() == Qt.MouseEventSource.MouseEventSynthesizedByApplication:
            return False  # a program that presses knows what it presses
        if event.type() == QEvent.Type.MouseButtonDblClick:
            return True
        return event.type() == QEvent.Type.MouseButtonPress and time.monotonic() - self._moved < REACTION
