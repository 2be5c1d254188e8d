"""What stands where the cards would be when there are none: loading, an empty shelf, nothing found, or an error."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from core.qt import theme
from core.qt.widgets import Picture, button, column, label, row
from kitchen_app.stock.card import GAP, HEIGHT, WIDTH


class Message(QWidget):
    """What is the case, what to do, and a button that does it."""

    def __init__(self, icon: str, token: str = "muted") -> None:
        super().__init__()
        self.picture = Picture(icon, token, 40)
        self.title = label("", 22, 600, wrap=True)
        self.detail = label("", 16, 400, "muted", wrap=True)
        self.act = button("", None, "touch")
        self.act.clicked.connect(lambda: self._then())
        self._then: Callable[[], object] = lambda: None
        words = column(self.title, self.detail, 8, row(self.act, None), spacing=6)
        self.setLayout(column(row(column(self.picture, None), (words, 1), spacing=18), None, margins=(24, 48, 48, 24)))

    def say(self, title: str, detail: str, act: str = "", then: Callable[[], object] | None = None) -> None:
        self.title.setText(title)
        self.detail.setText(detail)
        self.act.setText(act)
        self.act.setVisible(then is not None)
        self._then = then or (lambda: None)


class Skeleton(QWidget):
    """Cards without words, where the cards will be."""

    def __init__(self) -> None:
        super().__init__()
        told = label(self.tr("Loading the shelf…"), 16, 500, "muted")
        self.setLayout(column(told, None, margins=(2, 0, 0, 0)))
        self.top = told.sizeHint().height() + GAP

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        across = max(1, (self.width() - 18) // (WIDTH + GAP))
        wide = (self.width() - 18) / across
        for place in range(across * (1 + (self.height() - self.top) // (HEIGHT + GAP))):
            x, y = place % across * wide, self.top + place // across * (HEIGHT + GAP)
            self._card(painter, QRectF(x, y, wide - GAP, HEIGHT))

    def _card(self, painter: QPainter, card: QRectF) -> None:
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(card, 12, 12)
        painter.setBrush(theme.colour("disabledBg"))
        for top, part, high in ((16, 0.55, 14), (42, 0.35, 28), (84, 0.85, 6), (104, 0.4, 10), (124, 0.6, 10)):
            painter.drawRoundedRect(QRectF(card.x() + 16, card.y() + top, (card.width() - 32) * part, high), 4, 4)
