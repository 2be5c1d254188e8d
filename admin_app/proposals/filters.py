"""Filters: the bar above the approvals: words, what they are about, and what became of them."""

from PySide6.QtCore import QCoreApplication

from admin_app.bar import Bar, OnlyOne
from admin_app.picker import Picker
from admin_app.proposals.question import KINDS, Outcome, Question
from admin_app.proposals.words import kind_word
from core.qt.widgets import column

translate = QCoreApplication.translate


class Filters(Bar):
    def __init__(self) -> None:
        kinds = [(translate("proposals", "Everything"), None), *((kind_word(kind), kind) for kind in KINDS)]
        outcomes = [
            (translate("proposals", "All"), None), (translate("proposals", "Waiting"), Outcome.WAITING),
            (translate("proposals", "Done"), Outcome.DONE), (translate("proposals", "Not done"), Outcome.ENDED),
        ]  # fmt: skip
        self.kind = Picker(translate("proposals", "About"), kinds, 160)
        self.outcome = Picker(translate("proposals", "Outcome"), outcomes, 140)
        self.only = OnlyOne(translate("proposals", "One only"))
        name, example = translate("proposals", "Search approvals"), translate("proposals", "Names, words of the note")
        super().__init__(name, example, self.kind, self.outcome, column(None, self.only))
        self.only.left.connect(self.changed)
        self.search.textChanged.connect(self.only.leave)

    @property
    def value(self) -> Question:
        return Question(self.search.text().strip(), self.kind.value, self.outcome.value, self.only.one)

    def stand(self, question: Question) -> None:
        self.search.setText(question.search)
        self.kind.choose(question.kind)
        self.outcome.choose(question.outcome)
        self.only.show_one(question.proposal_id)

    def clear(self) -> None:
        self.ask(Question())
        self.changed.emit()
