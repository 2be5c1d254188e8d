"""Crowd: thousands of orders at once, written by SQL as nobody else may, and yet as the verbs would have left them."""

from datetime import timedelta

STEP = timedelta(minutes=1)

ORDERS = """
WITH made AS (
    INSERT INTO app.orders (id, kitchen_id, customer_id, state, version, total, note, placed_at, changed_at, promised_at)
    SELECT gen_random_uuid(), (ARRAY[%(yaba)s, %(lekki)s]::uuid[])[1 + n %% 2], %(customer)s, 'placed', 1, 30000 * (1 + n %% 3), '',
        placed.at, placed.at, placed.at + interval '35 minutes'
    FROM (SELECT coalesce(%(newest)s, (SELECT min(t.at) - interval '1 minute' FROM app.transfers AS t)) AS at) AS newest,
        generate_series(1, %(many)s) AS n, LATERAL (SELECT newest.at - (%(many)s - n) * %(step)s::interval) AS placed (at)
    RETURNING id, kitchen_id, total, placed_at
), lines AS (
    INSERT INTO app.order_lines (order_id, dish_id, dish, quantity, unit_price, recipe)
    SELECT m.id, %(water)s, 'Water', m.total / 30000, 30000, 0 FROM made AS m
), history AS (
    INSERT INTO app.order_history (order_id, version, state, command_id, at)
    SELECT m.id, 1, 'placed', m.id, m.placed_at FROM made AS m
)
INSERT INTO app.audit_events (command_id, action, noun, object_id, kitchen_id)
SELECT m.id, 'place_order', 'orders', m.id, m.kitchen_id FROM made AS m
"""


def fill(connection, town, many, newest=None, step=STEP):
    """Write `many` orders of water, a minute apart or a `step`; every second one is Lekki's.

    None of them is paid, so they are of the time before there was money in here. The last of them came at `newest`.
    """
    facts = {"yaba": town.yaba, "lekki": town.lekki, "customer": town.customer, "water": town.water}
    connection.execute(ORDERS, {**facts, "many": many, "newest": newest, "step": step})
    connection.execute("ANALYZE app.orders")
