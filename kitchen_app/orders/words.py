"""Orders in words: where one is, its clock, its next step, who took the last one.  Facts: core/orders/queue.py."""

from datetime import datetime, timedelta
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from core.orders import RECALLED, QueuedOrder, State
from core.qt.line import clock as time_of_day
from core.qt.reasons import reason
from core.qt.states import state_word

IN_THE_KITCHEN = frozenset({State.PLACED, State.ACCEPTED, State.PREPARING, State.READY})
MINUTE = timedelta(minutes=1)

translate = QCoreApplication.translate


class Late(NamedTuple):
    """By how many whole minutes the promise is broken, and whether it is "late", or "very_late": twice the time that was promised."""

    minutes: int
    level: str


class Clock(NamedTuple):
    """What the clock of an order says, and in which tone: None, "warn" or "danger"."""

    text: str
    tone: str | None


class NextStep(NamedTuple):
    """Where an order goes next, and the word on the button that takes it there."""

    state: State
    act: str


def late(order: QueuedOrder, now: datetime) -> Late | None:
    """Say how late an order is; None while there is time, and as soon as it has left the kitchen: the promise is the kitchen's."""
    minutes = (now - order.promised_at) // MINUTE
    if order.state not in IN_THE_KITCHEN or minutes < 1:
        return None
    twice = now - order.placed_at >= 2 * (order.promised_at - order.placed_at)
    return Late(minutes, "very_late" if twice else "late")


def clock(order: QueuedOrder, now: datetime) -> Clock:
    """Say how long ago an order was placed, or how late it is; of one that is not paid until when, of a cancelled one since when."""
    if order.state is State.AWAITING_PAYMENT and order.due_at:
        if now >= order.due_at:
            return Clock(translate("orders", "Time to pay is over"), "warn")
        return Clock(translate("orders", "Pays until {time}").format(time=time_of_day(order.due_at)), None)
    if order.state in (State.CANCELLED, State.EXPIRED, State.DELIVERED):
        return Clock(translate("orders", "at {time}").format(time=time_of_day(order.changed_at)), None)
    if found := late(order, now):
        tone = "danger" if found.level == "very_late" else "warn"
        return Clock(translate("orders", "Late {time}").format(time=_span(found.minutes)), tone)
    minutes = (now - order.placed_at) // MINUTE
    return Clock(_span(minutes) if minutes > 0 else translate("orders", "Just now"), None)  # also when the server's clock is ahead


def next_step(order: QueuedOrder) -> NextStep | None:
    """Return the kitchen's next step; None when it has none to take."""
    return {
        State.PLACED: NextStep(State.ACCEPTED, translate("orders", "Accept")),
        State.ACCEPTED: NextStep(State.PREPARING, translate("orders", "Start cooking")),
        State.PREPARING: NextStep(State.READY, translate("orders", "Ready")),
        State.READY: NextStep(State.OUT, translate("orders", "Out")),
        State.OUT: NextStep(State.DELIVERED, translate("orders", "Delivered")),
    }.get(order.state)


def who_did(order: QueuedOrder) -> str:
    """Say who took the newest step, and when: "Accepted by Bisi, 12:41"; of a cancelled order why: "Cancelled by Bisi: no gas"."""
    if order.changed_by is None:
        said = _by_a_service(order)
    elif order.reason == RECALLED:
        said = translate("orders", "Taken back by {name}, {time}")
    else:
        said = {
            State.ACCEPTED: translate("orders", "Accepted by {name}, {time}"),
            State.PREPARING: translate("orders", "Cooking started by {name}, {time}"),
            State.READY: translate("orders", "Made ready by {name}, {time}"),
            State.OUT: translate("orders", "Sent out by {name}, {time}"),
            State.DELIVERED: translate("orders", "Called delivered by {name}, {time}"),
            State.CANCELLED: translate("orders", "Cancelled by {name}: {reason}"),
        }.get(order.state, translate("orders", "Changed by {name}, {time}"))
    return said.format(name=order.changed_by, time=time_of_day(order.changed_at), reason=reason(order.reason or ""))


def _by_a_service(order: QueuedOrder) -> str:
    """Say what no person did: placed and paid, cancelled or delivered by the customers' side."""
    if order.state is State.PLACED and order.came_from is State.AWAITING_PAYMENT:
        return translate("orders", "Paid by card, {time}")
    if order.state is State.CANCELLED:
        return translate("orders", "Cancelled by the ordering service: {reason}")
    return f"{state_word(State.PLACED if order.state is State.AWAITING_PAYMENT else order.state)}, {{time}}"


def _span(minutes: int) -> str:
    """Write a stretch of time: "12 min", "1 h 5 min"."""
    if minutes < 60:
        return translate("orders", "{n} min").format(n=minutes)
    return translate("orders", "{h} h {n} min").format(h=minutes // 60, n=minutes % 60)
