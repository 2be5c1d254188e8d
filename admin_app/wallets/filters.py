"""Filters: the bar above the wallets: who, frozen or not, with money or not, and in which order."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from admin_app.bar import Bar, OnlyOne
from admin_app.picker import Picker
from admin_app.wallets.question import Question
from core.qt.widgets import column
from core.wallets import Sort

translate = QCoreApplication.translate


class Filters(Bar):
    def __init__(self) -> None:
        states = [
            (translate("wallets", "All wallets"), None), (translate("wallets", "Frozen"), True), (translate("wallets", "Open"), False),
        ]  # fmt: skip
        moneys = [(translate("wallets", "Any balance"), False), (translate("wallets", "Above zero"), True)]
        sorts = [
            (translate("wallets", "Name"), Sort.NAME), (translate("wallets", "Last movement"), Sort.MOVED),
            (translate("wallets", "Largest balance"), Sort.BALANCE),
        ]  # fmt: skip
        self.state = Picker(translate("wallets", "State"), states, 150)
        self.money = Picker(translate("wallets", "Balance"), moneys, 150)
        self.sort = Picker(translate("wallets", "Sorted by"), sorts, 180)
        self.only = OnlyOne(translate("wallets", "One wallet only"))
        name, example = translate("wallets", "Search wallets"), translate("wallets", "Name, whole phone, order number")
        super().__init__(name, example, self.state, self.money, self.sort, column(None, self.only))
        self.only.left.connect(self.changed)
        self.search.textChanged.connect(self.only.leave)

    @property
    def value(self) -> Question:
        return Question(self.search.text().strip(), self.state.value, self.money.value, self.sort.value, self.only.one)

    def stand(self, question: Question) -> None:
        self.search.setText(question.search)
        self.state.choose(question.frozen)
        self.money.choose(question.above_zero)
        self.sort.choose(question.sort)
        self.only.show_one(question.customer_id)

    def clear(self) -> None:
        self.ask(replace(Question(), sort=self.sort.value))
        self.changed.emit()
