"""The one door to PostgreSQL: read a view, call a verb, get typed rows back."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy import ColumnElement, Select, TableClause, column, func, select, table, tuple_
from sqlalchemy.dialects.postgresql.psycopg2 import PGDialect_psycopg2

from core.base.config import Server, SignIn
from core.base.errors import Offline, Refused, Unanswered
from core.database.connections import Connections
from core.database.counters import Counted, Counters
from core.database.pending import Pending
from core.database.scripts import VERSION
from core.database.shapes import Row, shape
from core.database.wire import address, verifier

Fault = psycopg.Error  # what the server says that is no refusal: a bug of ours, or somebody changed the database behind our back

# It writes %(name)s and names no type: the server decides, as it does for the arguments of verbs.
DIALECT = PGDialect_psycopg2()  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class _Many:
    """How many rows there are."""

    many: int


class Database:
    """A login to the central database. Safe to share between threads."""

    def __init__(self, connections: Connections, deadline: float, pending: Pending | None) -> None:
        self._connections = connections
        self._deadline = deadline
        self._pending = pending
        self._counters = Counters()

    @classmethod
    def connect(
        cls,
        server: Server,
        login: str,
        password: str,
        *,
        application: str = f"rachel-kitchen/{VERSION}",
        size: int = 4,
        deadline: float = 10.0,
        pending: Pending | None = None,
    ) -> "Database":
        """Prepare up to `size` connections; the first is opened by the first call. Close it when done.

        A call without an answer after `deadline` seconds is Unanswered. With `pending`, writes are kept on disk until answered.
        """
        where = address(server, SignIn(login, password), application)
        return cls(Connections(where, size, deadline), deadline, pending)

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

    def count(self, statement: Select[Any]) -> int:
        """Count what a composed statement would return: with a limit, no further than that."""
        [counted] = self.select(_Many, select(func.count().label("many")).select_from(statement.subquery()))
        return counted.many

    @staticmethod
    def before(columns: Sequence[ColumnElement[Any]], values: Sequence[Any]) -> ColumnElement[bool]:
        """Return the filter for the next page of what is sorted descending by `columns`: below the last row's `values`."""
        return tuple_(*columns) < tuple_(*values)

    @staticmethod
    def after(columns: Sequence[ColumnElement[Any]], values: Sequence[Any]) -> ColumnElement[bool]:
        """Return the filter for the next page of what is sorted ascending by `columns`: above the last row's `values`."""
        return tuple_(*columns) > tuple_(*values)

    def call(self, row: type[Row], verb: str, **args: Any) -> list[Row]:
        """Call `api.<verb>`, passing every argument by its name: one round trip, its own transaction.

        Never asked twice: after Unanswered nobody knows yet whether it happened, and its file stays. It goes after the
        answer, and when this attempt made it and certainly did nothing; an earlier one may still arrive. What was settled stays
        too: whoever tells the person forgets it, so that a program killed in between tells it at its next start.
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
        if first or verb != "settle_command":
            self._pending.forget(command_id)
        return shape(row).build(row, found)

    def verifier(self, login: str, password: str) -> str:
        """Return what the server may keep of a password (SCRAM-SHA-256), so that the password itself never travels."""
        with self._connections.lend(reading=True) as connection:
            return verifier(connection, SignIn(login, password))

    def counted(self) -> Counted:
        """Return what was asked through this door so far, and how it went."""
        return self._counters.counted()

    def close(self) -> None:
        """Leave without waiting. What was reading is cancelled; what was writing may still happen, and stays pending."""
        self._connections.close()

    def _read(self, row: type[Row], query: str, args: dict[str, Any], prepare: bool) -> list[Row]:
        started = time.monotonic()
        try:
            return shape(row).build(row, self._ask(query, args, reading=True, prepare=prepare))
        except Unanswered:
            if self._connections.closed or time.monotonic() - started >= self._deadline:
                raise
            return shape(row).build(row, self._ask(query, args, reading=True, prepare=prepare))

    def _ask(self, query: str, args: dict[str, Any], *, reading: bool, prepare: bool) -> list[tuple[Any, ...]]:
        with self._counters.timed(query, args, reading), self._connections.lend(reading) as connection:
            return connection.execute(query.encode(), args, prepare=prepare).fetchall()
