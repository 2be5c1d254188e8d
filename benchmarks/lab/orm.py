"""The other rival: SQLAlchemy's ORM as its guide shows it, what is changed with a version_id_col, and again from the start when stale.

The same rows as the verb writes, five tries, as the owner of everything (see version_checks.py).
"""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.declarative import DeferredReflection
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.orm.exc import StaleDataError

from benchmarks.lab.load import Operation
from benchmarks.lab.stage import Basket, Stage
from benchmarks.lab.version_checks import hash_of, pauses
from core.base.identifiers import new_id
from core.database.wire import address

Sessions = Callable[[], Session]


class Base(DeferredReflection, DeclarativeBase):
    """Its classes have the columns that their tables have on the server."""

    __abstract__ = True
    metadata = sa.MetaData(schema="app")


class Dish(Base):
    __tablename__ = "dishes"


class Recipe(Base):
    __tablename__ = "recipes"


class Item(Base):
    __tablename__ = "stock_items"
    movements: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": movements}


class Account(Base):
    __tablename__ = "accounts"
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class Customer(Base):
    __tablename__ = "customers"


class Order(Base):
    __tablename__ = "orders"


class Line(Base):
    __tablename__ = "order_lines"


class Step(Base):
    __tablename__ = "order_history"


class Movement(Base):
    __tablename__ = "stock_movements"


class Transfer(Base):
    __tablename__ = "transfers"


class Entry(Base):
    __tablename__ = "entries"


class Audit(Base):
    __tablename__ = "audit_events"


class News(Base):
    __tablename__ = "outbox"


class Command(Base):
    __tablename__ = "commands"


@contextmanager
def factory(stage: Stage, many: int) -> Iterator[Sessions]:
    """Give what opens sessions, on a pool of so many connections."""
    where = address(stage.server, stage.superuser, "benchmark") | {"autocommit": False, "context": None, "prepare_threshold": 0}
    engine = sa.create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(**where), pool_size=many, max_overflow=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sa.exc.SAWarning)  # it has no type for xid8, which nobody here uses
        Base.prepare(engine)
    try:
        yield lambda: Session(engine)
    finally:
        engine.dispose()


def orders(session: Sessions, baskets: Iterator[Basket]) -> Operation:
    """Return what places the next order, or raises GaveUp."""
    return lambda: _persistently(session, new_id(), next(baskets))


def _persistently(session: Sessions, order_id: UUID, basket: Basket) -> None:
    for pause in pauses():
        try:
            with session() as unit, unit.begin():
                return _order(unit, order_id, basket)
        except (StaleDataError, OperationalError):
            pause()


def _order(unit: Session, order_id: UUID, basket: Basket) -> None:
    kitchen_id, customer_id, dish_ids = basket
    if unit.get(Command, order_id):
        return
    asked = sa.select(Dish, Recipe, Item).where(
        Dish.id.in_(dish_ids), Dish.kitchen_id == kitchen_id, Dish.active,
        Recipe.dish_id == Dish.id, Recipe.recipe == Dish.recipe, Item.id == Recipe.item_id,
    )  # fmt: skip
    rows = unit.execute(asked.order_by(Item.id)).all()
    total = sum(dish.price for dish, _, _ in rows)
    order = Order(
        id=order_id, kitchen_id=kitchen_id, customer_id=customer_id, state="placed", total=total, note="", paid=total,
        promised_at=sa.func.now(),
    )  # fmt: skip
    unit.add(order)
    unit.flush()
    unit.add(Step(order_id=order_id, version=1, state="placed", command_id=order_id))
    for dish, recipe, item in rows:
        item.held += recipe.quantity
        unit.add(Line(order_id=order_id, dish_id=dish.id, dish=dish.name, quantity=1, unit_price=dish.price, recipe=dish.recipe))
    unit.flush()
    unit.add_all(_movement(order, item, recipe.quantity) for _, recipe, item in rows)
    _pay(unit, order)
    answer = {"id": str(order_id), "number": order.number, "state": "placed", "version": 1, "total": int(total)}
    unit.add(Audit(command_id=order_id, action="place_order", noun="orders", object_id=order_id, kitchen_id=kitchen_id, after=answer))
    for noun, object_id, kitchen in (("orders", order_id, kitchen_id), ("stock", order_id, kitchen_id), ("wallets", customer_id, None)):
        unit.add(News(noun=noun, object_id=object_id, kitchen_id=kitchen))
    unit.add(Command(id=order_id, verb="place_order", request_hash=hash_of(basket), answer=answer))


def _movement(order: Any, item: Any, amount: int) -> Movement:
    return Movement(
        kitchen_id=order.kitchen_id, kind="hold", order_id=order.id, order_number=order.number, command_id=order.id, note="",
        item_id=item.id, number=item.movements, change=0, change_held=amount, on_hand=item.on_hand, held=item.held, version=item.version,
    )  # fmt: skip


def _pay(unit: Session, order: Any) -> None:
    wallet = unit.scalars(
        sa.select(Account).join(Customer, Customer.id == Account.customer_id)
        .where(Account.customer_id == order.customer_id, Account.frozen_at.is_(None), Customer.active)
    ).one()  # fmt: skip
    payable = unit.scalars(sa.select(Account).where(Account.code == "payable")).one()
    wallet.balance -= order.total
    transfer = Transfer(kind="payment", reference=f"order:{order.id}", order_id=order.id, command_id=order.id)
    unit.add(transfer)
    unit.flush()
    unit.add(Entry(
        transfer_id=transfer.id, account_id=wallet.id, amount=-order.total, balance_after=wallet.balance, account_version=wallet.version
    ))  # fmt: skip
    unit.add(Entry(transfer_id=transfer.id, account_id=payable.id, amount=order.total))
