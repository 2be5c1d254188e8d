"""Changes of stock. Each returns the movement it wrote.  SQL twin: core/stock/change.sql.

Amounts are in the item's smallest unit. Relative changes (delivery, waste, undo) are never stale; absolute statements
(count, correction) hold for the version that was seen.
"""

from uuid import UUID

from core.database.gateway import Database
from core.stock.views import Movement


def receive_stock(db: Database, command_id: UUID, item_id: UUID, quantity: int, note: str) -> Movement:
    """Put a delivery on the shelf. Raises Missing (not in your kitchen) or Invalid (not above zero, or far too much)."""
    [movement] = db.call(Movement, "receive_stock", command_id=command_id, item_id=item_id, quantity=quantity, note=note)
    return movement


def waste_stock(db: Database, command_id: UUID, item_id: UUID, quantity: int, reason: str, note: str) -> Movement:
    """Take what was spoiled, spilled or eaten off the shelf. Raises Missing, Short (more than is there) or Invalid."""
    [movement] = db.call(
        Movement, "waste_stock", command_id=command_id, item_id=item_id, quantity=quantity, reason=reason, note=note
    )
    return movement


def count_stock(db: Database, command_id: UUID, item_id: UUID, counted: int, seen_version: int, note: str) -> Movement:
    """State what was counted on the shelf.

    Raises Missing, Invalid, or Stale: the shelf changed since `seen_version`, also when it is back at the same amount.
    Then facts are {"item", "on_hand", "held", "version", "at", "movements": [{"number", "kind", "change", "on_hand",
    "order_number", "by", "reason", "at"}, …], "more"}: the newest 20 movements of the shelf since, oldest first.
    """
    [movement] = db.call(
        Movement, "count_stock", command_id=command_id, item_id=item_id, counted=counted, seen_version=seen_version, note=note
    )
    return movement


def correct_stock(
    db: Database, command_id: UUID, item_id: UUID, on_hand: int, seen_version: int, reason: str, note: str
) -> Movement:
    """Set the figure right without having counted; managers only. Raises as count_stock does."""
    [movement] = db.call(
        Movement, "correct_stock", command_id=command_id, item_id=item_id, on_hand=on_hand, seen_version=seen_version,
        reason=reason, note=note,
    )  # fmt: skip
    return movement


def undo_stock(db: Database, command_id: UUID, item_id: UUID, number: int) -> Movement:
    """Take movement `number` back by a movement the other way: once, within ten minutes, one's own or any as manager.

    Raises Missing, Forbidden (somebody else's), Illegal (undone already, too old, an order's) or Short.
    """
    [movement] = db.call(Movement, "undo_stock", command_id=command_id, item_id=item_id, number=number)
    return movement
