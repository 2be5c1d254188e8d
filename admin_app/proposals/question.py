"""Question: which proposals about people somebody wants to see; all of it is answered by the database."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from core.customers import customers
from core.database.gateway import Database
from core.proposals import Kind, Limits, Progress, Proposal, approvers, confirmed_proposals, limits, proposal

KINDS = (Kind.LIMITS, Kind.APPROVER, Kind.SUSPENSION, Kind.RELEASE)
DECIDED = frozenset({Kind.LIMITS, Kind.APPROVER, Kind.RELEASE})  # what a second person may have to agree to
MOST_NAMED = 200  # customers whose name is like what was typed


class Outcome(StrEnum):
    """What became of one."""

    WAITING = "waiting"
    DONE = "done"
    ENDED = "ended"  # rejected, withdrawn, lapsed, or changed before


STATES = {
    Outcome.WAITING: (Progress.AWAITING_APPROVAL,),
    Outcome.DONE: (Progress.RUNNING, Progress.STOPPED, Progress.DONE),
    Outcome.ENDED: (Progress.REJECTED, Progress.WITHDRAWN, Progress.LAPSED, Progress.STALE),
}


@dataclass(frozen=True)
class Question:
    """None means all. `proposal_id`: this one alone."""

    search: str = ""
    kind: Kind | None = None
    outcome: Outcome | None = None
    proposal_id: UUID | None = None

    @property
    def narrows(self) -> bool:
        return self != Question()


@dataclass(frozen=True)
class Document:
    """A proposal that was confirmed, and the name of the customer it is about, by id, where it is one."""

    proposal: Proposal
    names: Mapping[UUID, str]

    @property
    def id(self) -> UUID:
        return self.proposal.id


@dataclass(frozen=True)
class Case:
    """What whoever decides must know. `mine` are the limits of whoever looks."""

    proposal: Proposal
    mine: Limits | None
    approvers: list[Limits]


class Wanted(NamedTuple):
    """A question, with the customers whose name is like what was typed."""

    asked: Question
    about: Sequence[UUID]


class ProposalSource:
    """Reads the page's proposals (admin_app/parts.py)."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def resolve(self, asked: Question) -> Wanted:
        like = customers(self.db, asked.search, limit=MOST_NAMED) if asked.search.strip() else []
        return Wanted(asked, [each.id for each in like])

    def read(self, wanted: Wanted, last: Document | None, size: int) -> list[Document]:
        asked, before = wanted.asked, (last.proposal.created_at, last.id) if last else None
        if asked.proposal_id:
            found = proposal(self.db, asked.proposal_id) if last is None else None
            return documents(self.db, [found] if found and found.kind in KINDS else [])
        kinds = (asked.kind,) if asked.kind else KINDS
        states = STATES[asked.outcome] if asked.outcome else ()
        return documents(self.db, confirmed_proposals(self.db, asked.search, wanted.about, kinds, states, before, size))

    def again(self, shown: Collection[UUID], changed: Collection[UUID] | None) -> list[Document]:
        found = [proposal(self.db, each) for each in shown if changed is None or each in changed]
        return documents(self.db, [each for each in found if each])


def documents(db: Database, found: Sequence[Proposal]) -> list[Document]:
    """Read the names that belong to them. Blocks."""
    about = {each.id: customer_ids(each) for each in found}
    names = names_of(db, {ids[0] for ids in about.values() if len(ids) == 1})
    return [Document(each, {one: names[one] for one in about[each.id] if one in names}) for each in found]


def names_of(db: Database, ids: Collection[UUID]) -> dict[UUID, str]:
    """Read what customers are called. Blocks."""
    return {each.id: each.name for each in customers(db, customer_ids=ids, limit=len(ids))}


def customer_ids(found: Proposal) -> list[UUID]:
    """Return the customers whom a suspension, or its end, is about."""
    return [UUID(each["customer"]) for each in found.impact["customers"]] if found.kind is Kind.SUSPENSION else []


def read_case(db: Database, proposal_id: UUID, person_id: UUID | None) -> Case | None:
    """Read what whoever decides must know; None when there is no such proposal, or it is not for them. Blocks."""
    found = proposal(db, proposal_id)
    return Case(found, limits(db, person_id) if person_id else None, approvers(db)) if found else None
