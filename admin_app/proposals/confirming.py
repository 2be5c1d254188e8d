"""Confirming: a person confirms what they previewed: reason, note, the figure typed, and one button that says what it does.

For every kind of proposal: give it the kind's Manner, then show each preview.  Verb: core/proposals/confirm.py.
"""

from uuid import UUID

from PySide6.QtCore import Signal

from admin_app.desk import Desk
from admin_app.proposals.confirming_act import Confirmable, Manner
from admin_app.proposals.confirming_panel import Panel
from admin_app.proposals.sending import Meant, Stage
from core.base.errors import Refused
from core.proposals import Outcome, Proposal, confirm_proposal, proposal
from core.qt.line import moment
from core.qt.task import run, unless_expected


class Confirming(Panel):
    """Nothing is the default, and nothing is preselected. What was typed stays after every refusal."""

    done = Signal(object)  # the Proposal: it was confirmed, now or before
    moved = Signal(object)  # the Proposal: something changed, and nothing happened; `moved` says what, where that is known
    outdated = Signal(str)  # its figures no longer hold: "as of 12:39"
    again = Signal()  # the person wants to see what it would do now

    def __init__(self, desk: Desk, manner: Manner) -> None:
        super().__init__(manner, desk.line)
        self.desk, self.meant = desk, Meant(desk, self)
        self.shown: Confirmable | None = None
        self.is_old = self.is_busy = False  # its figures no longer hold; new ones are being asked for
        self.form.changed.connect(self._show)
        self.pressed.connect(self._press)
        desk.line.ticked.connect(self._tick)
        desk.line.changed.connect(self._show)
        self.meant.changed.connect(self._show)
        self.meant.done.connect(self._answered)
        self.meant.recorded.connect(self._find_out)
        self.meant.refused.connect(self._refused)

    @property
    def may_leave(self) -> bool:
        """What is under way cannot be left."""
        return self.meant.stage is not Stage.SENT

    def show_confirmable(self, shown: Confirmable) -> None:
        """Show a new preview: the figure is typed anew."""
        self.shown, self.is_old, self.is_busy = shown, False, False
        self.form.let_type(shown.figure is not None)
        self.form.ask_for(shown.figure)
        self.notes.tell_second(shown.second)
        self.meant.begin()
        self._tick()

    def wait(self) -> None:
        """New figures are being asked for; those that are shown cannot be confirmed meanwhile."""
        self.is_busy = True
        self.form.ask_for(None)
        self._show()

    def complain(self, sentence: str) -> None:
        """No new figures came, and why. The old ones cannot be confirmed any more."""
        self.is_busy = False
        self.meant.trouble = sentence
        self.grow_old()

    def grow_old(self) -> None:
        """These figures no longer hold."""
        if self.shown and not self.is_old:
            self.is_old = True
            self.form.ask_for(None)
            self.outdated.emit(self.tr("as of {time}").format(time=moment(self.shown.made_at, self.line.now())))
        self._show()

    def clear(self) -> None:
        """Forget what was typed, and what it was about."""
        self.shown, self.is_old, self.is_busy = None, False, False
        self.form.clear()
        self.meant.begin()

    def _tick(self) -> None:
        """Count down; at nought the figures are old, unless what was sent with them is still on its way."""
        if self.shown and not self.is_old and self.meant.stage is Stage.FREE and not self.shown.held.left(self.line.now()):
            self.grow_old()
        self._show()

    def _show(self) -> None:
        if self.shown is None:
            return
        is_free, missing, is_new = self.meant.stage is Stage.FREE, self._missing(), self.is_old or self.is_busy
        said = self.tr("Checking …") if self.is_busy else self.tr("Check again") if self.is_old else self.shown.act
        under_way = {Stage.SENT: self.tr("Sending …"), Stage.CHECKED: self.tr("Being checked")}.get(self.meant.stage)
        hint = missing if is_free and not self.is_busy else ""
        self.tell_act(under_way or said, self.shown.is_danger and not is_new, is_free and not missing and not self.is_busy, hint)
        self.tell_hold(self.shown, self.is_old)
        self.tell_trouble(self.meant.trouble, self.meant.stage is Stage.CHECKED)
        self.back.setEnabled(self.may_leave)
        self.form.setEnabled(is_free)

    def _missing(self) -> str:
        if not self.line.can_save:
            return self.tr("No connection: nothing can be sent. What you typed stays.")
        return "" if self.is_old else self.form.missing()

    def _press(self) -> None:
        if self.is_old:
            self.again.emit()
        elif self.shown and not self._missing():
            db, token, code, said = self.desk.db, self.shown.token, self.form.code, self.form.said
            self.meant.send(lambda command_id: confirm_proposal(db, command_id, token, code, said))

    def _answered(self, answer: Proposal) -> None:
        if answer.outcome is Outcome.IMPACT_CHANGED or answer.confirmed_at is None:
            self.grow_old()
            self.moved.emit(answer)
        else:
            self.done.emit(answer)

    def _find_out(self) -> None:
        """The server has it, and its answer was lost: read what it did."""
        if self.shown:
            db, proposal_id = self.desk.db, self.shown.proposal_id
            run(self, lambda: proposal(db, proposal_id), then=lambda found: self._found(proposal_id, found), failed=unless_expected)

    def _found(self, proposal_id: UUID, found: Proposal | None) -> None:
        if found and self.shown and self.shown.proposal_id == proposal_id:
            self._answered(found)

    def _refused(self, error: Refused) -> None:
        if error.facts.get("why") == "expired":
            self.grow_old()
        elif not self.form.complain(str(error.facts.get("field", "")), str(error)):
            self.meant.trouble = str(error)
        self._show()
