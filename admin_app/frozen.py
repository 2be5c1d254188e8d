"""Frozen: the banner over every page of the office while money is frozen: since when, why, and the way to its end."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal

from admin_app.desk import Desk
from admin_app.promises.titles import named, parts_of
from admin_app.proposals.release import ReleaseMoney
from admin_app.proposals.sheet import open_sheet
from admin_app.reader import Reader
from admin_app.roles import READS_ALL
from core.database.gateway import Database
from core.health import Freeze, freeze
from core.live import Changes
from core.proposals import Kind, Progress, Proposal, proposals
from core.qt.chrome import Banner
from core.qt.line import Words, moment
from core.qt.task import unless_expected
from core.staff import Role

RELEASING = frozenset({Role.FINANCE_ADMIN, Role.OWNER_ADMIN})


@dataclass(frozen=True)
class Standing:
    """The freeze in force, and the proposal to end it that waits for a second person."""

    freeze: Freeze | None
    waiting: Proposal | None


class FrozenBanner(Banner):
    """There only while money is frozen. Whoever may gets the button that asks for the end, or leads to where it is decided."""

    wanted = Signal(object)  # the Proposal that waits, for the approvals page
    sent = Signal(object)  # the Proposal that was confirmed now

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.standing = Standing(None, None)
        self.told: tuple[Words, str] | None = None  # what it says, and its button
        self.reader = Reader(lambda: partial(_read, desk.db), self._show, unless_expected, self)
        self.act.clicked.connect(self._press)
        desk.line.ticked.connect(lambda: self._show(self.standing) if self.standing.freeze else None)  # the day may turn
        if desk.me.role in READS_ALL:
            self.reader.ask()

    def take(self, changes: Changes) -> None:
        """Something changed: read again whether money is frozen."""
        if self.desk.me.role in READS_ALL and (changes.resync or changes.nouns & {"health", "proposals"}):
            self.reader.ask()

    def _show(self, standing: Standing) -> None:
        self.standing = standing
        if standing.freeze is None:
            self.told = None
            self.tell(None)
            return
        since = moment(standing.freeze.since, self.desk.line.now())
        said = self._since(since, titles_of(standing.freeze))
        stopped = self.tr("No order is taken, nothing is paid, given back or refunded. Kitchens go on with what they have.")
        told = Words(" ".join((said, *self._known(standing.freeze), stopped, self._next())), "danger", "lock"), self._button()
        if told != self.told:
            self.told = told
            self.tell(*told)
            self.setToolTip(standing.freeze.why)

    def _since(self, since: str, titles: list[str]) -> str:
        one = self.tr("Money has been frozen since {time}. A promise is broken: {promises}.")
        many = self.tr("Money has been frozen since {time}. {n} promises are broken, the first: {promises}.")
        return (one if len(titles) == 1 else many).format(time=since, n=len(titles), promises=titles[0])

    def _known(self, found: Freeze) -> list[str]:
        """Say which of the broken promises are not what froze it: they were broken before, and got no worse."""
        names = ", ".join(known_of(found))
        return [self.tr("Broken before already, and not why: {names}.").format(names=names)] if names else []

    def _next(self) -> str:
        """Say what happens next, and by whom."""
        if self.standing.waiting:
            return self.tr("{name} asked for its end; a second person must agree.").format(name=self.standing.waiting.made_by)
        if self.desk.me.role in RELEASING:
            return self.tr("Have it explained first; then two people release it.")
        return self.tr("Finance or the owner have it explained and release it, two of them.")

    def _button(self) -> str:
        if self.standing.waiting and "approvals" in self.desk.pages:
            return self.tr("Look at it")
        return self.tr("Release …") if self.desk.me.role in RELEASING and not self.standing.waiting else ""

    def _press(self) -> None:
        if self.standing.waiting:
            self.wanted.emit(self.standing.waiting)
        elif self.standing.freeze:
            sheet = open_sheet(self.window(), self.desk, ReleaseMoney(self.standing.freeze, self.desk.me.person_id))
            sheet.confirmed.connect(self._confirmed)

    def _confirmed(self, answer: Proposal) -> None:
        self.reader.ask()
        self.sent.emit(answer)


def titles_of(freeze: Freeze) -> list[str]:
    """Return the promises that froze it in words, each with its name: "Each wallet's balance is … (I02)"."""
    return [named(name, title) for name, title in parts_of(freeze.why)]


def known_of(freeze: Freeze) -> list[str]:
    """Return the names of those that were broken before already, no less than when it froze."""
    worse = {name for name, _ in parts_of(freeze.why)}
    return [name for name in sorted(freeze.known_red) if name not in worse]


def _read(db: Database) -> Standing:
    """Read how it stands. Blocks."""
    found = freeze(db)
    waiting = proposals(db, [Kind.RELEASE], [Progress.AWAITING_APPROVAL], limit=1) if found else []
    return Standing(found, waiting[0] if waiting else None)
