"""What can be done about a refund that was confirmed: a button for each act, and in their place the one that is asked about."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from admin_app.desk import Desk
from admin_app.listing import empty
from admin_app.proposals.acting import Act, Acting
from admin_app.refunds.run_acts import acts_of, why_not
from admin_app.refunds.run_reading import Standing
from admin_app.refunds.words import refund_name
from core.qt.widgets import Button, button, column, label


class RunFoot(QFrame):
    """Whoever may do nothing reads who could."""

    answered = Signal()  # something was done, or refused: read how the refund stands now

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.desk, self.asking = desk, Acting(desk, refund_name)
        self.standing: Standing | None = None
        self.offered: list[str] = []  # the keys of what the buttons do
        self.pushes: list[Button] = []
        self.buttons, self.why = column(spacing=10), label("", 14, 400, "muted", wrap=True)
        self.setLayout(column(self.buttons, self.why, self.asking, margins=(18, 16, 18, 16)))
        self.asking.left.connect(self.leave)
        self.asking.answered.connect(self.answered)
        desk.line.changed.connect(self._show)

    def show_standing(self, standing: Standing) -> None:
        """Show what can be done about it now. What is asked about stays, with new figures, as long as it can still be done."""
        before, self.standing = self.standing, standing
        asked, offered = self.asking.act, [act.key for act in acts_of(standing)]
        another = before is None or before.proposal.id != standing.proposal.id
        if another or asked and asked.key not in offered and self.asking.is_free:
            self.asking.ask(None, standing)
        else:
            self.asking.show_standing(standing)
        self._show()

    def leave(self) -> None:
        """Go back: nothing was changed."""
        if self.standing:
            self.asking.ask(None, self.standing)
            self._show()
        if self.pushes:
            self.pushes[0].setFocus()

    def _show(self) -> None:
        if self.standing is None:
            return
        acts, forbidden, asks = acts_of(self.standing), why_not(self.desk, self.standing), self.asking.act is not None
        self._offer([] if forbidden or asks else acts)
        self.why.setText(forbidden or ("" if self.desk.line.can_save else self.tr("No connection: nothing can be changed.")))
        self.why.setVisible(bool(self.why.text()) and not asks)
        self.asking.setVisible(asks)
        self.setVisible(bool(acts) or asks)

    def _offer(self, acts: list[Act[Standing]]) -> None:
        """Offer them; where they are the same as before their buttons stay, and so does the focus."""
        if [act.key for act in acts] != self.offered:
            self.offered = [act.key for act in acts]
            empty(self.buttons)
            self.pushes = [button(f"{act.name} …", None, "admin", act.icon) for act in acts]
            for act, push in zip(acts, self.pushes, strict=True):
                push.clicked.connect(partial(self._open, act))
                self.buttons.addWidget(push)
        for push in self.pushes:
            push.setEnabled(self.desk.line.can_save)

    def _open(self, act: Act[Standing]) -> None:
        if self.standing:
            self.asking.ask(act, self.standing)
            self._show()
            self.asking.show_act()
