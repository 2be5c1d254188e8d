"""The few connections of one login: lent for one statement each, watched by a deadline, hung up on when the program leaves."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import psycopg
from sqlalchemy.exc import TimeoutError as PoolEmpty
from sqlalchemy.pool import QueuePool

from core.base.errors import Busy, Invalid, Offline
from core.database.wire import UNSTORABLE, connect, hang_up, is_alive, translate

PATIENCE = 5.0  # seconds to wait for a connection of our own to be free


@dataclass(frozen=True)
class _Call:
    """What one connection is doing now."""

    reading: bool
    due: float


class Connections:
    """Up to `size` connections to one place, opened when first needed. SQLAlchemy lends them, no more."""

    def __init__(self, where: dict[str, Any], size: int, deadline: float) -> None:
        opener: Any = partial(connect, where)
        # Nothing to roll back on return: every statement was its own transaction.
        self._pool = QueuePool(opener, pool_size=size, max_overflow=0, timeout=PATIENCE, reset_on_return=None, use_lifo=True)
        self._deadline = deadline
        self._running: dict[psycopg.Connection, _Call] = {}
        self._lock = threading.Lock()
        self._closed = threading.Event()
        threading.Thread(target=self._watch, name="deadlines", daemon=True).start()

    @property
    def closed(self) -> bool:
        return self._closed.is_set()

    @contextmanager
    def lend(self, reading: bool) -> Iterator[psycopg.Connection]:
        """Lend a connection for one statement. What goes wrong comes out as one of our errors.

        Offline: nothing was sent. Unanswered: it was, and the line was lost or the deadline passed.
        """
        pool = self._pool
        lent = self._borrow(pool)
        driver: psycopg.Connection = lent.driver_connection
        try:
            with self._lock:
                self._refuse_when_closed()
                self._running[driver] = _Call(reading, time.monotonic() + self._deadline)
            yield driver
        except UnicodeEncodeError as error:  # half of a letter, as a broken paste leaves it
            raise Invalid(UNSTORABLE) from error
        except psycopg.Error as error:
            raise translate(error, driver.closed) from error
        finally:
            with self._lock:
                self._running.pop(driver, None)
            if driver.closed:
                self._renew(pool)
            if driver.closed or pool is not self._pool:
                lent.invalidate()
            lent.close()

    def close(self) -> None:
        """Leave without waiting: cancel what reads, hang up on what writes (it may still commit, so it is never cancelled)."""
        self._closed.set()
        with self._lock:
            reading = [connection for connection, call in self._running.items() if call.reading]
        for connection in reading:
            with suppress(psycopg.Error):  # it may have ended meanwhile, or nobody answers any more
                connection.cancel_safe(timeout=0.5)
        with self._lock:
            for connection in self._running:
                hang_up(connection)
        self._renew(self._pool)

    def _borrow(self, pool: QueuePool) -> Any:
        """Take a connection out of the pool. One that died while it lay idle is replaced before anything is sent."""
        self._refuse_when_closed()
        try:
            lent: Any = pool.connect()
            while not is_alive(lent.driver_connection):
                lent.invalidate()
                lent = pool.connect()
        except PoolEmpty as error:
            raise Busy("This program is waiting for too many answers. Try again in a moment.") from error
        return lent

    def _refuse_when_closed(self) -> None:
        if self.closed:
            raise Offline("This program is closing.")

    def _renew(self, dead: QueuePool) -> None:
        """Where one connection died, the idle ones did too (some without a word): forget them all, also those still lent."""
        with self._lock:
            if self._pool is dead:
                self._pool = dead.recreate()
                dead.dispose()

    def _watch(self) -> None:
        """Hang up on every call that is overdue. Never cancel: a cancelled write may still report success."""
        while not self._closed.wait(self._deadline / 20):
            with self._lock:
                for connection, call in self._running.items():
                    if call.due < time.monotonic():
                        hang_up(connection)
