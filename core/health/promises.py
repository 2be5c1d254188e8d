"""Promises: which programs this database works with, and whether its promises hold.  SQL twin: core/health/promises.sql."""

from dataclasses import dataclass
from enum import StrEnum

from core.database.gateway import Database


@dataclass(frozen=True)
class Compat:
    """The row of the view api.compat. Clients below `lowest_client` may read but not write."""

    revision: str
    lowest_client: str
    newest_client: str


class Area(StrEnum):
    """What a promise is about."""

    MONEY = "money"
    ORDERS = "orders"  # and shelves
    GUARDS = "guards"  # and logins


@dataclass(frozen=True)
class Invariant:
    """One row of the view api.invariants: `violations` rows break what `title` says. A broken one about money freezes it."""

    name: str
    title: str
    violations: int
    area: Area


def compat(db: Database) -> Compat:
    """Return which programs this database works with."""
    [row] = db.rows(Compat, "api.compat")
    return row


def invariants(db: Database) -> list[Invariant]:
    """Check every promise now; those that are broken have violations. One statement over one view, and so one snapshot."""
    return db.rows(Invariant, "api.invariants ORDER BY name")
