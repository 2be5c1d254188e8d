"""The stream: customers order, pay, change their minds and pay in again; the crew does the rest. By seeded chance, a day in minutes."""

import math
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import cycle
from random import Random
from typing import NamedTuple
from uuid import UUID

from core.base.config import Server
from core.base.errors import Frozen, Illegal, Short, Stale, Unfunded
from core.base.identifiers import new_id
from core.database.gateway import Database
from core.demo.complaints import Complaints
from core.demo.crew import Crew, Ticket
from core.demo.errands import Errands
from core.demo.opening import SignIns, customer_id, dish_id, kitchen_id
from core.demo.people import customers
from core.demo.provider import pay
from core.demo.purses import CARD_TAKES, Purses
from core.demo.tally import Tally
from core.demo.town import BUSY, COOKS, DISHES, MANAGERS, SUPPORT
from core.orders import PayWith, PlacedOrder, cancel_order, place_order

RUSH = 180.0  # seconds from one lunch to the next
CROWD, CROWD_TAKES = 33, 3.0  # orders that come when the town opens, as many at each kitchen, and within how many seconds
CROWD_PACE = (0.1, 0.9)  # so that each lane of a queue soon holds something
NOTES = ("", "", "", "", "No pepper, please", "Extra pepper", "Call at the gate", "Two forks")
CANCELLED = 0.04  # of the orders, by the customer, before the kitchen takes it on
CHANGED_MY_MIND = "The customer changed their mind"
BY_CARD = 0.15  # of the orders
UNPAID = 0.08  # of those: the customer gives up, and the worker ends the order when its time to pay is over


class Wish(NamedTuple):
    """What a customer wants; asked for under the same id until it is answered. `pace` as in crew.Ticket; None: the crew leaves it."""

    command_id: UUID
    kitchen: str
    customer: UUID
    dishes: list[UUID]
    quantities: list[int]
    pace: float | None
    note: str = ""
    pay_with: PayWith = PayWith.WALLET


class Stream:
    """Runs until stopped. Everything is asked with the login of whoever does it in real life."""

    def __init__(self, server: Server, sign_ins: SignIns, seed: int = 7) -> None:
        def door(login: str) -> Database:
            return Database.connect(server, login, sign_ins[login].password, application="rachel-demo", size=1)

        self.tally = Tally()
        self.errands = Errands()
        self._chance = Random(seed)
        everybody = customers()
        self._guest, *self._customers = [customer_id(customer) for customer in everybody]
        self._ordering, self._worker, support = door("ordering"), door("worker"), door(SUPPORT)
        cooks = {kitchen: door(login) for kitchen, login in COOKS.items()}
        managers = {kitchen: door(login) for kitchen, login in MANAGERS.items()}
        self.left: dict[UUID, int] = {}  # the numbers of the orders that the crew leaves to whoever stands at a window
        self._doors = [self._ordering, self._worker, support, *cooks.values(), *managers.values()]
        complaints = Complaints(support, self.errands, self.tally, self._chance)
        self._crew = Crew(cooks, managers, self.errands, self.tally, self._chance, complaints.hear)
        self._purses = Purses(self._ordering, self._worker, support, self.errands, self.tally, self._chance)

    def start(self) -> None:
        self.errands.do_in(0, self._come)
        for number, kitchen in zip(range(CROWD), cycle(BUSY)):
            self.errands.do_in(CROWD_TAKES * number / CROWD, partial(self._wish, kitchen, self._chance.uniform(*CROWD_PACE)))
        self._crew.start()
        self.errands.start()

    def hurry(self, kitchen: str, dish: str) -> UUID:
        """Let somebody want one portion now, and the kitchen deal with it at once; return the id of the order."""
        return self._want(kitchen, [dish], pace=0)

    def leave(self, kitchen: str, dishes: Sequence[str]) -> UUID:
        """Let somebody want a portion of each, which the crew leaves alone; return the id of the order."""
        return self._want(kitchen, dishes, pace=None)

    def stop(self) -> bool:
        """End it; False when a bug had ended it before."""
        alive = self.errands.alive
        self.errands.stop()
        for database in self._doors:
            database.close()
        return alive

    def _want(self, kitchen: str, dishes: Sequence[str], pace: float | None) -> UUID:
        wish = Wish(new_id(), kitchen, self._guest, [dish_id(kitchen, dish) for dish in dishes], [1] * len(dishes), pace)
        self.errands.do_in(0, partial(self._order, wish))
        return wish.command_id

    def _come(self) -> None:
        """Let customers come one after another: sooner when it is lunch time."""
        rush = math.sin(2 * math.pi * time.monotonic() / RUSH)
        self.errands.do_in((1.4 - 0.35 * rush) * self._chance.uniform(0.5, 1.5), self._come)
        [kitchen] = self._chance.choices(list(BUSY), list(BUSY.values()))
        self._wish(kitchen, self._crew.pace())

    def _wish(self, kitchen: str, pace: float) -> None:
        """Let a customer want something."""
        basket = set(self._chance.choices(DISHES_IN_ORDER, [dish.liked for dish in DISHES], k=self._chance.choice((1, 1, 2, 2, 3))))
        dishes = sorted(dish_id(kitchen, name) for name in basket)
        quantities = [self._chance.choice((1, 1, 1, 2)) for _ in dishes]
        customer, note = self._chance.choice(self._customers), self._chance.choice(NOTES)
        pay_with = PayWith.CARD if self._chance.random() < BY_CARD else PayWith.WALLET
        wish = Wish(new_id(), kitchen, customer, dishes, quantities, pace, note, pay_with)
        self.errands.do_in(0, partial(self._order, wish))

    def _order(self, wish: Wish) -> None:
        where = kitchen_id(wish.kitchen)
        try:
            order = place_order(
                self._ordering, wish.command_id, where, wish.customer, wish.dishes, wish.quantities, wish.note, wish.pay_with
            )
        except (Short, Unfunded, Frozen) as refused:
            self.tally.refused[type(refused).__name__.lower()] += 1
            if isinstance(refused, Unfunded):
                self._purses.pay_in_soon(wish.customer)
            return
        self.tally.placed.add(order.id)
        self.tally.began = self.tally.began or time.monotonic()
        if wish.pay_with is PayWith.CARD:
            self._pay_soon(wish, order)
        else:
            self.errands.do_in(0, partial(self._purses.look, wish.customer))
            self._pass_on(wish, order)

    def _pass_on(self, wish: Wish, order: PlacedOrder) -> None:
        """Give an order that is paid to the crew, unless the customer thinks again."""
        if wish.pace is None:
            self.left[order.id] = order.number
        elif wish.pace and self._chance.random() < CANCELLED:
            self.errands.do_in(self._chance.uniform(0.5, 3), partial(self._cancel, new_id(), order))
        else:
            self._crew.take(Ticket(wish.kitchen, order.id, order.version, wish.dishes, wish.pace))

    def _pay_soon(self, wish: Wish, order: PlacedOrder) -> None:
        if self._chance.random() >= UNPAID:
            self.errands.do_in(self._chance.uniform(*CARD_TAKES), partial(self._pay, new_id(), wish, order))

    def _pay(self, answer_id: UUID, wish: Wish, order: PlacedOrder) -> None:
        pay(self._worker, order.id, answer_id, order.total)
        self.tally.paid_by_card += 1
        self._pass_on(wish, replace(order, version=order.version + 1))  # being paid was its second step

    def _cancel(self, command_id: UUID, order: PlacedOrder) -> None:
        try:
            cancel_order(self._ordering, command_id, order.id, order.version, CHANGED_MY_MIND)
        except (Stale, Illegal):
            return
        self.tally.cancelled += 1


DISHES_IN_ORDER = [dish.name for dish in DISHES]
