"""Movements: the recent past of one item, newest first, a page at a time: what happened, by how much, and who did it when."""

from typing import Any

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from admin_app.stock.shelves import kind_word
from core.base.quantity import shown, signed
from core.qt import theme
from core.qt.line import LineState, moment
from core.qt.rows import ROW, Column, RowsModel
from core.stock import Item, Kind, Movement

ICONS = {
    Kind.OPENING: "package", Kind.DELIVERY: "truck", Kind.WASTE: "trash-2", Kind.COUNT: "clipboard-check", Kind.CORRECTION: "pencil",
    Kind.UNDO: "undo-2", Kind.HOLD: "lock", Kind.RELEASE: "check", Kind.USE: "flame",
}  # fmt: skip
LINE_GAP, MARGIN, LEFT = 2, 8, 28  # px

translate = QCoreApplication.translate


def what(movement: Movement) -> str:
    """Say what happened: "Delivery", "Cooked, order 1042"."""
    order = translate("stock", "order {number}").format(number=movement.order_number) if movement.order_number else ""
    return ", ".join(part for part in (kind_word(movement.kind), order) if part)


def by_how_much(movement: Movement, item: Item) -> str:
    """Write the change of the shelf, or of what is held where the shelf stayed as it was."""
    if movement.kind in (Kind.HOLD, Kind.RELEASE):
        return translate("stock", "{change} held").format(change=signed(movement.change_held, item.unit_size))
    return signed(movement.change, item.unit_size)


def left_after(movement: Movement, item: Item) -> str:
    return translate("stock", "{figure} on hand").format(figure=shown(movement.on_hand, item.unit_size))


def who_and_when(movement: Movement, now: Any) -> str:
    """Name the person (for what an order did by itself: nobody), the time, and what they wrote."""
    said = [movement.by, moment(movement.at, now), movement.reason, movement.note]
    return " · ".join(part for part in said if part)


class Movements(QListView):
    """The list. It asks for the next page when its end comes into sight."""

    def __init__(self, line: LineState) -> None:
        super().__init__()
        self.line = line
        self.item: Item | None = None
        self.rows: RowsModel[Movement] = RowsModel([Column("", self._spoken)], key=lambda movement: movement.number)
        self.setModel(self.rows)
        self.setAccessibleName(self.tr("Movements"))
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Painter(self))

    def show_page(self, item: Item, page: list[Movement], more: bool) -> None:
        """Show an item's newest movements, under those already here where they follow on each other."""
        known = self.rows.rows
        if not known or self.item is None or item.id != self.item.id or page[-1].number > known[0].number + 1:
            self.item = item
            self.rows.show(page, more)
        elif page[0].number >= known[0].number:  # else an answer that was overtaken
            self.item = item
            self.rows.refresh(page, whole=False)

    def _spoken(self, movement: Movement) -> str:
        if self.item is None:
            return ""
        figures = by_how_much(movement, self.item), left_after(movement, self.item)
        return ", ".join([what(movement), *figures, who_and_when(movement, self.line.now())])


class _Painter(QStyledItemDelegate):
    """Two shelves: what and by how much; who, when, why and what was left."""

    def __init__(self, view: Movements) -> None:
        super().__init__(view)
        self.view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        height = QFontMetrics(theme.font(15)).height() + QFontMetrics(theme.font(13)).height() + LINE_GAP + 2 * MARGIN
        return QSize(self.view.viewport().width(), height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        movement, item = index.data(ROW), self.view.item
        if item is None:
            return
        painter.save()
        room = option.rect.adjusted(0, MARGIN, -MARGIN, -MARGIN)
        painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), room.width(), 1), theme.colour("border"))
        painter.drawPixmap(room.left(), room.top() + 1, theme.icon(ICONS[movement.kind], "muted", 18))
        top = room.adjusted(LEFT, 0, 0, 0)
        _two(painter, top, what(movement), by_how_much(movement, item), theme.font(15, 500), theme.font(15, 600), "text")
        below = top.translated(0, QFontMetrics(theme.font(15)).height() + LINE_GAP)
        small = theme.font(13)
        _two(painter, below, who_and_when(movement, self.view.line.now()), left_after(movement, item), small, small, "muted")
        painter.restore()


def _two(painter: QPainter, room: QRect, left: str, right: str, left_font: QFont, right_font: QFont, token: str) -> None:
    """Write one thing at each end of a line; the left one gives way."""
    taken = QFontMetrics(right_font).horizontalAdvance(right)
    painter.setPen(theme.colour(token))
    painter.setFont(right_font)
    painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, right)
    painter.setFont(left_font)
    words = QFontMetrics(left_font).elidedText(left, Qt.TextElideMode.ElideRight, room.width() - taken - 10)
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, words)
