"""The town that `rachel verify --scratch` looks at: the demo's, with two hundred orders in it that live all kinds of lives."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import NamedTuple
from uuid import UUID

from core import orders, stock
from core.base.config import Server, SignIn
from core.base.errors import Forbidden, Illegal, Missing, Refused, Reused, Short, Stale, Unfunded
from core.base.identifiers import new_id
from core.cli.terminal import Progress
from core.cli.verify_refunds import REFUNDS
from core.cli.workplace import signed_in
from core.customers import create_customer
from core.database.gateway import Database
from core.database.wire import Wire
from core.demo.opening import SignIns, customer_id, dish_id, kitchen_id
from core.demo.people import customers
from core.demo.town import BUSY, COOKS, DISHES, FINANCE, MANAGERS, OWNER, SUPPORT
from core.orders import PayWith, PlacedOrder, State
from core.payments import create_payment, settle_payment
from core.proposals import Proposal
from core.wallets import freeze_wallet, unfreeze_wallet

NOBODY = "+2340000000000"  # a phone number that nobody has
EVERY = 10  # orders, between attempts at what is refused


class Life(NamedTuple):
    """How an order is paid, what then happens to it (steps of Town), and how many live so."""

    pay_with: PayWith
    steps: str
    many: int


LIVES = (
    Life(PayWith.WALLET, "accept cook ready out deliver", 40),
    Life(PayWith.WALLET, "accept recall accept cook plate ready recall ready out recall out deliver", 15),
    Life(PayWith.WALLET, "accept cook", 12),
    Life(PayWith.WALLET, "", 8),
    Life(PayWith.WALLET, "cancel", 12),
    Life(PayWith.WALLET, "accept give_up", 8),
    Life(PayWith.WALLET, "accept cook give_up", 6),
    Life(PayWith.CARD, "pay accept cook ready out deliver", 27),
    Life(PayWith.WALLET, "accept cook refund", 8),
    Life(PayWith.WALLET, "accept refund", 4),
    Life(PayWith.WALLET, "accept cook ready out deliver refund_part refund", 6),
    Life(PayWith.CARD, "pay accept cook refund", 4),
    Life(PayWith.WALLET, "accept ask agree", 3),
    Life(PayWith.WALLET, "accept ask give_up disagree", 3),
    Life(PayWith.CARD, "decline pay accept cook ready", 8),
    Life(PayWith.CARD, "pay cancel", 6),
    Life(PayWith.CARD, "freeze pay thaw", 2),
    Life(PayWith.CARD, "", 2),
)
LATE_LIVES = (  # of those who have no time to pay
    Life(PayWith.CARD, "expire", 10),
    Life(PayWith.CARD, "decline expire", 6),
    Life(PayWith.CARD, "underpay expire", 5),
    Life(PayWith.CARD, "expire pay", 5),
)
ORDERS = sum(life.many for life in LIVES + LATE_LIVES)


@dataclass
class Walk:
    """One order on its way, with the version it has by now."""

    kitchen: str
    placed: PlacedOrder
    version: int = 1
    asked: Proposal | None = None  # what waits for a second person


@dataclass
class Town:
    """Everybody who works here, each with a login of their own. `clock` is the administrator's: it lets time pass."""

    ordering: Database
    worker: Database
    finance: Database
    support: Database
    owner: Database
    cooks: dict[str, Database]
    managers: dict[str, Database]
    clock: Wire
    chance: Random
    customers: list[UUID] = field(default_factory=lambda: [customer_id(customer) for customer in customers()])
    refused: int = 0

    def live(self, progress: Progress) -> None:
        """Place all orders and let each live its life, in an order that chance chooses."""
        penniless = create_customer(self.ordering, new_id(), "Nobody", NOBODY).id
        for lives, pay_within in ((LIVES, "15 minutes"), (LATE_LIVES, "10 milliseconds")):
            self.clock.execute("UPDATE app.settings SET pay_within = %(time)s::interval", {"time": pay_within})
            for number, life in enumerate(self._shuffled(lives)):
                self.clock.execute("UPDATE app.budgets SET full_at = '-infinity'")  # a day's calls in seconds
                walk = self._place(life.pay_with)
                if number % EVERY == 0:
                    self._try_what_is_refused(walk, penniless)
                    self._look_after_a_shelf(walk.kitchen)
                for step in life.steps.split():
                    STEPS[step](self, walk)
                progress.step()

    def _shuffled(self, lives: tuple[Life, ...]) -> list[Life]:
        return self.chance.sample([life for life in lives for _ in range(life.many)], sum(life.many for life in lives))

    def _place(self, pay_with: PayWith) -> Walk:
        """Let somebody order; what is short is delivered, and who has too little money pays some in."""
        [kitchen] = self.chance.choices(list(BUSY), list(BUSY.values()))
        wanted = self.chance.sample([dish_id(kitchen, dish.name) for dish in DISHES], self.chance.choice((1, 1, 2, 3)))
        quantities = [self.chance.choice((1, 1, 2)) for _ in wanted]
        command_id, customer = new_id(), self.chance.choice(self.customers)
        while True:
            try:
                placed = orders.place_order(
                    self.ordering, command_id, kitchen_id(kitchen), customer, wanted, quantities, "", pay_with
                )  # fmt: skip
            except Short as refusal:
                self.refused += 1
                for item in refusal.facts["items"]:
                    stock.receive_stock(self.managers[kitchen], new_id(), UUID(item["item"]), item["wanted"] * 20, "From the market")
            except Unfunded as refusal:
                self.refused += 1
                asked = create_payment(self.ordering, new_id(), customer, refusal.facts["wanted"])
                self.settle(asked.id, asked.amount)
            else:
                return Walk(kitchen, placed)

    def settle(self, payment_id: UUID, amount: int, is_paid: bool = True) -> None:
        """End a payment as the provider would."""
        settle_payment(self.worker, new_id(), payment_id, is_paid, amount, "NGN", f"verify {payment_id}")

    def _try_what_is_refused(self, walk: Walk, penniless: UUID) -> None:
        """Try what nobody may: each of these leaves no trace."""
        kitchen, order, cook = kitchen_id(walk.kitchen), walk.placed, self.cooks[walk.kitchen]
        stranger = next(other for name, other in self.cooks.items() if name != walk.kitchen)
        dishes = [dish_id(walk.kitchen, "Water")]
        self._refuses(Short, orders.place_order, self.ordering, new_id(), kitchen, order.customer_id, dishes, [10_000], "")
        self._refuses(Unfunded, orders.place_order, self.ordering, new_id(), kitchen, penniless, dishes, [1], "")
        self._refuses(Reused, orders.place_order, self.ordering, order.id, kitchen, penniless, dishes, [1], "")
        self._refuses(Illegal, orders.advance_order, cook, new_id(), order.id, order.version, State.DELIVERED)
        self._refuses(Stale, orders.advance_order, cook, new_id(), order.id, order.version + 1, State.ACCEPTED)
        self._refuses(Missing, orders.advance_order, stranger, new_id(), order.id, order.version, State.ACCEPTED)
        self._refuses(Forbidden, orders.cancel_order, cook, new_id(), order.id, order.version, "Too much to do")

    def _refuses(self, how: type[Refused], call: Callable[..., object], *arguments: object) -> None:
        with suppress(how, Short):  # the shelf may be empty besides
            call(*arguments)
            raise RuntimeError(f"{call.__name__} was not refused: {how.__name__} was due.")
        self.refused += 1

    def _look_after_a_shelf(self, kitchen: str) -> None:
        """Take a delivery and take it back, throw something away, and count."""
        manager, item = self.managers[kitchen], self.chance.choice(stock.items(self.managers[kitchen], kitchen_id(kitchen)))
        delivered = stock.receive_stock(manager, new_id(), item.id, 5, "")
        stock.undo_stock(manager, new_id(), item.id, delivered.number)
        if item.available > 0:
            stock.waste_stock(manager, new_id(), item.id, 1, "spoiled", "")
        [seen] = [other for other in stock.items(manager, kitchen_id(kitchen)) if other.id == item.id]
        stock.count_stock(manager, new_id(), item.id, seen.on_hand, seen.version, "")


@contextmanager
def town(server: Server, administrator: SignIn, sign_ins: SignIns, seed: int) -> Iterator[Town]:
    """Let everybody in, and out again at the end."""
    with ExitStack() as doors:

        def door(login: str) -> Database:
            return doors.enter_context(signed_in(server, sign_ins[login]))

        clock = Wire.open(server, administrator.login, administrator.password, "rachel-verify")
        doors.callback(clock.close)
        cooks = {kitchen: door(login) for kitchen, login in COOKS.items()}
        managers = {kitchen: door(login) for kitchen, login in MANAGERS.items()}
        yield Town(door("ordering"), door("worker"), door(FINANCE), door(SUPPORT), door(OWNER.login), cooks, managers, clock, Random(seed))


def _advance(state: State, town: Town, walk: Walk) -> None:
    walk.version = orders.advance_order(town.cooks[walk.kitchen], new_id(), walk.placed.id, walk.version, state).version


def _cook(town: Town, walk: Walk) -> None:
    walk.version = orders.start_cooking(town.cooks[walk.kitchen], new_id(), walk.placed.id, walk.version).version


def _plate(town: Town, walk: Walk) -> None:
    cook = town.cooks[walk.kitchen]
    for line in orders.order_lines(cook, walk.placed.id):
        orders.mark_dish_ready(cook, new_id(), walk.placed.id, line.dish_id, True)


def _recall(town: Town, walk: Walk) -> None:
    walk.version = orders.recall_order(town.cooks[walk.kitchen], new_id(), walk.placed.id, walk.version).version


def _cancel(town: Town, walk: Walk) -> None:
    orders.cancel_order(town.ordering, new_id(), walk.placed.id, walk.version, "The customer changed their mind")


def _give_up(town: Town, walk: Walk) -> None:
    orders.cancel_order(town.managers[walk.kitchen], new_id(), walk.placed.id, walk.version, "The stove broke")


def _pay(town: Town, walk: Walk) -> None:
    town.settle(walk.placed.id, walk.placed.total)
    walk.version += 1  # in time it is placed now, and too late nobody moves it any more


def _decline(town: Town, walk: Walk) -> None:
    town.settle(walk.placed.id, walk.placed.total, is_paid=False)


def _underpay(town: Town, walk: Walk) -> None:
    town.settle(walk.placed.id, walk.placed.total - 1)


def _freeze(town: Town, walk: Walk) -> None:
    freeze_wallet(town.finance, new_id(), walk.placed.customer_id, "Card reported stolen")


def _thaw(town: Town, walk: Walk) -> None:
    unfreeze_wallet(town.finance, new_id(), walk.placed.customer_id, "Card found again")


def _expire(town: Town, walk: Walk) -> None:
    command_id = new_id()
    while True:
        with suppress(Illegal):  # it still has a moment
            orders.expire_order(town.worker, command_id, walk.placed.id)
            return
        time.sleep(0.005)


STEPS: dict[str, Callable[[Town, Walk], None]] = {
    "accept": partial(_advance, State.ACCEPTED), "cook": _cook, "plate": _plate, "ready": partial(_advance, State.READY),
    "out": partial(_advance, State.OUT), "deliver": partial(_advance, State.DELIVERED), "recall": _recall, "cancel": _cancel,
    "give_up": _give_up, "pay": _pay, "decline": _decline, "underpay": _underpay, "freeze": _freeze, "thaw": _thaw,
    "expire": _expire, **REFUNDS,
}  # fmt: skip
