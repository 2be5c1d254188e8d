"""The signer: signs what was filed of reports, with the key of this machine, where it agrees.  Calls core/audit/report.py.

The database tells what to sign, so it is not believed: a statement must say what its row says, its time must be near, and the head
it speaks of must stand in one chain with every head that this machine kept.
"""

import threading
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from core.audit import Head, KeptHeads, Key, Report, check, one_line, refuse_report, sign_report, statement_of, waiting_reports
from core.base.errors import Illegal, Invalid
from core.base.identifiers import new_id
from core.database.gateway import Database

LOOK_EVERY = 1.0  # seconds
REMEMBERED = 1000  # heads; a verification rests every 50,000 rows
EARLIEST, LATEST = timedelta(days=7), timedelta(minutes=10)  # before and after this machine's clock


class Signer:
    """Keeps the id of each command until it is answered. Of two workers one signs, and the other is told that it was."""

    def __init__(self, db: Database, kept: KeptHeads, key: Key) -> None:
        self._db, self._kept, self._key = db, kept, key
        self._asked: dict[UUID, UUID] = {}  # by report
        self._known: list[Head] = []  # that were kept here: all files are read once, and later only what is newest
        self._passed: deque[Head] = deque(maxlen=REMEMBERED)  # at which a verification rested: what lies between them is not done twice

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
        """Tell whether this head and all that were kept here are of one history, in which the trail is what was sealed."""
        newest = self._kept.newest().get(head.stream)
        self._known = self._known or [each.head for each in self._kept.daily(head.stream)]
        if newest and newest.head not in self._known[-1:]:
            self._known.append(newest.head)
        known = sorted({*self._known, *self._passed}, key=lambda each: each.position)
        passed = list[Head]()
        for since, upto in _ways(head, known):
            for verdict in check(self._db, head.stream, [*known, head], since=since):
                if verdict.found:
                    return False
                passed.append(verdict.head)
                if upto and verdict.head.position >= upto.position:
                    break
        self._passed += [each for each in (*passed, head) if each not in known]
        if not newest or newest.head.position < head.position:
            self._kept.keep(head)
        return True


def _ways(head: Head, known: list[Head]) -> list[tuple[Head | None, Head | None]]:
    """Return from where to where the trail is verified for a head (None: its beginning, its end): from the nearest known one below to the
    nearest above, and from the last to the end. What lies between others was verified, or is verified when a report needs it.
    """
    if not known or head in known:
        return [(known[-1] if known else None, None)]
    below = next((each for each in reversed(known) if each.position <= head.position), None)
    above = next((each for each in known if each.position > head.position), known[-1])
    return [(below, None)] if above == known[-1] else [(below, above), (known[-1], None)]
