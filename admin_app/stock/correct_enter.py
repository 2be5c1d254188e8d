"""Entering: step 1 of many corrections: the figures are typed, and checked; about shelves that changed since the person decides."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from admin_app.refunds.steps import StepHead
from admin_app.stock.correct_entries import wanted
from admin_app.stock.correct_fill import ask_file
from admin_app.stock.correct_stale import StaleView
from admin_app.stock.correct_typing import TypingView
from core.qt.line import LineState
from core.qt.widgets import button, column, label, row

translate = QCoreApplication.translate


class EnterView(QWidget):
    check_wanted = Signal(object, list)  # a Kitchen, and each Wanted
    done_wanted = Signal()  # the list of what was corrected
    left = Signal()

    def __init__(self, line: LineState, ask: Callable[[QWidget], str] = ask_file) -> None:
        super().__init__()
        home = translate("stock", "Stock"), translate("stock", "Back to the stock (Esc). What you typed stays")
        self.head, self.title = StepHead(translate("stock", "Correct many"), "", 1, 2, home), label("", 26, 600)
        self.typing, self.stale = TypingView(line, ask), StaleView(line)
        self.stack = QStackedLayout()
        self.done = button(translate("stock", "Done corrections"), None, "admin", "history")
        top = column(self.head, row(self.title, None, self.done), spacing=2)
        self.setLayout(column(top, (self.stack, 1), spacing=12))
        self.stack.addWidget(self.typing)
        self.stack.addWidget(self.stale)
        self.head.left.connect(self.left)
        self.typing.left.connect(self.left)
        self.typing.shown.connect(self.name_kitchen)
        self.done.clicked.connect(self.done_wanted)
        self.typing.foot.pressed.connect(self._check)
        self.stale.left.connect(self._back_to_table)
        self.stale.decided.connect(self._decided)

    def name_kitchen(self) -> None:
        """Say whose shelves they are."""
        kitchen, words = self.typing.kitchen, translate("stock", "Correct many in {kitchen}")
        self.head.crumb.setText(words.format(kitchen=kitchen.name) if kitchen else translate("stock", "Correct many"))

    def begin(self, kitchen_id: UUID | None) -> None:
        """Show the table of this kitchen, or of the one that was shown last."""
        if kitchen_id:
            self.typing.bar.kitchen.choose(kitchen_id)
        self.typing.foot.complain("")
        self.typing.display()
        self._back_to_table()

    def focus(self) -> None:
        """Go on where people type, or decide."""
        if self.stack.currentWidget() is self.typing:
            self.typing.focus()

    def wait(self, is_busy: bool, sentence: str = "") -> None:
        """It is being checked, or no longer; `sentence` says why it could not be."""
        self.typing.is_busy = is_busy
        self.typing.foot.complain(sentence)
        self.typing.tell()

    def show_stale(self, items: Sequence[Mapping[str, Any]]) -> None:
        """These shelves changed since their figures were typed: the person decides for each."""
        self.wait(False)
        told = {UUID(each["item"]): each for each in items}
        found = [(typed, told[typed.id]) for typed in self.typing.rows if typed.text and typed.id in told]
        if found:
            self.title.setText(translate("stock", "Decide about what changed meanwhile"))
            self.stack.setCurrentWidget(self.stale)
            self.stale.show_stale(found)
        else:
            self.wait(False, translate("stock", "These shelves changed while you were typing. Check again."))

    def forget(self, item_ids: Sequence[UUID]) -> None:
        """What was typed for these is saved."""
        self.typing.entries.drop(item_ids)
        self.typing.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _check(self) -> None:
        if self.typing.kitchen and self.typing.foot.act.isEnabled():
            self.check_wanted.emit(self.typing.kitchen, wanted(self.typing.rows))

    def _back_to_table(self) -> None:
        self.title.setText(translate("stock", "Type the figures that are right"))
        self.stack.setCurrentWidget(self.typing)
        self.focus()

    def _decided(self, kept: Sequence[Mapping[str, Any]], left: Sequence[UUID]) -> None:
        """Take the new figures as seen, empty the rows that are left as they are, and look again."""
        for facts in kept:
            self.typing.entries.see(UUID(facts["item"]), facts["on_hand"], facts["held"], facts["version"])
        self.forget(left)
        self._back_to_table()
        self._check()
