"""What board.py needs on its server: a kitchen with sixty items, and somebody who changes their stock at a steady rate."""

import json
import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from core.base.config import Server, SignIn, write_sign_ins
from core.base.errors import Offline, Refused
from core.base.identifiers import new_id
from core.customers import create_customer
from core.database.embedded import Cluster
from core.database.gateway import Database
from core.database.install import init
from core.kitchens import create_kitchen
from core.menu import add_dishes, set_recipes
from core.orders import place_order
from core.payments import create_payment, settle_payment
from core.staff import Role, create_staff_login
from core.stock import add_stock_items

ITEMS = 60
CALLERS = 8
PLENTY = 1_000_000  # grams: nothing may run out
PRICE, FUNDS = 100, 100_000_000  # kobo: nobody may run out of money


@dataclass(frozen=True)
class Stage:
    """A prepared server. Every dish takes one item, so an order of one dish is one change of one card."""

    server: Server
    sign_ins: dict[str, SignIn]  # kitchen, ordering, worker
    kitchen: UUID
    customers: list[UUID]  # one for each caller: no two wait for the same wallet
    dishes: list[UUID]


def prepare(cluster: Cluster) -> Stage:
    """Install the product and open one kitchen, everything through the verbs."""
    server = cluster.server("rachel")
    sign_ins = init(server, cluster.superuser, "ada", "Ada Eze")
    kitchen, dishes, items = new_id(), [new_id() for _ in range(ITEMS)], [new_id() for _ in range(ITEMS)]
    with closing(_door(server, sign_ins["owner"])) as owner:
        create_kitchen(owner, kitchen, "Yaba", "Lagos Mainland")
        sign_ins["kitchen"] = SignIn("chidi", secrets.token_urlsafe(12))
        verifier = owner.verifier("chidi", sign_ins["kitchen"].password)
        create_staff_login(owner, new_id(), "chidi", "Chidi Okoye", Role.KITCHEN_STAFF, [kitchen], None, verifier)
        add_stock_items(
            owner, new_id(), kitchen, items, [f"Item {number}" for number in range(ITEMS)], ["Shelf A"] * ITEMS, [None] * ITEMS,
            ["kg"] * ITEMS, [1000] * ITEMS, [5_000] * ITEMS, [PLENTY] * ITEMS, [PLENTY] * ITEMS,
        )  # fmt: skip
        add_dishes(owner, new_id(), kitchen, dishes, [f"Dish {number}" for number in range(ITEMS)], ["Rice"] * ITEMS, [PRICE] * ITEMS)
        set_recipes(owner, new_id(), kitchen, dishes, items, [250] * ITEMS)
    with closing(_door(server, sign_ins["ordering"])) as ordering, closing(_door(server, sign_ins["worker"])) as worker:
        customers = [_welcome(ordering, worker, number) for number in range(CALLERS)]
    return Stage(server, sign_ins, kitchen, customers, dishes)


def _welcome(ordering: Database, worker: Database, number: int) -> UUID:
    """Add a customer who can pay."""
    customer = create_customer(ordering, new_id(), f"Customer {number}", f"+234803{number:07d}")
    payment = create_payment(ordering, new_id(), customer.id, FUNDS)
    settle_payment(worker, new_id(), payment.id, True, FUNDS, "NGN", f"funds-{payment.id}")
    return customer.id


def write_settings(stage: Stage, place: Path) -> dict[str, str]:
    """Write settings and sign-ins for the programs we start, and return the environment that names them."""
    write_sign_ins(place / "sign-ins.toml", stage.sign_ins)
    server = [f"{key} = {json.dumps(getattr(stage.server, key))}" for key in ("host", "port", "database", "sslmode")]
    lines = [f"data = {json.dumps(str(place / 'data'))}", "[server]", *server]
    (place / "config.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return {"RACHEL_CONFIG": str(place / "config.toml"), "RACHEL_SIGN_INS": str(place / "sign-ins.toml")}


def change_stock(stage: Stage, rate: int, seconds: float) -> int:
    """Place orders for so long, `rate` a second, evenly; return how many were placed in time. The ordering service has no limit."""
    with closing(_door(stage.server, stage.sign_ins["ordering"], CALLERS)) as ordering, ThreadPoolExecutor(CALLERS) as pool:
        end = time.monotonic() + seconds
        return sum(pool.map(lambda caller: _order_evenly(stage, ordering, caller, rate, end), range(CALLERS)))


def _order_evenly(stage: Stage, ordering: Database, caller: int, rate: int, end: float) -> int:
    due, placed, number = time.monotonic() + caller / rate, 0, caller
    while due < end:
        time.sleep(max(0.0, due - time.monotonic()))
        try:
            place_order(ordering, new_id(), stage.kitchen, stage.customers[caller], [stage.dishes[number % ITEMS]], [1], "")
            placed += time.monotonic() < end
        except (Refused, Offline):
            pass  # it is missing in the number
        due, number = due + CALLERS / rate, number + CALLERS
    return placed


def _door(server: Server, it: SignIn, size: int = 1) -> Database:
    return Database.connect(server, it.login, it.password, application="rachel-benchmark", size=size)
