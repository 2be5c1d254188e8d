"""Proposals, as they are read.  SQL twin: core/proposals/views.sql."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from core.database.gateway import Database


class Kind(StrEnum):
    """What is proposed."""

    REFUND = "refund"
    STOCK = "stock"
    SUSPENSION = "suspension"
    LIMITS = "limits"
    APPROVER = "approver"
    RELEASE = "release"  # of a freeze


class Progress(StrEnum):
    """Where a proposal is. Only the first, and those that wait, run or were stopped, go on."""

    PREVIEWED = "previewed"
    STALE = "stale"  # something changed before it was confirmed
    AWAITING_APPROVAL = "awaiting_approval"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"  # nobody confirmed, or agreed, in time
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"


class Outcome(StrEnum):
    """What came of the call that answered with the proposal."""

    PREVIEWED = "previewed"
    CONFIRMED = "confirmed"
    APPROVED = "approved"
    REPLAYED = "replayed"  # it was confirmed or approved before: nothing happened again
    IMPACT_CHANGED = "impact_changed"  # nothing happened, and it cannot be confirmed any more: preview it again
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    RUNNING = "running"


REASONS = {  # the reasons an act of each kind may have
    Kind.REFUND: ("late", "missing", "wrong", "quality", "kitchen_failed", "cancelled", "charged_twice", "goodwill", "other"),
    Kind.STOCK: ("miscounted", "spoiled", "lost", "moved", "other"),
    Kind.SUSPENSION: ("fraud", "abuse", "own_wish", "left", "mistake", "other"),
    Kind.LIMITS: ("new_work", "trust", "left", "mistake", "other"),
    Kind.APPROVER: ("new_work", "trust", "left", "mistake", "other"),
    Kind.RELEASE: ("repaired", "explained", "false_alarm", "other"),
}


@dataclass(frozen=True)
class Proposal:
    """One row of the view api.proposals, and what the verbs of proposals answer. Money in kobo.

    `asked` is what was asked for; `impact` what it would do exactly, as it was shown (its shape depends on the kind, see the previews);
    `digest` the fingerprint an approver sends back. It may be confirmed until `expires_at`, approved until `approve_by`. `alone_limit`,
    `day_limit` and `day_total` are as they were when it was confirmed. `token` (the preview's answer alone), `outcome` and `moved` (what
    is different now) are told by verbs, and are None where a proposal is read.
    """

    id: UUID
    kind: Kind
    state: Progress
    version: int
    kitchen_id: UUID | None
    person_id: UUID
    made_by: str
    login: str
    asked: dict[str, Any]
    impact: dict[str, Any]
    total: int
    lines: int
    digest: str
    code: str | None
    reason: str | None
    created_at: datetime
    expires_at: datetime
    confirmed_at: datetime | None
    alone_limit: int | None
    day_limit: int | None
    day_total: int | None
    approve_by: datetime | None
    approved_by: str | None
    approved_at: datetime | None
    ended_by: str | None
    ended_at: datetime | None
    ended_why: str | None
    token: str | None
    outcome: Outcome | None
    moved: dict[str, Any] | None


@dataclass(frozen=True)
class Limits:
    """One row of the view api.limits: what a person may refund alone, in kobo, at once and in a Lagos day, and how much today is used up.

    `is_own`: not those of everybody. An approver since `approver_since` may approve from `approves_from` on.
    """

    person_id: UUID
    name: str
    refund_alone: int
    refund_a_day: int
    is_own: bool
    used_today: int
    approver_since: datetime | None
    approves_from: datetime | None


def proposal(db: Database, proposal_id: UUID) -> Proposal | None:
    """Return one proposal; None when it is not there, or not for you."""
    found = db.rows(Proposal, "api.proposals WHERE id = %(proposal_id)s", proposal_id=proposal_id)
    return found[0] if found else None


def proposals(
    db: Database,
    kinds: Collection[Kind] = (),
    states: Collection[Progress] = (),
    person_id: UUID | None = None,
    since: datetime | None = None,
    before: tuple[datetime, UUID] | None = None,
    limit: int = 200,
) -> list[Proposal]:
    """Return up to `limit` proposals, newest first, without their `asked`-for details being judged again.

    Of these kinds and in these states (none: any), made by this person, at or after `since` (UTC); `before` is the (created_at, id) of the
    last row of the page before.
    """
    listed = db.table(Proposal, "api.proposals")
    column = listed.c
    query = listed.select()
    if kinds:
        query = query.where(column.kind.in_([kind.value for kind in kinds]))
    if states:
        query = query.where(column.state.in_([state.value for state in states]))
    if person_id is not None:
        query = query.where(column.person_id == person_id)
    if since is not None:
        query = query.where(column.created_at >= since)
    if before is not None:
        query = query.where(db.before([column.created_at, column.id], list(before)))
    return db.select(Proposal, query.order_by(column.created_at.desc(), column.id.desc()).limit(limit))


def limits(db: Database, person_id: UUID) -> Limits | None:
    """Return the limits of one person of the office; None when there is no such person."""
    found = db.rows(Limits, "api.limits WHERE person_id = %(person_id)s", person_id=person_id)
    return found[0] if found else None


def approvers(db: Database) -> list[Limits]:
    """Return those who may approve what others propose, by name; each of them from `approves_from` on."""
    return db.rows(Limits, "api.limits WHERE approver_since IS NOT NULL ORDER BY name, person_id")
