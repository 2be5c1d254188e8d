"""Dialog: a rounded sheet over its window, which is dimmed while the sheet asks. Escape goes back and changes nothing."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QHideEvent, QPainter, QPainterPath, QPaintEvent, QRegion, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QLayout, QVBoxLayout, QWidget

from core.qt import theme
from core.qt.widgets import Picture, column, frame, label, row

DIM = 0.45  # how much of the window behind is taken away
RADIUS = 16  # px, as the role "sheet" in resources/style.qss
WITHOUT_FRAME = Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint


class Dialog(QDialog):
    """A question that must be answered first. Nothing in it is the default: Enter presses only what has the focus."""

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | WITHOUT_FRAME)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)  # or the corners outside the rounding are painted
        self.sheet = frame("sheet")
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.sheet)
        self._over = parent
        self._dim: _Dim | None = None

    def set_content(self, layout: QLayout) -> None:
        self.sheet.setLayout(layout)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        window = self._over.window()
        self._dim = self._dim or _Dim(window)
        self._dim.show()
        self._dim.raise_()
        self.adjustSize()
        self.move(window.geometry().center() - self.rect().center())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._dim:
            self._dim.deleteLater()
            self._dim = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if QGuiApplication.platformName() == "xcb":  # X may paint what is see-through black, so it is cut off too
            path = QPainterPath()
            path.addRoundedRect(self.rect(), RADIUS, RADIUS)
            self.setMask(QRegion(path.toFillPolygon().toPolygon()))


def heading(title: str, fact: str = "", icon: str = "", token: str = "text") -> QLayout:
    """Lay out the top of a dialog: what happened, and one line of fact under it."""
    words = column(label(title, 24, 600, wrap=True), *([label(fact, 16, 400, "muted", wrap=True)] if fact else []), spacing=4)
    return row(Picture(icon, token, 28), (words, 1), spacing=14) if icon else words


class _Dim(QWidget):
    """Darkens the window behind a dialog; grows with it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(window.rect())
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        veil = theme.colour("shadow")
        veil.setAlphaF(DIM)
        QPainter(self).fillRect(self.rect(), veil)
