"""The kitchen's queue: what it works on, dish by dish, and taking a wrong step back.  SQL twins: core/orders/queue.sql, views.sql."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.database.gateway import Database
from core.orders.views import Order, OrderLine, PayWith, State


@dataclass(frozen=True)
class QueuedOrder:
    """One row of the view api.queue: an order with its newest step, who took it (None: a service) and the state it came from.

    A card order waits for its money until `due_at`. `reason` is that of the newest step: why it was cancelled, or "recalled".
    """

    id: UUID
    number: int
    kitchen_id: UUID
    state: State
    version: int
    note: str
    placed_at: datetime
    promised_at: datetime
    due_at: datetime | None
    changed_at: datetime
    came_from: State | None
    changed_by: str | None
    changed_by_id: UUID | None
    reason: str | None


@dataclass(frozen=True)
class OrderMoney:
    """One row of the view api.order_money, in kobo. `gives_back` is what cancelling the order now would give back to its wallet.

    `may_cancel`: whoever asks may cancel it now. `reserved` is set aside for a refund that was confirmed. A card order waits for its
    money until `due_at`.
    """

    order_id: UUID
    total: int
    paid: int
    reversed: int
    refunded: int
    reserved: int
    gives_back: int
    may_cancel: bool
    pay_with: PayWith
    due_at: datetime | None

    @property
    def left(self) -> int:
        """What was paid and is still ours: what a refund could give back."""
        return self.paid - self.reversed - self.refunded - self.reserved


def queue(db: Database, kitchen_id: UUID) -> list[QueuedOrder]:
    """Return a kitchen's orders that are not finished, and those cancelled in the last hour; oldest first."""
    return db.rows(QueuedOrder, "api.queue WHERE kitchen_id = %(kitchen_id)s ORDER BY placed_at, id", kitchen_id=kitchen_id)


def queue_lines(db: Database, kitchen_id: UUID) -> list[OrderLine]:
    """Return what the orders of queue() are made of, by order and dish."""
    return db.rows(
        OrderLine,
        # an array, not IN: a join could not use the index behind the view's barrier, and would read all lines of all days
        "api.order_lines WHERE order_id = ANY (ARRAY(SELECT q.id FROM api.queue AS q WHERE q.kitchen_id = %(kitchen_id)s))"
        " ORDER BY order_id, dish, dish_id",
        kitchen_id=kitchen_id,
    )


def order_money(db: Database, order_id: UUID) -> OrderMoney | None:
    """Return what an order paid and what went back; None when it is not yours. For managers and the office."""
    found = db.rows(OrderMoney, "api.order_money WHERE order_id = %(order_id)s", order_id=order_id)
    return found[0] if found else None


def recall_order(db: Database, command_id: UUID, order_id: UUID, seen_version: int) -> Order:
    """Take the newest step back (accepted, ready or out), within two minutes, one's own or any as manager."""
    [order] = db.call(Order, "recall_order", command_id=command_id, order_id=order_id, seen_version=seen_version)
    return order


def mark_dish_ready(db: Database, command_id: UUID, order_id: UUID, dish_id: UUID, is_ready: bool) -> Order:
    """Say that one dish of an order being prepared is ready, or not ready after all. Never stale."""
    [order] = db.call(Order, "mark_dish_ready", command_id=command_id, order_id=order_id, dish_id=dish_id, is_ready=is_ready)
    return order
