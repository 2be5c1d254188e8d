"""Orders, as they are read.  SQL twin: core/orders/views.sql."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.database.gateway import Database


class State(StrEnum):
    """Where an order is. From delivered, cancelled and expired there is no way on."""

    AWAITING_PAYMENT = "awaiting_payment"
    PLACED = "placed"
    ACCEPTED = "accepted"
    PREPARING = "preparing"
    READY = "ready"
    OUT = "out"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


RECALLED = "recalled"  # the reason of a step that was taken back


class PayWith(StrEnum):
    """How an order is paid: at once from the wallet, or by card, and the order waits for the money."""

    WALLET = "wallet"
    CARD = "card"


@dataclass(frozen=True)
class Order:
    """One row of the view api.orders: an order as its kitchen sees it, without customer and money."""

    id: UUID
    number: int
    kitchen_id: UUID
    state: State
    version: int
    note: str
    placed_at: datetime
    promised_at: datetime
    changed_at: datetime


@dataclass(frozen=True)
class OrderLine:
    """One row of the view api.order_lines: so many portions of a dish, named as it was named then."""

    order_id: UUID
    dish_id: UUID
    dish: str
    quantity: int
    is_ready: bool


@dataclass(frozen=True)
class PricedLine:
    """One row of the view api.priced_lines: an order line with the price of one portion, in kobo, as it was then."""

    order_id: UUID
    dish_id: UUID
    dish: str
    quantity: int
    unit_price: int


@dataclass(frozen=True)
class PlacedOrder:
    """One row of the view api.placed_orders: what the ordering service gets back. `total` is in kobo; a card order waits until `due_at`."""

    id: UUID
    number: int
    kitchen_id: UUID
    customer_id: UUID
    state: State
    version: int
    total: int
    pay_with: PayWith
    due_at: datetime | None
    placed_at: datetime


@dataclass(frozen=True)
class ListedOrder:
    """One row of the view api.order_list: an order as the office sees it. Amounts in kobo, `dishes` the portions in it.

    `went_back` is what was given back of the total so far; `sort_name` the customer's name as it is searched.
    """

    id: UUID
    number: int
    kitchen_id: UUID
    kitchen: str
    customer_id: UUID
    customer: str
    sort_name: str
    state: State
    pay_with: PayWith
    total: int
    went_back: int
    dishes: int
    placed_at: datetime
    changed_at: datetime


@dataclass(frozen=True)
class OverdueOrder:
    """One row of the view api.overdue_orders: a card order whose time to pay is over."""

    id: UUID
    number: int
    due_at: datetime


@dataclass(frozen=True)
class Step:
    """One row of the view api.order_history: a step of an order, by a person (None: a service, see `login`)."""

    order_id: UUID
    version: int
    state: State
    reason: str | None
    by: str | None
    login: str
    at: datetime


def open_orders(db: Database, kitchen_id: UUID) -> list[Order]:
    """Return a kitchen's orders that are not finished, oldest first."""
    return db.rows(
        Order,
        "api.orders WHERE kitchen_id = %(kitchen_id)s AND state NOT IN ('delivered', 'cancelled', 'expired') ORDER BY placed_at, id",
        kitchen_id=kitchen_id,
    )


def orders_by_id(db: Database, order_ids: list[UUID]) -> list[Order]:
    """Return these orders, finished or not: those of them that are yours, in no order."""
    return db.rows(Order, "api.orders WHERE id = ANY (%(order_ids)s)", order_ids=order_ids)


def order_lines(db: Database, order_id: UUID) -> list[OrderLine]:
    """Return what an order is made of, by dish."""
    return db.rows(OrderLine, "api.order_lines WHERE order_id = %(order_id)s ORDER BY dish, dish_id", order_id=order_id)


def priced_lines(db: Database, order_id: UUID) -> list[PricedLine]:
    """Return what an order is made of and what it cost, by dish. For the office."""
    return db.rows(PricedLine, "api.priced_lines WHERE order_id = %(order_id)s ORDER BY dish, dish_id", order_id=order_id)


def order_history(db: Database, order_id: UUID) -> list[Step]:
    """Return the steps an order took, oldest first."""
    return db.rows(Step, "api.order_history WHERE order_id = %(order_id)s ORDER BY version", order_id=order_id)


def overdue_orders(db: Database) -> list[OverdueOrder]:
    """Return up to 100 card orders whose time to pay is over, the longest overdue first. The worker ends them."""
    return db.rows(OverdueOrder, "api.overdue_orders ORDER BY due_at LIMIT 100")
