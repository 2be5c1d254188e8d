"""Check: step 2 of a refund: everything it would do, exactly, before it is confirmed. Nothing has moved here yet."""

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from admin_app.desk import Desk
from admin_app.page import Ask
from admin_app.proposals.asking import Seen
from admin_app.proposals.confirming import Confirming
from admin_app.refunds.check_asking import Previewed, RefundAsking, look
from admin_app.refunds.check_exempt import ExemptStrip
from admin_app.refunds.check_list import ListToCheck
from admin_app.refunds.check_manner import manner
from admin_app.refunds.check_moved import Moved
from admin_app.refunds.check_room import Room
from admin_app.refunds.choose_scope import Exempt, Scope
from admin_app.refunds.choose_sentence import Sentence
from admin_app.refunds.impact import ImpactCards
from admin_app.refunds.steps import StepHead
from core.live import Changes
from core.proposals import Proposal
from core.qt.export import ask_where
from core.qt.widgets import button, column
from core.refunds import LineState

translate = QCoreApplication.translate


class CheckView(QWidget):
    """Whatever changes what it would do asks for a new preview: what was typed stays, but for the total."""

    done = Signal(object)  # the Proposal that was confirmed
    change = Signal()  # back to step 1
    left = Signal()  # back to all refunds
    wanted = Signal(str, object)  # as OfficePage.wanted
    said = Signal(str, str)  # as OfficePage.said

    def __init__(self, desk: Desk, ask: Ask = ask_where) -> None:
        super().__init__()
        self.desk = desk
        self.shown: Previewed | None = None
        self.asking = RefundAsking(desk, self)
        title = translate("refunds", "Check this refund before it runs")
        self.scope, self.alter = Sentence(), button(translate("refunds", "Change"), None, "admin", "pencil")
        self.head = StepHead(translate("refunds", "New refund"), title, 2, beside=self.alter)
        self.moved, self.exempt, self.cards = Moved(), ExemptStrip(), ImpactCards()
        self.orders, self.confirming = ListToCheck(desk, ask), Confirming(desk, manner())
        self.room = Room(column(self.moved, self.exempt, self.cards, (self.orders, 1), spacing=12), self.confirming)
        self.setLayout(column(self.head, self.scope, (self.room, 1), spacing=8))
        self._listen()

    def show_seen(self, seen: Seen) -> None:
        """Show what a scope would do (seen.found: Previewed), and let it be confirmed."""
        shown: Previewed = seen.found
        self.shown = shown
        self.moved.hide()
        self.scope.say(shown.scope.parts(self.desk.line.now()))
        self.exempt.show_exempt(shown.scope.exempt)
        self.cards.show_impact(shown.proposed.impact, shown.kitchens)
        self.cards.grow_old("")
        self.orders.show_proposal(shown.proposed.id)
        self.orders.let_act(True)
        self.confirming.form.hint_at(translate("refunds", "Say too why you left orders out.") if shown.scope.exempt else "")
        self.confirming.show_confirmable(shown.confirmable(seen.held))

    def take(self, changes: Changes) -> None:
        self.orders.take(changes)

    def clear(self) -> None:
        """Forget all of it: it was confirmed, or something else is wanted."""
        self.shown = None
        self.confirming.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.confirming.may_leave:
            self.change.emit()
        else:
            super().keyPressEvent(event)

    def _listen(self) -> None:
        self.head.left.connect(self.left)
        self.alter.clicked.connect(self.change)
        self.cards.left_out_wanted.connect(self._show_left_out)
        self.orders.leave_out.connect(self._leave_out)
        self.orders.take_back.connect(lambda order_id: self._ask(self.shown.scope.back(order_id)) if self.shown else None)
        self.exempt.taken_back.connect(lambda: self._ask(self.shown.scope.back()) if self.shown else None)
        self.orders.wanted.connect(self.wanted)
        self.orders.said.connect(self.said)
        self.confirming.again.connect(lambda: self._ask(self.shown.scope) if self.shown else None)
        self.confirming.left.connect(self.change)
        self.confirming.done.connect(self.done)
        self.confirming.moved.connect(self._tell_moved)
        self.confirming.outdated.connect(self._grow_old)
        self.asking.seen.connect(self.show_seen)
        self.asking.refused.connect(self._refused)

    def _ask(self, scope: Scope) -> None:
        """Look again, at this."""
        if self.confirming.may_leave and self.asking.asked is None:
            self.orders.keep_place()
            self.orders.let_act(False)
            self.confirming.wait()
            self.asking.ask(partial(look, self.desk, scope))

    def _leave_out(self, order: Exempt) -> None:
        if self.shown and self.shown.proposed.impact["orders"] == 1:
            self.confirming.complain(translate("refunds", "It is the only order: without it there is nothing to refund."))
        elif self.shown:
            self._ask(self.shown.scope.without(order))

    def _refused(self, sentence: str) -> None:
        self.orders.let_act(True)
        self.confirming.complain(sentence)

    def _grow_old(self, words: str) -> None:
        self.cards.grow_old(words)

    def _tell_moved(self, answer: Proposal) -> None:
        self.moved.show_moved(answer.moved)
        self.room.to_top()

    def _show_left_out(self) -> None:
        self.orders.show_state(LineState.LEFT_OUT)
        self.orders.table.view.setFocus()
