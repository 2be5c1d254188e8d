"""Decide: one proposal about people that waits: what it changes and what follows, and beside it the decision of a second person."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from admin_app.desk import Desk
from admin_app.listing import empty
from admin_app.notice import Notice
from admin_app.proposals.changes import Changes
from admin_app.proposals.decide_words import manner
from admin_app.proposals.deciding import Deciding
from admin_app.proposals.deciding_head import DecidingHead
from admin_app.proposals.impact import NOTHING, changes_of
from admin_app.proposals.meaning import meaning_of
from admin_app.proposals.question import Case, read_case
from admin_app.proposals.words import proposal_name, why
from admin_app.reader import Reader
from admin_app.refunds.run_side import Beside, Side
from admin_app.refunds.steps import StepHead
from admin_app.refunds.words import point
from core.base.errors import Refused
from core.live import Changes as News
from core.qt.task import unless_expected
from core.qt.widgets import column, label, note

translate = QCoreApplication.translate


class DecideView(QWidget):
    """What is typed stays as long as the same proposal is shown."""

    left = Signal()
    answered = Signal()  # something was decided, or refused

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.proposal_id: UUID | None = None
        self.case: Case | None = None
        home = translate("proposals", "Approvals"), translate("proposals", "Back to all approvals (Esc)")
        self.crumb, self.head = StepHead(translate("proposals", "Decision"), "", home=home), DecidingHead(desk.line, proposal_name, why)
        self.notice, self.changes, self.meaning = Notice(), Changes(), column(spacing=10)
        self.decision, self.trouble = Deciding(desk, manner()), note("", "danger", "circle-alert")
        self.trouble.hide()
        self.news = Reader(self._prepare, self._show, self._failed, self)
        held, self.stack = QWidget(), QStackedLayout()
        held.setLayout(self.stack)
        for each in (self.notice, self._laid_out()):
            self.stack.addWidget(each)
        self.setLayout(column(self.crumb, (held, 1), spacing=6))
        self.setFocusProxy(self.crumb.back)
        self.crumb.left.connect(self.left)
        self.decision.answered.connect(self.news.ask)
        self.decision.answered.connect(self.answered)
        desk.line.changed.connect(self._show_changes)

    def show_proposal(self, proposal_id: UUID) -> None:
        """Show this one, and keep it up to date."""
        if proposal_id != self.proposal_id:
            self.proposal_id, self.case = proposal_id, None
            self.notice.say("hourglass", translate("proposals", "Reading what was proposed …"))
            self.stack.setCurrentIndex(0)
        self.news.ask()

    def take(self, changes: News) -> None:
        """Something changed: read again what is shown of it."""
        if self.proposal_id and self.isVisible() and (changes.resync or changes.nouns & {"proposals", "staff"}):
            self.news.ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _laid_out(self) -> QWidget:
        follows = label(translate("proposals", "What follows"), 17, 600)
        shown = Side(column(self.changes, 4, follows, self.meaning, None, spacing=10))
        side = Side(column(self.decision, None))
        return Side(column(self.head, self.trouble, (Beside(shown, side, shown), 1), spacing=14))

    def _prepare(self) -> Callable[[], tuple[UUID | None, Case | None]]:
        proposal_id, me = self.proposal_id, self.desk.me.person_id
        return lambda: (proposal_id, read_case(self.desk.db, proposal_id, me) if proposal_id else None)

    def _show(self, answer: tuple[UUID | None, Case | None]) -> None:
        proposal_id, case = answer
        if proposal_id != self.proposal_id:
            return
        self.trouble.hide()
        if case is None:
            missing = translate("proposals", "It is not there, or it is not for you to see.")
            self.notice.say("search", translate("proposals", "No such proposal"), missing)
            self.stack.setCurrentIndex(0)
            return
        self.case, now = case, self.desk.line.now()
        self.head.show_proposal(case.proposal)
        self._show_changes()
        empty(self.meaning)
        for icon, sentence in meaning_of(case.proposal, now):
            self.meaning.addWidget(point(icon, sentence))
        self.decision.show_case(case)
        self.stack.setCurrentIndex(1)

    def _show_changes(self) -> None:
        """Show what it changes; without a connection it stands back."""
        if self.case:
            is_old, now = self.desk.line.offline_since is not None, self.desk.line.now()
            self.changes.show_changes(changes_of(self.case.proposal, NOTHING, now), is_old)

    def _failed(self, error: Exception) -> None:
        unless_expected(error)
        if self.case is None:
            title = translate("proposals", "What was proposed could not be read")
            self.notice.say("circle-alert", title, str(error), translate("proposals", "Try again"), self.news.ask, "dangerText")
            self.stack.setCurrentIndex(0)
        elif isinstance(error, Refused):  # while offline the banner says it
            self.trouble.say(translate("proposals", "It could not be read again. {why}").format(why=error), "danger", "circle-alert")
            self.trouble.show()
