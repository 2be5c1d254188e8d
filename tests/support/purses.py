"""Purses: customers by name, and thousands of them at once, with money paid in, written by SQL and yet as the verbs would have left it."""

from uuid import UUID

import psycopg

from core.base.identifiers import new_id
from core.customers import create_customer
from core.database.gateway import Database

CUSTOMERS = """
WITH made AS (
    INSERT INTO app.customers (id, name, phone)
    SELECT gen_random_uuid(), format('%%s %%s', (ARRAY['Adáézé', 'Garba', 'Ọlá', 'Ṣadé', 'ngozi', 'Zainab'])[1 + n %% 6], n),
        '+234803' || lpad(n::text, 7, '0')
    FROM generate_series(1, %(many)s) AS n RETURNING id
)
INSERT INTO app.accounts (id, customer_id, balance, version) SELECT m.id, m.id, 0, 0 FROM made AS m
"""
PAID_IN = """
WITH paid AS (
    INSERT INTO app.payments (id, customer_id, amount, state, provider_id, version, settled_at)
    SELECT gen_random_uuid(), a.id, 100 + row_number() OVER (ORDER BY a.id), 'success', 'charge ' || a.id, 2, clock_timestamp()
    FROM app.accounts AS a WHERE a.customer_id IS NOT NULL AND a.version = 0 ORDER BY a.id RETURNING id, customer_id, amount
), moved AS (
    INSERT INTO app.transfers (kind, reference, command_id) SELECT 'top_up', 'payment:' || p.id, p.id FROM paid AS p
    RETURNING id, command_id
), entered AS (
    INSERT INTO app.entries (transfer_id, account_id, amount, balance_after, account_version)
    SELECT m.id, p.customer_id, p.amount, p.amount, 1 FROM moved AS m JOIN paid AS p ON p.id = m.command_id
    UNION ALL
    SELECT m.id, (SELECT a.id FROM app.accounts AS a WHERE a.code = 'clearing'), -p.amount, NULL, NULL
    FROM moved AS m JOIN paid AS p ON p.id = m.command_id
), audited AS (
    INSERT INTO app.audit_events (command_id, action, noun, object_id)
    SELECT p.id, 'settle_payment', 'payments', p.id FROM paid AS p
)
UPDATE app.accounts AS a SET balance = p.amount, version = 1 FROM paid AS p WHERE p.customer_id = a.id
"""


def write_down(ordering: Database, *names: str) -> list[UUID]:
    """Write customers down, with phones that end in 00, 01, …"""
    return [create_customer(ordering, new_id(), name, f"+23480300000{place:02}").id for place, name in enumerate(names)]


def explain(connection: psycopg.Connection, view: str, rest: str) -> str:
    """Return how the server would read a view's rows: `explain(connection, "api.wallet_list", "ORDER BY sort_name LIMIT 200")`."""
    return "\n".join(line for (line,) in connection.execute(f"EXPLAIN SELECT v FROM {view} AS v {rest}").fetchall())


def fill(connection: psycopg.Connection, many: int) -> None:
    """Write so many customers, their names and phones by number, each with 101 kobo or more paid in once. `connection` is a superuser's."""
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")  # the guards look at each row on its own, which takes long
        connection.execute(CUSTOMERS, {"many": many})
        connection.execute(PAID_IN)
    connection.execute("ANALYZE")
