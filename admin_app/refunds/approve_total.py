"""Approving: the total, typed once more by the second person, and the button that lets the money go."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from admin_app.desk import Desk
from admin_app.refunds.run_sending import Meant, Stage, say_how_it_stands
from admin_app.refunds.words import refund_name
from core.base.errors import Refused
from core.base.money import kobo, naira
from core.proposals import Proposal, approve_proposal
from core.qt.form import Field, entry
from core.qt.widgets import button, column, label, note


class ApproveTotal(QWidget):
    """Nothing is filled in, and the button is no default: off until the total is typed. It is sent once, however often it is pressed."""

    approved = Signal(object)  # the Proposal that was answered; None: it was recorded, read it
    refused = Signal(object)  # Refused: read how it stands now

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.meant = desk, Meant(desk, self)
        self.shown: Proposal | None = None  # as the person saw it
        self.total = entry("touch", 20)
        self.total.setMaxLength(30)
        self.field = Field(self.tr("Type the total to approve"), self.total)
        self.trouble = note("", "danger", "circle-alert")
        self.go, self.hint = button("", "danger", "touch"), label("", 14, 400, "muted", wrap=True)
        self.setLayout(column(self.field, self.trouble, self.go, self.hint, spacing=12))
        self.total.textChanged.connect(self._typed)
        self.total.editingFinished.connect(self._judge)
        self.go.clicked.connect(self._send)
        self.meant.changed.connect(self.show_act)
        self.meant.done.connect(self.approved)
        self.meant.recorded.connect(lambda: self.approved.emit(None))
        self.meant.refused.connect(self._refused)
        desk.line.changed.connect(self.show_act)

    @property
    def is_free(self) -> bool:
        """Nothing is under way."""
        return self.meant.stage is Stage.FREE

    @property
    def matches(self) -> bool:
        """Whether the total was typed, with or without ₦ and commas."""
        try:
            return self.shown is not None and kobo(self.total.text()) == self.shown.total
        except ValueError:
            return False

    def show_proposal(self, shown: Proposal) -> None:
        """Ask about this one. What was typed stays as long as it is the same."""
        if self.shown is None or self.shown.id != shown.id:
            self.shown = shown
            self.total.clear()
            self.meant.begin()
        self.shown = shown
        self.show_act()

    def show_act(self) -> None:
        """Show the button as things stand; where it is off it says why."""
        if self.shown is None:
            return
        missing = self._missing()
        asking = {Stage.SENT: self.tr("Asking …"), Stage.CHECKED: self.tr("Being checked")}
        words = self.tr("Approve {amount}").format(amount=naira(self.shown.total))
        self.go.setText(asking.get(self.meant.stage) or words)
        self.go.setEnabled(self.is_free and not missing)
        self.total.setEnabled(self.is_free)
        self.hint.setText(missing if self.is_free else "")
        self.hint.setVisible(bool(self.hint.text()))
        say_how_it_stands(self.meant, self.trouble)

    def _missing(self) -> str:
        """Say what must be there first; "" when it is."""
        if not self.desk.line.can_save:
            return self.tr("No connection: nothing can be approved.")
        return "" if self.matches else self.tr("Type the total first.")

    def _typed(self) -> None:
        if self.matches:
            self.field.approve(self.tr("Matches the total."))
        else:
            self.field.clear()
        self.show_act()

    def _judge(self) -> None:
        """Say that it is another amount, once somebody has typed one to its end."""
        if self.shown and self.total.text().strip() and not self.matches:
            self.field.complain(self.tr("This is not the total of this refund."))

    def _send(self) -> None:
        if self.shown and not self._missing():
            shown, db = self.shown, self.desk.db
            self.desk.names[shown.id] = refund_name(shown)
            self.meant.send(lambda command_id: approve_proposal(db, command_id, shown.id, shown.digest))

    def _refused(self, error: Refused) -> None:
        self.meant.trouble = str(error)
        if error.facts.get("why") == "digest":
            self.total.clear()
        self.show_act()
        self.refused.emit(error)
