"""The signer: signs what was filed of reports, with the key of this machine, where it agrees.  Calls core/audit/report.py.

The database tells what to sign, so it is not believed: a statement must say what its row says, its time must be near, and the head
it speaks of must stand in one chain with every head that this machine kept.
"""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from core.audit import Head, KeptHeads, Key, Report, check, one_line, refuse_report, sign_report, statement_of, waiting_reports
from core.base.errors import Illegal, Invalid
from core.base.identifiers import new_id
from core.database.gateway import Database

LOOK_EVERY = 1.0  # seconds
EARLIEST, LATEST = timedelta(days=7), timedelta(minutes=10)  # before and after this machine's clock


class Signer:
    """Keeps the id of each command until it is answered. Of two workers one signs, and the other is told that it was."""

    def __init__(self, db: Database, kept: KeptHeads, key: Key) -> None:
        self._db, self._kept, self._key = db, kept, key
        self._asked: dict[UUID, UUID] = {}  # by report
        self._known: list[Head] = []  # that were kept here: all files are read once, and later only what is newest

    def look(self) -> Iterator[Report]:
        """Answer what waits, oldest first, and yield each report that this worker answered. Raises Offline or Refused."""
        for report in waiting_reports(self._db):
            command_id = self._asked.setdefault(report.id, new_id())
            try:
                answered = self._answer(report, command_id)
            except Illegal:  # another worker was first
                del self._asked[report.id]
            else:
                del self._asked[report.id]
                yield answered

    def keep_looking(self, stopping: threading.Event) -> Iterator[Report]:
        """Look until the event is set; yield each report that was answered."""
        while not stopping.wait(LOOK_EVERY):
            yield from self.look()

    def _answer(self, report: Report, command_id: UUID) -> Report:
        if why_not := self._why_not(report):
            return refuse_report(self._db, command_id, report.id, why_not)
        digest = sha256(report.statement.encode()).hexdigest()
        return sign_report(self._db, command_id, report.id, digest, self._key.sign(report.statement), one_line(self._key.public))

    def _why_not(self, report: Report) -> str:
        """Say why this report is not signed; "" where it is."""
        try:
            stated = statement_of(report)
        except Invalid as error:
            return str(error)
        now = datetime.now(UTC)
        if not now - EARLIEST < stated.told.at < now + LATEST:
            return "It was not filed in the last seven days, by the clock of the worker. Make it anew."
        if not self._agrees(stated.head):
            return "The trail is not what was sealed, or its head is another than the worker kept. Verify everything."
        return ""

    def _agrees(self, head: Head) -> bool:
        """Tell whether the trail up to its end, this head, and all heads that were kept here, are of one history."""
        newest = self._kept.newest().get(head.stream)
        self._known = self._known or [each.head for each in self._kept.daily(head.stream)]
        if newest and newest.head not in self._known[-1:]:
            self._known.append(newest.head)
        below = [each for each in self._known if each.position <= head.position]
        since = max(below, key=lambda each: each.position, default=None)
        *_, verdict = check(self._db, head.stream, [*self._known, head], since=since)
        if not verdict.found and (not newest or newest.head.position < head.position):
            self._kept.keep(head)
        return not verdict.found
