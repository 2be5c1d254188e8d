"""Reading the three lists of the refunds' first page: what waits for somebody, what is under way, and what was there lately."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from admin_app.parts import EXPORT_PAGE, Part
from admin_app.refunds.run_reading import Standing, read_standing
from core.database.gateway import Database
from core.proposals import Kind, Limits, Progress, Proposal, limits, proposals
from core.refunds import Case, refund_cases
from core.staff import Me, Role

APPROVING = frozenset({Role.FINANCE_ADMIN, Role.OWNER_ADMIN})
OPEN = (Progress.AWAITING_APPROVAL, Progress.RUNNING, Progress.STOPPED)
OVER = (Progress.DONE, Progress.REJECTED, Progress.WITHDRAWN, Progress.LAPSED)
PAGE, MOST_OPEN = 50, 200


@dataclass(frozen=True)
class Landing:
    """`waiting`: what this person may approve."""

    waiting: list[Proposal]
    under_way: list[Standing]
    cases: list[Case]


@dataclass(frozen=True)
class Asked:
    """Which refunds of the past are wanted: made by somebody (None: anybody), since then (None: ever)."""

    person_id: UUID | None = None
    since: datetime | None = None


def read_landing(db: Database, me: Me, now: datetime) -> Landing:
    """Read what goes on. Blocks."""
    found = proposals(db, [Kind.REFUND], OPEN, limit=MOST_OPEN)
    mine = limits(db, me.person_id) if me.person_id else None
    waiting = [each for each in found if each.state is Progress.AWAITING_APPROVAL and may_approve(me, mine, each, now)]
    waiting_ids = {each.id for each in waiting}
    others = [read_standing(db, each.id) for each in found if each.id not in waiting_ids]
    return Landing(waiting, [each for each in others if each], refund_cases(db))


def may_approve(me: Me, mine: Limits | None, proposed: Proposal, now: datetime) -> bool:
    """Tell whether somebody may agree to this; the database decides."""
    is_ripe = mine is not None and mine.approves_from is not None and mine.approves_from <= now
    return me.role in APPROVING and is_ripe and proposed.person_id != me.person_id


def read_recent(db: Database, asked: Asked, last: Proposal | None = None, size: int = PAGE) -> Part:
    """Read a page of refunds that were confirmed and are over. Blocks. What was only looked at is passed over."""
    rows: list[Proposal] = []
    while True:
        before = (last.created_at, last.id) if last else None
        found = proposals(db, [Kind.REFUND], OVER, asked.person_id, asked.since, before, size)
        rows += [each for each in found if each.confirmed_at]
        if len(found) < size or len(rows) >= size:
            return Part(rows, len(found) == size)
        last = found[-1]


def read_all_recent(db: Database, asked: Asked) -> Iterator[Proposal]:
    """Read them all, page after page."""
    part = read_recent(db, asked, size=EXPORT_PAGE)
    yield from part.rows
    while part.more:
        part = read_recent(db, asked, part.rows[-1], EXPORT_PAGE)
        yield from part.rows


def makers(rows: Sequence[Proposal]) -> dict[UUID, str]:
    """Name those who made these."""
    return {each.person_id: each.made_by for each in rows}
