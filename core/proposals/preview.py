"""Proposals: previews of what is no refund. Nothing changes before it is confirmed.  SQL twin: core/proposals/preview.sql.

Each returns the proposal with its `token`, which confirm_proposal needs; a repeated call returns it without: preview again.
"""

from uuid import UUID

from core.database.gateway import Database
from core.proposals.views import Proposal


def preview_stock(db: Database, command_id: UUID, item_ids: list[UUID], on_hands: list[int], seen_versions: list[int]) -> Proposal:
    """Preview many corrections of one kitchen's shelves, in smallest units. The lists run side by side.

    impact: {"items": [{"item", "name", "unit", "unit_size", "was", "on_hand", "version"}, …], "short": [{"order_id", "number", "items":
    [{"item", "amount"}, …]}, …]}: the orders that this leaves short. Raises Missing, Invalid, or Stale: facts["items"], each as count_stock
    tells it.
    """
    [proposed] = db.call(
        Proposal, "preview_stock", command_id=command_id, item_ids=item_ids, on_hands=on_hands, seen_versions=seen_versions
    )
    return proposed


def preview_suspension(db: Database, command_id: UUID, customer_ids: list[UUID], person_ids: list[UUID], is_suspended: bool) -> Proposal:
    """Preview the suspension of customers and people, or its end. People are the owner's to suspend.

    impact: {"suspend", "customers": [{"customer", "active"}, …], "people": [{"person", "name", "approver", "logins": [{"login", "role",
    "active", "suspended"}, …]}, …]}. Raises Missing, Invalid (facts["field"]) or Forbidden.
    """
    [proposed] = db.call(
        Proposal, "preview_suspension", command_id=command_id, customer_ids=customer_ids, person_ids=person_ids, is_suspended=is_suspended
    )
    return proposed


def preview_limits(db: Database, command_id: UUID, person_id: UUID | None, refund_alone: int, refund_a_day: int) -> Proposal:
    """Preview what a person (None: everybody without limits of their own) may refund alone, in kobo. Raising takes a second person.

    impact: {"person", "name", "refund_alone", "refund_a_day", "was_alone", "was_a_day", "raises"}. Raises Missing or Invalid.
    """
    [proposed] = db.call(
        Proposal, "preview_limits", command_id=command_id, person_id=person_id, refund_alone=refund_alone, refund_a_day=refund_a_day
    )
    return proposed


def preview_approver(db: Database, command_id: UUID, person_id: UUID, is_approver: bool) -> Proposal:
    """Preview that a person approves what others propose, or no longer. It takes a second person unless there are fewer than two.

    impact: {"person", "name", "is_approver", "was_since", "approvers": [person ids]}. Raises Missing or Invalid.
    """
    [proposed] = db.call(Proposal, "preview_approver", command_id=command_id, person_id=person_id, is_approver=is_approver)
    return proposed


def preview_release(db: Database, command_id: UUID, freeze_id: UUID) -> Proposal:
    """Preview the end of a freeze of all money. It takes a second person, whatever anybody's limits.

    impact: {"freeze", "since", "counted" (both UTC, without zone), "checks": [{"name", "title", "known", "was", "now"}, …] (rows that break
    each: at the run before the freeze, then, and at the newest run, which was "counted"), "waits": {"refunds", "refunds_amount",
    "payments", "payments_amount"}}. Raises Missing, Illegal (it has ended; or facts["why"] "unchecked": no run in 15 minutes) or Forbidden.
    """
    [proposed] = db.call(Proposal, "preview_release", command_id=command_id, freeze_id=freeze_id)
    return proposed
