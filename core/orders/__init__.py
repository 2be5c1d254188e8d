"""Orders: what customers asked for, from placing to the door.  SQL twins: core/orders/*.sql."""

from core.orders.day import OrderHour, order_hours
from core.orders.listing import orders
from core.orders.place import place_order
from core.orders.queue import OrderMoney, QueuedOrder, mark_dish_ready, order_money, queue, queue_lines, recall_order
from core.orders.steps import advance_order, cancel_order, expire_order, start_cooking
from core.orders.story import Happening, Told, order_story
from core.orders.views import (
    RECALLED,
    ListedOrder,
    Order,
    OrderLine,
    OverdueOrder,
    PayWith,
    PlacedOrder,
    PricedLine,
    State,
    Step,
    open_orders,
    order_history,
    order_lines,
    orders_by_id,
    overdue_orders,
    priced_lines,
)

__all__ = [
    "RECALLED", "Happening", "ListedOrder", "Order", "OrderHour", "OrderLine", "OrderMoney", "OverdueOrder", "PayWith", "PlacedOrder",
    "PricedLine", "QueuedOrder", "State", "Step", "Told", "advance_order", "cancel_order", "expire_order", "mark_dish_ready",
    "open_orders", "order_history", "order_hours", "order_lines", "order_money", "order_story", "orders", "orders_by_id",
    "overdue_orders", "place_order", "priced_lines", "queue", "queue_lines", "recall_order", "start_cooking",
]  # fmt: skip
