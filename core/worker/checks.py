"""The checks: run now and then, so that a broken promise about money stops money.  Calls core/health/freeze.py."""

import threading
from collections.abc import Iterator

from core.database.gateway import Database
from core.health import CheckRun, record_checks

LOOK_EVERY = 300.0  # seconds
DEADLINE = 600.0  # seconds for one run: it reads everything there is


class Checks:
    """Each run is one call: the database counts, compares with the run before, and freezes money itself. Of two workers both may run."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def keep_looking(self, stopping: threading.Event) -> Iterator[CheckRun]:
        """Run all checks now and every few minutes until the event is set; yield each run. Raises Offline or Refused."""
        while not stopping.is_set():
            yield record_checks(self._db)
            stopping.wait(LOOK_EVERY)
