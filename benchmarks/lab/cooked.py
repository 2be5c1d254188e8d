"""Cooked orders by the thousand, made by set as the owner of everything, and whole: paid, with entries, history and trail.

Each is one portion of a dish that takes nothing from a shelf, and each is another customer's, those of the town among them. Its id says
nothing about its customer, so that a refund meets those who go on ordering all along its way.
"""

from contextlib import closing
from datetime import datetime
from typing import Any

import psycopg

from benchmarks.lab.stage import CUSTOMER, DISH, FUNDS, ID, KITCHEN, Stage, counted_id, refill_budgets
from core import menu
from core.base.identifiers import new_id

WATER = counted_id(DISH, 99)  # of the first kitchen, whose other dishes begin at 101
PRICE = 5_000  # kobo
CUSTOMERS = """
CREATE TEMP TABLE newcomers ON COMMIT DROP AS
SELECT (%(id)s || %(customer)s::bigint + n)::uuid AS id, n, uuidv7() AS payment_id
FROM generate_series(%(first)s::integer, %(last)s::integer) AS n;
INSERT INTO app.customers (id, name, phone) SELECT c.id, 'Customer ' || c.n, '+234803' || lpad(c.n::text, 7, '0') FROM newcomers AS c;
INSERT INTO app.accounts (id, customer_id, balance, version) SELECT c.id, c.id, %(funds)s, 1 FROM newcomers AS c;
INSERT INTO app.payments (id, customer_id, amount, state, provider_id, settled_at)
SELECT c.payment_id, c.id, %(funds)s, 'success', 'funds-' || c.payment_id, clock_timestamp() FROM newcomers AS c;
INSERT INTO app.audit_events (command_id, action, noun, object_id, login)
SELECT c.payment_id, 'settle_payment', 'payments', c.payment_id, 'worker' FROM newcomers AS c;
INSERT INTO app.transfers (kind, reference, command_id, login)
SELECT 'top_up', 'payment:' || c.payment_id, c.payment_id, 'worker' FROM newcomers AS c;
INSERT INTO app.entries (transfer_id, account_id, amount, balance_after, account_version)
SELECT t.id, side.account_id, side.amount, side.balance, side.version
FROM newcomers AS c JOIN app.transfers AS t ON t.kind = 'top_up' AND t.reference = 'payment:' || c.payment_id
CROSS JOIN LATERAL (VALUES
    ((SELECT a.id FROM app.accounts AS a WHERE a.code = 'clearing'), -%(funds)s::bigint, NULL::bigint, NULL::integer),
    (c.id, %(funds)s, %(funds)s, 1)) AS side (account_id, amount, balance, version)
"""
ORDERS = """
CREATE TEMP TABLE cooked ON COMMIT DROP AS
SELECT uuidv7() AS id, (%(id)s || %(customer)s::bigint + c.n)::uuid AS customer_id
FROM (SELECT n FROM generate_series(1, %(many)s::integer) AS n ORDER BY random()) AS c;
INSERT INTO app.orders (id, kitchen_id, customer_id, state, version, total, note, paid, promised_at, placed_by)
SELECT c.id, %(kitchen)s, c.customer_id, 'preparing', 3, %(price)s, '', %(price)s, clock_timestamp() + interval '35 minutes', 'ordering'
FROM cooked AS c;
INSERT INTO app.order_lines (order_id, dish_id, dish, quantity, unit_price, recipe)
SELECT c.id, %(dish)s, 'Water', 1, %(price)s, 0 FROM cooked AS c;
INSERT INTO app.order_history (order_id, version, state, command_id, login)
SELECT c.id, v.version, v.state, c.id, 'ordering'
FROM cooked AS c, (VALUES (1, 'placed'), (2, 'accepted'), (3, 'preparing')) AS v (version, state);
INSERT INTO app.audit_events (command_id, action, noun, object_id, kitchen_id, login)
SELECT c.id, 'place_order', 'orders', c.id, %(kitchen)s, 'ordering' FROM cooked AS c;
INSERT INTO app.transfers (kind, reference, order_id, command_id, login)
SELECT 'payment', 'order:' || c.id, c.id, c.id, 'ordering' FROM cooked AS c;
WITH paid AS (
    UPDATE app.accounts AS a SET balance = a.balance - %(price)s, version = a.version + 1
    FROM cooked AS c WHERE a.id = c.customer_id RETURNING c.id AS order_id, a.id, a.balance, a.version
)
INSERT INTO app.entries (transfer_id, account_id, amount, balance_after, account_version)
SELECT t.id, side.account_id, side.amount, side.balance, side.version
FROM paid AS p JOIN app.transfers AS t ON t.kind = 'payment' AND t.reference = 'order:' || p.order_id
CROSS JOIN LATERAL (VALUES
    ((SELECT a.id FROM app.accounts AS a WHERE a.code = 'payable'), %(price)s::bigint, NULL::bigint, NULL::integer),
    (p.id, -%(price)s::bigint, p.balance::bigint, p.version)) AS side (account_id, amount, balance, version)
"""
VALUES = {
    "id": ID, "customer": CUSTOMER, "funds": FUNDS, "kitchen": counted_id(KITCHEN, 1), "dish": WATER, "price": PRICE,
}  # fmt: skip


def lay_table(town: Stage, most: int) -> None:
    """Put the dish on the menu, and add customers until there are as many as the largest refund has lines."""
    with town.behind() as admin, closing(town.connect("owner")) as owner:
        refill_budgets(admin)
        menu.add_dishes(owner, new_id(), VALUES["kitchen"], [WATER], ["Water"], ["Drinks"], [PRICE])
        if most > town.customers:
            _write(admin, CUSTOMERS, first=town.customers + 1, last=most)


def cook(admin: psycopg.Connection[Any], many: int) -> tuple[datetime, datetime]:
    """Make so many cooked orders of the first kitchen. Return from when until when it had no others that are being prepared."""
    [since] = admin.execute("SELECT clock_timestamp()").fetchone() or [None]
    _write(admin, ORDERS, many=many)
    [until] = admin.execute("SELECT clock_timestamp()").fetchone() or [None]
    return since, until


def _write(admin: psycopg.Connection[Any], statements: str, **values: int) -> None:
    """Run several statements as one transaction; the driver fills in the values, since none of them can be prepared alone."""
    psycopg.ClientCursor(admin).execute(f"BEGIN; {statements}; COMMIT".encode(), VALUES | values)
