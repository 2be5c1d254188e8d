"""Correct many: the way from figures that are typed to shelves that are corrected, and to the list of what was corrected before."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from admin_app.desk import Desk
from admin_app.page import Ask
from admin_app.stock.correct_check import CheckView
from admin_app.stock.correct_done import DoneView
from admin_app.stock.correct_enter import EnterView
from admin_app.stock.correct_entries import Wanted
from admin_app.stock.correct_fill import ask_file
from admin_app.stock.correct_words import ids_of_short, items_word, reason_word
from admin_app.stock.shelves import Shelf
from core.kitchens import Kitchen
from core.live import Changes
from core.proposals import Proposal
from core.qt.export import ask_where

translate = QCoreApplication.translate


class CorrectView(QWidget):
    left = Signal()  # back to the stock
    said = Signal(str, str)  # as OfficePage.said
    wanted = Signal(str, object)  # as OfficePage.wanted

    def __init__(self, desk: Desk, ask: Ask = ask_where, ask_for_file: Callable[[QWidget], str] = ask_file) -> None:
        super().__init__()
        self.kitchens: list[Kitchen] = []
        self.enter, self.check, self.done = EnterView(desk.line, ask_for_file), CheckView(desk), DoneView(desk, ask)
        self.stack = QStackedLayout(self)
        for view in (self.enter, self.check, self.done):
            self.stack.addWidget(view)
        self.check.left.connect(self.left)
        self.enter.left.connect(self._leave)
        self.enter.typing.edited.connect(self._drop)
        for part in (self.check, self.done):
            part.wanted.connect(self.wanted)
        self.done.said.connect(self.said)
        self.done.left.connect(lambda: self._turn_to(self.enter))
        self.enter.check_wanted.connect(self._ask)
        self.enter.done_wanted.connect(self._show_done)
        self.check.opened.connect(lambda: self._turn_to(self.check))
        self.check.back.connect(self._back)
        self.check.stale.connect(self._tell_stale)
        self.check.refused.connect(lambda sentence: self.enter.wait(False, sentence))
        self.check.done.connect(self._corrected)

    def begin(self, kitchen_id: UUID | None) -> None:
        """Let figures be typed for this kitchen, or for the one of last time; what was being checked goes on being checked."""
        if self.stack.currentWidget() is self.check and self.check.shown:
            self._turn_to(self.check)
        else:
            self.stack.setCurrentWidget(self.enter)
            self.enter.begin(kitchen_id)

    def focus(self) -> None:
        """Go on where it was left off."""
        view = self.stack.currentWidget()
        if isinstance(view, EnterView | DoneView):
            view.focus()
        else:
            self.check.setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus()

    def show_shelves(self, shelves: Sequence[Shelf], kitchens: Sequence[Kitchen]) -> None:
        self.kitchens = list(kitchens)
        self.done.kitchens.update((kitchen.id, kitchen.name) for kitchen in kitchens)
        self.enter.typing.show_shelves(shelves, kitchens)

    def take(self, changes: Changes) -> None:
        self.done.take(changes)

    def _turn_to(self, view: QWidget) -> None:
        self.stack.setCurrentWidget(view)
        self.focus()

    def _ask(self, kitchen: Kitchen, wanted: Sequence[Wanted]) -> None:
        self.enter.wait(True)
        self.check.shown = None
        self.check.ask(kitchen, wanted)

    def _back(self) -> None:
        """Go on typing; what was typed is as it was."""
        self.check.shown = None
        self.enter.wait(False)
        self._turn_to(self.enter)

    def _leave(self) -> None:
        """Nobody waits for what is being checked."""
        self._drop()
        self.left.emit()

    def _drop(self) -> None:
        """Something else is typed by now: what is being checked is of no use."""
        if self.enter.typing.is_busy:
            self.check.asking.drop()
            self.enter.wait(False)

    def _tell_stale(self, items: Sequence[Mapping[str, Any]]) -> None:
        self.check.shown = None
        self.stack.setCurrentWidget(self.enter)
        self.enter.show_stale(items)

    def _show_done(self) -> None:
        self.done.open()
        self._turn_to(self.done)

    def _corrected(self, proposal: Proposal) -> None:
        """It is saved: say so. Where orders are left short there is something left to do, and it stands in what was done."""
        self.enter.forget([UUID(each["item"]) for each in proposal.asked["items"]])
        self.check.clear()
        self.enter.wait(False)
        kitchen = self.done.kitchens.get(proposal.kitchen_id, "") if proposal.kitchen_id else ""
        why = " · ".join(part for part in (kitchen, reason_word(proposal.code)) if part)
        self.said.emit(translate("stock", "{items} corrected").format(items=items_word(len(proposal.asked["items"]))), why)
        if ids_of_short(proposal.impact):
            self.done.open(proposal)
            self._turn_to(self.done)
        else:
            self.stack.setCurrentWidget(self.enter)
            self.left.emit()
