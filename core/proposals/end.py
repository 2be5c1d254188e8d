"""Proposals: saying no, thinking better of it, and holding on.  SQL twin: core/proposals/end.sql.

All raise Missing (no such proposal), Illegal (it is in another state; facts: from, to) and Forbidden (facts: why).
"""

from dataclasses import dataclass
from uuid import UUID

from core.database.gateway import Database
from core.proposals.views import Proposal


@dataclass(frozen=True)
class _Lapsed:
    """What lapse_proposals answers."""

    lapse_proposals: int


def reject_proposal(db: Database, command_id: UUID, proposal_id: UUID, reason: str) -> Proposal:
    """Say no to what another person proposed. For approvers. Raises Invalid without a reason."""
    [rejected] = db.call(Proposal, "reject_proposal", command_id=command_id, proposal_id=proposal_id, reason=reason)
    return rejected


def withdraw_proposal(db: Database, command_id: UUID, proposal_id: UUID, reason: str) -> Proposal:
    """Take back one's own that still waits, or end what was stopped; what ran stays run. Raises Invalid without a reason."""
    [withdrawn] = db.call(Proposal, "withdraw_proposal", command_id=command_id, proposal_id=proposal_id, reason=reason)
    return withdrawn


def stop_proposal(db: Database, command_id: UUID, proposal_id: UUID) -> Proposal:
    """Stop a refund that runs, after the lines being run; the rest stays set aside."""
    [stopped] = db.call(Proposal, "stop_proposal", command_id=command_id, proposal_id=proposal_id)
    return stopped


def resume_proposal(db: Database, command_id: UUID, proposal_id: UUID) -> Proposal:
    """Let a refund that was stopped go on."""
    [resumed] = db.call(Proposal, "resume_proposal", command_id=command_id, proposal_id=proposal_id)
    return resumed


def lapse_proposals(db: Database) -> int:
    """End what nobody agreed to in time, and sweep old previews away; return how many. The worker's: call it until it returns 0."""
    [row] = db.call(_Lapsed, "lapse_proposals")
    return row.lapse_proposals
