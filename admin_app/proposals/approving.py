"""Approving: a figure or a name, typed once more by the second person, and the button that lets a proposal run."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from admin_app.desk import Desk
from admin_app.proposals.sending import Meant, Stage, say_how_it_stands
from core.base.errors import Refused
from core.base.money import kobo
from core.proposals import Proposal, approve_proposal
from core.qt.form import Field, entry
from core.qt.widgets import button, column, label, note

LONGEST = 120  # signs


class Typing(NamedTuple):
    """What must be typed to approve one proposal, and what is said about it. `name`: what people call the proposal."""

    name: str
    type_it: str
    first: str  # it is missing
    matches: str
    differs: str
    act: str  # what the button says
    is_it: Callable[[str], bool]
    help_text: str = ""


def is_amount(text: str, amount: int) -> bool:
    """Return whether somebody typed this amount (kobo), with or without ₦ and commas."""
    try:
        return kobo(text) == amount
    except ValueError:
        return False


class Approving(QWidget):
    """Nothing is filled in, and the button is no default: off until it is typed. It is sent once, however often it is pressed."""

    approved = Signal(object)  # the Proposal that was answered; None: it was recorded, read it
    refused = Signal(object)  # Refused: read how it stands now

    def __init__(self, desk: Desk, typing: Callable[[Proposal], Typing]) -> None:
        super().__init__()
        self.desk, self.typing, self.meant = desk, typing, Meant(desk, self)
        self.shown: Proposal | None = None  # as the person saw it
        self.typed = entry("touch", 20)
        self.typed.setMaxLength(LONGEST)
        self.field = Field("", self.typed)
        self.trouble = note("", "danger", "circle-alert")
        self.go, self.hint = button("", "danger", "touch"), label("", 14, 400, "muted", wrap=True)
        self.setLayout(column(self.field, self.trouble, self.go, self.hint, spacing=12))
        self.typed.textChanged.connect(self._typed)
        self.typed.editingFinished.connect(self._judge)
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
        """Whether what must be typed was typed."""
        return self.shown is not None and self.typing(self.shown).is_it(self.typed.text())

    def show_proposal(self, shown: Proposal) -> None:
        """Ask about this one. What was typed stays as long as it is the same."""
        if self.shown is None or self.shown.id != shown.id:
            self.shown, typing = shown, self.typing(shown)
            self.field.name.setText(typing.type_it)
            self.field.help_text = typing.help_text
            self.typed.setAccessibleName(typing.type_it)
            self.typed.clear()
            self.field.clear()
            self.meant.begin()
        self.shown = shown
        self.show_act()

    def show_act(self) -> None:
        """Show the button as things stand; where it is off it says why."""
        if self.shown is None:
            return
        missing = self._missing(self.shown)
        asking = {Stage.SENT: self.tr("Asking …"), Stage.CHECKED: self.tr("Being checked")}
        self.go.setText(asking.get(self.meant.stage) or self.typing(self.shown).act)
        self.go.setEnabled(self.is_free and not missing)
        self.typed.setEnabled(self.is_free)
        self.hint.setText(missing if self.is_free else "")
        self.hint.setVisible(bool(self.hint.text()))
        say_how_it_stands(self.meant, self.trouble)

    def _missing(self, shown: Proposal) -> str:
        """Say what must be there first; "" when it is."""
        if not self.desk.line.can_save:
            return self.tr("No connection: nothing can be approved.")
        return "" if self.matches else self.typing(shown).first

    def _typed(self) -> None:
        if self.shown and self.matches:
            self.field.approve(self.typing(self.shown).matches)
        else:
            self.field.clear()
        self.show_act()

    def _judge(self) -> None:
        """Say that it is something else, once somebody has typed it to its end."""
        if self.shown and self.typed.text().strip() and not self.matches:
            self.field.complain(self.typing(self.shown).differs)

    def _send(self) -> None:
        if self.shown and not self._missing(self.shown):
            shown, db = self.shown, self.desk.db
            self.desk.names[shown.id] = self.typing(shown).name
            self.meant.send(lambda command_id: approve_proposal(db, command_id, shown.id, shown.digest))

    def _refused(self, error: Refused) -> None:
        self.meant.trouble = str(error)
        if error.facts.get("why") == "digest":
            self.typed.clear()
        self.show_act()
        self.refused.emit(error)
