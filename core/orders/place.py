"""Placing an order.  SQL twin: core/orders/place.sql."""

from uuid import UUID

from core.database.gateway import Database
from core.orders.views import PayWith, PlacedOrder


def place_order(
    db: Database,
    command_id: UUID,
    kitchen_id: UUID,
    customer_id: UUID,
    dish_ids: list[UUID],
    quantities: list[int],
    note: str,
    pay_with: PayWith = PayWith.WALLET,
) -> PlacedOrder:
    """Place an order and return it; its id is the command's, and that of its payment. The lists run side by side: a dish, its portions.

    What the recipes take is held at once; a wallet order is paid at once, a card order waits for its payment until `due_at`.
    Raises Short (facts["items"]: every item that is short), Unfunded (facts["available"], kobo), Frozen, Missing (no such
    kitchen or customer, or a dish it does not sell) or Invalid (the basket). Nothing is kept then.
    """
    [order] = db.call(
        PlacedOrder, "place_order", command_id=command_id, kitchen_id=kitchen_id, customer_id=customer_id, dish_ids=dish_ids,
        quantities=quantities, note=note, pay_with=pay_with,
    )  # fmt: skip
    return order
