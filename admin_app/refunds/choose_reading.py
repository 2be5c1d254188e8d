"""Reading what can be chosen for a refund: orders by number or id, with what is left of each line, and how many are like a rule."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from admin_app.refunds.choose_scope import RuleScope
from core.database.gateway import Database
from core.orders import ListedOrder, PayWith, State, orders
from core.refunds import RefundableLine, refundable_lines

UNCOOKED = frozenset({State.PLACED, State.ACCEPTED})  # refunded whole, and so cancelled
MOST_COUNTED = 500

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Found:
    """An order, and what is left of its lines."""

    order: ListedOrder
    lines: list[RefundableLine]

    @property
    def left(self) -> int:
        """What can still be given back, in kobo."""
        return sum(line.left_there * line.unit_price for line in self.lines)

    @property
    def is_uncooked(self) -> bool:
        return self.order.state in UNCOOKED

    @property
    def by_card(self) -> bool:
        return self.order.pay_with is PayWith.CARD

    @property
    def why_nothing(self) -> str:
        """Say why nothing of it can be refunded; "" where something can."""
        if self.left:
            return ""
        if self.order.state in (State.AWAITING_PAYMENT, State.EXPIRED):
            return translate("refunds", "It was not paid.")
        if any(line.reserved for line in self.lines):
            return translate("refunds", "It is in another refund under way.")
        if any(line.refunded for line in self.lines):
            return translate("refunds", "All of it was refunded before.")
        if self.order.went_back:
            return translate("refunds", "Its money went back when it was cancelled.")
        return translate("refunds", "Nothing was paid for it.")


def numbers_in(typed: str) -> list[int]:
    """Read order numbers: "1042, #1043 1044". Raises ValueError with a sentence where something else stands there."""
    found: list[int] = []
    for part in re.split(r"[\s,;]+", typed.strip()):
        if not re.fullmatch(r"#?[1-9][0-9]{0,17}", part, re.ASCII):
            raise ValueError(translate("refunds", "“{part}” is no order number.").format(part=part[:40]))
        found.append(int(part.lstrip("#")))
    return list(dict.fromkeys(found))


def find_numbers(db: Database, numbers: Sequence[int]) -> tuple[list[Found], list[int]]:
    """Read the orders with these numbers, and tell which numbers no order has. Blocks."""
    read = {number: orders(db, str(number), limit=1) for number in numbers}
    return [_with_lines(db, each) for found in read.values() for each in found], [number for number, found in read.items() if not found]


def find_ids(db: Database, order_ids: Sequence[UUID]) -> list[Found]:
    """Read these orders, in the order in which they are asked for. Blocks."""
    by_id = {each.id: each for each in orders(db, order_ids=list(order_ids), limit=len(order_ids))}
    return [_with_lines(db, by_id[order_id]) for order_id in order_ids if order_id in by_id]


def count_like(db: Database, rule: RuleScope) -> int:
    """Count the orders that are like a rule now, up to 501 in each state. Blocks."""
    pay_with = PayWith(rule.pay_with) if rule.pay_with else None
    most = MOST_COUNTED + 1
    return sum(
        len(orders(db, "", rule.kitchen_id, state, rule.since, rule.until, pay_with, limit=most))
        for state in rule.order_states or (None,)
    )


def _with_lines(db: Database, order: ListedOrder) -> Found:
    return Found(order, refundable_lines(db, order.id))
