"""One connection of one's own (for LISTEN, and for the relay), and how every connection of the project is opened."""

import selectors
import socket
import threading
from contextlib import suppress
from typing import Any

import psycopg
from psycopg import sql
from psycopg.abc import AdaptContext, Buffer
from psycopg.adapt import AdaptersMap, Dumper, Loader
from psycopg.pq import Format
from psycopg.types.json import JsonbDumper

from core.base.config import Server, SignIn
from core.base.errors import Busy, Forbidden, Invalid, Missing, Offline, Unanswered, refusal
from core.base.times import Endless

PATIENCE = {"connect_timeout": 5, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
GONE = ("08", "53300", "57P")  # connection lost, no connection free, server going down
CLOSED = "is not permitted to log in"  # what revoke_staff leaves
LOCKED_OUT = ("no pg_hba.conf entry", "permission denied for database")
UNSTORABLE = "This text holds a character that cannot be stored. Type it again."
REBUILT = {"XX000": "cache lookup failed", "42883": "function app."}  # a verb that waited while an upgrade replaced it; it was rolled back
CROWDED = ("too many c", "connection slots")  # clients, or connections of this login


class _Number(Dumper):
    """Sends an int without naming a type, so that the verb's own argument decides: else a 5 is a smallint and a list of them, too."""

    def dump(self, obj: int) -> bytes:
        return str(obj).encode()


class _Moment(Loader):
    """Reads a time as the driver does, and one that the driver refuses as Endless."""

    usual: Any = psycopg.adapters.get_loader(psycopg.adapters.types["timestamptz"].oid, Format.TEXT)

    def __init__(self, oid: int, context: AdaptContext | None = None) -> None:
        super().__init__(oid, context)
        self._usual = self.usual(oid, context)

    def load(self, data: Buffer) -> Any:
        try:
            return self._usual.load(data)
        except psycopg.DataError:
            return Endless.of(bytes(data).decode())


class _Told(Dumper):
    """Sends such a time back as it came, so that a page goes on behind it."""

    oid = psycopg.adapters.types["timestamptz"].oid

    def dump(self, obj: Endless) -> bytes:
        return obj.told.encode()


ADAPTERS = AdaptersMap(psycopg.adapters)
ADAPTERS.register_loader("timestamptz", _Moment)
ADAPTERS.register_dumper(Endless, _Told)
ADAPTERS.register_dumper(int, _Number)
ADAPTERS.register_dumper(dict, JsonbDumper)


def address(server: Server, sign_in: SignIn, application: str, options: str = "") -> dict[str, Any]:
    """Return the arguments for psycopg.connect. They hold a password: never log them."""
    encrypted = not (server.sslmode == "disable" or server.sslmode is None and server.is_this_machine)
    secure = {"sslmode": "verify-full", "sslrootcert": server.sslrootcert or "system", "channel_binding": "require"}
    return PATIENCE | (secure if encrypted else {"sslmode": "disable"}) | {
        "host": server.host, "port": server.port, "dbname": server.database, "user": sign_in.login, "password": sign_in.password,
        "application_name": application, "require_auth": "scram-sha-256", "options": f"-c TimeZone=UTC {options}",
        "autocommit": True, "context": ADAPTERS,
    }  # fmt: skip


def connect(where: dict[str, Any]) -> psycopg.Connection:
    """Open a connection, or say in which of three ways it failed: nobody there, login refused, no such database."""
    try:
        return psycopg.connect(**where)
    except psycopg.Error as error:
        raise _unconnected(error, where) from error


def is_alive(connection: psycopg.Connection) -> bool:
    """Look whether the server hung up while the connection lay idle. Takes in what came already; asks nothing, waits for nothing."""
    try:
        connection.pgconn.consume_input()  # a last message, perhaps,
        connection.pgconn.consume_input()  # and only behind it the end
    except psycopg.Error:
        return False
    return not connection.closed


def hang_up(connection: psycopg.Connection) -> None:
    """Wake the thread that waits on this connection. Not connection.close(): that frees memory the thread still uses."""
    with suppress(psycopg.Error, OSError), socket.fromfd(connection.fileno(), -1, -1, -1) as line:  # it may have ended meanwhile
        line.shutdown(socket.SHUT_RDWR)


def translate(error: psycopg.Error, lost: bool) -> Exception:
    """Turn a driver's error into ours: Refused, Offline, Unanswered, or itself (a bug)."""
    sqlstate = error.sqlstate or ""
    if lost or isinstance(error, psycopg.OperationalError) and not sqlstate:  # a broken line is not always called closed yet
        return Unanswered("The connection was lost before the server answered.")
    if sqlstate.startswith(GONE):
        return Offline("The server cannot work at the moment.")
    if not sqlstate and isinstance(error, psycopg.DataError):  # the driver itself would not send it: NUL
        return Invalid(UNSTORABLE)
    if (error.diag.message_primary or "").startswith(REBUILT.get(sqlstate, "\0")):
        return Busy("The server was brought up to date at this moment. Try again.")
    return refusal(sqlstate, error.diag.message_primary, error.diag.message_detail) or error


def _unconnected(error: psycopg.Error, where: dict[str, Any]) -> Exception:
    """No session was opened. There is no SQLSTATE yet, so the words must tell (a server in another language: the password)."""
    said = str(error)
    if f'database "{where["dbname"]}" does not exist' in said:
        return Missing(f'There is no database "{where["dbname"]}" on {where["host"]}. Check the settings.')
    if CLOSED in said:
        return Forbidden("This login is no longer in use. Ask the owner.")
    if any(mark in said for mark in LOCKED_OUT):
        return Forbidden("The server does not let this login in from here. Ask whoever runs it.")
    if "certificate" in said or "SSL" in said:
        return Offline("The server could not prove who it is. Ask whoever runs it to look at its certificate.")
    refused = getattr(error.pgconn, "used_password", False) and where["user"] in said  # not a line that broke at that moment
    if refused and not any(mark in said for mark in CROWDED):
        return Forbidden("The server refused this login. Check the name and the password.")
    return Offline("The server does not answer.")


def verifier(connection: psycopg.Connection, sign_in: SignIn) -> str:
    """Return what the server may keep of a password (SCRAM-SHA-256). The connection only lends its encoding."""
    return connection.pgconn.encrypt_password(sign_in.password.encode(), sign_in.login.encode(), b"scram-sha-256").decode()


class Wire:
    """One open connection, used by one thread. Every statement is its own transaction."""

    def __init__(self, connection: psycopg.Connection, deadline: float) -> None:
        self._connection = connection
        self._deadline = deadline

    @classmethod
    def open(
        cls, server: Server, login: str, password: str, application: str, asynchronous: bool = False, deadline: float = 10.0
    ) -> "Wire":
        """Connect. `asynchronous`: its commits do not wait for the disk (only for what may be lost, such as a kick).

        Raises Offline, Forbidden (login refused) or Missing (no such database).
        """
        options = "-c synchronous_commit=off" if asynchronous else ""
        return cls(connect(address(server, SignIn(login, password), application, options)), deadline)

    def execute(self, statement: str, args: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Run one constant statement and return its rows, if it has any. Unanswered after the deadline; else as the gateway."""
        hanging = threading.Timer(self._deadline, hang_up, [self._connection])
        hanging.start()
        try:
            cursor = self._connection.execute(statement.encode(), args)
            return cursor.fetchall() if cursor.description else []
        except psycopg.Error as error:
            raise translate(error, self._connection.closed) from error
        finally:
            hanging.cancel()

    def listen(self, channel: str) -> None:
        """Hear the kicks of a channel from now on."""
        self.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)).as_string())

    def wait(self, timeout: float, wake: socket.socket) -> bool:
        """Wait for a kick, but no longer than `timeout` seconds or until `wake` has something to read. Tell whether one came."""
        if self._heard():  # while a statement ran
            return True
        with selectors.DefaultSelector() as either:
            either.register(self._connection.fileno(), selectors.EVENT_READ)
            either.register(wake, selectors.EVENT_READ)
            either.select(timeout)
        return self._heard()

    def close(self) -> None:
        self._connection.close()

    def _heard(self) -> bool:
        """Take in all kicks that came. Their text is nobody's business: anybody may have sent it."""
        try:
            return len(list(self._connection.notifies(timeout=0))) > 0
        except psycopg.Error as error:
            raise translate(error, self._connection.closed) from error
