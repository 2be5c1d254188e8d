"""Scanner: a keyboard-wedge scanner types very fast and ends with Enter. What it read is told once, wherever the focus is."""

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

GAP = 35  # ms between two keys; a person is slower
SHORTEST = 6  # keys; shorter bursts are a fast typist's
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Scanner(QObject):
    """Watches the whole program's keys: `QApplication.instance().installEventFilter(scanner)`.

    The digits land in the focused field like any others; once they turn out to be a scan, the field gets back what it
    held before. The Enter is swallowed, or it would press the focused button.
    """

    scanned = Signal(str)

    def __init__(self, parent: QObject | None = None, gap: int = GAP, shortest: int = SHORTEST) -> None:
        super().__init__(parent)
        self.gap, self.shortest = gap, shortest
        self._keys = ""
        self._last = 0
        self._before: tuple[QLineEdit, str] | None = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A key that a widget leaves alone is offered to its parents too: count it once, where it arrives.
        if event.type() != QEvent.Type.KeyPress or watched is not _receiver():
            return False
        key = cast(QKeyEvent, event)
        if key.isAutoRepeat():
            return False
        fast = key.timestamp() - self._last <= self.gap
        self._last = key.timestamp()
        if key.key() in ENTER:
            return self._ended(fast)
        self._collect(key.text(), fast)
        return False

    def _collect(self, text: str, fast: bool) -> None:
        if not (fast and self._keys):
            self._keys = ""
            focus = QApplication.focusWidget()
            self._before = (focus, focus.text()) if isinstance(focus, QLineEdit) else None
        self._keys = self._keys + text if text.isprintable() else ""  # Shift alone has the text "", which is printable

    def _ended(self, fast: bool) -> bool:
        code, self._keys = self._keys, ""
        if not fast or len(code) < self.shortest:
            return False
        if self._before and self._before[0] is QApplication.focusWidget():
            self._before[0].setText(self._before[1])
        self.scanned.emit(code)
        return True


def _receiver() -> QWidget | None:
    popup = QApplication.activePopupWidget()
    if popup:
        return popup.focusWidget() or popup
    return QApplication.focusWidget() or QApplication.activeWindow()
