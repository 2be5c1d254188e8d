"""The steps of an order after placing. Each holds for the version that was seen.  SQL twin: core/orders/steps.sql.

All raise Missing (not your kitchen's), Stale (it moved on meanwhile; facts: state, version), Illegal (no such step;
facts: from, to) or Forbidden (not for your role).
"""

from uuid import UUID

from core.database.gateway import Database
from core.orders.views import Order, State


def advance_order(db: Database, command_id: UUID, order_id: UUID, seen_version: int, state: State) -> Order:
    """Move an order one step that has no effect on stock: accepted, ready, out or delivered."""
    [order] = db.call(
        Order, "advance_order", command_id=command_id, order_id=order_id, seen_version=seen_version, state=state
    )
    return order


def start_cooking(db: Database, command_id: UUID, order_id: UUID, seen_version: int) -> Order:
    """Start cooking an accepted order: what it held leaves the shelf. Raises Short when the shelf no longer has it."""
    [order] = db.call(Order, "start_cooking", command_id=command_id, order_id=order_id, seen_version=seen_version)
    return order


def cancel_order(db: Database, command_id: UUID, order_id: UUID, seen_version: int, reason: str) -> Order:
    """Cancel an order. Before cooking, stock and money go back, once; afterwards nothing moves.

    Raises Invalid without a reason and TooFast above the day's limit of a person.
    """
    [order] = db.call(
        Order, "cancel_order", command_id=command_id, order_id=order_id, seen_version=seen_version, reason=reason
    )
    return order


def expire_order(db: Database, command_id: UUID, order_id: UUID) -> Order:
    """End a card order whose time to pay is over; what it held is given back. The worker's. Raises Missing or Illegal."""
    [order] = db.call(Order, "expire_order", command_id=command_id, order_id=order_id)
    return order
