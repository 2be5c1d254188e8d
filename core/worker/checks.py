"""The checks: run now and then, so that a broken promise about money stops money.  Calls core/health/freeze.py."""

import threading
from collections.abc import Iterator

from core.base.errors import Refused, Unanswered
from core.database.gateway import Database
from core.health import CheckRun, record_checks

LOOK_EVERY = 300.0  # seconds
LOOK_AFTER_FREEZING = 10.0  # seconds: whoever posts from that look on read the freeze (I28)
DEADLINE = 600.0  # seconds for one run: it reads everything there is


class Checks:
    """Each run is one call: the database counts, compares with the run before, and freezes money itself. Of two workers one counts."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def keep_looking(self, stopping: threading.Event) -> Iterator[CheckRun | Refused | Unanswered]:
        """Run all checks now and every few minutes until the event is set, soon after one that froze; yield each, or why there was none.

        Raises Offline where nothing was asked. A run that was refused, or got no answer, may have been too much for the server: asked again
        at once it would be so again.
        """
        while not stopping.is_set():
            found = self._look()
            yield found
            stopping.wait(LOOK_AFTER_FREEZING if isinstance(found, CheckRun) and found.froze else LOOK_EVERY)

    def _look(self) -> CheckRun | Refused | Unanswered:
        try:
            return record_checks(self._db)
        except (Refused, Unanswered) as error:
            return error
