"""Filters: the bar above the orders: number, customer or phone, kitchen, state, days, way of payment, and whether money went back."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from admin_app.bar import Bar
from admin_app.chosen import ChosenDays
from admin_app.days import TODAY, WEEK, YESTERDAY, Span
from admin_app.orders.question import Question
from admin_app.picker import Picker
from core.kitchens import Kitchen
from core.orders import PayWith, State
from core.qt.states import state_word
from core.qt.widgets import chip, column

CHOSEN = "chosen"

translate = QCoreApplication.translate


class Filters(Bar):
    def __init__(self, now: Callable[[], datetime]) -> None:
        days = [
            (translate("orders", "Any time"), None), (translate("orders", "Today"), TODAY), (translate("orders", "Yesterday"), YESTERDAY),
            (translate("orders", "Last 7 days"), WEEK), (translate("orders", "Chosen days"), CHOSEN),
        ]  # fmt: skip
        ways = [
            (translate("orders", "Any way"), None), (translate("orders", "Wallet"), PayWith.WALLET),
            (translate("orders", "Card"), PayWith.CARD),
        ]  # fmt: skip
        states = [(translate("orders", "All states"), None), *((state_word(state), state) for state in State)]
        self.kitchen = Picker(translate("orders", "Kitchen"), [_all_kitchens()], 150)
        self.state = Picker(translate("orders", "State"), states, 150)
        self.days = Picker(translate("orders", "Placed"), days, 164)
        self.paid = Picker(translate("orders", "Paid by"), ways, 124)
        self.went_back = chip(translate("orders", "Money went back"))
        self.chosen = ChosenDays(now)
        name, example = translate("orders", "Search orders"), translate("orders", "Number, name, phone")
        pickers = self.kitchen, self.state, self.days, self.paid
        super().__init__(name, example, *pickers, column(None, self.went_back), below=self.chosen)
        self.went_back.toggled.connect(self.changed)
        self.days.changed.connect(lambda: self.chosen.setVisible(self.days.value == CHOSEN))
        self.chosen.changed.connect(self.changed)

    @property
    def value(self) -> Question:
        days = self.chosen.span if self.days.value == CHOSEN else self.days.value
        search = self.search.text().strip()
        return Question(search, self.kitchen.value, self.state.value, days, self.paid.value, self.went_back.isChecked())

    def show_kitchens(self, kitchens: Sequence[Kitchen]) -> None:
        self.kitchen.offer([_all_kitchens(), *((kitchen.name, kitchen.id) for kitchen in kitchens)])

    def stand(self, question: Question) -> None:
        self.search.setText(question.search)
        self.kitchen.choose(question.kitchen_id)
        self.state.choose(question.state)
        self.paid.choose(question.pay_with)
        self.went_back.setChecked(question.went_back)
        self._stand_at(question.span)

    def clear(self) -> None:
        self.ask(Question())
        self.changed.emit()

    def _stand_at(self, span: Span | None) -> None:
        offered = span in (None, TODAY, YESTERDAY, WEEK)
        if span and not offered:
            self.chosen.show_span(span)
        self.days.choose(span if offered else CHOSEN)
        self.chosen.setVisible(not offered)


def _all_kitchens() -> tuple[str, None]:
    return translate("orders", "All kitchens"), None
