"""Filters: the bar above the logins: name or login, role, kitchen, in use or not; and at its end the way to a new one."""

from collections.abc import Sequence
from dataclasses import replace

from admin_app.bar import Bar
from admin_app.picker import KitchenPicker, Picker
from admin_app.roles import role_word
from admin_app.staff.question import Question
from admin_app.staff.words import standing_word
from core.kitchens import Kitchen
from core.qt.widgets import button, column
from core.staff import Role, StaffOrder, Standing


class Filters(Bar):
    """It also keeps what the table is sorted by: that is part of the question."""

    def __init__(self) -> None:
        self.role = Picker(self.tr("Role"), [(self.tr("All roles"), None), *((role_word(role), role) for role in Role)], 168)
        self.kitchen = KitchenPicker(168)
        self.state = Picker(self.tr("State"), [*((standing_word(state), state) for state in Standing), (self.tr("All"), None)], 132)
        self.make = button(self.tr("Make a login"), "primary", "admin", "plus")
        parts = self.role, self.kitchen, self.state, column(None, self.make)
        super().__init__(self.tr("Search staff"), self.tr("Name or login"), *parts)
        self.sorted = Question()

    @property
    def value(self) -> Question:
        words = self.search.text().strip()
        return replace(self.sorted, search=words, role=self.role.value, kitchen_id=self.kitchen.value, state=self.state.value)

    def stand(self, question: Question) -> None:
        self.search.setText(question.search)
        self.role.choose(question.role)
        self.kitchen.choose(question.kitchen_id)
        self.state.choose(question.state)

    def clear(self) -> None:
        self.ask(Question())
        self.changed.emit()

    def sort(self, order: StaffOrder, descending: bool) -> None:
        self.sorted = Question(order=order, descending=descending)
        self.changed.emit()

    def show_kitchens(self, kitchens: Sequence[Kitchen]) -> None:
        self.kitchen.show_kitchens(kitchens)
