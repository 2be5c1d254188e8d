"""Check: step 2 of many corrections: every shelf before and after, and the orders left short, before it is confirmed. Nothing moved yet."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from admin_app.desk import Desk
from admin_app.proposals.asking import Seen
from admin_app.proposals.confirming import Confirming
from admin_app.refunds.check_room import Room
from admin_app.refunds.choose_sentence import Sentence, stressed
from admin_app.refunds.steps import StepHead
from admin_app.stock.correct_asking import Checked, CorrectionAsking, look
from admin_app.stock.correct_entries import Wanted
from admin_app.stock.correct_items import BothLists, ItemsCard, ShortCard, ShortNote
from admin_app.stock.correct_manner import manner
from admin_app.stock.correct_moved import MovedCorrections
from admin_app.stock.correct_words import items_word
from core.kitchens import Kitchen
from core.proposals import Proposal
from core.qt.widgets import column

translate = QCoreApplication.translate


class CheckView(QWidget):
    """Whatever is different now is looked at again; what was typed stays."""

    done = Signal(object)  # the Proposal that was confirmed
    opened = Signal()  # there is something to be seen here
    stale = Signal(list)  # shelves that changed since their figures were typed
    refused = Signal(str)  # why nothing can be seen here
    back = Signal()  # to step 1
    left = Signal()  # to the stock
    wanted = Signal(str, object)  # as OfficePage.wanted

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.asked: tuple[Kitchen, list[Wanted]] | None = None
        self.shown: Checked | None = None
        self.asking = CorrectionAsking(desk, self)
        home = translate("stock", "Stock"), translate("stock", "Back to the stock. What you typed stays")
        title = translate("stock", "Check this correction before it is saved")
        self.head, self.about = StepHead(translate("stock", "Correct many"), title, 2, 2, home), Sentence()
        self.moved, self.note, self.items, self.short = MovedCorrections(), ShortNote(), ItemsCard(), ShortCard(desk)
        self.confirming = Confirming(desk, manner())
        lists = BothLists(self.items, self.short)
        self.room = Room(column(self.moved, self.note, (lists, 1), spacing=12), self.confirming)
        self.setLayout(column(self.head, self.about, (self.room, 1), spacing=10))
        self.setFocusProxy(self.confirming.form.reason.box)
        self._listen()

    def ask(self, kitchen: Kitchen, wanted: Sequence[Wanted]) -> None:
        """Look at what these corrections would do."""
        self.asked = kitchen, list(wanted)
        self._look()

    def clear(self) -> None:
        """Forget all of it: it was confirmed."""
        self.shown = None
        self.asking.drop()
        self.confirming.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.confirming.may_leave:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _listen(self) -> None:
        self.head.left.connect(lambda: self.left.emit() if self.confirming.may_leave else None)
        self.short.wanted.connect(self.wanted)
        self.asking.seen.connect(self._show)
        self.asking.stale.connect(self.stale)
        self.asking.refused.connect(self._refused)
        self.confirming.again.connect(self._again)
        self.confirming.left.connect(self._leave)
        self.confirming.done.connect(self.done)
        self.confirming.moved.connect(self._tell_moved)
        self.confirming.outdated.connect(self._grow_old)

    def _show(self, seen: Seen) -> None:
        shown: Checked = seen.found
        self.shown = shown
        self.moved.hide()
        words = translate("stock", "{items} of {kitchen}. Nothing has been saved yet.")
        self.about.say(stressed(words, items=items_word(len(shown.shelves)), kitchen=shown.kitchen.name))
        self.note.show_orders(shown.short)
        self.items.show_items(shown.shelves)
        self.short.show_orders(shown.short)
        self.confirming.show_confirmable(shown.confirmable(seen.held))
        self.room.to_top()
        self.opened.emit()

    def _again(self) -> None:
        if self.asked and self.confirming.may_leave and self.asking.asked is None:
            self.confirming.wait()
            self._look()

    def _look(self) -> None:
        if self.asked:
            self.asking.ask(partial(look, self.desk.db, *self.asked))

    def _leave(self) -> None:
        self.asking.drop()
        self.back.emit()

    def _refused(self, sentence: str) -> None:
        if self.shown:
            self.confirming.complain(sentence)
        self.refused.emit(sentence)

    def _tell_moved(self, answer: Proposal) -> None:
        moved: Mapping[str, Any] | None = answer.moved
        self.moved.show_moved(moved)
        self.room.to_top()

    def _grow_old(self, words: str) -> None:
        if self.shown:
            self.note.grow_old(self.shown.short, words[:1].upper() + words[1:])
            self.items.grow_old()
