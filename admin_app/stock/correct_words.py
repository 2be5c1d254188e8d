"""Words: how many corrections at once are said: what each shelf gains or loses, which orders are left short, and for what reason."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from core.base.quantity import shown, signed
from core.base.words import plain
from core.orders import Order, State

FAR = datetime.max.replace(tzinfo=UTC)

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Corrected:
    """One shelf of a correction: how it stood when it was looked at, and what it is set to, in smallest units.

    `leaves_short`: an order could not be cooked any more because of it.
    """

    id: UUID
    name: str
    unit: str
    unit_size: int
    was: int
    on_hand: int
    leaves_short: bool

    @property
    def change(self) -> int:
        return self.on_hand - self.was

    def amount(self, quantity: int) -> str:
        return f"{shown(quantity, self.unit_size)} {self.unit}"

    @property
    def change_word(self) -> str:
        return f"{signed(self.change, self.unit_size)} {self.unit}"


@dataclass(frozen=True)
class ShortOrder:
    """An order that could not be cooked any more. Of one that nobody could look up only the number is known."""

    id: UUID
    number: int
    needs: str
    promised_at: datetime | None
    state: State | None

    @property
    def is_paid(self) -> bool:
        return self.state is not State.AWAITING_PAYMENT


def corrected(impact: Mapping[str, Any]) -> list[Corrected]:
    """Read the shelves of an impact (core/proposals/preview.py), by name."""
    short = {part["item"] for order in impact["short"] for part in order["items"]}
    found = [
        Corrected(UUID(each["item"]), each["name"], each["unit"], each["unit_size"], each["was"], each["on_hand"], each["item"] in short)
        for each in impact["items"]
    ]  # fmt: skip
    return sorted(found, key=lambda each: (plain(each.name), str(each.id)))


def short_orders(impact: Mapping[str, Any], orders: Collection[Order]) -> list[ShortOrder]:
    """Read the orders that an impact leaves short, as they are promised."""
    items, by_id = {each.id: each for each in corrected(impact)}, {order.id: order for order in orders}
    found = []
    for each in impact["short"]:
        needs = [(items[UUID(part["item"])], part["amount"]) for part in each["items"] if UUID(part["item"]) in items]
        order = by_id.get(UUID(each["order_id"]))
        said = ", ".join(f"{item.amount(amount)} {item.name}" for item, amount in needs)
        promised = order.promised_at if order else None
        found.append(ShortOrder(UUID(each["order_id"]), each["number"], said, promised, order.state if order else None))
    return sorted(found, key=lambda each: (each.promised_at or FAR, each.number))


def ids_of_short(impact: Mapping[str, Any]) -> list[UUID]:
    return [UUID(each["order_id"]) for each in impact["short"]]


def items_word(count: int) -> str:
    return translate("stock", "1 item") if count == 1 else translate("stock", "{n} items").format(n=f"{count:,}")


def orders_word(count: int) -> str:
    return translate("stock", "1 order") if count == 1 else translate("stock", "{n} orders").format(n=f"{count:,}")


def act_words(items: int, short: int) -> str:
    """Say what confirming does: "Correct 12 items and leave 3 orders short"."""
    if not short:
        return translate("stock", "Correct {items}").format(items=items_word(items))
    words = translate("stock", "Correct {items} and\nleave {orders} short")
    return words.format(items=items_word(items), orders=orders_word(short))


def left_words(orders: Sequence[ShortOrder], as_of: str) -> str:
    """Say the same of figures that no longer hold."""
    if not orders:
        return translate("stock", "{as_of} no order would have been left short").format(as_of=as_of)
    words = translate("stock", "{as_of} it would have left {orders} short")
    return words.format(as_of=as_of, orders=orders_word(len(orders)))


def leaves_words(orders: Sequence[ShortOrder]) -> str:
    """Say how many orders a correction would leave short; one that waits for its money is not called paid."""
    unpaid = sum(not order.is_paid for order in orders)
    if not orders:
        return translate("stock", "No order is left short")
    if not unpaid:
        one = translate("stock", "This leaves 1 paid order short")
        return one if len(orders) == 1 else translate("stock", "This leaves {n} paid orders short").format(n=f"{len(orders):,}")
    words = translate("stock", "This leaves {orders} short, {n} of them not paid yet")
    return words.format(orders=orders_word(len(orders)), n=unpaid)


def ways_word(shelves: Sequence[Corrected]) -> str:
    """Say how many shelves gain and how many lose: "2 more, 5 less"."""
    gain, lose = sum(each.change > 0 for each in shelves), sum(each.change < 0 for each in shelves)
    said = (
        (gain, translate("stock", "{n} more")),
        (lose, translate("stock", "{n} less")),
        (len(shelves) - gain - lose, translate("stock", "{n} the same")),
    )
    return ", ".join(words.format(n=f"{count:,}") for count, words in said if count)


def reason_word(code: str | None) -> str:
    """Say why shelves were corrected; core.proposals.REASONS has the codes."""
    return {
        None: "",
        "miscounted": translate("stock", "Counted wrong before"),
        "spoiled": translate("stock", "Spoiled"),
        "lost": translate("stock", "Lost or stolen"),
        "moved": translate("stock", "Moved to another place"),
        "other": translate("stock", "Something else"),
    }.get(code, str(code))
