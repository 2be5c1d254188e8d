"""Proposals: confirming what was seen, and agreeing to it as a second person.  SQL twin: core/proposals/confirm.sql."""

from uuid import UUID

from core.database.gateway import Database
from core.proposals.views import Proposal


def confirm_proposal(db: Database, command_id: UUID, token: str, code: str, reason: str) -> Proposal:
    """Confirm one's own proposal with one of its REASONS and a sentence of five characters or more, and return it.

    Look at `outcome`: CONFIRMED (then `state`: it runs, is done, or waits for a second person), REPLAYED, or IMPACT_CHANGED (nothing
    happened; `moved` says what is different). For a refund `moved` is {"orders": how many, "moved": [{"number", "was", "was_amount", "now",
    "now_amount", "why"}, …]}, else {"before", "after"}: the impact then and now.
    Raises Invalid (facts["field"]) or Forbidden; facts["why"]: token (not yours), expired, no_approver, role.
    """
    [confirmed] = db.call(Proposal, "confirm_proposal", command_id=command_id, token=token, code=code, reason=reason)
    return confirmed


def approve_proposal(db: Database, command_id: UUID, proposal_id: UUID, digest: str) -> Proposal:
    """Agree to what another person proposed, with the digest of what was shown, and return it: it runs, once.

    Look at `outcome`: APPROVED, REPLAYED, or IMPACT_CHANGED. Raises Missing, Illegal (it was ended) or Forbidden; facts["why"]: own,
    no_approver, young (an approver for less than a day), digest (something else was shown), expired.
    """
    [approved] = db.call(Proposal, "approve_proposal", command_id=command_id, proposal_id=proposal_id, digest=digest)
    return approved
