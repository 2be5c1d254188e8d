"""The decision about a refund that waits: approve it or reject it; or why this person may not, who could, or what became of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from admin_app.desk import Desk
from admin_app.refunds.approve_reading import Case
from admin_app.refunds.approve_rights import who_could, why_not
from admin_app.refunds.approve_total import ApproveTotal
from admin_app.refunds.approve_words import came_of_it, over, rejecting
from admin_app.refunds.run_asking import RunAsking
from core.proposals import Proposal
from core.qt.widgets import button, column, label, note, rule


class Decision(QFrame):
    answered = Signal()  # something was decided, or refused: read how it stands now
    run_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.desk = desk
        self.case: Case | None = None
        self.came = ""  # of this person's own approval
        self.total, self.rejection = ApproveTotal(desk), RunAsking(desk)
        self.reject = button(self.tr("Reject …"), None, "admin", "ban")
        self.title, self.told = label(self.tr("Your decision"), 17, 600), note("")
        self.others = label("", 15, 400, "muted", wrap=True)
        self.run = button(self.tr("Show the run"), "primary", "touch", "arrow-right")
        self.deciding = QWidget()
        self.deciding.setLayout(column(self.total, rule(), self.reject, spacing=12))
        parts = (self.title, self.told, self.others, self.run, self.deciding, self.rejection)
        self.setLayout(column(*parts, margins=(18, 16, 18, 16), spacing=12))
        self.total.approved.connect(self._approved)
        self.total.refused.connect(self.answered)
        self.rejection.answered.connect(self.answered)
        self.rejection.left.connect(self._leave)
        self.reject.clicked.connect(self._ask_to_reject)
        self.run.clicked.connect(self.run_wanted)
        desk.line.ticked.connect(self._show)
        desk.line.changed.connect(self._show)

    def show_case(self, case: Case) -> None:
        """Show what can be decided. What was typed stays as long as it is about the same refund."""
        if self.case is None or self.case.proposal.id != case.proposal.id:
            self.came = ""
            self.rejection.ask(None, case.standing)
        self.case = case
        self.total.show_proposal(case.proposal)
        if self.rejection.is_free and over(case.proposal, self.desk.line.now()):
            self.rejection.ask(None, case.standing)
        self.rejection.show_standing(case.standing)
        self._show()

    def _show(self) -> None:
        if self.case is None:
            return
        now, me = self.desk.line.now(), self.desk.me
        ended = self.came or over(self.case.proposal, now)
        is_free = self.total.is_free and self.rejection.is_free
        forbidden = "" if ended or not is_free else why_not(me, self.case, now)
        others = who_could(me, self.case, now) if forbidden else ""
        decides, rejects = not ended and not forbidden, self.rejection.act is not None
        self.told.say(ended or forbidden, "info", "circle-check" if ended else "shield-check")
        self.told.setVisible(bool(ended or forbidden))
        self.others.setText(others)
        self.others.setVisible(bool(others))
        self.run.setVisible(bool(ended))
        self.deciding.setVisible(decides and not rejects)
        self.rejection.setVisible(decides and rejects)
        self.title.setVisible(not (decides and rejects))
        self.reject.setEnabled(self.total.is_free and self.desk.line.can_save)

    def _approved(self, answer: Proposal | None) -> None:
        self.came = came_of_it(answer, self.desk.me.name) if answer else self.tr("You approved it. The server has it.")
        self._show()
        self.answered.emit()

    def _ask_to_reject(self) -> None:
        if self.case:
            self.rejection.ask(rejecting(), self.case.standing)
            self._show()
            self.rejection.show_act()
            self.rejection.reason.setFocus()

    def _leave(self) -> None:
        """Go back: nothing was rejected."""
        if self.case:
            self.rejection.ask(None, self.case.standing)
            self._show()
            self.reject.setFocus()
