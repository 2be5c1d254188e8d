"""Written: an order's story as lines of text, to be read out or sent on the phone, and as rows of a file."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from admin_app.exporting import full_time, plain_naira
from admin_app.orders import telling
from admin_app.orders.moments import Day, Entry, Gap, Moment
from core.orders import Happening, ListedOrder, Order
from core.qt.line import moment
from core.qt.states import state_word

translate = QCoreApplication.translate


def as_text(order: ListedOrder, facts: Order, entries: Sequence[Entry], now: datetime) -> str:
    """Write the story as text: what it is of, then a line for each moment. It names no customer: it may be sent to anybody."""
    head = translate("story", "Order {number}, {kitchen}: {state}")
    promise = translate("story", "Placed {placed}, promised for {promised}")
    return "\n".join([
        head.format(number=order.number, kitchen=order.kitchen, state=state_word(facts.state)),
        promise.format(placed=moment(facts.placed_at, now), promised=moment(facts.promised_at, now)),
        *map(_line, entries),
    ])  # fmt: skip


def _line(entry: Entry) -> str:
    if isinstance(entry, Gap):
        return f"… {entry.words}"
    if isinstance(entry, Day):
        return f"— {entry.words}"
    return f"{entry.when} {said(entry)}"


def said(moment: Moment) -> str:
    """Say all of a moment but its time, in one line."""
    with_items = (f"{line.words} ({', '.join(line.items)})" if line.items else line.words for line in moment.lines)
    told = "; ".join(filter(None, [moment.title, moment.mark, *with_items]))
    reason = f" “{moment.reason}”" if moment.reason else ""
    return f"{told}. {moment.who}{reason}".strip()


def happening_titles() -> list[str]:
    """Return the titles of what happening_cells() writes."""
    return [
        translate("story", "Time"), translate("story", "What"), translate("story", "Naira"), translate("story", "Items"),
        translate("story", "Person"), translate("story", "Login"), translate("story", "Reason"),
    ]  # fmt: skip


def happening_cells(told: Happening) -> list[str]:
    """Write a thing that happened for a file: the amount as a plain figure where it is naira, the time in full."""
    foreign = (told.facts or {}).get("currency", telling.OURS) != telling.OURS
    naira = "" if told.amount is None or foreign else plain_naira(told.amount)
    return [
        full_time(told.at), telling.what(told), naira, ", ".join(telling.items(told)), told.by or "", told.login, telling.why(told),
    ]  # fmt: skip
