"""Many cooked orders at once, made by set as a superuser and whole: paid, with entries, history and trail, so that every promise holds."""

from typing import Any

import psycopg

from core.base.identifiers import new_id
from core.database.gateway import Database
from core.refunds import ProposedRefund, preview_refund_rule
from tests.support.scene import Scene

MANY = """
DO $$
DECLARE
    n integer := current_setting('rachel.n');
    yaba uuid := (SELECT k.id FROM app.kitchens AS k WHERE k.name = 'Yaba');
    water uuid := (SELECT d.id FROM app.dishes AS d WHERE d.name = 'Water');
    orders uuid[] := ARRAY(SELECT gen_random_uuid() FROM generate_series(1, n));
    customers uuid[] := ARRAY(SELECT gen_random_uuid() FROM generate_series(1, n / current_setting('rachel.each')::integer + 1));
    made record;
BEGIN
    INSERT INTO app.customers (id, name, phone) SELECT c.id, 'Customer ' || c.n, '+2348030000000'
    FROM unnest(customers) WITH ORDINALITY AS c (id, n);
    INSERT INTO app.accounts (id, customer_id, balance, version) SELECT c.id, c.id, 0, 0 FROM unnest(customers) AS c (id);
    INSERT INTO app.orders (id, kitchen_id, customer_id, state, version, total, note, pay_with, paid, promised_at, placed_by)
    SELECT o.id, yaba, customers[1 + o.n / current_setting('rachel.each')::integer], 'preparing', 3, 30000, '', 'wallet', 30000,
        clock_timestamp() + interval '35 minutes', 'ordering'
    FROM unnest(orders) WITH ORDINALITY AS o (id, n);
    INSERT INTO app.order_lines (order_id, dish_id, dish, quantity, unit_price, recipe)
    SELECT o.id, water, 'Water', 1, 30000, 0 FROM unnest(orders) AS o (id);
    INSERT INTO app.order_history (order_id, version, state, command_id, login)
    SELECT o.id, v.version, v.state, o.id, 'ordering' FROM unnest(orders) AS o (id),
        (VALUES (1, 'placed'), (2, 'accepted'), (3, 'preparing')) AS v (version, state);
    INSERT INTO app.audit_events (command_id, action, noun, object_id, login) SELECT o.id, 'place_order', 'orders', o.id, 'ordering'
    FROM unnest(orders) AS o (id);
    FOR made IN SELECT o.id, o.customer_id FROM app.orders AS o WHERE o.id = ANY (orders) ORDER BY o.customer_id, o.id LOOP
        INSERT INTO app.payments (id, customer_id, amount, state, settled_at) VALUES (made.id, made.customer_id, 30000, 'success', now());
        WITH t AS (INSERT INTO app.transfers (kind, reference, command_id, login)
            VALUES ('top_up', 'payment:' || made.id, made.id, 'ordering') RETURNING id),
        a AS (UPDATE app.accounts AS a SET balance = 30000, version = a.version + 1 WHERE a.id = made.customer_id RETURNING a.version)
        INSERT INTO app.entries (transfer_id, account_id, amount, balance_after, account_version)
        SELECT t.id, made.customer_id, 30000, 30000, a.version FROM t, a
        UNION ALL SELECT t.id, c.id, -30000, NULL, NULL FROM t, app.accounts AS c WHERE c.code = 'clearing';
        WITH t AS (INSERT INTO app.transfers (kind, reference, order_id, command_id, login)
            VALUES ('payment', 'order:' || made.id, made.id, made.id, 'ordering') RETURNING id),
        a AS (UPDATE app.accounts AS a SET balance = 0, version = a.version + 1 WHERE a.id = made.customer_id RETURNING a.version)
        INSERT INTO app.entries (transfer_id, account_id, amount, balance_after, account_version)
        SELECT t.id, made.customer_id, -30000, 0, a.version FROM t, a
        UNION ALL SELECT t.id, c.id, 30000, NULL, NULL FROM t, app.accounts AS c WHERE c.code = 'payable';
    END LOOP;
END;
$$
"""


def cook_many(admin: psycopg.Connection, n: int, each: int = 1) -> None:
    """Make so many orders of one water (30,000 kobo) in Yaba that are being prepared, `each` of them by one customer."""
    admin.execute("SELECT set_config('rachel.n', %s, false), set_config('rachel.each', %s, false)", [str(n), str(each)])
    admin.execute(MANY)


def all_of_yaba(db: Database, scene: Scene, **other: Any) -> ProposedRefund:
    """Preview the refund of all of Yaba's orders of today that are being prepared; any part of the rule may be another."""
    [since, until] = scene.admin.execute("SELECT clock_timestamp() - interval '1 day', clock_timestamp() + interval '1 minute'").fetchone()
    rule = {"kitchen_id": scene.town.yaba, "since": since, "until": until, "states": ["preparing"], "pay_with": None, "exempt_ids": []}
    return preview_refund_rule(db, new_id(), **rule | other)
