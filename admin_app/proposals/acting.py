"""Acting: one act on a proposal, in its place: what it does with the figures of now, why, and the button that does it."""

from collections.abc import Callable
from typing import Any, Generic, NamedTuple, Protocol, TypeVar
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from admin_app.desk import Desk
from admin_app.listing import empty
from admin_app.proposals.sending import Meant, Stage, say_how_it_stands
from admin_app.refunds.words import point
from core.base.errors import Invalid, Refused
from core.database.gateway import Database
from core.proposals import Proposal
from core.qt.form import Field, entry
from core.qt.widgets import button, column, label, note, row, set_property

SHORTEST, LONGEST = 5, 500  # signs of a reason


class Told(Protocol):
    """What is known of a proposal, whatever its kind."""

    @property
    def proposal(self) -> Proposal: ...


Known = TypeVar("Known", bound=Told)


class Act(NamedTuple, Generic[Known]):
    """One thing that can be done. `name` opens it, `title` asks, `words` says what the button does, `asks_why`: it needs a reason."""

    key: str
    name: str
    icon: str
    title: str
    effects: Callable[[Known], list[tuple[str, str]]]
    words: Callable[[Known], str]
    asks_why: bool
    is_danger: bool
    call: Callable[[Database, UUID, UUID, str], Proposal]


class Acting(QWidget):
    """Nothing is filled in, and no button is the default. Escape goes back and changes nothing."""

    left = Signal()  # the person went back
    answered = Signal()  # it was done, or refused: read how it stands now

    def __init__(self, desk: Desk, name: Callable[[Proposal], str]) -> None:
        """`name`: what people call a proposal, for whoever speaks of it later."""
        super().__init__()
        self.desk, self.name, self.meant = desk, name, Meant(desk, self)
        self.act: Act[Any] | None = None
        self.standing: Told | None = None
        self.title, self.effects = label("", 17, 600, wrap=True), column(spacing=8)
        self.reason = entry()
        self.reason.setMaxLength(LONGEST)
        self.field = Field(self.tr("Why?"), self.reason, self.tr("It stays in the record, for whoever asks later."))
        self.trouble = note("", "danger", "circle-alert")
        self.back, self.go = button(self.tr("Go back"), None, "admin"), button("", None, "touch")
        self.hint = label("", 14, 400, "muted", wrap=True)
        self.setLayout(column(self.title, self.effects, self.field, self.trouble, self.go, self.hint, row(self.back, None), spacing=12))
        self.reason.textEdited.connect(self._typed)
        self.back.clicked.connect(self.left)
        self.go.clicked.connect(self._send)
        self.meant.changed.connect(self.show_act)
        self.meant.done.connect(self.answered)
        self.meant.recorded.connect(self.answered)
        self.meant.refused.connect(self._refused)
        desk.line.changed.connect(self.show_act)

    @property
    def is_free(self) -> bool:
        """Nothing is under way."""
        return self.meant.stage is Stage.FREE

    def ask(self, act: Act[Any] | None, standing: Told) -> None:
        """Ask about this act; None: about none any more."""
        self.act, self.standing = act, standing
        self.reason.clear()
        self.field.clear()
        self.meant.begin()
        if act:
            self.reason.setFocus() if act.asks_why else self.back.setFocus()

    def show_standing(self, standing: Told) -> None:
        """Ask about the same with the figures of now."""
        self.standing = standing
        self.show_act()

    def show_act(self) -> None:
        if self.act is None or self.standing is None:
            return
        self.title.setText(self.act.title)
        empty(self.effects)
        for icon, sentence in self.act.effects(self.standing):
            self.effects.addWidget(point(icon, sentence))
        self.field.setVisible(self.act.asks_why)
        missing = self._missing(self.act)
        asking = {Stage.SENT: self.tr("Asking …"), Stage.CHECKED: self.tr("Being checked")}
        self.go.setText(asking.get(self.meant.stage) or self.act.words(self.standing))
        set_property(self.go, "kind", "danger" if self.act.is_danger else "primary")
        self.go.setEnabled(self.is_free and not missing)
        self.hint.setText(missing if self.is_free else "")
        self.hint.setVisible(bool(self.hint.text()))
        self.back.setEnabled(self.is_free)
        self.reason.setEnabled(self.is_free)
        say_how_it_stands(self.meant, self.trouble)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.is_free:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _missing(self, act: Act[Any]) -> str:
        """Say what must be there first; "" when it is."""
        if not self.desk.line.can_save:
            return self.tr("No connection: nothing can be changed.")
        short = act.asks_why and len(self.reason.text().strip()) < SHORTEST
        return self.tr("Say why in a few words first.") if short else ""

    def _typed(self) -> None:
        self.field.clear()
        self.show_act()

    def _send(self) -> None:
        if self.act and self.standing and not self._missing(self.act):
            found, db, call, reason = self.standing.proposal, self.desk.db, self.act.call, self.reason.text().strip()
            self.desk.names[found.id] = self.name(found)
            self.meant.send(lambda command_id: call(db, command_id, found.id, reason))

    def _refused(self, error: Refused) -> None:
        if isinstance(error, Invalid) and error.facts.get("field") == "reason":
            self.field.complain(str(error))
        else:
            self.meant.trouble = str(error)
        self.show_act()
        self.answered.emit()
