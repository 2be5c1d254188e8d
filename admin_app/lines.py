"""Lines: a list in the details of a row. Each item has words and a figure, and below them, smaller, words and a figure again."""

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from core.qt import theme
from core.qt.rows import ROW, Column, RowsModel

MARGIN, GAP, LEFT, BESIDE = 10, 2, 28, 12  # px: above and below an item, between its lines, for its icon, before its figures
WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class Line(NamedTuple):
    """What one item says; tones are colours of the theme."""

    icon: str
    icon_tone: str
    words: str
    figure: str
    figure_tone: str
    below: str
    below_figure: str


class Lines(QListView):
    """It asks for the next page when its end comes into sight. Words are never cut: they go on in the next line."""

    opened = Signal(object)  # the item's row: Enter, or a double click

    def __init__(self, name: str, look: Callable[[Any], Line], spoken: Callable[[Any], str], key: Callable[[Any], Any]) -> None:
        """`spoken` is what a screen reader hears of a row."""
        super().__init__()
        self.look = look
        self.rows: RowsModel[Any] = RowsModel([Column("", spoken)], key=key)
        self.setModel(self.rows)
        self.setAccessibleName(name)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setItemDelegate(_Painter(self))
        self.activated.connect(lambda index: self.opened.emit(index.data(ROW)))

    @property
    def shown(self) -> list[Any]:
        return self.rows.rows

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # how high an item is hangs on how wide it is


class _Painter(QStyledItemDelegate):
    def __init__(self, view: Lines) -> None:
        super().__init__(view)
        self.view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        width = self.view.viewport().width()
        return QSize(width, sum(_heights(self.view.look(index.data(ROW)), width)) + GAP + 2 * MARGIN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        line, room = self.view.look(index.data(ROW)), option.rect
        painter.save()
        painter.fillRect(QRect(room.left(), room.bottom(), room.width() - MARGIN, 1), theme.colour("border"))
        painter.drawPixmap(room.left() + 4, room.top() + MARGIN + 1, theme.icon(line.icon, line.icon_tone, 18))
        top, below = _heights(line, room.width())
        first = QRect(room.left() + LEFT, room.top() + MARGIN, room.width() - LEFT - MARGIN, top)
        _two(painter, first, (line.words, theme.font(15, 500), "text"), (line.figure, theme.font(15, 600), line.figure_tone))
        second = QRect(first.left(), first.bottom() + 1 + GAP, first.width(), below)
        _two(painter, second, (line.below, theme.font(13), "muted"), (line.below_figure, theme.font(13), "muted"))
        if self.view.hasFocus() and self.view.currentIndex().row() == index.row():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRoundedRect(room.adjusted(1, 1, -2, -2), 6, 6)
        painter.restore()


def _heights(line: Line, width: int) -> tuple[int, int]:
    """Return how high the two parts of an item are, each as many lines as its words need."""
    room, small = width - LEFT - MARGIN, theme.font(13)
    return (
        _height(line.words, theme.font(15, 500), room - _taken(line.figure, theme.font(15, 600))),
        _height(line.below, small, room - _taken(line.below_figure, small)),
    )


def _height(words: str, font: QFont, width: int) -> int:
    return QFontMetrics(font).boundingRect(QRect(0, 0, max(width, 40), 10_000), WRAP, words).height()


def _taken(words: str, font: QFont) -> int:
    return QFontMetrics(font).horizontalAdvance(words) + BESIDE if words else 0


def _two(painter: QPainter, room: QRect, left: tuple[str, QFont, str], right: tuple[str, QFont, str]) -> None:
    """Write words at the left, in as many lines as they need, and a figure at the right; each with its font and tone."""
    words, font, tone = right
    painter.setFont(font)
    painter.setPen(theme.colour(tone))
    painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, words)
    beside = room.adjusted(0, 0, -_taken(words, font), 0)
    words, font, tone = left
    painter.setFont(font)
    painter.setPen(theme.colour(tone))
    painter.drawText(beside, WRAP, words)
