"""Server: how it is set up, who may sign in, which programs are open, what waits, what is large.  SQL twin: core/health/server.sql."""

from dataclasses import dataclass
from datetime import datetime

from core.database.gateway import Database


@dataclass(frozen=True)
class ServerFacts:
    """The row of the view api.server: `version` as 180006; `answered_at` is its clock; `backend` the process that answered.

    `counts_since`: since when it counts `commits` and `deadlocks` of this database; None: from its first day. `kick_queue`: how full the
    queue of notifications is, in thousandths.
    """

    version: int
    started_at: datetime
    answered_at: datetime
    backend: int
    max_connections: int
    counts_since: datetime | None
    commits: int
    deadlocks: int
    bytes: int
    archived_at: datetime | None
    archive_failed_at: datetime | None
    kick_queue: int


@dataclass(frozen=True)
class ServerSetting:
    """One row of the view api.server_settings: its value for a new session, in `unit` ("ms", "kB", "" for none)."""

    name: str
    value: str
    unit: str


@dataclass(frozen=True)
class OpenProgram:
    """One row of the view api.programs: what calls itself `program` ("rachel-kitchen"; "" for what is none of ours) and `version`.

    `listeners`: open windows. `is_too_old` ones may only read; `is_behind` ones are older than the database's newest program.
    """

    program: str
    version: str
    connections: int
    listeners: int
    is_too_old: bool
    is_behind: bool


@dataclass(frozen=True)
class Queue:
    """One row of the view api.queues: so many are overdue, the oldest since `due_since`; `stuck` ones need a person."""

    name: str
    waiting: int
    due_since: datetime | None
    stuck: int


@dataclass(frozen=True)
class OldestTransaction:
    """The row of the view api.oldest_transaction: so many that have written are open on the whole server, the oldest since `began_at`.

    What was committed after it began is sealed when it ends. `left_open`: their program does nothing at this moment; `prepared`: they
    wait for a second commit. None is open: `began_at` None.
    """

    transactions: int
    began_at: datetime | None
    left_open: int
    prepared: int


@dataclass(frozen=True)
class TableSize:
    """One row of the view api.table_sizes: bytes on disk with its indexes; about how many rows, -1 where nobody counted yet."""

    name: str
    bytes: int
    row_estimate: int


@dataclass(frozen=True)
class ServerLogin:
    """One row of the view api.logins: somebody who may sign in to the server, or a role with powers of its own."""

    login: str
    may_sign_in: bool
    is_superuser: bool
    makes_roles: bool
    makes_databases: bool
    replicates: bool
    sees_all_rows: bool
    connection_limit: int
    is_known: bool
    is_active: bool


def server(db: Database) -> ServerFacts:
    """Return what the server says about itself."""
    [row] = db.rows(ServerFacts, "api.server")
    return row


def server_settings(db: Database) -> list[ServerSetting]:
    """Return the settings that matter, by name."""
    return db.rows(ServerSetting, "api.server_settings ORDER BY name")


def programs(db: Database) -> list[OpenProgram]:
    """Return which programs are open, ours first."""
    return db.rows(OpenProgram, "api.programs ORDER BY program = '', program, version DESC")


def queues(db: Database) -> list[Queue]:
    """Return what waits to be done."""
    return db.rows(Queue, "api.queues ORDER BY name")


def oldest_transaction(db: Database) -> OldestTransaction:
    """Return what holds sealing up."""
    [row] = db.rows(OldestTransaction, "api.oldest_transaction")
    return row


def table_sizes(db: Database) -> list[TableSize]:
    """Return how large each table is, the largest first."""
    return db.rows(TableSize, "api.table_sizes ORDER BY bytes DESC, name")


def logins(db: Database) -> list[ServerLogin]:
    """Return who may sign in to the server or has a power of its own, by name. The owner's, the auditor's and the worker's."""
    return db.rows(ServerLogin, "api.logins ORDER BY login")
