"""The reaper: ends what somebody leaves open for too long, and what a login that was ended still has open.  Calls core/staff.py."""

import threading
from collections.abc import Iterator

from core.database.gateway import Database
from core.staff import EndedSession, end_overdue

LOOK_EVERY = 2.0  # seconds


class Reaper:
    """A default of the server's does the same for whoever keeps it; this one no login can escape. Of two workers both may look."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def keep_looking(self, stopping: threading.Event) -> Iterator[EndedSession]:
        """Look until the event is set; yield each connection that was ended. Raises Offline or Refused."""
        while not stopping.wait(LOOK_EVERY):
            yield from end_overdue(self._db)
