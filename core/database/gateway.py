"""The one door to PostgreSQL: read a view, call a verb, get typed rows back."""

import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import psycopg
from sqlalchemy import ColumnElement, Select, TableClause, column, table, tuple_
from sqlalchemy.dialects.postgresql.psycopg2 import PGDialect_psycopg2
from sqlalchemy.exc import TimeoutError as PoolEmpty
from sqlalchemy.pool import QueuePool

from core.base.config import Server, SignIn
from core.base.errors import Busy, Offline, Refused, Unanswered
from core.database.pending import Pending
from core.database.shapes import Row, shape
from core.database.wire import address, connect, hang_up, is_alive, translate, verifier

# It writes %(name)s and names no type: the server decides, as it does for the arguments of verbs.
DIALECT = PGDialect_psycopg2()  # type: ignore[no-untyped-call]


@dataclass
class _Call:
    """What one connection is doing now."""

    reading: bool
    due: float


class Database:
    """A login to the central database. Safe to share between threads. SQLAlchemy lends the connections, no more."""

    def __init__(self, pool: QueuePool, deadline: float, pending: Pending | None) -> None:
        self._pool = pool
        self._deadline = deadline
        self._pending = pending
        self._running: dict[psycopg.Connection, _Call] = {}
        self._lock = threading.Lock()
        self._closed = threading.Event()
        threading.Thread(target=self._watch, name="deadlines", daemon=True).start()

    @classmethod
    def connect(
        cls,
        server: Server,
        login: str,
        password: str,
        *,
        application: str = "rachel-kitchen/0.1.0",
        size: int = 4,
        deadline: float = 10.0,
        pending: Pending | None = None,
    ) -> "Database":
        """Prepare up to `size` connections; the first is opened by the first call. Close it when done.

        A call without an answer after `deadline` seconds is Unanswered. With `pending`, writes are kept on disk until answered.
        """
        where = address(server, SignIn(login, password), application)
        # Nothing to roll back on return: every statement was its own transaction.
        opener: Any = partial(connect, where)
        pool = QueuePool(opener, pool_size=size, max_overflow=0, timeout=5, reset_on_return=None, use_lifo=True)
        return cls(pool, deadline, pending)

    def rows(self, row: type[Row], source: str, **args: Any) -> list[Row]:
        """Read the fields of `row` from `source` ("api.dishes WHERE kitchen_id = %(kitchen_id)s").

        Asked once more where the connection was dead: a server restart is not the reader's business.
        """
        return self._read(row, f"SELECT {', '.join(shape(row).columns)} FROM {source}", args, prepare=True)

    def table(self, row: type[Row], source: str) -> TableClause:
        """Return the view `source` ("api.orders") with the fields of `row`, to compose a query with optional filters."""
        schema, name = source.split(".")
        return table(name, *(column(each) for each in shape(row).columns), schema=schema)

    def select(self, row: type[Row], statement: Select[Any]) -> list[Row]:
        """Read with a composed statement: `db.table(…).select()` and what follows. Planned anew for its filters each time."""
        composed = statement.compile(dialect=DIALECT, compile_kwargs={"render_postcompile": True})
        return self._read(row, str(composed), composed.params, prepare=False)

    @staticmethod
    def before(columns: list[ColumnElement[Any]], values: list[Any]) -> ColumnElement[bool]:
        """Return the filter for the next page of what is sorted descending by `columns`: below the last row's `values`."""
        return tuple_(*columns) < tuple_(*values)

    def call(self, row: type[Row], verb: str, **args: Any) -> list[Row]:
        """Call `api.<verb>`, passing every argument by its name: one round trip, its own transaction.

        Never asked twice: after Unanswered nobody knows yet whether it happened, and its file stays. It goes after the
        answer, and when this attempt made it and certainly did nothing; an earlier one may still arrive.
        """
        named = ", ".join(f"{name} => %({name})s" for name in args)
        query = f"SELECT {', '.join(shape(row).columns)} FROM api.{verb}({named})"
        command_id = args.get("command_id")
        if self._pending is None or command_id is None:
            return shape(row).build(row, self._ask(query, args, reading=False, prepare=True))
        first = self._pending.keep(command_id, verb, args)
        try:
            found = self._ask(query, args, reading=False, prepare=True)
        except Unanswered:
            raise
        except (Refused, Offline, psycopg.Error):
            if first:
                self._pending.forget(command_id)
            raise
        self._pending.forget(command_id)
        return shape(row).build(row, found)

    def verifier(self, login: str, password: str) -> str:
        """Return what the server may keep of a password (SCRAM-SHA-256), so that the password itself never travels."""
        lent = self._lend(self._pool)
        try:
            return verifier(lent.driver_connection, SignIn(login, password))
        finally:
            lent.close()

    def close(self) -> None:
        """Leave without waiting: cancel what reads, hang up on what writes (it may still commit, so it is never cancelled)."""
        self._closed.set()
        with self._lock:
            reading = [connection for connection, call in self._running.items() if call.reading]
            for connection in self._running.keys() - reading:
                hang_up(connection)
        for connection in reading:
            with suppress(psycopg.Error):  # it may have ended meanwhile; we are leaving anyway
                connection.cancel_safe(timeout=0.5)
        self._pool.dispose()

    def _read(self, row: type[Row], query: str, args: dict[str, Any], prepare: bool) -> list[Row]:
        started = time.monotonic()
        try:
            return shape(row).build(row, self._ask(query, args, reading=True, prepare=prepare))
        except Unanswered:
            if self._closed.is_set() or time.monotonic() - started >= self._deadline:
                raise
            return shape(row).build(row, self._ask(query, args, reading=True, prepare=prepare))

    def _ask(self, query: str, args: dict[str, Any], *, reading: bool, prepare: bool) -> list[tuple[Any, ...]]:
        pool = self._pool
        lent = self._lend(pool)
        driver: Any = lent.driver_connection
        with self._lock:
            self._running[driver] = _Call(reading, time.monotonic() + self._deadline)
        try:
            found: list[tuple[Any, ...]] = driver.execute(query, args, prepare=prepare).fetchall()
            return found
        except psycopg.Error as error:
            raise translate(error, driver.closed) from error
        finally:
            with self._lock:
                del self._running[driver]
            if driver.closed:
                self._renew(pool)
            if driver.closed or self._closed.is_set() or pool is not self._pool:
                lent.invalidate()
            lent.close()

    def _lend(self, pool: QueuePool) -> Any:
        """Borrow a connection. One that died while it lay idle is replaced before anything is sent."""
        if self._closed.is_set():
            raise Offline("This program is closing.")
        try:
            lent: Any = pool.connect()
            while not is_alive(lent.driver_connection):
                lent.invalidate()
                lent = pool.connect()
        except PoolEmpty as error:
            raise Busy("This program is waiting for too many answers. Try again in a moment.") from error
        return lent

    def _renew(self, dead: QueuePool) -> None:
        """Where one connection died, the idle ones did too (some without a word): forget them all."""
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
