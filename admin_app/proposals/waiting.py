"""Waiting: a strip that says what waits for a second person: what, who made it and why, and until when. Mostly it is not there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame

from admin_app.desk import Desk
from admin_app.lines import Line, Lines
from admin_app.proposals.columns import figures
from admin_app.proposals.rights import who_could, why_not
from admin_app.proposals.words import proposal_name, reason_word
from admin_app.reader import Reader
from admin_app.refunds import words as refunds
from core.database.gateway import Database
from core.live import Changes
from core.proposals import Kind, Limits, Progress, Proposal, approvers, limits, proposals
from core.qt.line import moment
from core.qt.task import unless_expected
from core.qt.widgets import column, label

ITEM, MOST_SEEN = 57, 2  # px: a usual item; how many are seen before it scrolls

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Waiting:
    """What waits, the limits of whoever looks, and who approves."""

    proposals: list[Proposal]
    mine: Limits | None
    approvers: list[Limits]


class WaitingStrip(QFrame):
    opened = Signal(object)  # the Proposal that somebody wants to see

    def __init__(self, desk: Desk, kinds: Sequence[Kind]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.desk, self.kinds = desk, kinds
        self.found: Waiting | None = None
        name = translate("proposals", "Waiting for a second person")
        self.title = label(name, 15, 600)
        self.lines = Lines(name, self._look, self._spoken, lambda found: found.id)
        self.lines.setToolTip(translate("proposals", "A click or Enter shows it"))
        self.setLayout(column(self.title, self.lines, margins=(16, 10, 8, 6), spacing=2))
        self.reader = Reader(self._prepare, self._show, unless_expected, self)
        self.lines.clicked.connect(lambda index: self.opened.emit(self.lines.rows.row_at(index)))
        self.lines.opened.connect(self.opened)
        desk.line.changed.connect(self.lines.viewport().update)
        self.hide()
        self.reader.ask()

    def take(self, changes: Changes) -> None:
        """Something changed: read again what waits."""
        if changes.resync or changes.nouns & {"proposals", "staff"}:
            self.reader.ask()

    def _prepare(self) -> Callable[[], Waiting]:
        return partial(_read, self.desk.db, self.kinds, self.desk.me.person_id)

    def _show(self, found: Waiting) -> None:
        self.found = found
        self.lines.rows.refresh(found.proposals)
        self.lines.setFixedHeight(ITEM * min(len(found.proposals), MOST_SEEN) + 2)
        self.setVisible(bool(found.proposals))

    def _look(self, found: Proposal) -> Line:
        now = self.desk.line.now()
        reason = reason_word(found.code) if found.kind is not Kind.REFUND else refunds.reason_word(found.code)
        words = ": ".join(part for part in (proposal_name(found), figures(found)) if part)
        until = translate("proposals", "until {time}").format(time=moment(found.approve_by, now)) if found.approve_by else ""
        tone = "muted" if self.desk.line.offline_since else "text"
        said = translate("proposals", "{name}: {reason}, “{note}”").format(name=found.made_by, reason=reason, note=found.reason)
        return Line("shield-check", "warnText", words, until, tone, said, self._who(found))

    def _who(self, found: Proposal) -> str:
        """Say whose word it waits for."""
        if self.found is None:
            return ""
        me, now = self.desk.me, self.desk.line.now()
        if not why_not(me, found, self.found.mine, now):
            return translate("proposals", "Waits for your word")
        return who_could(me, found, self.found.approvers, now)

    def _spoken(self, found: Proposal) -> str:
        line = self._look(found)
        return ", ".join(part for part in (line.words, line.figure, line.below, line.below_figure) if part)


def _read(db: Database, kinds: Sequence[Kind], person_id: UUID | None) -> Waiting:
    """Read what waits. Blocks."""
    found = proposals(db, kinds, [Progress.AWAITING_APPROVAL])
    return Waiting(found, limits(db, person_id) if person_id else None, approvers(db) if found else [])
