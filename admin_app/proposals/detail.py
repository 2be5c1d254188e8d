"""Detail: one proposal about people, as it was confirmed: what it changes, why and by whom, and what became of it."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Signal

from admin_app.desk import Desk
from admin_app.listing import Detail
from admin_app.proposals.changes import Changes
from admin_app.proposals.impact import changes_of
from admin_app.proposals.question import DECIDED, Document, customer_ids, names_of
from admin_app.proposals.words import end, proposal_name, waits_until, why
from admin_app.refunds.run_facts import Facts
from admin_app.refunds.run_side import Side
from admin_app.refunds.words import progress_look, short_code
from core.proposals import Progress, Proposal
from core.qt.line import moment
from core.qt.task import run
from core.qt.texts import breakable
from core.qt.widgets import button, column, frame, label, pill, row

translate = QCoreApplication.translate


class ProposalDetail(Detail):
    """Reads the names of many customers itself; the rest is as it was shown."""

    wide, widest = 420, 620
    wanted = Signal(object)  # the Proposal that somebody wants to see, who may decide about it

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setAccessibleName(translate("proposals", "Details of the proposal"))
        self.document: Document | None = None
        self.state, self.waits = pill(""), label("", 15, 500, "muted", wrap=True)
        self.why, self.changes, self.facts = label("", 15, wrap=True), Changes(), Facts()
        self.open = button(translate("proposals", "Open it"), None, "admin", "shield-check")
        self.open.setToolTip(translate("proposals", "What follows from it, who may approve it, and the decision"))
        self.open.clicked.connect(lambda: self.wanted.emit(self.document.proposal) if self.document else None)
        said = frame("sunken", column(self.why, margins=(14, 10, 14, 10)))
        self.area = Side(column(said, self.changes, row(self.open, None), self.facts, None, spacing=12))
        self.lay_out(row(self.state, None), self.waits, (self.area, 1))
        desk.line.ticked.connect(self._show_waits)

    def show_row(self, shown: Document) -> None:
        found, now, look = shown.proposal, self.desk.line.now(), progress_look(shown.proposal.state)
        if self.document is None or shown.id != self.document.id:
            self.area.verticalScrollBar().setValue(0)
            self.changes.show_changes(changes_of(found, shown.names, now))
        self.document = shown
        self.title.setText(breakable(proposal_name(found, shown.names)))
        self.subtitle.setText(f"{found.made_by} ({found.login}), {moment(found.confirmed_at or found.created_at, now)}")
        self.state.say(look.word, look.tone, look.icon)
        self.why.setText(breakable(why(found)))
        self.facts.show_facts(facts(found, now))
        self.open.setVisible(found.kind in DECIDED and found.state is Progress.AWAITING_APPROVAL)
        self._show_waits()
        ids = customer_ids(found)
        if len(ids) > 1:
            run(self, partial(names_of, self.desk.db, ids), then=partial(self._name, shown), failed=self.complain)

    def _show_waits(self) -> None:
        if self.document:
            self.waits.setText(waits_until(self.document.proposal, self.desk.line.now()))
            self.waits.setVisible(bool(self.waits.text()))

    def _name(self, shown: Document, names: Mapping[UUID, str]) -> None:
        if self.document and shown.id == self.document.id:
            self.trouble.hide()
            self.changes.show_changes(changes_of(shown.proposal, names, self.desk.line.now()))


def facts(found: Proposal, now: datetime) -> list[tuple[str, str]]:
    """Return what is to be known of it, each with its name."""
    said = [(translate("proposals", "Second person"), second(found, now))]
    if found.ended_at:
        said.append((translate("proposals", "End"), end(found, now)))
    return [*said, (translate("proposals", "Code of what was shown"), short_code(found.digest))]


def second(found: Proposal, now: datetime) -> str:
    """Say who agreed and when, or that nobody had to, or not yet."""
    if found.approved_at:
        return translate("proposals", "{name}, {time}").format(name=found.approved_by, time=moment(found.approved_at, now))
    if found.approve_by is None:
        return translate("proposals", "Nobody had to agree")
    return translate("proposals", "Not yet") if found.state is Progress.AWAITING_APPROVAL else translate("proposals", "Nobody agreed")
