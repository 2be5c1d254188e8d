"""The sealer: seals the trail each second, and keeps a signed head of it on this machine.  Calls core/audit/seal.py."""

import threading
import time
from collections.abc import Iterator

from core.audit import KeptHead, KeptHeads, heads, seal_trail
from core.database.gateway import Database

LOOK_EVERY = 1.0  # seconds
AT_ONCE = 50_000  # rows of a stream that one call seals at most
KEEP_EVERY = 60.0  # seconds between two heads that are kept: what was sealed since the last can still be rewritten unseen


class Sealer:
    """Any number may seal at once: each row is sealed by one of them."""

    def __init__(self, db: Database, kept: KeptHeads, keep_every: float = KEEP_EVERY) -> None:
        self._db, self._kept = db, kept
        self._keep_every = keep_every
        self._last = -keep_every  # when it kept a head, by the monotonic clock
        self._positions = {stream: kept.head.position for stream, kept in kept.newest().items()}

    def look(self) -> list[KeptHead]:
        """Seal what there is, and return the heads that were kept. Raises Offline or Refused."""
        while seal_trail(self._db) >= AT_ONCE:  # a backlog; what came meanwhile is the next look's
            pass
        return self.keep() if time.monotonic() - self._last >= self._keep_every else []

    def keep(self) -> list[KeptHead]:
        """Keep the heads that have moved since the last time, and return them."""
        kept = []
        for head in heads(self._db):
            if head.position != self._positions.get(head.stream, 0):
                kept.append(self._kept.keep(head))
                self._positions[head.stream] = head.position
        self._last = time.monotonic()
        return kept

    def keep_looking(self, stopping: threading.Event) -> Iterator[KeptHead]:
        """Look until the event is set, then keep where it stands; yield the heads that were kept."""
        while not stopping.wait(LOOK_EVERY):
            yield from self.look()
        yield from self.keep()
