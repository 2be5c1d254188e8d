"""Refunds page: where refunds begin, are checked, confirmed and agreed to: a first page, three steps, and the approver's view."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QWidget

from admin_app.desk import Desk
from admin_app.page import Ask, HeadedPage
from admin_app.proposals.asking import Seen
from admin_app.refunds.approve import ApproveView
from admin_app.refunds.check import CheckView
from admin_app.refunds.choose import ChooseView
from admin_app.refunds.landing import LandingView
from admin_app.refunds.run import RunView
from admin_app.refunds.steps import StepHead
from admin_app.refunds.words import refund_name
from core.live import Changes
from core.proposals import Progress, Proposal, proposal
from core.qt.export import ask_where
from core.qt.task import run, unless_expected
from core.qt.widgets import column

MARGINS = (28, 20, 28, 20)  # px

translate = QCoreApplication.translate


class RefundsPage(HeadedPage):
    """Going back changes nothing: what was chosen and typed is still there, until it was confirmed."""

    def __init__(self, desk: Desk, ask: Ask = ask_where) -> None:
        self.desk = desk
        self.landing = LandingView(desk)
        super().__init__(desk.line, self.landing.head, ask)
        self.choose, self.check = ChooseView(desk), CheckView(desk, self._ask_where)
        self.run, self.approve = RunView(desk, self._ask_where), ApproveView(desk, self._ask_where)
        self.run_head = StepHead(translate("refunds", "The run"), "", 3)
        self.approve_head = StepHead(translate("refunds", "Approval"), "")
        self.running, self.approving = _under(self.run_head, self.run), _under(self.approve_head, self.approve)
        self.stack = QStackedLayout()
        for view in (self.landing, self.choose, self.check, self.running, self.approving):
            view.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)  # each makes do with the room there is
            self.stack.addWidget(view)
        self.setLayout(column(self.stack, margins=MARGINS))
        self.setFocusProxy(self.landing)
        self._listen()

    def take(self, changes: Changes) -> None:
        for view in (self.landing, self.check, self.run, self.approve):
            view.take(changes)

    def look_at(self, what: object) -> None:
        """Begin a refund of the orders with these ids, or show the refund with this id."""
        if isinstance(what, UUID):
            run(self, lambda: proposal(self.desk.db, what), then=self._open_found, failed=unless_expected)
        elif isinstance(what, list | tuple) and self.landing.may_act:
            self._begin(what)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.stack.currentWidget() is not self.landing:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _listen(self) -> None:
        self.landing.begun.connect(self._begin)
        self.landing.opened.connect(self._open)
        self.landing.decided.connect(self._open)
        self.landing.export.connect(self.export)
        self.choose.seen.connect(self._check)
        self.check.change.connect(self._change)
        self.check.done.connect(self._confirmed)
        self.approve.run_wanted.connect(self._show_run)
        for left in (self.choose.left, self.check.left, self.run_head.left, self.approve_head.left):
            left.connect(self._leave)
        for view in (self.check, self.run, self.approve):
            view.wanted.connect(self.wanted)
            view.said.connect(self.said)
        self.landing.said.connect(self.said)

    def _turn(self, view: QWidget) -> None:
        self.stack.setCurrentWidget(view)
        self.setFocusProxy(view)
        if self.isVisible():
            view.setFocus()

    def _leave(self) -> None:
        """Back to the first page. What was begun stays as it is."""
        self.landing.look()
        self._turn(self.landing)

    def _change(self) -> None:
        """Back to step 1, which keeps what was left out in step 2."""
        self.choose.exempt = self.check.shown.scope.exempt if self.check.shown else ()
        self._turn(self.choose)

    def _begin(self, order_ids: Sequence[UUID]) -> None:
        if not self.check.confirming.may_leave:  # what is under way comes first
            self._turn(self.check)
            return
        if order_ids:
            self.check.clear()
            self.choose.come_with(order_ids)
        self._turn(self.choose)

    def _check(self, seen: Seen) -> None:
        self.check.show_seen(seen)
        self._turn(self.check)

    def _confirmed(self, answer: Proposal) -> None:
        self.choose.clear()
        self.check.clear()
        self.landing.cases.let_go()
        if answer.state is Progress.AWAITING_APPROVAL:
            self.said.emit(translate("refunds", "Sent for approval"), refund_name(answer))
        else:
            self.said.emit(translate("refunds", "Refund confirmed"), refund_name(answer))
        self._show_run(answer.id, last_step=True)

    def _open_found(self, found: Proposal | None) -> None:
        if found:
            self._open(found)

    def _open(self, found: Proposal) -> None:
        """Show a refund: to whoever may agree to it as that, else as a document."""
        if found.state is Progress.AWAITING_APPROVAL and found.person_id != self.desk.me.person_id:
            self.approve.show_proposal(found.id)
            self._turn(self.approving)
        else:
            self._show_run(found.id)

    def _show_run(self, proposal_id: UUID, last_step: bool = False) -> None:
        self.run_head.step.setVisible(last_step)
        self.run.show_proposal(proposal_id)
        self._turn(self.running)

    def _ask_where(self, over: QWidget, suggested: str) -> str:
        return self.ask_where(over, suggested)


def _under(head: StepHead, view: QWidget) -> QWidget:
    """Lay a view out under its way back."""
    held = QWidget()
    held.setLayout(column(head, (view, 1), spacing=4))
    held.setFocusProxy(view)
    return held
