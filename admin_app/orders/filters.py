"""Filters: the bar above the orders: number, customer or phone, kitchen, state, days, way of payment, and whether money went back."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from admin_app.bar import Bar
from admin_app.chosen import SpanPicker
from admin_app.orders.question import Question
from admin_app.picker import KitchenPicker, Picker
from core.kitchens import Kitchen
from core.orders import PayWith, State
from core.qt.states import state_word
from core.qt.widgets import chip, column

translate = QCoreApplication.translate


class Filters(Bar):
    def __init__(self, now: Callable[[], datetime]) -> None:
        ways = [
            (translate("orders", "Any way"), None), (translate("orders", "Wallet"), PayWith.WALLET),
            (translate("orders", "Card"), PayWith.CARD),
        ]  # fmt: skip
        states = [(translate("orders", "All states"), None), *((state_word(state), state) for state in State)]
        self.kitchen = KitchenPicker(150)
        self.state = Picker(translate("orders", "State"), states, 150)
        self.days = SpanPicker(translate("orders", "Placed"), now, 164)
        self.paid = Picker(translate("orders", "Paid by"), ways, 124)
        self.went_back = chip(translate("orders", "Money went back"))
        name, example = translate("orders", "Search orders"), translate("orders", "Number, name, phone")
        pickers = self.kitchen, self.state, self.days, self.paid
        super().__init__(name, example, *pickers, column(None, self.went_back), below=self.days.chosen)
        self.went_back.toggled.connect(self.changed)

    @property
    def value(self) -> Question:
        search = self.search.text().strip()
        return Question(search, self.kitchen.value, self.state.value, self.days.span, self.paid.value, self.went_back.isChecked())

    def show_kitchens(self, kitchens: Sequence[Kitchen]) -> None:
        self.kitchen.show_kitchens(kitchens)

    def stand(self, question: Question) -> None:
        self.search.setText(question.search)
        self.kitchen.choose(question.kitchen_id)
        self.state.choose(question.state)
        self.paid.choose(question.pay_with)
        self.went_back.setChecked(question.went_back)
        self.days.stand(question.span)

    def clear(self) -> None:
        self.ask(Question())
        self.changed.emit()
