"""Refunds page: where refunds begin, are checked, confirmed and agreed to: a first page, three steps, and the approver's view."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent

from admin_app.proposals.asking import Seen
from admin_app.refunds.approve import ApproveView
from admin_app.refunds.check import CheckView
from admin_app.refunds.choose import ChooseView
from admin_app.refunds.landing import LandingView
from admin_app.refunds.run import RunView
from admin_app.refunds.views import AnyView, RefundViews
from admin_app.refunds.words import refund_name
from core.proposals import Progress, Proposal, proposal
from core.qt.task import run, unless_expected

translate = QCoreApplication.translate


class RefundsPage(RefundViews):
    """Going back changes nothing: what was chosen and typed is still there, until it was confirmed."""

    def look_at(self, what: object) -> None:
        """Begin a refund of the orders with these ids, or show the refund with this id."""
        if isinstance(what, UUID):
            run(self, lambda: proposal(self.desk.db, what), then=self._open_found, failed=unless_expected)
        elif isinstance(what, list | tuple) and self.landing.may_act:
            self._begin(what)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.shown is not self.landing:
            self.leave()
        else:
            super().keyPressEvent(event)

    def listen(self, view: AnyView) -> None:
        if isinstance(view, LandingView):
            view.begun.connect(self._begin)
            view.opened.connect(self._open)
            view.decided.connect(self._open)
            view.export.connect(self.export)
        elif isinstance(view, ChooseView):
            view.seen.connect(self._check)
            view.left.connect(self.leave)
        elif isinstance(view, CheckView):
            view.change.connect(self._change)
            view.done.connect(self._confirmed)
            view.left.connect(self.leave)
        elif isinstance(view, ApproveView):
            view.run_wanted.connect(self._show_run)
        if isinstance(view, CheckView | RunView | ApproveView):
            view.wanted.connect(self.wanted)
        if not isinstance(view, ChooseView):
            view.said.connect(self.said)

    def _change(self) -> None:
        """Back to step 1, which keeps what was left out in step 2."""
        self.choose.exempt = self.check.shown.scope.exempt if self.check.shown else ()
        self.turn(self.choose)

    def _begin(self, order_ids: Sequence[UUID]) -> None:
        if self.is_made("check") and not self.check.confirming.may_leave:  # what is under way comes first
            self.turn(self.check)
            return
        if order_ids and self.is_made("check"):
            self.check.clear()
        if order_ids:
            self.choose.come_with(order_ids)
        self.turn(self.choose)

    def _check(self, seen: Seen) -> None:
        self.check.show_seen(seen)
        self.turn(self.check)

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
            self.turn(self.approve)
        else:
            self._show_run(found.id)

    def _show_run(self, proposal_id: UUID, last_step: bool = False) -> None:
        self.run_head.step.setVisible(last_step)
        self.run.show_proposal(proposal_id)
        self.turn(self.run)
