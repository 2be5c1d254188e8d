"""What was asked of the server about orders, read back from what was kept on disk: in words.  Stock's: kitchen_app/stock/asked.py."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from core.orders import Order, QueuedOrder, State
from core.qt.reasons import reason
from core.qt.states import state_word

KINDS = frozenset({"advance_order", "start_cooking", "recall_order", "mark_dish_ready", "cancel_order"})  # the verbs this file can say

translate = QCoreApplication.translate


def order_id(args: dict[str, Any]) -> UUID:
    """Return which order it was about."""
    return UUID(args["order_id"])


def sentence(verb: str, args: dict[str, Any], orders: Callable[[UUID], QueuedOrder | Order | None]) -> str:
    """Say what was asked: "Order 1042: accepted". `orders` finds an order by its id, if it is known here."""
    order = orders(order_id(args))
    about = translate("asked", "Order {number}").format(number=order.number) if order else translate("asked", "An order")
    return f"{about}: {_asked(verb, args)}"


def _asked(verb: str, args: dict[str, Any]) -> str:
    if verb == "advance_order":
        return state_word(State(args["state"])).lower()
    if verb == "cancel_order":
        return translate("asked", "cancelled, {reason}").format(reason=reason(args["reason"]))
    if verb == "mark_dish_ready":
        return translate("asked", "a dish is ready") if args["is_ready"] else translate("asked", "a dish is not ready after all")
    return {
        "start_cooking": translate("asked", "cooking started"),
        "recall_order": translate("asked", "last step taken back"),
    }[verb]
