"""Load: how busy the server is now, and was in each quarter of an hour of the last eight days.  SQL twin: core/health/load.sql."""

from dataclasses import dataclass
from datetime import datetime

from core.database.gateway import Database


@dataclass(frozen=True)
class LoadNow:
    """The row of the view api.load_now: connections of the whole server at this moment, and what the active ones of them wait for.

    `listeners` hear kicks; `on_lock` wait for Lock/object, which is a commit that notifies; `on_wal` wait for the log's disk.
    """

    backend: int
    connections: int
    listeners: int
    active: int
    on_lock: int
    on_wal: int


@dataclass(frozen=True)
class LoadQuarter:
    """One row of the view api.load_quarters: a quarter of an hour from `begins` on, of which `minutes` were watched.

    Means of the minutes: `processor` (thousandths of the machine; None where the worker is not on it), `connections`, `listeners`.
    Sums of all looks: `active`, `on_lock`, `on_wal`. `commit_time`: microseconds that 95 of 100 commits of the worker stayed below.
    """

    begins: datetime
    minutes: int
    processor: int | None
    connections: int
    listeners: int
    active: int
    on_lock: int
    on_wal: int
    commit_time: int | None
    commits: int | None
    deadlocks: int | None


@dataclass(frozen=True)
class LoadKept:
    """The row of the view api.load_kept: from when to when there are minutes, how many, and how many of them know the processor."""

    oldest: datetime | None
    newest: datetime | None
    minutes: int
    processor_minutes: int


@dataclass(frozen=True)
class _Recorded:
    record_load: datetime


def load_now(db: Database) -> LoadNow:
    """Look at the server once."""
    [row] = db.rows(LoadNow, "api.load_now")
    return row


def load_quarters(db: Database) -> list[LoadQuarter]:
    """Return the quarters of an hour that were watched, oldest first; 768 at most."""
    return db.rows(LoadQuarter, "api.load_quarters ORDER BY begins")


def load_kept(db: Database) -> LoadKept:
    """Return which minutes were watched."""
    [row] = db.rows(LoadKept, "api.load_kept")
    return row


def record_load(
    db: Database,
    samples: int,
    connections: int,
    listeners: int,
    active: int,
    on_lock: int,
    on_wal: int,
    processor: int | None,
    commit_time: int | None,
) -> datetime:
    """Keep what a worker saw in the last minute; return which minute. The worker's. Raises Invalid when a figure cannot be."""
    figures = {"samples": samples, "connections": connections, "listeners": listeners, "active": active}
    waits = {"on_lock": on_lock, "on_wal": on_wal, "processor": processor, "commit_time": commit_time}
    [row] = db.call(_Recorded, "record_load", **figures, **waits)
    return row.record_load
