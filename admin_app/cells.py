"""Cells: how the office's tables paint a cell: a line, a smaller one under it where its words have two; what just changed is marked."""

import time
from collections.abc import Hashable, Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from core.qt import theme
from core.qt.rows import ROW, RowsModel

PADDING, ICON, BAR = 12, 16, 3  # px
SECONDS = 4  # as long as a change stays marked


class Cells(QStyledItemDelegate):
    """Paints a whole table. A column's tone and icon go with the lower line where there is one: it says what they mean."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self.view = view
        self._fresh: dict[Hashable, float] = {}  # key of a row: until when it is marked
        self._clock = QTimer(self)
        self._clock.setInterval(250)
        self._clock.timeout.connect(self._forget)

    def mark(self, keys: Iterable[Hashable]) -> None:
        """Mark these rows as just changed. The mark goes at once, without motion."""
        self._fresh |= dict.fromkeys(keys, time.monotonic() + SECONDS)
        self._clock.start()
        self.view.viewport().update()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text, ground.icon = "", QIcon()
        ground.state &= ~QStyle.StateFlag.State_HasFocus  # the whole row is chosen, not a cell
        painter.save()
        self._mark(painter, ground, index)
        self.view.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, self.view)
        self.paint_words(painter, ground, index)
        painter.restore()

    def paint_words(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Write what a cell says, on its ground."""
        _words(painter, option, index)

    def _mark(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        model = index.model()
        if not isinstance(model, RowsModel) or model.key(index.data(ROW)) not in self._fresh:
            return
        if not option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.colour("warnSoft"))
        if self.view.horizontalHeader().logicalIndexAt(0) == index.column():
            painter.fillRect(QRect(option.rect.topLeft(), option.rect.bottomLeft() + QPoint(BAR - 1, 0)), theme.colour("warn"))

    def _forget(self) -> None:
        now = time.monotonic()
        kept = {key: until for key, until in self._fresh.items() if until > now}
        if len(kept) < len(self._fresh):
            self._fresh = kept
            self.view.viewport().update()
        if not kept:
            self._clock.stop()


def _words(painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
    first, _, second = str(index.data() or "").partition("\n")
    tone = index.data(Qt.ItemDataRole.ForegroundRole)
    colour = tone or theme.colour("text")
    icon = index.data(Qt.ItemDataRole.DecorationRole)
    room = option.rect.adjusted(PADDING, 0, -PADDING, -1)
    if not second:
        _line(painter, room, first, option.font, colour, option.displayAlignment, icon)
        return
    small = theme.font(13)
    heights = QFontMetrics(option.font).height(), QFontMetrics(small).height()
    top = QRect(room.left(), room.top() + (room.height() - sum(heights)) // 2, room.width(), heights[0])
    below = QRect(room.left(), top.bottom() + 1, room.width(), heights[1])
    _line(painter, top, first, option.font, colour, option.displayAlignment)
    _line(painter, below, second, small, tone if tone and icon else theme.colour("muted"), option.displayAlignment, icon)


def _line(
    painter: QPainter, room: QRect, text: str, font: QFont, colour: QColor, align: Qt.AlignmentFlag, icon: QIcon | None = None
) -> None:
    """Write one line; its icon stands right before the words, wherever they stand."""
    metrics = QFontMetrics(font)
    gap = ICON + 6 if icon else 0
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width() - gap)
    left = room.right() + 1 - metrics.horizontalAdvance(shown) if align & Qt.AlignmentFlag.AlignRight else room.left() + gap
    if icon:
        icon.paint(painter, left - gap, room.center().y() - ICON // 2 + 1, ICON, ICON)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(QRect(left, room.top(), room.right() + 1 - left, room.height()), Qt.AlignmentFlag.AlignVCenter, shown)
