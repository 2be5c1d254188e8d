"""The book: the kitchen's open orders as they were read last, and what changed in them since. It asks nobody and draws nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from core.base.words import plain
from core.orders import RECALLED, Order, OrderLine, QueuedOrder, State
from core.qt.line import LineState
from core.staff import Me, Role
from kitchen_app.orders import words

LANES = (State.PLACED, State.ACCEPTED, State.PREPARING, State.READY, State.OUT)
BACK = {State.ACCEPTED: State.PLACED, State.READY: State.PREPARING, State.OUT: State.READY}  # the steps that can be taken back
IN_TIME = timedelta(minutes=2)  # the verb's own limit
FRESH = timedelta(seconds=20)  # how long a card says that somebody else changed it


@dataclass(frozen=True)
class Entry:
    """One order, and what it is made of."""

    order: QueuedOrder
    dishes: tuple[OrderLine, ...]

    def holds(self, searched: Sequence[str]) -> bool:
        """Say whether its number, a dish or its note holds every word."""
        there = plain(f"{self.order.number} {' '.join(line.dish for line in self.dishes)} {self.order.note}")
        return all(word in there for word in searched)


class News(NamedTuple):
    """What somebody else did to an order, in words, and when it was seen here."""

    words: str
    at: datetime


class Book:
    """All orders of one kitchen by their id, oldest promise first."""

    def __init__(self, me: Me, line: LineState) -> None:
        """`line` tells the time."""
        self.me, self.line = me, line
        self.entries: dict[UUID, Entry] = {}
        self.read_at: datetime | None = None
        self._news: dict[UUID, News] = {}
        self._own: set[tuple[UUID, int]] = set()  # the steps taken at this counter, by order and version

    def take(self, orders: Iterable[QueuedOrder], dishes: Iterable[OrderLine]) -> None:
        """Take in how the queue stands now."""
        lines: dict[UUID, list[OrderLine]] = {}
        for line in dishes:
            lines.setdefault(line.order_id, []).append(line)
        before, found = self.entries, sorted(orders, key=lambda order: (order.promised_at, order.number))
        self.entries = {order.id: Entry(order, tuple(lines.get(order.id, ()))) for order in found}
        self.read_at = self.line.now()
        for order in found:
            old = before.get(order.id)
            if old and old.order.version != order.version:
                self._news[order.id] = News(words.who_did(order), self.read_at)
        self._own = {(order_id, version) for order_id, version in self._own if order_id in self.entries}

    def step(self, done: Order, reason: str | None = None) -> None:
        """Take in the answer to a step taken here, before the queue is read again; if it was already, it is no news."""
        self._own.add((done.id, done.version))
        self._news.pop(done.id, None)
        entry = self.entries.get(done.id)
        if entry and entry.order.version < done.version:
            mine = replace(
                entry.order, state=done.state, version=done.version, changed_at=done.changed_at, came_from=entry.order.state,
                changed_by=self.me.name, changed_by_id=self.me.person_id, reason=reason,
            )  # fmt: skip
            self.entries[done.id] = replace(entry, order=mine)

    def tick(self, order_id: UUID, dish_id: UUID, ready: bool) -> None:
        """Take in that a dish was ticked off here, or not ready after all."""
        if entry := self.entries.get(order_id):
            dishes = tuple(replace(line, is_ready=ready) if line.dish_id == dish_id else line for line in entry.dishes)
            self.entries[order_id] = replace(entry, dishes=dishes)

    def is_own(self, order: QueuedOrder) -> bool:
        """Say whether its newest step was taken at this counter, since the program began."""
        return (order.id, order.version) in self._own

    def find(self, order_id: UUID) -> QueuedOrder | None:
        entry = self.entries.get(order_id)
        return entry.order if entry else None

    def lane(self, state: State, text: str = "") -> list[Entry]:
        """Return the orders in one state that hold what is searched for."""
        searched = plain(text).split()
        return [entry for entry in self.entries.values() if entry.order.state is state and entry.holds(searched)]

    def cancelled(self) -> list[Entry]:
        """Return what was cancelled in the last hour, the newest first."""
        found = [entry for entry in self.entries.values() if entry.order.state is State.CANCELLED]
        return sorted(found, key=lambda entry: entry.order.changed_at, reverse=True)

    def news(self, order: QueuedOrder) -> str:
        """Say what somebody else did to it a moment ago; "" when nobody did."""
        told = self._news.get(order.id)
        return told.words if told and self.line.now() - told.at < FRESH else ""

    def can_recall(self, order: QueuedOrder) -> bool:
        """Offer only what the verb would do: within two minutes, one's own step or any as manager, and no step back."""
        mine = order.changed_by_id == self.me.person_id or self.me.role == Role.KITCHEN_MANAGER
        return order.state in BACK and order.reason != RECALLED and mine and self.line.now() - order.changed_at < IN_TIME
