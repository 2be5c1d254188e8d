"""The load: looks at the server once a second, and keeps one row a minute of what it saw.  Calls core/health/load.py."""

import threading
import time
from collections.abc import Callable

from core.base.errors import Busy
from core.database.gateway import Database
from core.health import LoadNow, load_now, record_load
from core.health.machine import Processor, is_here

LOOK_EVERY = 1.0  # seconds
KEEP_EVERY = 60.0  # seconds


class Watch:
    """What was seen lies here until it is kept; a minute in which the server was away has as many looks as were answered."""

    def __init__(self, db: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._db = db
        self._clock = clock
        self._seen: list[LoadNow] = []
        self._kept_at = clock()
        self._commit_time: int | None = None  # microseconds: of the row before, for its own is known only afterwards
        self._processor = Processor()
        self._processor.look()

    def look(self) -> None:
        """Look once; keep the minute when it is over. Raises Offline."""
        self._seen.append(load_now(self._db))
        if self._clock() - self._kept_at >= KEEP_EVERY:
            self._kept_at = self._clock()
            seen, self._seen = self._seen, []
            self._keep(seen)

    def keep_looking(self, stopping: threading.Event) -> None:
        """Look until the event is set."""
        while not stopping.wait(LOOK_EVERY):
            self.look()

    def _keep(self, seen: list[LoadNow]) -> None:
        processor = self._processor.look() if is_here(seen[-1].backend) else None
        began = time.monotonic()
        try:
            record_load(
                self._db, len(seen), max(each.connections for each in seen), max(each.listeners for each in seen),
                sum(each.active for each in seen), sum(each.on_lock for each in seen), sum(each.on_wal for each in seen),
                processor, self._commit_time,
            )  # fmt: skip
        except Busy:  # an upgrade has the table: this minute is not kept
            return
        self._commit_time = round((time.monotonic() - began) * 1_000_000)
