"""The crew: cooks move the orders on, managers call one off now and then and take deliveries. Everybody with a login of their own.

An order rests for a while before each step, so a kitchen has between ten and twenty-five of them open, and the newest lie there
for whoever stands at a window.
"""

from collections import Counter
from collections.abc import Callable
from functools import partial
from random import Random
from typing import NamedTuple
from uuid import UUID

from core.base.errors import Illegal, Short, Stale, TooFast
from core.base.identifiers import new_id
from core.database.gateway import Database
from core.demo.errands import Errands
from core.demo.opening import kitchen_id
from core.demo.tally import Tally
from core.orders import State, advance_order, cancel_order, mark_dish_ready, start_cooking
from core.stock import items, receive_stock

PATH = (  # each step of an order, and how many seconds after the one before, at an even pace
    (State.ACCEPTED, 12.0, 26.0), (State.PREPARING, 4.0, 12.0), (State.READY, 14.0, 30.0), (State.OUT, 4.0, 12.0),
    (State.DELIVERED, 8.0, 20.0),
)  # fmt: skip
PACE = (0.5, 1.5)
FORGOTTEN, SLOW = 0.005, 40.0  # of the orders, and how many times as long they take: later than was promised
CALLED_OFF = 0.05  # of the orders, by the manager, once they were accepted
GIVEN_UP = 0.03  # of those that are being cooked: the office decides about their money
MOST_CALLED_OFF = 8  # by one manager; a person has twenty a day, and the rest is for whoever stands at the window
# As they are given at a window.
REASONS = ("Kitchen cannot cook it now: the gas is out", "Customer asked: wrong address", "Duplicate order", "Out of stock")
SHELVES_SEEN_EVERY = 6.0  # seconds
DELIVERY_TAKES = (10.0, 25.0)


class Ticket(NamedTuple):
    """An order as the crew has it: the version they saw last. The `pace` stretches every rest; at 0 all happens at once."""

    kitchen: str
    order_id: UUID
    version: int
    dishes: list[UUID]
    pace: float


class Crew:
    """Works through errands; what somebody at a window took on is theirs from then on."""

    def __init__(
        self,
        cooks: dict[str, Database],
        managers: dict[str, Database],
        errands: Errands,
        tally: Tally,
        chance: Random,
        delivered: Callable[[UUID], None] = lambda order_id: None,
    ) -> None:
        """`cooks` and `managers` by kitchen; `delivered` hears of each order that came to its customer."""
        self._cooks, self._managers = cooks, managers
        self._errands, self._tally, self._chance = errands, tally, chance
        self._delivered = delivered
        self._called_off: Counter[str] = Counter()
        self._expected: set[UUID] = set()  # items that a delivery is on the road for

    def start(self) -> None:
        for kitchen in self._managers:
            self._errands.do_in(SHELVES_SEEN_EVERY, partial(self._look_at_shelves, kitchen))

    def pace(self) -> float:
        """Return how an order will be dealt with: sooner, later, or forgotten for a long time."""
        return SLOW if self._chance.random() < FORGOTTEN else self._chance.uniform(*PACE)

    def take(self, ticket: Ticket, step: int = 0) -> None:
        """See to an order from this step of its path on."""
        state, soonest, latest = PATH[step]
        seconds = ticket.pace * self._chance.uniform(soonest, latest)
        if state is State.PREPARING and ticket.pace and self._is_called_off(ticket):
            reason = self._chance.choice(REASONS)
            self._errands.do_in(seconds, partial(self._call_off, new_id(), ticket, reason, step))
            return
        if state is State.READY and ticket.pace and self._chance.random() < GIVEN_UP and self._is_called_off(ticket, 1):
            self._errands.do_in(seconds, partial(self._call_off, new_id(), ticket, REASONS[0], step))  # its money is the office's to decide
            return
        if state is State.READY and len(ticket.dishes) > 1 and ticket.pace:
            self._errands.do_in(seconds / 2, partial(self._mark_first_dish, new_id(), ticket))
        self._errands.do_in(seconds, partial(self._advance, new_id(), ticket, step))

    def _advance(self, command_id: UUID, ticket: Ticket, step: int) -> None:
        """Move an order on. Whoever stands at a window may have been faster."""
        state, cook = PATH[step][0], self._cooks[ticket.kitchen]
        try:
            if state is State.PREPARING:
                moved = start_cooking(cook, command_id, ticket.order_id, ticket.version)
                self._tally.cooked.add(ticket.order_id)
            else:
                moved = advance_order(cook, command_id, ticket.order_id, ticket.version, state)
        except (Stale, Illegal):
            return
        except Short:  # somebody counted less than is held: it waits for the next delivery
            self._errands.do_in(SHELVES_SEEN_EVERY, partial(self._advance, command_id, ticket, step))
            return
        if step + 1 < len(PATH):
            self.take(ticket._replace(version=moved.version), step + 1)
        else:
            self._tally.delivered += 1
            self._delivered(ticket.order_id)

    def _mark_first_dish(self, command_id: UUID, ticket: Ticket) -> None:
        try:
            mark_dish_ready(self._cooks[ticket.kitchen], command_id, ticket.order_id, ticket.dishes[0], True)
        except Illegal:
            return

    def _is_called_off(self, ticket: Ticket, chance: float = CALLED_OFF) -> bool:
        chosen = self._chance.random() < chance and self._called_off[ticket.kitchen] < MOST_CALLED_OFF
        self._called_off[ticket.kitchen] += chosen
        return chosen

    def _call_off(self, command_id: UUID, ticket: Ticket, reason: str, step: int) -> None:
        try:
            cancel_order(self._managers[ticket.kitchen], command_id, ticket.order_id, ticket.version, reason)
            self._tally.cancelled += 1
        except (Stale, Illegal):
            return
        except TooFast:  # she called off as many as one may in a day, at the window perhaps: then it is cooked
            self._errands.do_in(0, partial(self._advance, new_id(), ticket, step))

    def _look_at_shelves(self, kitchen: str) -> None:
        """Send for what is low, up to a full shelf in whole or half units."""
        for item in items(self._managers[kitchen], kitchen_id(kitchen)):
            if item.available < item.warn_at and item.id not in self._expected:
                lot = max(item.unit_size // 2, 1)
                missing = (item.full_at - item.on_hand) // lot * lot
                delivery = partial(self._deliver, new_id(), kitchen, item.id, max(missing, lot))
                self._expected.add(item.id)
                self._errands.do_in(self._chance.uniform(*DELIVERY_TAKES), delivery)
        self._errands.do_in(SHELVES_SEEN_EVERY, partial(self._look_at_shelves, kitchen))

    def _deliver(self, command_id: UUID, kitchen: str, item: UUID, quantity: int) -> None:
        receive_stock(self._managers[kitchen], command_id, item, quantity, "From the market")
        self._expected.discard(item)
        self._tally.deliveries += 1
