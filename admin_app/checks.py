"""Checks: the promises as they were asked last. One for the whole window: asking reads everything there is, so it is done seldom."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from admin_app.reader import Reader
from core.database.gateway import Database
from core.health import Invariant, invariants
from core.qt.line import LineState
from core.qt.task import unless_expected

EVERY = 3_600_000  # ms: once somebody has asked


class Checks(QObject):
    """What failed leaves the last answer as it was; `error` says why there is no newer one."""

    changed = Signal()

    def __init__(self, db: Database, line: LineState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self.found: list[Invariant] = []
        self.at: datetime | None = None
        self.error: Exception | None = None
        self.busy = False
        self._reader = Reader(lambda: lambda: invariants(db), self._take, self._fail, self)
        self._hourly = QTimer(self)
        self._hourly.setInterval(EVERY)
        self._hourly.timeout.connect(self.check)

    @property
    def broken(self) -> list[Invariant]:
        return [each for each in self.found if each.violations]

    def check(self) -> None:
        """Ask now."""
        self.busy, self.error = True, None
        self._hourly.start()
        self.changed.emit()
        self._reader.ask()

    def begin(self) -> None:
        """Ask, unless somebody did already."""
        if self.at is None and not self.busy:
            self.check()

    def _take(self, found: Sequence[Invariant]) -> None:
        self.busy, self.error = False, None
        self.found, self.at = list(found), self.line.now()
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        unless_expected(error)
        self.busy, self.error = False, error
        self.changed.emit()
