"""The finger that scrolls presses nothing: not what its drag happens to start on, and not what it stops from rolling on."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QScroller, QWidget

OUTSIDE = QPointF(-10_000, -10_000)
State = QScroller.State


class Finger(QObject):
    """Lets a finger move what is in a viewport. Qt ends the press of a mouse that drags, but not that of a finger."""

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._viewport, self._state, self._stopped = viewport, State.Inactive, False
        QScroller.grabGesture(viewport, QScroller.ScrollerGestureType.TouchGesture)
        QScroller.scroller(viewport).stateChanged.connect(self._turn)

    def _turn(self, state: State) -> None:
        """The scroller hears of a touch before any button does, of its beginning as of its end."""
        if state in (State.Pressed, State.Dragging) and self._state == State.Scrolling:
            self._stopped = True
        elif state == State.Dragging or self._stopped:
            self._stopped = state in (State.Pressed, State.Dragging)
            self._let_go()
        self._state = state

    def _let_go(self) -> None:
        """End a press as if the finger had left the button."""
        left, none, plain = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        for push in self._viewport.findChildren(QAbstractButton):
            if push.isDown():
                QApplication.sendEvent(push, QMouseEvent(QEvent.Type.MouseButtonRelease, OUTSIDE, OUTSIDE, left, none, plain))
