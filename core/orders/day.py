"""Orders by the hour, on each of the last eight days.  SQL twin: core/orders/day.sql."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from core.database.gateway import Database
from core.orders.views import State


@dataclass(frozen=True)
class OrderHour:
    """One row of the view api.order_hours: the orders placed in one hour of a day that are in one state now, and what they paid (kobo).

    `day` is when that day began in Lagos; today is 0 days ago. "So far" counts what was placed by this time of that day.
    """

    days_ago: int
    day: datetime
    hour: int
    state: State
    orders: int
    paid: int
    orders_so_far: int
    paid_so_far: int


def order_hours(db: Database, days: Collection[int]) -> list[OrderHour]:
    """Return the hours of these days (0 to 7 days ago) in which something was placed. Each day costs its own orders."""
    return db.rows(
        OrderHour, "api.order_hours WHERE days_ago = ANY (%(days)s) ORDER BY days_ago DESC, hour, state", days=list(days)
    )  # fmt: skip
