"""Customers: who orders.  SQL twin: core/customers.sql."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.base.words import plain
from core.database.gateway import Database

BETWEEN = re.compile(r"[ ().\u00a0/-]+")  # what people put between the digits of a number
# A mobile number also without its 0, as spreadsheets leave it.
AT_HOME = re.compile(r"(?:\+?234|00234|0)([1-9][0-9]{9})|([789][01][0-9]{8})|(?:\+|00)234([1-6][0-9]{7,8})")
ABROAD = re.compile(r"(?:\+|00)(?!234)([1-9][0-9]{7,14})")


@dataclass(frozen=True)
class Customer:
    """One row of the view api.customers; the phone is masked, but in the answer of reveal_phone."""

    id: UUID
    name: str
    phone: str
    active: bool


@dataclass(frozen=True)
class ListedCustomer:
    """One row of the view api.customer_list: a customer as the office lists them, the phone masked, amounts in kobo.

    `sort_name`: the name as it is sorted and searched. `refunds` is how many orders were refunded, in part or whole, `refunded` how much.
    """

    id: UUID
    name: str
    sort_name: str
    phone: str
    active: bool
    balance: int
    frozen_at: datetime | None
    orders: int
    last_order_at: datetime | None
    refunds: int
    refunded: int


@dataclass(frozen=True)
class CustomerOrder:
    """One row of the view api.customer_orders: an order of a customer, amounts in kobo. `state` as core.orders.State has it."""

    customer_id: UUID
    id: UUID
    number: int
    kitchen: str
    state: str
    total: int
    paid: int
    reversed: int
    refunded: int
    placed_at: datetime


def whole_number(text: str) -> str | None:
    """Read a whole phone number as it is stored: "0803 123 4567" and "+234 803 123 4567" -> "+2348031234567"; None: it is none."""
    bare = BETWEEN.sub("", text)
    if at_home := AT_HOME.fullmatch(bare):
        return f"+234{at_home[1] or at_home[2] or at_home[3]}"
    abroad = ABROAD.fullmatch(bare)
    return f"+{abroad[1]}" if abroad else None


def customers(
    db: Database,
    search: str = "",
    active: bool | None = None,
    customer_ids: Collection[UUID] | None = None,
    last: ListedCustomer | None = None,
    limit: int = 200,
) -> list[ListedCustomer]:
    """Return up to `limit` customers by name; `last` is the last row of the page before.

    `search`: parts of a name, accents or not; `customer_ids`: those to look among.
    """
    if customer_ids is not None and not customer_ids:
        return []
    listed = db.table(ListedCustomer, "api.customer_list")
    column, order = listed.c, [listed.c.sort_name, listed.c.id]
    query = listed.select().where(*(column.sort_name.contains(plain(word), autoescape=True) for word in search.split()))
    if active is not None:
        query = query.where(column.active if active else ~column.active)
    if customer_ids is not None:
        query = query.where(column.id.in_(customer_ids))
    if last:
        query = query.where(db.after(order, [last.sort_name, last.id]))
    return db.select(ListedCustomer, query.order_by(*order).limit(limit))


def customer_orders(
    db: Database, customer_id: UUID, state: str | None = None, before: tuple[datetime, UUID] | None = None, limit: int = 50
) -> list[CustomerOrder]:
    """Return up to `limit` orders of a customer, newest first; `before` is (placed_at, id) of the last row of the page before."""
    listed = db.table(CustomerOrder, "api.customer_orders")
    column = listed.c
    query = listed.select().where(column.customer_id == customer_id)
    if state is not None:
        query = query.where(column.state == state)
    if before is not None:
        query = query.where(db.before([column.placed_at, column.id], list(before)))
    return db.select(CustomerOrder, query.order_by(column.placed_at.desc(), column.id.desc()).limit(limit))


def customer_of_order(db: Database, number: int) -> UUID | None:
    """Return who placed the order with this number; None: there is no such order."""
    found = db.rows(CustomerOrder, "api.customer_orders WHERE number = %(number)s", number=number)
    return found[0].customer_id if found else None


def customers_of_orders(db: Database, order_ids: Collection[UUID]) -> set[UUID]:
    """Return who placed these orders."""
    found = db.rows(CustomerOrder, "api.customer_orders WHERE id = ANY (%(order_ids)s)", order_ids=list(order_ids))
    return {order.customer_id for order in found}


def create_customer(db: Database, command_id: UUID, name: str, phone: str) -> Customer:
    """Write down a customer and return the row. `phone` is in international form: +2348031234567.

    Raises Invalid (facts["field"] says which).
    """
    [customer] = db.call(Customer, "create_customer", command_id=command_id, name=name, phone=phone)
    return customer


def find_customers(db: Database, search_id: UUID, phone: str) -> list[Customer]:
    """Return up to 100 customers with exactly this phone number, in international form, by name.

    Asks twice: the first writes the line that somebody searched, and whom they found is told when that is committed. Not called
    `command_id`: the gateway would keep the number on disk. Raises Invalid (no whole number), Reused (another search's id, or over ten
    minutes old) or TooFast.
    """
    db.call(Customer, "find_customers", search_id=search_id, phone=phone)
    return db.call(Customer, "find_customers", search_id=search_id, phone=phone)


def reveal_phone(db: Database, command_id: UUID, customer_id: UUID, reason: str) -> Customer:
    """Return a customer with the whole phone number. It leaves a line in the trail, with the reason and never the number.

    Asks twice: the first writes the line, and the number is told when that is committed. Raises Invalid (facts["field"]), Missing or
    TooFast.
    """
    for _ in range(2):
        [customer] = db.call(Customer, "reveal_phone", command_id=command_id, customer_id=customer_id, reason=reason)
    return customer
