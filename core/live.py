"""What changed since this program last looked. A kick is an empty hint; what is true is read.  SQL twin: core/live.sql."""

import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID

from core.base.errors import Offline, Refused
from core.database.gateway import Server
from core.database.wire import Wire

State = Literal["live", "checking", "offline"]

CHANNEL = "rachel"
PAUSES = (0.25, 0.5, 1, 2, 4, 8, 10)  # seconds between tries to connect
ABSENCE = timedelta(minutes=5)  # well before the outbox is trimmed
LOOK = """
SELECT h.mark, c.noun, c.object_id
FROM api.horizon AS h LEFT JOIN api.changes AS c ON c.mark >= %(mark)s AND c.mark < h.mark
"""


@dataclass(frozen=True)
class Changes:
    """What to read again: everything (`resync`), or what belongs to these nouns and objects."""

    resync: bool
    nouns: frozenset[str] = frozenset()
    objects: frozenset[UUID] = frozenset()


class EventFeed:
    """Watches the database with one thread and one connection, and tells what changed. Callbacks come on that thread.

    It looks when kicked, at most once per `gap` seconds however many kicks come, and every `poll` seconds anyway: a kick
    may be lost or forged. After every (re)connect it says `resync`, for what happened in between nobody has told.
    `on_state` hears "live", "checking" (the connection was lost, it tries again) or "offline" (that failed, it goes on
    trying), each with the time of the server's last answer (UTC), or None before the first.
    """

    def __init__(
        self,
        server: Server,
        login: str,
        password: str,
        on_change: Callable[[Changes], None],
        on_state: Callable[[State, datetime | None], None] = lambda state, since: None,
        *,
        application: str = "rachel-kitchen/0.1.0",
        poll: float = 3.0,
        gap: float = 0.25,
    ) -> None:
        self._open = lambda: Wire.open(server, login, password, application, deadline=5.0)
        self._on_change = on_change
        self._on_state = on_state
        self._poll = poll
        self._gap = gap
        self._mark = 0
        self._answered: datetime | None = None
        self._stopped = threading.Event()
        self._asleep, self._waker = socket.socketpair()  # select() on Windows takes sockets only
        self._asleep.setblocking(False)
        self._thread = threading.Thread(target=self._run, name="feed", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def look_again(self) -> None:
        """Look soon, without waiting for a kick: something was just written here."""
        self._waker.send(b"x")

    def stop(self) -> None:
        """End it at once. Not from a callback. (A thread that is still connecting ends by itself, and says nothing more.)"""
        self._stopped.set()
        self.look_again()
        self._thread.join(0.1)

    def _run(self) -> None:
        failures = 0
        self._tell("checking")
        while not self._stopped.is_set():
            try:
                self._follow()
            except (Offline, Refused):
                ...
