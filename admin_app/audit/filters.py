"""Filters: the bar above the trail: words, person, action, kitchen, days; and, where somebody follows one, the object or the command."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt

from admin_app.audit.deeds import deeds
from admin_app.audit.question import Doer, Question
from admin_app.bar import Bar, OnlyOne
from admin_app.chosen import SpanPicker
from admin_app.picker import KitchenPicker, Picker
from core.audit import TrailLogin
from core.kitchens import Kitchen
from core.qt.widgets import column

MOST_OF_A_NAME = 206  # px, on the chip that says whose history is followed

translate = QCoreApplication.translate


class Filters(Bar):
    def __init__(self, now: Callable[[], datetime]) -> None:
        actions = [(translate("trail", "Everything"), None), *((words, action) for action, words in deeds().items())]
        self.doer = Picker(translate("trail", "Who"), [_everybody()], 160)
        self.action = Picker(translate("trail", "Did what"), actions, 180)
        self.kitchen = KitchenPicker(152)
        self.days = SpanPicker(translate("trail", "When"), now, 136)
        self.object = OnlyOne(_history())
        self.leave_it = self.object.toolTip()
        self.command = OnlyOne(translate("trail", "One command"))
        name, example = translate("trail", "Search the trail"), translate("trail", "Reason, #order, login, id")
        parts = self.doer, self.action, self.kitchen, self.days, column(None, self.object), column(None, self.command)
        super().__init__(name, example, *parts, below=self.days.chosen)
        for part in (self.object.left, self.command.left):
            part.connect(self.changed)

    @property
    def value(self) -> Question:
        search = self.search.text().strip()
        return Question(search, self.doer.value, self.action.value, self.kitchen.value, self.days.span, self.object.one, self.command.one)

    def show_kitchens(self, kitchens: Sequence[Kitchen]) -> None:
        self.kitchen.show_kitchens(kitchens)

    def show_logins(self, logins: Sequence[TrailLogin]) -> None:
        """Offer each person once, whatever logins they have, then services and counters."""
        people = {each.person_id: each.person for each in logins if each.person_id}
        others = [each.login for each in logins if each.person_id is None]
        service = translate("trail", "Service {login}")
        offered = [(name or "", Doer(person_id)) for person_id, name in people.items()]
        self.doer.offer([_everybody(), *offered, *((service.format(login=login), Doer(login=login)) for login in others)])

    def stand(self, question: Question) -> None:
        self.search.setText(question.search)
        self.doer.choose(question.doer)
        self.action.choose(question.action)
        self.kitchen.choose(question.kitchen_id)
        if question.object_id != self.object.one:
            self.name_followed("")
        self.object.show_one(question.object_id)
        self.command.show_one(question.command_id)
        self.days.stand(question.span)

    def name_followed(self, thing: str) -> None:
        """Say whose history is followed; "" while nobody knows."""
        words = translate("trail", "History: {thing}").format(thing=thing) if thing else _history()
        self.object.setText(self.object.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, MOST_OF_A_NAME))
        self.object.setAccessibleName(words)
        self.object.setToolTip(f"{words}\n{self.leave_it}")

    def clear(self) -> None:
        self.ask(Question())
        self.changed.emit()


def _history() -> str:
    return translate("trail", "Its whole history")


def _everybody() -> tuple[str, None]:
    return translate("trail", "Everybody"), None
