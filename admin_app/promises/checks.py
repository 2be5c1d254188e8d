"""Checks: the promises for the whole window: reads what the worker's runs found, and asks anew when somebody presses.  See known.py."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from admin_app.promises.known import Known, Ran
from admin_app.reader import Reader
from core.base.errors import Unanswered
from core.database.gateway import Database
from core.health import Invariant, check_runs, invariants, last_night, read_night, server
from core.live import Changes
from core.qt.line import LineState, moment
from core.qt.task import run, unless_expected

SOON = 10_000  # ms to the next look while nobody checks


class Checks(QObject):
    """Reading the runs costs nothing; to ask the promises reads everything there is, so that is done on a press alone.

    What failed leaves the last answer as it was, and is not repeated by itself: it may have been too much for the server.
    """

    changed = Signal()

    def __init__(self, db: Database, line: LineState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.db, self.line = db, line
        self.known = Known()
        self.busy = False  # what was asked here has no answer yet
        self.error: Exception | None = None  # why it has none
        self._failed_after = 0  # the newest run when it failed
        self.unread: Exception | None = None  # why the runs could not be read
        self.reader = Reader(lambda: partial(_read, db), self._take_runs, self._refuse_runs, self)
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self.reader.ask)

    def begin(self) -> None:
        """Read the runs, unless somebody did already."""
        if self.known.ran is None:
            self.reader.ask()

    def look(self) -> None:
        """Read the runs again: one may have been kept meanwhile, or none any more."""
        self.reader.ask()

    def check(self) -> None:
        """Ask the promises now, unless an answer is under way."""
        if self.busy:
            return
        self.busy, self.error = True, None
        newest = self.known.newest
        self.changed.emit()
        run(self, partial(invariants, self.db), then=partial(self._take, newest.id if newest else 0), failed=self._fail)

    def take(self, changes: Changes) -> None:
        """The worker's checks found something else than before, or news were missed: read them again, if somebody wanted them."""
        if (self.known.ran or self.unread) and (changes.resync or "health" in changes.nouns):
            self.reader.ask()

    def why(self) -> str:
        """Say why there is no newer answer; "" where nothing failed."""
        error = self.error or self.unread
        return self.tr("It took too long. Try again later") if isinstance(error, Unanswered) else str(error or "")

    def dated(self) -> str:
        """Say when the last answer was found, and why there is no newer one; "" before the first."""
        if self.known.at is None:
            return ""
        checked = self.tr("Checked {time}").format(time=moment(self.known.at, self.line.now()))
        return self.tr("{checked}, not checked again: {why}").format(checked=checked, why=self.why()) if self.error else checked

    def night(self) -> str:
        """Say what last night's runs found; "" while that is not known."""
        if self.known.ran is None:
            return ""
        found = self.known.ran.night
        if not found.runs:
            return self.tr("Nobody checked last night")
        if found.red:
            return self.tr("1 broken last night") if len(found.red) == 1 else self.tr("{n} broken last night").format(n=len(found.red))
        return self.tr("Held all last night")

    def told(self) -> str:
        """Say when the last answer was found, and how it was last night."""
        night = self.night()
        return self.tr("{checked}. {night}.").format(checked=self.dated(), night=night) if night else self.dated()

    def _take_runs(self, ran: Ran) -> None:
        self.known, self.unread = replace(self.known, ran=ran), None
        if ran.newest and ran.newest.id > self._failed_after:  # there is a newer answer than the one that failed here
            self.error = None
        if ran.is_late:  # a worker that has just been started tells nobody that all is well
            self._soon.start()
        self.changed.emit()

    def _refuse_runs(self, error: Exception) -> None:
        self.unread = error
        self.changed.emit()
        unless_expected(error)

    def _take(self, after: int, found: Sequence[Invariant]) -> None:
        self.busy, self.error = False, None
        self.known = replace(self.known, asked=tuple(found), asked_at=self.line.now(), after=after)
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        self.busy, self.error = False, error
        self._failed_after = self.known.newest.id if self.known.newest else 0
        self.changed.emit()
        unless_expected(error)


def _read(db: Database) -> Ran:
    """Read what the worker's runs left. Blocks."""
    now, newest = server(db).answered_at, check_runs(db, 1)
    return Ran(newest[0] if newest else None, read_night(db, *last_night(now)), now)
