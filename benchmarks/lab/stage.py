"""The town in which every benchmark works: a durable server of its own, the product installed, and filled through its verbs."""

import secrets
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from core import customers, kitchens, menu, orders, payments, stock
from core.base.config import Server, SignIn
from core.base.identifiers import new_id
from core.database.embedded import scratch_server
from core.database.gateway import Database
from core.database.install import init
from core.database.scripts import VERSION
from core.database.wire import address, verifier

PROGRAM = f"rachel-benchmark/{VERSION}"  # what every caller says it is
DISHES = 50  # in each kitchen
FUNDS = 100_000_000  # kobo: the most that one payment may bring
TOP_UP = 500  # kobo, of each top-up that is measured
HELPERS = 8  # connections that fill the town at once

# Ids are counted, so that pgbench, which knows no more than numbers, can name what Python names.
ID = "00000000-0000-7000-8000-"
KITCHEN, DISH, ITEM, CUSTOMER, PAYMENT = (kind * 100_000_000_000 for kind in range(1, 6))


Basket = tuple[UUID, UUID, list[UUID]]  # a kitchen, a customer, some of its dishes: one portion of each


def counted_id(kind: int, number: int) -> UUID:
    return UUID(f"{ID}{kind + number}")


def dish_number(kitchen: int, dish: int) -> int:
    """Return the number of a kitchen's dish, both counted from 1."""
    return kitchen * 100 + dish


def _dishes_of(kitchen: int) -> list[int]:
    return [dish_number(kitchen, dish) for dish in range(1, DISHES + 1)]


class Void(SystemExit):
    """Ends the benchmark, its message goes to stderr: a promise does not hold after a run, or a client broke off."""


@dataclass(frozen=True)
class Stage:
    """A filled town. A service has three logins (ordering, ordering2, ordering3): one may hold 30 connections, and bursts need more."""

    server: Server
    superuser: SignIn
    sign_ins: dict[str, SignIn]
    kitchens: int
    customers: int
    past: int  # orders placed before anything is measured: on empty tables the server makes plans that no shop ever sees
    batches: Iterator[int] = field(default_factory=count)  # of payments that were prepared

    def dish_numbers(self) -> list[int]:
        """Return the numbers of all dishes; the item that a dish takes has the same number."""
        return [number for kitchen in range(1, self.kitchens + 1) for number in _dishes_of(kitchen)]

    def connect(self, who: str, size: int = 1) -> Database:
        it = self.sign_ins[who]
        return Database.connect(self.server, it.login, it.password, application=PROGRAM, size=size, deadline=60)

    def behind(self) -> psycopg.Connection[Any]:
        """Return a connection of the superuser's, for what no login of the product can do."""
        return psycopg.connect(**address(self.server, self.superuser, "benchmark"))

    def check(self) -> None:
        """Raise Void when a promise of app.invariants is broken."""
        with self.behind() as admin:
            rows = admin.execute("SELECT name, title, violations FROM app.invariants WHERE violations > 0 ORDER BY name").fetchall()
        broken = [f"{name} {title}: {violations} rows" for name, title, violations in rows]
        if broken:
            raise Void(f"Promises are broken: {'; '.join(broken)}")

    def deadlocks(self) -> int:
        """Return how many the server has broken so far. Sessions report when they end, so all must have left."""
        self.wait_until_left()
        with self.behind() as admin:
            [count] = admin.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()").fetchone() or [0]
        return int(count)

    def wait_until_left(self) -> None:
        """Wait until every session that was closed has ended: until then it counts against its login's 30."""
        logins = [it.login for it in self.sign_ins.values()]
        with self.behind() as admin:
            for _ in range(3000):
                if not admin.execute("SELECT FROM pg_stat_activity WHERE usename = ANY (%s)", [logins]).fetchone():
                    return
                time.sleep(0.01)
        raise Void("A client does not leave.")

    def add_scarce_dish(self, portions: int) -> UUID:
        """Put a new dish on the first kitchen's menu, of which there are so many portions."""
        dish_id, item_id, kitchen_id = new_id(), new_id(), counted_id(KITCHEN, 1)
        with self.behind() as admin, closing(self.connect("owner")) as owner:
            refill_budgets(admin)
            _add_items(owner, kitchen_id, [item_id], on_hand=100 * portions)
            menu.add_dishes(owner, new_id(), kitchen_id, [dish_id], ["Scarce"], ["Rice"], [5_000])
            menu.set_recipes(owner, new_id(), kitchen_id, [dish_id], [item_id], [100])
        return dish_id


@contextmanager
def stage(quick: bool) -> Iterator[Stage]:
    """Run a filled server, and remove it at the end: 20 kitchens of 50 dishes and 2,000 customers who can pay.

    Quick is a small part of it, and nothing durable: enough to see that everything works.
    """
    with scratch_server(fast=quick) as cluster:
        server = cluster.server("rachel")
        sign_ins = init(server, cluster.superuser, "owner", "Owner")
        made = Stage(server, cluster.superuser, sign_ins, *((2, 50, 100) if quick else (20, 2000, 3000)))
        with made.behind() as admin:
            for service, number in ((service, number) for service in ("ordering", "worker") for number in (2, 3)):
                sign_ins[f"{service}{number}"] = _sign_up(admin, service, number)
            _fill(made, admin)
            admin.execute("VACUUM ANALYZE")
            admin.execute("CHECKPOINT")  # so that no run pays for the filling
        yield made


def _sign_up(admin: psycopg.Connection[Any], service: str, number: int) -> SignIn:
    """Give a service one more login, as `rachel init` gives it the first."""
    it = SignIn(f"{service}{number}", secrets.token_urlsafe(24))
    login, role = sql.Identifier(it.login), sql.Identifier(f"svc_{service}")
    making = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {} IN ROLE {} CONNECTION LIMIT 30")
    admin.execute(making.format(login, sql.Literal(verifier(admin, it)), role))
    admin.execute(sql.SQL("COMMENT ON ROLE {} IS 'Rachel Foods: a login'").format(login))
    admin.execute("INSERT INTO app.staff (login, role) VALUES (%s, %s)", [it.login, f"svc_{service}"])
    return it


def refill_budgets(admin: psycopg.Connection[Any]) -> None:
    """Give the owner a full budget of calls again: nobody types this fast."""
    admin.execute("UPDATE app.budgets SET full_at = '-infinity'")


def _fill(stage: Stage, admin: psycopg.Connection[Any]) -> None:
    with ExitStack() as ends:
        owner, ordering, worker = (ends.enter_context(closing(stage.connect(who, HELPERS))) for who in ("owner", "ordering", "worker"))
        for kitchen in range(1, stage.kitchens + 1):
            refill_budgets(admin)
            _open_kitchen(owner, kitchen)
        with ThreadPoolExecutor(HELPERS) as helpers:
            for done in [helpers.submit(_welcome, ordering, worker, number) for number in range(1, stage.customers + 1)]:
                done.result()
            for done in [helpers.submit(_order, ordering, number % stage.customers + 1) for number in range(stage.past)]:
                done.result()


def _open_kitchen(owner: Database, kitchen: int) -> None:
    """Open a kitchen of 50 dishes, each of which takes 100 g of an item of its own, of which there is plenty."""
    kitchen_id, numbers = counted_id(KITCHEN, kitchen), _dishes_of(kitchen)
    dish_ids, item_ids = [counted_id(DISH, number) for number in numbers], [counted_id(ITEM, number) for number in numbers]
    prices = [5_000 + number % 10 * 1_000 for number in numbers]
    kitchens.create_kitchen(owner, kitchen_id, f"Kitchen {kitchen}", "Yaba")
    _add_items(owner, kitchen_id, item_ids, on_hand=1_000_000_000)
    menu.add_dishes(owner, new_id(), kitchen_id, dish_ids, [f"Dish {number}" for number in numbers], ["Rice"] * DISHES, prices)
    menu.set_recipes(owner, new_id(), kitchen_id, dish_ids, item_ids, [100] * DISHES)


def _add_items(owner: Database, kitchen_id: UUID, item_ids: list[UUID], on_hand: int) -> None:
    """Put so many grams of each item on a kitchen's shelf."""
    many = len(item_ids)
    stock.add_stock_items(
        owner, new_id(), kitchen_id, item_ids, [f"Item {item_id}" for item_id in item_ids], ["Store"] * many, [None] * many,
        ["kg"] * many, [1000] * many, [1000] * many, [10_000] * many, [on_hand] * many,
    )  # fmt: skip


def _welcome(ordering: Database, worker: Database, number: int) -> None:
    """Add a customer with one million naira in the wallet; the first has forty, for the runs in which all spend from one wallet."""
    customer = customers.create_customer(ordering, counted_id(CUSTOMER, number), f"Customer {number}", f"+234803{number:07d}")
    for _ in range(40 if number == 1 else 1):
        payment = payments.create_payment(ordering, new_id(), customer.id, FUNDS)
        payments.settle_payment(worker, new_id(), payment.id, True, FUNDS, "NGN", f"funds-{payment.id}")


def _order(ordering: Database, customer: int) -> None:
    dish_id = counted_id(DISH, dish_number(1, customer % DISHES + 1))
    orders.place_order(ordering, new_id(), counted_id(KITCHEN, 1), counted_id(CUSTOMER, customer), [dish_id], [1], "")
