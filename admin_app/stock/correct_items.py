"""The shelves of many corrections: each before, after, and the difference; and the orders they leave short, as they are promised."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from admin_app.cells import Cells
from admin_app.desk import Desk
from admin_app.lines import Line, Lines
from admin_app.stock.correct_words import Corrected, ShortOrder, items_word, leaves_words, left_words, ways_word
from admin_app.titles import put_titles
from core.qt import states, theme
from core.qt.line import moment
from core.qt.rows import LEFT, RIGHT, Column, RowsModel, table
from core.qt.widgets import Note, column, label, row

LEAST = 236  # px: the lists' height where there is little room
BESIDE = 760  # px: from this width on they stand side by side

translate = QCoreApplication.translate


class ItemsCard(QFrame):
    """How much each shelf gains or loses."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.is_old = False  # the figures no longer hold
        self.title = label("", 16, 600, wrap=True)
        self.model: RowsModel[Corrected] = RowsModel(_columns(lambda: self.is_old), parent=self)
        self.view = table(self.model, translate("stock", "Items to correct"))
        put_titles(self.view, self.model)
        self.view.setItemDelegate(Cells(self.view))
        head = column(self.title, margins=(14, 12, 14, 4))
        self.setLayout(column(head, (self.view, 1), margins=(2, 2, 2, 2), spacing=0))

    def show_items(self, shelves: Sequence[Corrected]) -> None:
        self.is_old = False
        self.title.setText(f"{items_word(len(shelves))}: {ways_word(shelves)}")
        self.model.show(shelves)

    def grow_old(self) -> None:
        self.is_old = True
        self.view.viewport().update()


class ShortNote(Note):
    """The one sentence that must be read: whether orders are left short."""

    def __init__(self) -> None:
        super().__init__("", "info", "circle-check")

    def show_orders(self, orders: Sequence[ShortOrder]) -> None:
        self.say(leaves_words(orders), "danger" if orders else "info", "triangle-alert" if orders else "circle-check")
        self.words.setFont(theme.font(22 if orders else 15, 600))

    def grow_old(self, orders: Sequence[ShortOrder], as_of: str) -> None:
        self.say(left_words(orders, as_of), "info", "clock")
        self.words.setFont(theme.font(15, 600))


class ShortCard(QFrame):
    """The orders; Enter or a double click opens one, where this person has the page of the orders."""

    wanted = Signal(str, object)  # as OfficePage.wanted

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.desk = desk
        self.title = label(translate("stock", "Orders left short, as they are promised"), 16, 600, wrap=True)
        self.list = Lines(translate("stock", "Orders left short"), partial(_line, desk), partial(_spoken, desk), key=lambda order: order.id)
        if "orders" in desk.pages:
            self.list.setToolTip(translate("stock", "Enter or a double click opens the order"))
        self.list.opened.connect(self._open)
        self.setLayout(column(self.title, (self.list, 1), margins=(14, 12, 4, 8), spacing=4))

    def show_orders(self, orders: Sequence[ShortOrder]) -> None:
        self.list.rows.show(orders)
        self.setVisible(bool(orders))

    def _open(self, order: ShortOrder) -> None:
        if "orders" in self.desk.pages:
            self.wanted.emit("orders", order.number)


class BothLists(QWidget):
    """The shelves and the orders side by side; below each other where there is little room."""

    def __init__(self, items: ItemsCard, short: ShortCard) -> None:
        super().__init__()
        for part in (items, short):
            part.setMinimumHeight(LEAST)
        self.box: QBoxLayout = row((items, 3), (short, 2), spacing=12)
        self.setLayout(self.box)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < BESIDE
        self.box.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)


def _columns(is_old: Callable[[], bool]) -> tuple[Column[Corrected], ...]:
    def tone(each: Corrected) -> str | None:
        return "muted" if is_old() or each.change == 0 else None

    def name_tone(each: Corrected) -> str | None:
        return "dangerText" if each.leaves_short and not is_old() else tone(each)

    def icon(each: Corrected) -> str | None:
        return "triangle-alert" if each.leaves_short else None

    return (
        Column(translate("stock", "Item"), lambda each: each.name, LEFT, None, 500, name_tone, icon),
        Column(translate("stock", "Before"), lambda each: each.amount(each.was), RIGHT, 108, tone=tone),
        Column(translate("stock", "After"), lambda each: each.amount(each.on_hand), RIGHT, 108, 600, tone),
        Column(translate("stock", "Difference"), lambda each: each.change_word, RIGHT, 116, 500, tone),
    )  # fmt: skip


def _line(desk: Desk, order: ShortOrder) -> Line:
    number = translate("stock", "Order {number}").format(number=order.number)
    state = states.state_word(order.state) if order.state else ""
    icon = states.ICONS[order.state] if order.state else "receipt"
    tone = states.token(order.state) if order.state else "muted"
    return Line(icon, tone, number, _promised(desk, order), "text", order.needs, state)


def _promised(desk: Desk, order: ShortOrder) -> str:
    if order.promised_at is None:
        return ""
    return translate("stock", "promised {time}").format(time=moment(order.promised_at, desk.line.now()))


def _spoken(desk: Desk, order: Any) -> str:
    line = _line(desk, order)
    return ", ".join(part for part in (line.words, line.figure, line.below, line.below_figure) if part)
