"""The rival: read, look, write where the version is still the one that was seen, and try again. One statement a row, as it is
usually written, and the same rows as the verbs write.

It runs as the owner of everything, since no login of the product may write a table: row policies and app.enter cost it nothing.
"""

import hashlib
import random
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from uuid import UUID

import psycopg

from benchmarks.lab.load import GaveUp, Operation
from benchmarks.lab.stage import TOP_UP, Basket
from core.base.identifiers import new_id

PAUSES = (0.01, 0.02, 0.04, 0.08)  # seconds between five tries, half more or less by chance
Connection = psycopg.Connection[Any]
Execute = Callable[..., Any]

LOOK = """
SELECT d.id, d.name, d.price, d.recipe, r.quantity, s.id, s.on_hand, s.held, s.version, s.movements
FROM app.dishes AS d
JOIN app.recipes AS r ON r.dish_id = d.id AND r.recipe = d.recipe
JOIN app.stock_items AS s ON s.id = r.item_id
WHERE d.id = ANY (%s) AND d.kitchen_id = %s AND d.active ORDER BY s.id
"""
WALLET = """
SELECT a.id, a.balance, a.version FROM app.accounts AS a JOIN app.customers AS c ON c.id = a.customer_id
WHERE a.customer_id = %s AND a.frozen_at IS NULL AND c.active
"""
HOLD = "UPDATE app.stock_items SET held = %s, movements = movements + 1 WHERE id = %s AND movements = %s"
CHANGE = "UPDATE app.accounts SET balance = %s, version = version + 1 WHERE id = %s AND version = %s"
ORDER = """
INSERT INTO app.orders (id, kitchen_id, customer_id, state, total, note, paid, promised_at)
VALUES (%s, %s, %s, 'placed', %s, '', %s, clock_timestamp() + interval '35 minutes') RETURNING number
"""
STEP = "INSERT INTO app.order_history (order_id, version, state, command_id) VALUES (%s, 1, 'placed', %s)"
LINE = "INSERT INTO app.order_lines (order_id, dish_id, dish, quantity, unit_price, recipe) VALUES (%s, %s, %s, 1, %s, %s)"
MOVEMENT = """
INSERT INTO app.stock_movements (kitchen_id, kind, order_id, order_number, command_id, note,
    item_id, number, change, change_held, on_hand, held, version)
VALUES (%s, 'hold', %s, %s, %s, '', %s, %s, 0, %s, %s, %s, %s)
"""
TRANSFER = "INSERT INTO app.transfers (kind, reference, order_id, command_id) VALUES (%s, %s, %s, %s) RETURNING id"
ENTRY = "INSERT INTO app.entries (transfer_id, account_id, amount, balance_after, account_version) VALUES (%s, %s, %s, %s, %s)"
OTHER_ENTRY = "INSERT INTO app.entries (transfer_id, account_id, amount) SELECT %s, a.id, %s FROM app.accounts AS a WHERE a.code = %s"
AUDIT = "INSERT INTO app.audit_events (command_id, action, noun, object_id, kitchen_id, after) VALUES (%s, %s, %s, %s, %s, %s)"
NEWS = "INSERT INTO app.outbox (noun, object_id, kitchen_id) VALUES (%s, %s, %s)"
ANSWER = "SELECT answer, request_hash FROM app.commands WHERE id = %s"
COMMAND = "INSERT INTO app.commands (id, verb, request_hash, answer) VALUES (%s, %s, %s, %s)"
PAYMENT = "SELECT customer_id, version FROM app.payments WHERE id = %s AND state = 'pending'"
SETTLE = """
UPDATE app.payments SET state = 'success', provider_id = %s, version = version + 1, settled_at = clock_timestamp()
WHERE id = %s AND version = %s
"""


class Stale(Exception):
    """Somebody was faster."""


def orders(connection: Connection, baskets: Iterator[Basket]) -> Operation:
    """Return what places the next order, or raises GaveUp."""
    return lambda: _persistently(connection, _order, new_id(), next(baskets))


def top_ups(connection: Connection, payments: Iterator[UUID]) -> Operation:
    """Return what settles the next payment, or raises GaveUp."""
    return lambda: _persistently(connection, _top_up, new_id(), next(payments))


def pauses() -> Iterator[Callable[[], None]]:
    """Give each of five tries what to do when it failed: wait, after the last one give up."""
    for seconds in PAUSES:
        yield partial(time.sleep, seconds * random.uniform(0.5, 1.5))
    yield _give_up


def _give_up() -> None:
    raise GaveUp


def _persistently(connection: Connection, attempt: Callable[..., None], *what: Any) -> None:
    for pause in pauses():
        try:
            with connection.transaction():
                return attempt(connection.execute, *what)
        except (Stale, psycopg.errors.DeadlockDetected):
            pause()


def _order(execute: Execute, order_id: UUID, basket: Basket) -> None:
    kitchen_id, customer_id, dish_ids = basket
    if execute(ANSWER, [order_id]).fetchone():
        return
    rows = execute(LOOK, [dish_ids, kitchen_id]).fetchall()
    total = sum(price for _, _, price, *_ in rows)
    for *_, amount, item_id, _, held, _, movements in rows:
        _write(execute, HOLD, held + amount, item_id, movements)
    [number] = execute(ORDER, [order_id, kitchen_id, customer_id, total, total]).fetchone()
    execute(STEP, [order_id, order_id])
    for dish_id, name, price, recipe, amount, item_id, on_hand, held, version, movements in rows:
        execute(LINE, [order_id, dish_id, name, price, recipe])
        figures = [item_id, movements + 1, amount, on_hand, held + amount, version]
        execute(MOVEMENT, [kitchen_id, order_id, number, order_id, *figures])
    _move_money(execute, customer_id, -total, "payable", ["payment", f"order:{order_id}", order_id, order_id])
    answer = {"id": str(order_id), "number": number, "state": "placed", "version": 1, "total": total}
    execute(AUDIT, [order_id, "place_order", "orders", order_id, kitchen_id, answer])
    for noun, object_id, kitchen in (("orders", order_id, kitchen_id), ("stock", order_id, kitchen_id), ("wallets", customer_id, None)):
        execute(NEWS, [noun, object_id, kitchen])
    execute(COMMAND, [order_id, "place_order", hash_of(basket), answer])


def _top_up(execute: Execute, command_id: UUID, payment_id: UUID) -> None:
    if execute(ANSWER, [command_id]).fetchone():
        return
    customer_id, seen = execute(PAYMENT, [payment_id]).fetchone()
    _write(execute, SETTLE, f"provider-{payment_id}", payment_id, seen)
    _move_money(execute, customer_id, TOP_UP, "clearing", ["top_up", f"payment:{payment_id}", None, command_id])
    answer = {"id": str(payment_id), "state": "success", "amount": TOP_UP}
    execute(AUDIT, [command_id, "settle_payment", "payments", payment_id, None, answer])
    for noun, object_id in (("payments", payment_id), ("wallets", customer_id)):
        execute(NEWS, [noun, object_id, None])
    execute(COMMAND, [command_id, "settle_payment", hash_of(payment_id), answer])


def _move_money(execute: Execute, customer_id: UUID, amount: int, code: str, transfer: list[Any]) -> None:
    """Move money into a wallet, from an account of the company."""
    account_id, balance, version = execute(WALLET, [customer_id]).fetchone()
    _write(execute, CHANGE, balance + amount, account_id, version)
    [transfer_id] = execute(TRANSFER, transfer).fetchone()
    execute(ENTRY, [transfer_id, account_id, amount, balance + amount, version + 1])
    execute(OTHER_ENTRY, [transfer_id, -amount, code])


def _write(execute: Execute, statement: str, *values: Any) -> None:
    """Write one row where nobody was faster."""
    if execute(statement, values).rowcount == 0:
        raise Stale


def hash_of(request: object) -> bytes:
    """Return the fingerprint of what was asked."""
    return hashlib.sha256(repr(request).encode()).digest()
