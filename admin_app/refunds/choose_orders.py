"""Choosing orders for a refund by their numbers, and of each the lines and portions."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from admin_app.desk import Desk
from admin_app.refunds.choose_card import CardChoice
from admin_app.refunds.choose_order import OrderCard
from admin_app.refunds.choose_reading import Found, find_ids, find_numbers
from admin_app.refunds.choose_scope import OrderScope
from admin_app.refunds.choose_typing import NumberEntry
from admin_app.refunds.words import orders_word
from core.base.money import naira
from core.qt.task import run, unless_expected
from core.qt.widgets import button, column, label, row, scrolled

Answer = TypeVar("Answer")

NARROW = 900  # px: below it what was chosen is told under where one types
LEAST = 150  # px: the least height for the orders, before all of it scrolls
MOST = 60  # orders that are chosen one by one: for more there are rules

translate = QCoreApplication.translate


class OrdersPanel(QWidget):
    """What was chosen stays until the person takes it out, or comes with other orders."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.cards: list[OrderCard] = []
        self.is_reading = False
        self.numbers = NumberEntry(MOST)
        self.tally = label("", 15, 600)
        self.all = button(translate("refunds", "Tick all that is left"), None, "admin", "check")
        self.none = button(translate("refunds", "Take all out"), None, "admin", "x")
        self.card = CardChoice()
        self.place = column(spacing=10)
        inside = QWidget()
        inside.setLayout(column(self.place, None, margins=(0, 0, 6, 0)))
        self.foot = QWidget()
        self.foot.setLayout(row((self.tally, 1), self.all, self.none, spacing=10))
        self.top = row((self.numbers, 2), (column(self.numbers.above, self.foot, None), 3), spacing=24)
        area = scrolled(inside)
        area.setMinimumHeight(LEAST)
        self.setLayout(column(self.top, (area, 1), self.card, spacing=12))
        self._listen()
        self._show()

    @property
    def scope(self) -> OrderScope:
        card_to = self.card.value if self.by_card else None
        return OrderScope(tuple(card.wish for card in self.cards if card.wish), card_to)

    @property
    def by_card(self) -> int:
        """How many of the chosen orders were paid by card."""
        return sum(card.found.by_card for card in self.cards if card.wish)

    def missing(self) -> str:
        """Say what must be there first; "" when it is."""
        if self.is_reading:
            return translate("refunds", "Reading the orders …")
        if not self.cards:
            return translate("refunds", "Type an order number first.")
        if not any(card.wish for card in self.cards):
            return translate("refunds", "Tick what is to be refunded.")
        if self.by_card and self.card.value is None:
            return translate("refunds", "Say where the money of card payments goes.")
        return ""

    def come_with(self, order_ids: Sequence[UUID]) -> None:
        """The person came with these orders, whole; what was chosen before goes."""
        self.clear()
        over = len(order_ids) - MOST
        if over > 0:
            words = translate("refunds", "Only the first {most} are here: {n} more did not fit. Refund these first.")
            self.numbers.field.complain(words.format(most=MOST, n=f"{over:,}"))
        self._read(partial(find_ids, self.desk.db, list(order_ids[:MOST])), lambda found: self._put(found, whole=True))

    def clear(self) -> None:
        self.numbers.clear()
        self.card.clear()
        self._drop(list(self.cards))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        self.top.setDirection(ways.TopToBottom if event.size().width() < NARROW else ways.LeftToRight)

    def _listen(self) -> None:
        self.numbers.wanted.connect(lambda wanted: self._read(partial(find_numbers, self.desk.db, wanted), self._added))
        self.all.clicked.connect(self._tick_all)
        self.none.clicked.connect(lambda: self._drop(list(self.cards)))
        self.card.changed.connect(self.changed)

    def _added(self, answer: tuple[list[Found], list[int]]) -> None:
        found, missing = answer
        self.numbers.tell_missing(missing)
        self._put(found, whole=False)

    def _read(self, read: Callable[[], Answer], then: Callable[[Answer], None]) -> None:
        self.is_reading = True
        self._show()

        def answered(answer: Answer) -> None:
            self.is_reading = False
            then(answer)
            self._show()

        run(self, read, then=answered, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        self.is_reading = False
        self._show()
        unless_expected(error)
        self.numbers.field.complain(translate("refunds", "The orders could not be read. {why}").format(why=error))

    def _put(self, found: Sequence[Found], whole: bool) -> None:
        for each in found:
            card = OrderCard(each, self.desk.line, whole)
            card.changed.connect(self._show)
            card.dropped.connect(partial(self._drop, [card]))
            self.cards.append(card)
            self.place.addWidget(card)
        self._show()

    def _tick_all(self) -> None:
        for card in self.cards:
            card.choose_all()

    def _drop(self, cards: Sequence[OrderCard]) -> None:
        for card in cards:
            self.cards.remove(card)
            card.hide()
            card.deleteLater()
        self.numbers.setFocus()
        self._show()

    def _show(self) -> None:
        chosen = [card for card in self.cards if card.wish]
        self.numbers.here = {card.found.order.number for card in self.cards}
        words = translate("refunds", "{orders} chosen, {amount}")
        self.tally.setText(words.format(orders=orders_word(len(chosen)), amount=naira(sum(card.worth for card in chosen))))
        self.foot.setVisible(bool(self.cards))
        self.card.ask_for(self.by_card)
        self.changed.emit()
