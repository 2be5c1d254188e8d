"""Mixes of work, each said twice: as operations of the Python twins, and as a script with which pgbench calls the same verb."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any, ClassVar
from uuid import UUID

import psycopg

from benchmarks.lab import orm, version_checks
from benchmarks.lab.load import Operation
from benchmarks.lab.stage import CUSTOMER, DISH, ID, KITCHEN, PAYMENT, TOP_UP, Basket, Stage, counted_id, dish_number
from core.base.identifiers import new_id
from core.database.gateway import Database
from core.database.shapes import shape
from core.orders import PlacedOrder, place_order
from core.payments import Payment, settle_payment

Connection = psycopg.Connection[Any]
APART = 1_000_000  # numbers between the payments of one client and those of the next
PREPARE = """
INSERT INTO app.payments (id, customer_id, amount)
SELECT (%(id)s || %(first)s::bigint + client * %(apart)s + number)::uuid,
    (%(id)s || %(customer)s::bigint + 1 + floor(random() * %(customers)s)::bigint)::uuid, %(amount)s
FROM generate_series(0, %(clients)s - 1) AS client, generate_series(1, %(each)s) AS number
"""


@dataclass(frozen=True)
class Orders:
    """Orders of one to three of a kitchen's dishes, one portion each; `one_dish`: all want the same; `one_wallet`: one pays for all."""

    stage: Stage
    one_dish: bool = False
    one_wallet: bool = False

    who: ClassVar[str] = "ordering"

    @property
    def name(self) -> str:
        what = "one dish" if self.one_dish else f"1 to 3 of {len(self.stage.dish_numbers()):,} dishes"
        return f"{what}, one wallet" if self.one_wallet else what

    def operation(self, database: Database, _client: int) -> Operation:
        baskets = self.baskets()

        def order() -> None:
            kitchen_id, customer_id, dish_ids = next(baskets)
            place_order(database, new_id(), kitchen_id, customer_id, dish_ids, [1] * len(dish_ids), "")

        return order

    def rival(self, connection: Connection, _client: int) -> Operation:
        return version_checks.orders(connection, self.baskets())

    def orm_rival(self, session: orm.Sessions) -> Operation:
        return orm.orders(session, self.baskets())

    def prepare(self, clients: int, each: int) -> None:
        """There is enough of everything."""

    def baskets(self) -> Iterator[Basket]:
        """Draw without end."""
        dishes = {number: counted_id(DISH, number) for number in self.stage.dish_numbers()}
        customers = [counted_id(CUSTOMER, number) for number in range(1, 2 if self.one_wallet else self.stage.customers + 1)]
        while True:
            kitchen = 1 if self.one_dish else random.randint(1, self.stage.kitchens)
            chosen = [random.randint(1, 16), random.randint(34, 50), random.randint(17, 33)][: random.randint(1, 3)]
            named = [dishes[dish_number(kitchen, dish)] for dish in ([1] if self.one_dish else chosen)]
            yield counted_id(KITCHEN, kitchen), random.choice(customers), named

    def script(self) -> str:
        """Draw as baskets() does."""
        first = f"""\\set k random(1, {1 if self.one_dish else self.stage.kitchens})
            \\set kitchen {KITCHEN} + :k
            \\set customer {CUSTOMER} + random(1, {1 if self.one_wallet else self.stage.customers})
            \\set a {DISH} + :k * 100 + random(1, {1 if self.one_dish else 16})
            """
        if self.one_dish:
            return first + _order("a")
        return f"""{first}\\set b {DISH} + :k * 100 + random(34, 50)
            \\set c {DISH} + :k * 100 + random(17, 33)
            \\set dishes random(1, 3)
            \\if :dishes = 1
            {_order("a")}\\elif :dishes = 2
            {_order("a", "b")}\\else
            {_order("a", "b", "c")}\\endif
            """


def _order(*dishes: str) -> str:
    named = ", ".join(f"('{ID}' || :{dish})::uuid" for dish in dishes)
    return f"""SELECT {", ".join(shape(PlacedOrder).columns)} FROM api.place_order(
                command_id => uuidv7(), kitchen_id => ('{ID}' || :kitchen)::uuid, customer_id => ('{ID}' || :customer)::uuid,
                dish_ids => ARRAY[{named}], quantities => ARRAY[{", ".join("1" for _ in dishes)}], note => '', pay_with => 'wallet');
            """


@dataclass
class TopUps:
    """Payments that wait, settled one after the other; `one_wallet`: all of the same customer."""

    stage: Stage
    one_wallet: bool = False
    _first: int = 0  # number of the payments prepared last

    who: ClassVar[str] = "worker"

    @property
    def name(self) -> str:
        return "top-ups of one wallet" if self.one_wallet else f"top-ups of {self.stage.customers:,} wallets"

    def prepare(self, clients: int, each: int) -> None:
        """Write payments that wait, so many for each client. Straight into the table: asking for them is not what is measured."""
        self._first = PAYMENT + next(self.stage.batches) * 100 * APART
        customers = 1 if self.one_wallet else self.stage.customers
        values = {"id": ID, "first": self._first, "clients": clients, "apart": APART, "each": each, "customer": CUSTOMER}
        with self.stage.behind() as admin:
            admin.execute("DELETE FROM app.payments WHERE state = 'pending'")
            admin.execute(PREPARE, values | {"customers": customers, "amount": TOP_UP})

    def payments(self, client: int) -> Iterator[UUID]:
        """Yield what was prepared for this client."""
        return (UUID(f"{ID}{self._first + client * APART + number}") for number in count(1))

    def operation(self, database: Database, client: int) -> Operation:
        waiting = self.payments(client)

        def top_up() -> None:
            payment_id = next(waiting)
            settle_payment(database, new_id(), payment_id, True, TOP_UP, "NGN", f"provider-{payment_id}")

        return top_up

    def rival(self, connection: Connection, client: int) -> Operation:
        return version_checks.top_ups(connection, self.payments(client))

    def script(self) -> str:
        return f"""\\set number :number + 1
            \\set payment {self._first} + :client_id * {APART} + :number
            SELECT {", ".join(shape(Payment).columns)} FROM api.settle_payment(
                command_id => uuidv7(), payment_id => ('{ID}' || :payment)::uuid, is_paid => true, amount => {TOP_UP},
                currency => 'NGN', provider_id => 'provider-{ID}' || :payment);
            """
