"""The sealer: seals the trail each second, and keeps a signed head of it on this machine.  Calls core/audit/seal.py."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

from core.audit import STREAMS, Head, KeptHead, KeptHeads, heads, seal_trail, seals_at
from core.base.errors import Refused
from core.database.gateway import Database, Fault

LOOK_EVERY = 1.0  # seconds
AT_ONCE = 50_000  # rows of a stream that one call seals at most
KEEP_EVERY = 60.0  # seconds between two heads that are kept: what was sealed since the last can still be rewritten unseen


@dataclass(frozen=True)
class Contradiction:
    """The database has another head now, or none, where this machine kept one: it was restored or rewritten. Nothing of it is signed."""

    kept: KeptHead
    now: Head

    def __str__(self) -> str:
        before = self.kept.head
        ends = self.now.position < before.position
        what = f"ends at position {self.now.position:,} now" if ends else "has another head there now"
        return (
            f"NOT SIGNED: on {self.kept.at:%Y-%m-%d at %H:%M} UTC the {before.stream} had the head {before.code}, and {what}. "
            "Somebody restored or rewrote this database. Change nothing, and see docs/server.md, “When the trail was changed”."
        )


@dataclass(frozen=True)
class Unsealed:
    """Nothing was sealed just now: the server refused it, or could not do it."""

    why: str


Said = KeptHead | Contradiction | Unsealed  # of what a look did


class Sealer:
    """Any number may seal at once: each row is sealed by one of them."""

    def __init__(self, db: Database, kept: KeptHeads, keep_every: float = KEEP_EVERY) -> None:
        self._db, self._kept = db, kept
        self._keep_every = keep_every
        self._last = -keep_every  # when it kept a head, by the monotonic clock
        self._newest = kept.newest()

    def look(self) -> list[Said]:
        """Seal what there is, and return the heads that were kept, or why they were not, or why nothing was sealed.

        What cannot be sealed now is tried again at the next look, and said as often as heads are kept: no other job ends for it. Raises
        Offline, or Refused where heads are kept.
        """
        unsealed = self._seal()
        return [*unsealed, *self.keep()] if time.monotonic() - self._last >= self._keep_every else []

    def keep(self) -> list[KeptHead | Contradiction]:
        """Keep the heads that have moved since the last time, and return them; a stream whose last one no longer holds is not signed."""
        there = {head.stream: head for head in heads(self._db)}
        found = [self._judge(there.get(stream, Head(stream, 0, ""))) for stream in STREAMS]
        self._last = time.monotonic()
        return [each for each in found if each]

    def keep_looking(self, stopping: threading.Event) -> Iterator[Said]:
        """Look until the event is set, then keep where it stands; yield the heads that were kept, or why they were not."""
        while not stopping.wait(LOOK_EVERY):
            yield from self.look()
        yield from self.keep()

    def _seal(self) -> list[Unsealed]:
        try:
            while seal_trail(self._db) >= AT_ONCE:  # a backlog; what came meanwhile is the next look's
                pass
        except (Refused, Fault) as error:
            return [Unsealed(str(error))]
        return []

    def _judge(self, now: Head) -> KeptHead | Contradiction | None:
        """Keep a head that has moved and does not contradict the one before."""
        before = self._newest.get(now.stream)
        if before and not self._holds(before.head):
            self._newest = self._kept.newest()  # somebody may have put the files aside, to begin anew
            before = self._newest.get(now.stream)
            if before and not self._holds(before.head):
                return Contradiction(before, now)
        if now.position == (before.head.position if before else 0):
            return None
        self._newest[now.stream] = self._kept.keep(now)
        return self._newest[now.stream]

    def _holds(self, head: Head) -> bool:
        return any(head.agrees(seal.head) for seal in seals_at(self._db, head.stream, [head.position]))
