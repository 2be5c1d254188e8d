"""Approve: what another person proposed, as they saw it, for whoever must agree to it or not."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from admin_app.desk import Desk
from admin_app.notice import Notice
from admin_app.page import Ask
from admin_app.proposals.deciding_head import DecidingHead
from admin_app.reader import Reader
from admin_app.refunds.approve_against import Against
from admin_app.refunds.approve_decision import Decision
from admin_app.refunds.approve_reading import Case, Moved, read_case, read_moved
from admin_app.refunds.approve_words import why
from admin_app.refunds.impact import ImpactCards
from admin_app.refunds.lines import OrdersOfRefund
from admin_app.refunds.run_side import Beside, Side
from admin_app.refunds.words import refund_name
from core.base.errors import Refused
from core.live import Changes
from core.proposals import Progress
from core.qt.export import ask_where
from core.qt.task import unless_expected
from core.qt.widgets import column, frame, note
from core.refunds import LineState

LIST = 380  # px: the least height of the list


class ApproveView(QWidget):
    """Fills its place without a margin of its own; its headline is its own too."""

    wanted = Signal(str, object)  # as OfficePage.wanted
    said = Signal(str, str)  # as OfficePage.said
    run_wanted = Signal(object)  # the id of a refund that runs or has ended: the person wants to see its document (RunView)

    def __init__(self, desk: Desk, ask: Ask = ask_where) -> None:
        super().__init__()
        self.desk = desk
        self.proposal_id: UUID | None = None
        self.case: Case | None = None
        self.moved: Moved | None = None
        self.changed: set[UUID] = set()  # orders that changed since they were looked at
        self.notice, self.head, self.against = Notice(), DecidingHead(desk.line, refund_name, why), Against()
        self.lines, self.decision, self.trouble = OrdersOfRefund(desk, ask), Decision(desk), note("", "danger", "circle-alert")
        self.impact, self.before = ImpactCards(), frame("card", column(self.against, margins=(18, 16, 18, 16)))
        self.trouble.hide()
        self.news = Reader(self._prepare, self._show, self._failed, self)
        self.moves = Reader(self._prepare_moves, self._show_moves, self._failed, self)
        self.stack = QStackedLayout(self)
        self.stack.addWidget(self.notice)
        self.stack.addWidget(self._laid_out())
        self.setFocusProxy(self.lines.table.view)
        self._listen()

    def show_proposal(self, proposal_id: UUID) -> None:
        """Show this refund to whoever must agree to it, and keep it up to date."""
        if proposal_id != self.proposal_id:
            self.proposal_id, self.case, self.moved, self.changed = proposal_id, None, None, set()
            self.notice.say("hourglass", self.tr("Reading the refund …"))
            self.stack.setCurrentWidget(self.notice)
            self.lines.show_proposal(proposal_id)
        self.news.ask()

    def take(self, changes: Changes) -> None:
        """Something changed: read again what is shown of it."""
        if changes.resync:
            self.moved = None
        if self.proposal_id and (changes.resync or "proposals" in changes.nouns and self.proposal_id in changes.objects):
            self.news.ask()
        waits = self.case is not None and self.case.proposal.state is Progress.AWAITING_APPROVAL
        if waits and self.moved and "orders" in changes.nouns and changes.objects & self.moved.order_ids:
            self.changed |= changes.objects
            self.moves.ask()
        self.lines.take(changes)

    def _laid_out(self) -> QWidget:
        self.lines.setMinimumHeight(LIST)
        shown, side = Side(column(self.impact, (self.lines, 1), spacing=12)), Side(column(self.before, self.decision, None, spacing=14))
        return Side(column(self.head, self.trouble, (Beside(shown, side, shown), 1), spacing=14))

    def _listen(self) -> None:
        self.lines.wanted.connect(self.wanted)
        self.lines.said.connect(self.said)
        self.impact.left_out_wanted.connect(lambda: self.lines.show_state(LineState.LEFT_OUT))
        self.decision.answered.connect(self.news.ask)
        self.decision.run_wanted.connect(lambda: self.run_wanted.emit(self.proposal_id))

    def _prepare(self) -> Callable[[], tuple[UUID | None, Case | None]]:
        proposal_id, me = self.proposal_id, self.desk.me.person_id
        return lambda: (proposal_id, read_case(self.desk.db, proposal_id, me) if proposal_id else None)

    def _show(self, answer: tuple[UUID | None, Case | None]) -> None:
        proposal_id, case = answer
        if proposal_id != self.proposal_id:
            return
        self.trouble.hide()
        if case is None:
            self.notice.say("search", self.tr("No such refund"), self.tr("It is not there, or it is not for you to see."))
            self.stack.setCurrentWidget(self.notice)
            return
        if self.case is not None and self.case != case:
            self.lines.look_again()
        self.case, waits = case, case.proposal.state is Progress.AWAITING_APPROVAL
        self.head.show_proposal(case.proposal)
        self.impact.show_impact(case.proposal.impact, case.names.kitchens)
        self.against.show_case(case, self.moved)
        self.before.setVisible(waits)
        self.decision.show_case(case)
        self.stack.setCurrentIndex(1)
        if self.moved is None and waits:
            self.moves.ask()

    def _prepare_moves(self) -> Callable[[], Moved | None]:
        case, known, changed = self.case, self.moved, self.changed
        self.changed = set()
        return lambda: read_moved(self.desk.db, case.proposal, known, changed) if case else None

    def _show_moves(self, moved: Moved | None) -> None:
        if moved and self.case and moved.proposal_id == self.proposal_id:
            self.moved = moved
            self.against.show_case(self.case, moved)

    def _failed(self, error: Exception) -> None:
        unless_expected(error)
        if self.case is None:
            title = self.tr("The refund could not be read")
            self.notice.say("circle-alert", title, str(error), self.tr("Try again"), self.news.ask, "dangerText")
            self.stack.setCurrentWidget(self.notice)
        elif isinstance(error, Refused):  # while offline the banner says it
            self.trouble.say(self.tr("The refund could not be read again. {why}").format(why=error), "danger", "circle-alert")
            self.trouble.show()
