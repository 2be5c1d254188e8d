"""Proposals: destructive acts that were previewed and wait for a person.  SQL twins: core/proposals/*.sql."""

from core.proposals.confirm import approve_proposal, confirm_proposal
from core.proposals.end import lapse_proposals, reject_proposal, resume_proposal, stop_proposal, withdraw_proposal
from core.proposals.listing import all_limits, confirmed_proposals
from core.proposals.preview import preview_approver, preview_limits, preview_release, preview_stock, preview_suspension
from core.proposals.views import REASONS, Kind, Limits, Outcome, Progress, Proposal, approvers, limits, proposal, proposals

__all__ = [
    "REASONS", "Kind", "Limits", "Outcome", "Progress", "Proposal", "all_limits", "approve_proposal", "approvers", "confirm_proposal",
    "confirmed_proposals", "lapse_proposals", "limits", "preview_approver", "preview_limits", "preview_release", "preview_stock",
    "preview_suspension", "proposal", "proposals", "reject_proposal", "resume_proposal", "stop_proposal", "withdraw_proposal",
]  # fmt: skip
