"""Opens the made-up town: everything through the verbs, each with the login of somebody who may."""

import secrets
from contextlib import closing
from functools import partial
from multiprocessing.pool import ThreadPool
from uuid import UUID

from core.base.config import Server, SignIn
from core.customers import create_customer
from core.database.gateway import Database
from core.demo.people import Customer, customers
from core.demo.provider import top_up
from core.demo.town import DISHES, ITEMS, KITCHENS, MANAGERS, STAFF, Person, barcode, opening_stock, town_id
from core.kitchens import create_kitchen
from core.menu import add_dishes, set_recipes
from core.staff import create_staff_login
from core.stock import add_stock_items

SignIns = dict[str, SignIn]  # by login


def open_town(server: Server, made: SignIns) -> SignIns:
    """Make kitchens, staff, stock, menus, and customers with money, and return the sign-ins of all, with those that `init` made.

    A person has twenty calls at once, so what can be is done in bulk, and by each manager for her own kitchen.
    """
    sign_ins = {it.login: it for it in made.values()}
    with closing(_signed_in(server, made["owner"])) as owner:
        for kitchen, district in KITCHENS.items():
            create_kitchen(owner, kitchen_id(kitchen), kitchen, district)
        for person in STAFF:
            sign_ins[person.login] = _hire(owner, person)
        for kitchen in KITCHENS:
            _write_menu(owner, kitchen)
    for kitchen, login in MANAGERS.items():
        with closing(_signed_in(server, sign_ins[login])) as manager:
            _fill_shelves(manager, kitchen)
            _write_recipes(manager, kitchen)
    services = (_signed_in(server, made["ordering"]), _signed_in(server, made["worker"]))
    with closing(services[0]), closing(services[1]), ThreadPool(4) as pool:
        pool.map(partial(_welcome, *services), customers())
    return sign_ins


def kitchen_id(kitchen: str) -> UUID:
    return town_id("kitchen", kitchen)


def item_id(kitchen: str, key: str) -> UUID:
    return town_id("item", kitchen, key)


def dish_id(kitchen: str, name: str) -> UUID:
    return town_id("dish", kitchen, name)


def customer_id(customer: Customer) -> UUID:
    return town_id("customer", customer.phone)


def _signed_in(server: Server, it: SignIn) -> Database:
    return Database.connect(server, it.login, it.password, application="rachel-demo")


def _hire(owner: Database, person: Person) -> SignIn:
    sign_in = SignIn(person.login, secrets.token_urlsafe(18))
    where = [kitchen_id(person.kitchen)] if person.kitchen else []
    verifier = owner.verifier(sign_in.login, sign_in.password)
    create_staff_login(owner, town_id("staff", person.login), person.login, person.name, person.role, where, None, verifier)
    return sign_in


def _fill_shelves(manager: Database, kitchen: str) -> None:
    add_stock_items(
        manager, town_id("shelves", kitchen), kitchen_id(kitchen), [item_id(kitchen, item.key) for item in ITEMS],
        [item.name for item in ITEMS], [item.place for item in ITEMS], [barcode(item) for item in ITEMS],
        [item.unit for item in ITEMS], [item.unit_size for item in ITEMS], [item.warn_at for item in ITEMS],
        [item.full_at for item in ITEMS], [opening_stock(kitchen, item) for item in ITEMS],
    )  # fmt: skip


def _write_menu(owner: Database, kitchen: str) -> None:
    add_dishes(
        owner, town_id("menu", kitchen), kitchen_id(kitchen), [dish_id(kitchen, dish.name) for dish in DISHES],
        [dish.name for dish in DISHES], [dish.category for dish in DISHES], [dish.price for dish in DISHES],
    )  # fmt: skip


def _write_recipes(manager: Database, kitchen: str) -> None:
    lines = [(dish_id(kitchen, dish.name), item_id(kitchen, key), amount) for dish in DISHES for key, amount in dish.takes.items()]
    dish_ids, item_ids, amounts = (list(column) for column in zip(*lines, strict=True))
    set_recipes(manager, town_id("recipes", kitchen), kitchen_id(kitchen), dish_ids, item_ids, amounts)


def _welcome(ordering: Database, worker: Database, customer: Customer) -> None:
    create_customer(ordering, customer_id(customer), customer.name, customer.phone)
    if customer.purse:
        first, answer = town_id("first payment", customer.phone), town_id("its answer", customer.phone)
        top_up(ordering, worker, first, answer, customer_id(customer), customer.purse)
