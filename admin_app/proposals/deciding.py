"""Deciding about what waits: approve it or say no; or why this person may not, who could, or what became of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from admin_app.desk import Desk
from admin_app.proposals.acting import Act, Acting
from admin_app.proposals.approving import Approving, Typing
from admin_app.proposals.rights import who_could, why_not
from core.proposals import Limits, Proposal
from core.qt.widgets import button, column, label, note, rule


class Decidable(Protocol):
    """What must be known of a proposal that waits. `mine` are the limits of whoever looks."""

    @property
    def proposal(self) -> Proposal: ...

    @property
    def mine(self) -> Limits | None: ...

    @property
    def approvers(self) -> list[Limits]: ...


class Manner(NamedTuple):
    """How one kind is decided about. `withdrawing`: its maker takes it back here, too."""

    typing: Callable[[Proposal], Typing]
    rejecting: Callable[[], Act[Any]]
    came_of_it: Callable[[Proposal, str], str]  # of approving, for somebody of this name
    over: Callable[[Proposal, datetime], str]  # why there is nothing to decide any more; "" while it waits
    withdrawing: Callable[[], Act[Any]] | None = None


class Deciding(QFrame):
    answered = Signal()  # something was decided, or refused: read how it stands now

    def __init__(self, desk: Desk, manner: Manner, *after: QWidget) -> None:
        """`after` stands there once it is over."""
        super().__init__()
        self.setProperty("role", "card")
        self.desk, self.manner, self.after = desk, manner, after
        self.case: Decidable | None = None
        self.came = ""  # of this person's own approval
        self.approving, self.acting = Approving(desk, manner.typing), Acting(desk, lambda found: manner.typing(found).name)
        self.reject = button(self.tr("Reject …"), None, "admin", "ban")
        self.withdraw = button(self.tr("Withdraw …"), None, "admin", "undo-2")
        self.title, self.told = label(self.tr("Your decision"), 17, 600), note("")
        self.others = label("", 15, 400, "muted", wrap=True)
        self.deciding = QWidget()
        self.deciding.setLayout(column(self.approving, rule(), self.reject, spacing=12))
        parts = (self.title, self.told, self.others, *after, self.withdraw, self.deciding, self.acting)
        self.setLayout(column(*parts, margins=(18, 16, 18, 16), spacing=12))
        self.approving.approved.connect(self._approved)
        self.approving.refused.connect(self.answered)
        self.acting.answered.connect(self.answered)
        self.acting.left.connect(self._leave)
        self.reject.clicked.connect(lambda: self._ask(manner.rejecting))
        self.withdraw.clicked.connect(lambda: self._ask(manner.withdrawing) if manner.withdrawing else None)
        desk.line.ticked.connect(self._show)
        desk.line.changed.connect(self._show)

    def show_case(self, case: Decidable) -> None:
        """Show what can be decided. What was typed stays as long as it is about the same proposal."""
        if self.case is None or self.case.proposal.id != case.proposal.id:
            self.came = ""
            self.acting.ask(None, case)
        self.case = case
        self.approving.show_proposal(case.proposal)
        if self.acting.is_free and self.manner.over(case.proposal, self.desk.line.now()):
            self.acting.ask(None, case)
        self.acting.show_standing(case)
        self._show()

    def _show(self) -> None:
        if self.case is None:
            return
        found, now, me = self.case.proposal, self.desk.line.now(), self.desk.me
        ended = self.came or self.manner.over(found, now)
        is_free = self.approving.is_free and self.acting.is_free
        forbidden = "" if ended or not is_free else why_not(me, found, self.case.mine, now)
        others = who_could(me, found, self.case.approvers, now) if forbidden else ""
        decides, acts = not ended and not forbidden, self.acting.act is not None
        withdraws = not ended and self.manner.withdrawing is not None and me.person_id == found.person_id
        self.told.say(ended or forbidden, "info", "circle-check" if ended else "shield-check")
        self.told.setVisible(bool(ended or forbidden) and not (withdraws and acts))
        self.others.setText(others)
        self.others.setVisible(bool(others) and not acts)
        for each in self.after:
            each.setVisible(bool(ended))
        self.deciding.setVisible(decides and not acts)
        self.withdraw.setVisible(withdraws and not acts)
        self.acting.setVisible((decides or withdraws) and acts)
        self.title.setVisible(not ((decides or withdraws) and acts))
        for push in (self.reject, self.withdraw):
            push.setEnabled(self.approving.is_free and self.desk.line.can_save)

    def _approved(self, answer: Proposal | None) -> None:
        self.came = self.manner.came_of_it(answer, self.desk.me.name) if answer else self.tr("You approved it. The server has it.")
        self._show()
        self.answered.emit()

    def _ask(self, act: Callable[[], Act[Any]]) -> None:
        if self.case:
            self.acting.ask(act(), self.case)
            self._show()
            self.acting.show_act()
            self.acting.reason.setFocus()

    def _leave(self) -> None:
        """Go back: nothing was done."""
        if self.case:
            self.acting.ask(None, self.case)
            self._show()
            (self.withdraw if self.withdraw.isVisible() else self.reject).setFocus()
