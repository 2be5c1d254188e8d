"""What changed since this program last looked. A kick is an empty hint; what is true is read.  SQL twin: core/live.sql."""

import socket
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Literal
from uuid import UUID

from core.base.config import Server
from core.base.errors import Offline, Refused
from core.database.gateway import Database
from core.database.scripts import VERSION
from core.database.wire import Wire

State = Literal["checking", "live", "offline"]

CHANNEL = "rachel"
PAUSES = (0.25, 0.5, 1, 2, 4, 8, 10)  # seconds between tries to connect
DEADLINE = 5.0  # seconds for a look: less than for a call, so that the screen knows before the person asks
ABSENCE = timedelta(minutes=5)  # half of what the outbox remembers
LOOK = """
SELECT h.mark, c.id, c.mark, c.noun, c.object_id
FROM api.horizon AS h LEFT JOIN api.changes AS c ON c.mark >= %(mark)s
"""


@dataclass(frozen=True)
class Changes:
    """What to read again: everything (`resync`), or what belongs to these nouns and objects."""

    resync: bool
    nouns: frozenset[str] = frozenset()
    objects: frozenset[UUID] = frozenset()


class Lookout:
    """Where a reader of api.changes stands: each row is news once, whatever order the rows were committed in.

    The mark moves to the horizon and no further, for more may be committed above it; the rows seen there are remembered. So
    a transaction that somebody leaves open holds up the mark, and not the news.
    """

    def __init__(self) -> None:
        self.mark: int | None = None  # everything below it was told
        self._told: frozenset[int] = frozenset()  # rows at the mark or above

    def look(self, wire: Wire) -> list[tuple[str, UUID | None]] | None:
        """Return the noun and object of what is new; None when everything must be read: the first time, or a restored server."""
        found = wire.execute(LOOK, {"mark": self.mark})
        horizon = found[0][0]
        begun = self.mark is not None and horizon >= self.mark
        changed = [(noun, object_id) for _, id_, _, noun, object_id in found if id_ is not None and id_ not in self._told]
        self._told = frozenset(id_ for _, id_, mark, *_ in found if id_ is not None and mark >= horizon)
        self.mark = horizon
        return changed if begun else None


@dataclass(frozen=True)
class _Trimmed:
    trim_outbox: int


def trim_outbox(db: Database) -> int:
    """Drop what is older than ten minutes; return how many rows. The worker's."""
    [row] = db.call(_Trimmed, "trim_outbox")
    return row.trim_outbox


class EventFeed:
    """Watches the database from now on, with one thread and one connection. Its callbacks come on that thread.

    It looks when kicked, at most once per `gap` seconds however many kicks come, and every `poll` seconds anyway: a kick
    may be lost or forged, and a dead line must be noticed. After each (re)connect it says `resync`, for nobody told what
    happened in between. `on_state` hears "live", "checking" (the line was lost, it tries again) or "offline" (that failed,
    it goes on trying), each with the time of the last look that was answered (None before the first) and, while offline,
    of the next try; both UTC.
    """

    def __init__(
        self,
        server: Server,
        login: str,
        password: str,
        on_change: Callable[[Changes], None],
        on_state: Callable[[State, datetime | None, datetime | None], None] | None = None,
        *,
        application: str = f"rachel-kitchen/{VERSION}",
        poll: float = 3.0,
        gap: float = 0.25,
    ) -> None:
        self._open = partial(Wire.open, server, login, password, f"{application} listening", deadline=DEADLINE)
        self._on_change, self._on_state = on_change, on_state
        self._poll, self._gap = poll, gap
        self._lookout = Lookout()
        self._answered: datetime | None = None
        self._state: State | None = None
        self._failures = 0
        self._stopped = threading.Event()
        self._asleep, self._alarm = socket.socketpair()  # on Windows one can wait for sockets only
        self._alarm.setblocking(False)
        self._thread = threading.Thread(target=self._run, name="feed", daemon=True)
        self._thread.start()

    def look_again(self) -> None:
        """Look soon without waiting for a kick, as after a write of one's own; while offline, try now."""
        with suppress(OSError):  # full: it will wake anyway; closed: it ended
            self._alarm.send(b"!")

    def stop(self) -> None:
        """End it at once; not from a callback. (If it is just connecting it ends by itself, and says nothing more.)"""
        self._stopped.set()
        self.look_again()
        self._thread.join(0.2)

    def _run(self) -> None:
        self._tell("checking")
        try:
            while not self._stopped.is_set():
                try:
                    self._follow()
                except (Offline, Refused):
                    pause = PAUSES[min(self._failures, len(PAUSES) - 1)]
                    self._tell("offline" if self._failures else "checking", datetime.now(UTC) + timedelta(seconds=pause))
                    self._pause(pause)
                    self._failures += 1
        finally:
            self._tell("offline")  # also when a bug ended it: a screen must not look alive
            self._asleep.close()
            self._alarm.close()

    def _follow(self) -> None:
        """Connect, and look again and again until the line is lost."""
        with closing(self._open()) as wire:
            wire.listen(CHANNEL)  # before the first look, so that nothing falls between
            self._lookout = Lookout()
            while not self._stopped.is_set():
                looked = time.monotonic()
                self._look(wire)
                self._failures = 0
                self._tell("live")
                wire.wait(self._poll, self._asleep)
                self._pause(0)  # what woke it is heard
                self._stopped.wait(looked + self._gap - time.monotonic())

    def _look(self, wire: Wire) -> None:
        """Read what was committed since the last look."""
        now = datetime.now(UTC)
        news = self._lookout.look(wire)
        slept = self._answered is not None and now - self._answered > ABSENCE  # the machine did: the outbox may be trimmed
        self._answered = now
        if news is None or slept:
            changes = Changes(resync=True)
        else:
            changes = Changes(False, frozenset(noun for noun, _ in news), frozenset(object_id for _, object_id in news if object_id))
        if (changes.resync or changes.nouns) and not self._stopped.is_set():
            self._on_change(changes)

    def _tell(self, state: State, next_try: datetime | None = None) -> None:
        news = state != self._state or state == "offline"  # each try has its time
        if news and not self._stopped.is_set():
            self._state = state
            if self._on_state:
                self._on_state(state, self._answered, next_try)

    def _pause(self, seconds: float) -> None:
        """Rest for so long, or until look_again(), or until stop()."""
        self._asleep.settimeout(seconds)
        with suppress(TimeoutError, BlockingIOError):
            self._asleep.recv(4096)
