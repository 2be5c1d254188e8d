"""Staff: people and their logins.  SQL twin: core/staff.sql."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.database.gateway import Database


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


def me(db: Database) -> Me | None:
    """Return who this login is; None when it is no longer in use."""
    found = db.rows(Me, "api.me")
    return found[0] if found else None


def staff(db: Database) -> list[StaffLogin]:
    """Return all logins, those in use first, by name."""
    return db.rows(StaffLogin, "api.staff ORDER BY active DESC, name, login")


def create_staff_login(
    db: Database,
    command_id: UUID,
    login: str,
    name: str,
    role: Role,
    kitchen_ids: list[UUID],
    person_id: UUID | None,
    verifier: str,
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
