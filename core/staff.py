"""Staff: people and their logins.  SQL twin: core/staff.sql."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from core.database.gateway import Database
from core.database.matching import bare, holds


class Role(StrEnum):
    """What a login is; the first seven are people and counters, made by verbs, the rest services, made by `rachel init`."""

    KITCHEN_STAFF = "kitchen_staff"
    KITCHEN_MANAGER = "kitchen_manager"
    COUNTER_DEVICE = "counter_device"
    SUPPORT = "support"
    FINANCE_ADMIN = "finance_admin"
    OWNER_ADMIN = "owner_admin"
    AUDITOR = "auditor"
    SVC_ORDERING = "svc_ordering"
    SVC_WEBHOOK = "svc_webhook"
    SVC_WORKER = "svc_worker"


class Standing(StrEnum):
    """Whether a login is in use, closed until somebody opens it again, or ended for ever."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    ENDED = "ended"


class StaffOrder(StrEnum):
    """What the list of logins is sorted by: a column of api.staff_list."""

    NAME = "name"
    LOGIN = "login"
    ROLE = "role"
    KITCHENS = "kitchens"
    STATE = "state"
    SINCE = "created_at"


@dataclass(frozen=True)
class Me:
    """The row of the view api.me: who this login is. `kitchen_ids` is empty for the office and the services."""

    login: str
    person_id: UUID | None
    name: str
    role: Role
    kitchen_ids: list[UUID]


@dataclass(frozen=True)
class StaffLogin:
    """One row of the view api.staff: a login, of somebody who works here or did."""

    login: str
    person_id: UUID | None
    name: str
    role: Role
    kitchen_ids: list[UUID]
    active: bool
    version: int
    created_at: datetime


@dataclass(frozen=True)
class ListedLogin:
    """One row of the view api.staff_list. `kitchens` and `other_logins` (of the same person, in use) are names, by commas.

    `ended_by` is a person's name. Of a counter or a service, which are nobody, the name is the login and `person_id` None.
    """

    login: str
    person_id: UUID | None
    name: str
    role: Role
    kitchen_ids: list[UUID]
    kitchens: str
    state: Standing
    other_logins: str
    version: int
    created_at: datetime
    ended_at: datetime | None
    ended_by: str | None
    ended_why: str | None


@dataclass(frozen=True)
class OpenSession:
    """One row of the view api.sessions: a login's connections from one program at one address (None: the server itself)."""

    login: str
    program: str
    address: str | None
    since: datetime
    connections: int


@dataclass(frozen=True)
class EndedSession:
    """A connection that end_overdue ended: whose, by which rule ("left", "transaction", "statement"), and how old that was (seconds)."""

    login: str
    rule: str
    seconds: int


@dataclass(frozen=True)
class StaffRules:
    """The one row of the view api.staff_rules: whether owners may make and change logins here (not before PostgreSQL 16)."""

    makes_logins: bool


def me(db: Database) -> Me | None:
    """Return who this login is; None when it is no longer in use."""
    found = db.rows(Me, "api.me")
    return found[0] if found else None


def staff(db: Database) -> list[StaffLogin]:
    """Return all logins, those in use first, by name."""
    return db.rows(StaffLogin, "api.staff ORDER BY active DESC, name, login")


def list_staff(
    db: Database,
    search: str = "",
    role: Role | None = None,
    kitchen_id: UUID | None = None,
    state: Standing | None = None,
    person_id: UUID | None = None,
    logins: Collection[str] | None = None,
    order: StaffOrder = StaffOrder.NAME,
    descending: bool = False,
    after: ListedLogin | None = None,
    limit: int = 200,
) -> list[ListedLogin]:
    """Return up to `limit` logins, sorted by `order` and then by login; `after` is the last row of the page before.

    `search` is parts of a name or a login, accents or not; `logins` those to look among.
    """
    listed = db.table(ListedLogin, "api.staff_list")
    column, query = listed.c, listed.select().where(*(_says(listed.c, word) for word in search.split()))
    for asked, wanted in ((column.role, role), (column.state, state), (column.person_id, person_id)):
        query = query if wanted is None else query.where(asked == str(wanted))
    if kitchen_id is not None:
        query = query.where(column.kitchen_ids.op("@>")([kitchen_id]))
    if logins is not None:
        query = query.where(column.login.in_(logins))
    if after is not None:
        query = query.where(_after(column, order, descending, after))
    sorted_by = _sort_key(order, column[order])
    return db.select(ListedLogin, query.order_by(sorted_by.desc() if descending else sorted_by, column.login).limit(limit))


def _says(column: Any, word: str) -> Any:
    """Return the filter for rows whose name or login holds the word."""
    return holds(column.name, word) | holds(column.login, word)


def _after(column: Any, order: StaffOrder, descending: bool, row: ListedLogin) -> Any:
    """Return the filter for the page after this row."""
    sorted_by, last = _sort_key(order, column[order]), _sort_key(order, str(getattr(row, order)))
    further = sorted_by < last if descending else sorted_by > last
    return further | ((sorted_by == last) & (column.login > row.login))


def _sort_key(order: StaffOrder, value: Any) -> Any:
    """Names are sorted without their marks, all else as it is."""
    return bare(value) if order in (StaffOrder.NAME, StaffOrder.KITCHENS) else value


def sessions(db: Database, login: str) -> list[OpenSession]:
    """Return where somebody is signed in now, the oldest first."""
    return db.rows(OpenSession, "api.sessions WHERE login = %(login)s ORDER BY since, program, address", login=login)


def other_owners(db: Database, login: str) -> int:
    """Return how many people besides this login's own may make and end logins."""
    owners = list_staff(db, role=Role.OWNER_ADMIN, state=Standing.ACTIVE, limit=1000)
    own = {each.person_id for each in list_staff(db, logins=[login])}
    return len({each.person_id for each in owners} - own)


def staff_rules(db: Database) -> StaffRules:
    """Return what this server lets owners do."""
    [rules] = db.rows(StaffRules, "api.staff_rules")
    return rules


def create_staff_login(
    db: Database, command_id: UUID, login: str, name: str, role: Role, kitchen_ids: list[UUID], person_id: UUID | None, verifier: str
) -> StaffLogin:
    """Make a login for a person (a new one when `person_id` is None) and return its row.

    `verifier` is what Database.verifier() makes of the password; the password itself never leaves this computer.
    Raises Invalid (which field: facts["field"]) or Missing (no such person).
    """
    [row] = db.call(
        StaffLogin, "create_staff_login", command_id=command_id, login=login, name=name, role=role,
        kitchen_ids=kitchen_ids, person_id=person_id, verifier=verifier,
    )  # fmt: skip
    return row


def set_staff_password(db: Database, command_id: UUID, login: str, verifier: str) -> StaffLogin:
    """Give a login another password. Raises Missing or Invalid."""
    [row] = db.call(StaffLogin, "set_staff_password", command_id=command_id, login=login, verifier=verifier)
    return row


def change_staff_role(
    db: Database, command_id: UUID, login: str, seen_version: int, role: Role, kitchen_ids: list[UUID]
) -> StaffLogin:
    """Give a login another role and other kitchens; running programs feel it at their next call.

    Raises Missing, Stale (somebody changed it first) or Invalid.
    """
    [row] = db.call(
        StaffLogin, "change_staff_role", command_id=command_id, login=login, seen_version=seen_version, role=role,
        kitchen_ids=kitchen_ids,
    )  # fmt: skip
    return row


def revoke_staff(db: Database, command_id: UUID, login: str, reason: str) -> StaffLogin:
    """End a login for ever and everything it has open. Raises Missing or Invalid (no reason, or your own login)."""
    [row] = db.call(StaffLogin, "revoke_staff", command_id=command_id, login=login, reason=reason)
    return row


def end_overdue(db: Database) -> list[EndedSession]:
    """End what people and counters leave open for too long, and what a login that was ended still has open; return it. The worker's."""
    return db.call(EndedSession, "end_overdue")
