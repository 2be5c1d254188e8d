"""Toast: "saved", with a way back. It lives in a place kept free for it and covers nothing; an error is never said here."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QSizePolicy, QWidget

from core.qt.widgets import Elided, Picture, button, column, row

SECONDS = 6


class Toast(QFrame):
    """Hidden until there is something to say; goes by itself, but not while the pointer is over it or the focus in it."""

    def __init__(self, seconds: float = SECONDS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "toast")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.title = Elided("", 15, 600)
        self.detail = Elided("", 13, 400, "muted")
        self.undo = button("", "ghost", "bar")
        self.undo.clicked.connect(self._act)
        self._then: Callable[[], object] | None = None
        words = column(None, self.title, self.detail, None, spacing=0)
        self.setLayout(row(Picture("circle-check", "okText", 22), words, 12, self.undo, margins=(14, 3, 4, 3), spacing=10))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(seconds * 1000))
        self._timer.timeout.connect(self._leave)
        self.hide()

    def say(self, title: str, detail: str = "", action: str = "", then: Callable[[], object] | None = None) -> None:
        """Say what was saved; `action` names the way back, `then` takes it."""
        self.title.setText(title)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))
        self.undo.setText(action)
        self.undo.setVisible(bool(action))
        self.setAccessibleName(f"{title} {detail}".strip())
        self._then = then
        self.show()
        self._timer.start()

    def clear(self) -> None:
        self._then = None
        self._timer.stop()
        self.hide()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave and self.isVisible():
            self._timer.start()  # the whole time again, from when the pointer left
        return super().event(event)

    def _leave(self) -> None:
        focus = QApplication.focusWidget()
        if self.underMouse() or (focus is not None and self.isAncestorOf(focus)):
            self._timer.start()
        else:
            self.clear()

    def _act(self) -> None:
        then = self._then
        self.clear()
        if then:
            then()
