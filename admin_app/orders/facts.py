"""Facts: all that the details of one order need, read together."""

from typing import NamedTuple
from uuid import UUID

from core.base.errors import Missing
from core.database.gateway import Database
from core.orders import Happening, Order, OrderMoney, PricedLine, order_money, order_story, orders_by_id, priced_lines


class Facts(NamedTuple):
    order: Order
    lines: list[PricedLine]
    money: OrderMoney
    story: list[Happening]


def read_facts(db: Database, order_id: UUID) -> Facts:
    """Read them. Blocks. Raises Missing. Where a step comes in between, the money may be newer than the order, never older."""
    found, lines, story, money = (
        orders_by_id(db, [order_id]), priced_lines(db, order_id), order_story(db, order_id), order_money(db, order_id)
    )  # fmt: skip
    if not found or money is None:
        raise Missing("There is no such order.")
    return Facts(found[0], lines, money, story)
