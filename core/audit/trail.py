"""The trail, as the office reads it: filters, keyset pages, capped counts, words.  SQL twin: core/audit/trail.sql."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from core.database.gateway import Database

MOST_COUNTED = 10_000  # what is more is told as "10,000+"
MOST_FOUND = 5_000  # lines that hold certain words; where there are more, the question must be narrowed


# Whose index is read, the first that is asked for. It is told as one of two alike and leads the order, so that no other index is in
# that order: the server would else walk down the times of all, and far, for somebody whose lines are all old.
LEADING = ("command_id", "object_id", "person_id", "login", "action", "kitchen_id")


@dataclass(frozen=True)
class TrailLine:
    """One row of the view api.trail: who did what to what, when, from where and why.

    `person` None: a service or a counter, see `login`. `object` is what people call it, where it has a name: an order's number, a person, a
    kitchen, a dish, an item, the kind of a proposal. `position`: where it is sealed; None until then.
    """

    id: int
    at: datetime
    person_id: UUID | None
    person: str | None
    login: str
    address: str | None
    program: str
    command_id: UUID
    action: str
    noun: str
    object_id: UUID | None
    object: str | None
    kitchen_id: UUID | None
    kitchen: str | None
    reason: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    position: int | None


@dataclass(frozen=True)
class TrailLogin:
    """One row of the view api.trail_logins: a login that ever was, with its person; None: a service or a counter."""

    login: str
    person_id: UUID | None
    person: str | None
    active: bool


@dataclass(frozen=True)
class TrailFilter:
    """Which lines are wanted. Each part narrows it, None does not; an index serves each alone, and person with action.

    `login`: of a service or a counter it is the filter, of a person it goes with `person_id`. `since` and `until`: at or after the one,
    before the other. `ids`: these lines alone.
    """

    person_id: UUID | None = None
    login: str | None = None
    action: str | None = None
    kitchen_id: UUID | None = None
    object_id: UUID | None = None
    command_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    ids: Collection[int] | None = None


EVERYTHING = TrailFilter()


@dataclass(frozen=True)
class _Found:
    """What api.find_trail answers."""

    id: int


def trail(
    db: Database, wanted: TrailFilter = EVERYTHING, last: tuple[datetime, int] | None = None, limit: int = 200, oldest_first: bool = False
) -> list[TrailLine]:
    """Return up to `limit` lines, newest first, or oldest first; `last` is (at, id) of the last line of the page before.

    It takes the place of the bound that it lies inside: with both, a page deep down would be searched for from that bound on.
    """
    listed = db.table(TrailLine, "api.trail")
    inside = replace(wanted, **{"since" if oldest_first else "until": None}) if last else wanted
    query = _ordered(listed, inside, oldest_first)
    if last is not None:
        query = query.where((db.after if oldest_first else db.before)([listed.c.at, listed.c.id], list(last)))
    return db.select(TrailLine, query.limit(limit))


def count_trail(db: Database, wanted: TrailFilter = EVERYTHING) -> int:
    """Count the lines, no further than one more than MOST_COUNTED: an exact count of millions would take as long as reading them."""
    listed = db.table(TrailLine, "api.trail")
    return db.count(_ordered(listed, wanted).with_only_columns(listed.c.id).limit(MOST_COUNTED + 1))


def trail_logins(db: Database) -> list[TrailLogin]:
    """Return every login there ever was, by person and login; services and counters last."""
    return db.rows(TrailLogin, "api.trail_logins ORDER BY person NULLS LAST, login")


def find_trail(
    db: Database,
    words: str,
    person_id: UUID | None,
    action: str | None,
    kitchen_id: UUID | None,
    since: datetime | None,
    until: datetime | None,
) -> list[int]:
    """Return the ids of up to MOST_FOUND + 1 lines whose reason holds all these words, newest first; the last word may be only begun.

    Of more than that it is not known which. Each call spends a token. Raises Invalid (no word in it) or TooFast.
    """
    args = {"person_id": person_id, "action": action, "kitchen_id": kitchen_id, "since": since, "until": until}
    return [found.id for found in db.call(_Found, "find_trail", words=words, **args)]


def _ordered(listed: Any, wanted: TrailFilter, oldest_first: bool = False) -> Any:
    """Return the query for the lines, in the order of the index that serves the filter."""
    column, parts = listed.c, asdict(wanted)
    since, until, ids = parts.pop("since"), parts.pop("until"), parts.pop("ids")
    led_by = next((name for name in LEADING if parts[name] is not None), None)
    lead = parts.pop(led_by) if led_by else None
    query = listed.select().where(
        *(column[name] == value for name, value in parts.items() if value is not None),
        *([column[led_by].in_([lead, lead])] if led_by else []),
        *([column.person_id.is_(None)] if led_by == "login" else []),
        *([column.at >= since] if since else []), *([column.at < until] if until else []),
        *([column.id.in_(ids)] if ids is not None else []),
    )  # fmt: skip
    order = [*([column[led_by]] if led_by else []), column.at, column.id]
    return query.order_by(*(order if oldest_first else [each.desc() for each in order]))
