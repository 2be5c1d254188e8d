"""Filters: the bar above the customers: who, and whether they are active."""

from PySide6.QtCore import QCoreApplication

from admin_app.bar import Bar, OnlyOne
from admin_app.customers.question import Question
from admin_app.picker import Picker
from core.qt.widgets import column

translate = QCoreApplication.translate


class Filters(Bar):
    def __init__(self) -> None:
        states = [
            (translate("customers", "All customers"), None), (translate("customers", "Active"), True),
            (translate("customers", "Suspended"), False),
        ]  # fmt: skip
        self.state = Picker(translate("customers", "State"), states, 170)
        self.only = OnlyOne(translate("customers", "One customer only"))
        name, example = translate("customers", "Search customers"), translate("customers", "Name, whole phone, order number")
        super().__init__(name, example, self.state, column(None, self.only))
        self.only.left.connect(self.changed)
        self.search.textChanged.connect(self.only.leave)

    @property
    def value(self) -> Question:
        return Question(self.search.text().strip(), self.state.value, self.only.one)

    def stand(self, question: Question) -> None:
        self.search.setText(question.search)
        self.state.choose(question.active)
        self.only.show_one(question.customer_id)

    def clear(self) -> None:
        self.ask(Question())
        self.changed.emit()
