"""The stream: customers order, cooks move the orders on, managers take deliveries. By seeded chance, a day in minutes."""

import math
import time
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import NamedTuple
from uuid import UUID

from core.base.config import Server
from core.base.errors import Illegal, Short, Stale
from core.base.identifiers import new_id
from core.database.gateway import Database
from core.demo.errands import Errands
from core.demo.opening import SignIns, customer_id, dish_id, kitchen_id
from core.demo.people import customers
from core.demo.town import BUSY, COOKS, DISHES, KITCHENS, MANAGERS
from core.orders import Order, PlacedOrder, State, advance_order, cancel_order, place_order, start_cooking
from core.stock import items, receive_stock

RUSH = 180.0  # seconds from one lunch to the next
NOTES = ("", "", "", "", "No pepper, please", "Extra pepper", "Call at the gate", "Two forks")
CANCELLED = 0.06  # of the orders, by the customer, before the kitchen takes it on
CHANGED_MY_MIND = "The customer changed their mind"
PATH = (  # each step of an order, and how many seconds after the one before
    (State.ACCEPTED, 1.0, 4.0), (State.PREPARING, 1.0, 4.0), (State.READY, 6.0, 16.0), (State.OUT, 2.0, 8.0),
    (State.DELIVERED, 6.0, 20.0),
)  # fmt: skip
SHELVES_SEEN_EVERY = 6.0  # seconds
DELIVERY_TAKES = (10.0, 25.0)


@dataclass
class Tally:
    """What happened so far, by what the server answered. Of orders the ids, so that they can be looked for."""

    placed: set[UUID] = field(default_factory=set)
    cooked: set[UUID] = field(default_factory=set)
    delivered: int = 0
    cancelled: int = 0
    sold_out: int = 0
    deliveries: int = 0
    began: float | None = None  # time.monotonic() of the first order

    @property
    def seconds(self) -> float:
        """Return how long ago the first order was placed."""
        return time.monotonic() - self.began if self.began else 0.0

    def __str__(self) -> str:
        return (
            f"{len(self.placed)} orders, {self.delivered} delivered, {self.cancelled} cancelled, "
            f"{self.sold_out} turned away (sold out), {self.deliveries} deliveries"
        )


class Wish(NamedTuple):
    """What a customer wants; asked for under the same id until it is answered."""

    command_id: UUID
    kitchen: str
    customer: UUID
    dishes: list[UUID]
    quantities: list[int]
    note: str = ""
    hurried: bool = False  # taken on and cooked at once


class Stream:
    """Runs until stopped. Everything is asked with the login of whoever does it in real life."""

    def __init__(self, server: Server, sign_ins: SignIns, seed: int = 7) -> None:
        def door(login: str) -> Database:
            return Database.connect(server, login, sign_ins[login].password, application="rachel-demo", size=1)

        self.tally = Tally()
        self.errands = Errands()
        self._chance = Random(seed)
        self._customers = [customer_id(customer) for customer in customers()]
        self._ordering = door("ordering")
        self._cooks = {kitchen: door(login) for kitchen, login in COOKS.items()}
        self._managers = {kitchen: door(login) for kitchen, login in MANAGERS.items()}
        self._expected: set[UUID] = set()  # items that a delivery is on the road for

    def start(self) -> None:
        self.errands.do_in(0, self._wish)
        for kitchen in KITCHENS:
            self.errands.do_in(SHELVES_SEEN_EVERY, partial(self._look_at_shelves, kitchen))
        self.errands.start()

    def hurry(self, kitchen: str, dish: str) -> UUID:
        """Let somebody want one portion now, and the kitchen cook it at once; return the id of the order."""
        wish = Wish(new_id(), kitchen, self._customers[0], [dish_id(kitchen, dish)], [1], hurried=True)
        self.errands.do_in(0, partial(self._order, wish))
        return wish.command_id

    def stop(self) -> bool:
        """End it; False when a bug had ended it before."""
        alive = self.errands.alive
        self.errands.stop()
        for database in (self._ordering, *self._cooks.values(), *self._managers.values()):
            database.close()
        return alive

    def _wish(self) -> None:
        """Let a customer want something, and another one a little later: sooner when it is lunch time."""
        rush = math.sin(2 * math.pi * time.monotonic() / RUSH)
        self.errands.do_in((1.4 - 0.5 * rush) * self._chance.uniform(0.5, 1.5), self._wish)
        [kitchen] = self._chance.choices(list(BUSY), list(BUSY.values()))
        basket = set(self._chance.choices(DISHES_IN_ORDER, [dish.liked for dish in DISHES], k=self._chance.choice((1, 1, 2, 2, 3))))
        dishes = sorted(dish_id(kitchen, name) for name in basket)
        quantities = [self._chance.choice((1, 1, 1, 2)) for _ in dishes]
        customer, note = self._chance.choice(self._customers), self._chance.choice(NOTES)
        self.errands.do_in(0, partial(self._order, Wish(new_id(), kitchen, customer, dishes, quantities, note)))

    def _order(self, wish: Wish) -> None:
        try:
            order = place_order(
                self._ordering, wish.command_id, kitchen_id(wish.kitchen), wish.customer, wish.dishes, wish.quantities, wish.note
            )
        except Short:
            self.tally.sold_out += 1
            return
        self.tally.placed.add(order.id)
        self.tally.began = self.tally.began or time.monotonic()
        if not wish.hurried and self._chance.random() < CANCELLED:
            self.errands.do_in(self._chance.uniform(0.5, 3), partial(self._cancel, new_id(), order))
        else:
            self._later(wish, order, 0)

    def _later(self, wish: Wish, order: Order | PlacedOrder, step: int) -> None:
        state, soonest, latest = PATH[step]
        at_once = wish.hurried and state in (State.ACCEPTED, State.PREPARING)
        seconds = 0 if at_once else self._chance.uniform(soonest, latest)
        self.errands.do_in(seconds, partial(self._advance, new_id(), wish, order, step))

    def _advance(self, command_id: UUID, wish: Wish, order: Order | PlacedOrder, step: int) -> None:
        """Move an order on. Whoever stands at a counter may have been faster: then it is theirs from now on."""
        state, cook = PATH[step][0], self._cooks[wish.kitchen]
        try:
            if state is State.PREPARING:
                moved = start_cooking(cook, command_id, order.id, order.version)
                self.tally.cooked.add(order.id)
            else:
                moved = advance_order(cook, command_id, order.id, order.version, state)
        except (Stale, Illegal):
            return
        except Short:  # somebody counted less than is held: it waits for the next delivery
            self.errands.do_in(SHELVES_SEEN_EVERY, partial(self._advance, command_id, wish, order, step))
            return
        if step + 1 < len(PATH):
            self._later(wish, moved, step + 1)
        else:
            self.tally.delivered += 1

    def _cancel(self, command_id: UUID, order: PlacedOrder) -> None:
        try:
            cancel_order(self._ordering, command_id, order.id, order.version, CHANGED_MY_MIND)
        except (Stale, Illegal):
            return
        self.tally.cancelled += 1

    def _look_at_shelves(self, kitchen: str) -> None:
        """Send for what is low, up to a full shelf in whole or half units."""
        for item in items(self._managers[kitchen], kitchen_id(kitchen)):
            if item.available < item.warn_at and item.id not in self._expected:
                lot = max(item.unit_size // 2, 1)
                missing = (item.full_at - item.on_hand) // lot * lot
                delivery = partial(self._deliver, new_id(), kitchen, item.id, max(missing, lot))
                self._expected.add(item.id)
                self.errands.do_in(self._chance.uniform(*DELIVERY_TAKES), delivery)
        self.errands.do_in(SHELVES_SEEN_EVERY, partial(self._look_at_shelves, kitchen))

    def _deliver(self, command_id: UUID, kitchen: str, item: UUID, quantity: int) -> None:
        receive_stock(self._managers[kitchen], command_id, item, quantity, "From the market")
        self._expected.discard(item)
        self.tally.deliveries += 1


DISHES_IN_ORDER = [dish.name for dish in DISHES]
