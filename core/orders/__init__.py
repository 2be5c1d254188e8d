"""Orders: what customers asked for, from placing to the door.  SQL twins: core/orders/*.sql."""

from core.orders.listing import orders
from core.orders.place import place_order
from core.orders.steps import advance_order, cancel_order, start_cooking
from core.orders.views import (
    ListedOrder,
    Order,
    OrderLine,
    PlacedOrder,
    PricedLine,
    State,
    Step,
    open_orders,
    order_history,
    order_lines,
    priced_lines,
)

__all__ = [
    "ListedOrder", "Order", "OrderLine", "PlacedOrder", "PricedLine", "State", "Step", "advance_order", "cancel_order",
    "open_orders", "order_history", "order_lines", "orders", "place_order", "priced_lines", "start_cooking",
]  # fmt: skip
