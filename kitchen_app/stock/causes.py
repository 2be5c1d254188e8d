"""What a stale answer tells: how the shelf stands now, and who or what moved it since.  Facts: count_stock in core/stock/change.py."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication

from core.qt.texts import cut
from core.stock import Item, Kind
from kitchen_app.stock import words

MOST_CAUSES, MOST_ORDERS = 3, 3  # named; the others are counted
LONGEST_NAME = 30  # signs

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Now:
    """How the shelf stands now (smallest units, UTC), and the causes in words, oldest first."""

    on_hand: int
    version: int
    at: datetime
    causes: list[str]


@dataclass
class _Cause:
    """Movements of one kind, by one person, for one reason."""

    kind: str
    by: str
    reason: str
    orders: list[int]
    count: int = 0
    change: int = 0


def read(facts: dict[str, Any], item: Item) -> Now:
    """Read the facts of a Stale."""
    causes = _grouped(facts["movements"])
    hidden = causes[:-MOST_CAUSES]
    more = facts["more"] + sum(cause.count for cause in hidden)
    told = [_say(cause, item) for cause in causes[-MOST_CAUSES:]]
    if more:
        told.append(translate("stock", "and {n} more").format(n=more))
    return Now(facts["on_hand"], facts["version"], datetime.fromisoformat(facts["at"]), told)


def _grouped(movements: Sequence[dict[str, Any]]) -> list[_Cause]:
    """Put together what belongs together: all that was cooked; what one person did of one kind, for one reason."""
    causes: dict[tuple[str, ...], _Cause] = {}
    for moved in movements:
        kind, by, reason = moved["kind"], moved["by"] or translate("stock", "a service"), moved["reason"] or ""
        key = (kind,) if kind == Kind.USE else (kind, by, reason)
        cause = causes.setdefault(key, _Cause(kind, by, reason, []))
        cause.count += 1
        cause.change += moved["change"]
        if moved["order_number"]:
            cause.orders.append(moved["order_number"])
    return list(causes.values())


def _say(cause: _Cause, item: Item) -> str:
    if cause.kind == Kind.USE:
        said = translate("stock", "Cooked for {orders}").format(orders=_orders(cause.orders))
    else:
        by = {
            Kind.DELIVERY: translate("stock", "Delivery by {name}"),
            Kind.COUNT: translate("stock", "Count by {name}"),
            Kind.CORRECTION: translate("stock", "Correction by {name}"),
            Kind.UNDO: translate("stock", "Undone by {name}"),
        }
        said = by.get(Kind(cause.kind), "{name}").format(name=cut(cause.by, LONGEST_NAME))
    why = f", {words.reason(cause.reason).lower()}" if cause.reason else ""
    by_how_much = words.change(cause.change, item).replace(" ", "\u00a0")  # not parted at the end of a line
    return f"{said}{why} ({by_how_much})"


def _orders(numbers: list[int]) -> str:
    named = ", ".join(map(str, numbers[:MOST_ORDERS]))
    more = len(numbers) - MOST_ORDERS
    return translate("stock", "{orders} and {n} more").format(orders=named, n=more) if more > 0 else named
