"""Freeze: what the checks found over time, and since when no money moves.  SQL twin: core/health/freeze.sql."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from core.database.gateway import Database

FRESH = timedelta(minutes=15)  # how long a run speaks for now: three times as long as between two; app.check_counted has the same


@dataclass(frozen=True)
class CheckRun:
    """One row of the view api.check_runs: one run of all checks; `red` names the broken ones with their violations ({"I02": 3}).

    `known_red`: those of them that were broken at the run before already, with their violations then.
    """

    id: int
    at: datetime
    took_ms: int
    checks: int
    red: dict[str, Any]
    froze: bool
    known_red: dict[str, Any]


@dataclass(frozen=True)
class Freeze:
    """One row of the view api.freezes: money stands still from `since` until `released_at` (None: it does now).

    `why` names the checks that had got worse; `red` are the violations of all that were broken and are about money, `known_red` those at
    the run before, `left_red` those at the release. `proposal_id` is None where whoever runs the server released it.
    """

    id: UUID
    since: datetime
    why: str
    red: dict[str, Any]
    released_at: datetime | None
    released_login: str | None
    released_why: str | None
    left_red: dict[str, Any] | None
    proposal_id: UUID | None
    known_red: dict[str, Any]


def check_runs(db: Database, limit: int = 100) -> list[CheckRun]:
    """Return the newest runs of the checks, newest first."""
    return db.rows(CheckRun, "api.check_runs ORDER BY id DESC LIMIT %(limit)s", limit=limit)


def freeze(db: Database) -> Freeze | None:
    """Return the freeze in force; None while money moves."""
    found = db.rows(Freeze, "api.freezes WHERE released_at IS NULL")
    return found[0] if found else None


def freezes(db: Database, limit: int = 100) -> list[Freeze]:
    """Return the newest freezes, newest first."""
    return db.rows(Freeze, "api.freezes ORDER BY since DESC LIMIT %(limit)s", limit=limit)


def record_checks(db: Database) -> CheckRun:
    """Run all checks now, keep what they found, and return it; money is frozen when it is worse than before. The worker's.

    Reads everything there is: ten seconds for a hundred thousand orders. Raises Illegal (facts["why"] "counting") while another run is
    under way.
    """
    [run] = db.call(CheckRun, "record_checks")
    return run
