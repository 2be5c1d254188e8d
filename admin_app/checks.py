"""Checks: the promises as they were asked last. One for the whole window: asking reads everything there is, so it is done seldom."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from core.base.errors import Unanswered
from core.database.gateway import Database
from core.health import Invariant, invariants
from core.live import Changes
from core.qt.line import LineState, moment
from core.qt.task import run, unless_expected

EVERY = 3_600_000  # ms: once somebody has asked


class Checks(QObject):
    """What failed leaves the last answer as it was; `error` says why there is no newer one.

    A question that failed is not repeated by itself: it may have been too much for the server, and every window would ask it.
    """

    changed = Signal()

    def __init__(self, db: Database, line: LineState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.db, self.line = db, line
        self.found: list[Invariant] = []
        self.at: datetime | None = None
        self.error: Exception | None = None
        self.busy = False
        self._again = False  # what is being read may be from before the news
        self._hourly = QTimer(self)
        self._hourly.setInterval(EVERY)
        self._hourly.timeout.connect(self.check)

    @property
    def broken(self) -> list[Invariant]:
        return [each for each in self.found if each.violations]

    def check(self) -> None:
        """Ask now, unless an answer is under way."""
        if self.busy:
            return
        self.busy, self._again, self.error = True, False, None
        self._hourly.start()
        self.changed.emit()
        run(self, partial(invariants, self.db), then=self._take, failed=self._fail)

    def begin(self) -> None:
        """Ask, unless somebody did already."""
        if self.at is None and not self.busy:
            self.check()

    def take(self, changes: Changes) -> None:
        """The server's own checks found something else than before, or news were missed: ask again, if somebody asked already."""
        if "health" in changes.nouns and self.busy:
            self._again = True
        elif ("health" in changes.nouns or changes.resync) and (self.at or self.error):
            self.check()

    def why(self) -> str:
        """Say why there is no newer answer; "" where nothing failed."""
        return self.tr("It took too long. Try again later") if isinstance(self.error, Unanswered) else str(self.error or "")

    def dated(self) -> str:
        """Say when the last answer came, and why there is no newer one; "" before the first."""
        if self.at is None:
            return ""
        checked = self.tr("Checked {time}").format(time=moment(self.at, self.line.now()))
        return self.tr("{checked}, not checked again: {why}").format(checked=checked, why=self.why()) if self.error else checked

    def _take(self, found: Sequence[Invariant]) -> None:
        self.busy, self.error = False, None
        self.found, self.at = list(found), self.line.now()
        self.changed.emit()
        if self._again:
            self.check()

    def _fail(self, error: Exception) -> None:
        self.busy, self.error = False, error
        self.changed.emit()
        unless_expected(error)
