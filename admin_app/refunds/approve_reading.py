"""Reading what an approver must know: the refund, who made it and what else they made, who may approve, and which orders moved on."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from admin_app.parts import EXPORT_PAGE
from admin_app.refunds.lines_reading import Asked, read_all
from admin_app.refunds.run_names import Names, read_names
from admin_app.refunds.run_reading import Standing, read_standing
from core.database.gateway import Database
from core.orders import State, orders
from core.proposals import Kind, Limits, Progress, Proposal, approvers, limits, proposals
from core.refunds import LineState

MOST_EARLIER = 200  # refunds of the maker that are looked at


@dataclass(frozen=True)
class Case:
    """What is known. `mine` are the limits of whoever looks; `earlier` the maker's other refunds."""

    standing: Standing
    mine: Limits | None
    approvers: list[Limits]
    earlier: list[Proposal]
    names: Names

    @property
    def proposal(self) -> Proposal:
        return self.standing.proposal

    @property
    def rejected(self) -> int:
        """How many of the maker's other refunds somebody rejected."""
        return sum(each.state is Progress.REJECTED for each in self.earlier)


@dataclass(frozen=True)
class Moved:
    """Which orders of a refund there are, and where those are by now that moved on since it was proposed."""

    proposal_id: UUID
    order_ids: frozenset[UUID]
    states: dict[UUID, State]


def read_case(db: Database, proposal_id: UUID, person_id: UUID | None) -> Case | None:
    """Read it for a person; None when there is no such refund, or it is not for them. Blocks."""
    standing = read_standing(db, proposal_id)
    if standing is None:
        return None
    found = standing.proposal
    made = proposals(db, [Kind.REFUND], person_id=found.person_id, limit=MOST_EARLIER)
    earlier = [each for each in made if each.confirmed_at and each.id != found.id]
    mine = limits(db, person_id) if person_id else None
    return Case(standing, mine, approvers(db), earlier, read_names(db, found.impact))


def read_moved(db: Database, found: Proposal, known: Moved | None, changed: Collection[UUID]) -> Moved:
    """Read which orders moved on: all of them the first time, then only those that changed. Blocks."""
    if known is None:
        rows = read_all(db, Asked(found.id))
        order_ids = frozenset(row.order_id for row in rows if row.state is not LineState.LEFT_OUT)
        looked, states = sorted(order_ids), {}
    else:
        order_ids, states = known.order_ids, dict(known.states)
        looked = sorted(order_ids & set(changed))
    for start in range(0, len(looked), EXPORT_PAGE):
        part = looked[start : start + EXPORT_PAGE]
        states |= {each.id: each.state for each in orders(db, order_ids=part, limit=len(part)) if each.changed_at > found.created_at}
    return Moved(found.id, order_ids, states)
