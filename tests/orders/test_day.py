"""Orders by the hour: what each day of the last eight had, in Lagos, what of it by this time of that day, and what asking costs."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from core.base.days import LAGOS
from core.base.errors import Forbidden
from core.base.identifiers import new_id
from core.orders import State, cancel_order, order_hours, place_order
from tests.admin.crowd import fill

SPREAD = """
INSERT INTO app.orders (id, kitchen_id, customer_id, state, total, note, placed_at, changed_at, promised_at)
SELECT gen_random_uuid(), (ARRAY[%(yaba)s, %(lekki)s]::uuid[])[1 + n %% 2], %(customer)s, 'delivered', 30000, '', at, at, at
FROM generate_series(1, 50000) AS n, LATERAL (SELECT now() - n * interval '1 minute') AS placed (at)
"""


@pytest.fixture
def at_once(workplace, copy):
    """Read the view as support does, with the moment it was read at: `at_once(columns)`."""

    def at_once(columns):
        with workplace.bare("support", copy) as connection, connection.transaction():
            [(now,)] = connection.execute("SELECT now()").fetchall()
            return now, connection.execute(f"SELECT {columns} FROM api.order_hours").fetchall()

    return at_once


def days_before(at, now):
    return (now.astimezone(LAGOS).date() - at.astimezone(LAGOS).date()).days


def test_every_order_of_the_last_eight_days_is_counted_in_its_lagos_hour(owner_connection, town, at_once):
    fill(owner_connection, town, 1500, step=timedelta(minutes=9, seconds=7))  # nine days and a half
    placed = [at for (at,) in owner_connection.execute("SELECT placed_at FROM app.orders").fetchall()]
    now, rows = at_once("days_ago, hour, state, orders")
    wanted = Counter((days_before(at, now), at.astimezone(LAGOS).hour, "placed") for at in placed if days_before(at, now) <= 7)
    assert {(days, hour, state): orders for days, hour, state, orders in rows} == wanted


def test_so_far_is_what_was_placed_by_this_time_of_that_day(owner_connection, town, at_once):
    fill(owner_connection, town, 1500, step=timedelta(minutes=9, seconds=7))
    placed = [at for (at,) in owner_connection.execute("SELECT placed_at FROM app.orders").fetchall()]
    now, rows = at_once("days_ago, sum(orders_so_far) OVER (PARTITION BY days_ago)")
    for days_ago, so_far in set(rows):
        by_now = [at for at in placed if days_before(at, now) == days_ago and at < now - timedelta(hours=24 * days_ago)]
        assert so_far == len(by_now), days_ago
    assert {days_ago for days_ago, _ in rows} >= set(range(1, 8))


def test_the_days_begin_at_midnight_in_lagos(owner_connection, town, login):
    midnight = datetime.now(UTC).astimezone(LAGOS).replace(hour=0, minute=0, second=0, microsecond=0)
    fill(owner_connection, town, 2, newest=midnight, step=timedelta(microseconds=1))
    rows = order_hours(login("support"), [0, 1])
    found = [(row.days_ago, row.hour, row.orders, row.day) for row in rows]
    assert found == [(1, 23, 1, midnight - timedelta(days=1)), (0, 0, 1, midnight)]


def test_what_was_paid_is_summed_by_state(scene, town, ordering, login):
    kept = scene.order(quantity=2)
    gone = place_order(ordering, new_id(), town.yaba, town.customer, [town.water], [1], "")
    cancel_order(ordering, new_id(), gone.id, 1, "changed their mind")
    rows = order_hours(login("finance"), [0])
    paid = {state: sum(row.paid for row in rows if row.state is state) for state in (State.PLACED, State.CANCELLED)}
    assert paid == {State.PLACED: kept.total, State.CANCELLED: gone.total}
    assert all((row.orders_so_far, row.paid_so_far) == (row.orders, row.paid) for row in rows)


def test_only_the_days_that_are_asked_for_are_read(owner_connection, town, login):
    fill(owner_connection, town, 1500, step=timedelta(minutes=9, seconds=7))
    assert {row.days_ago for row in order_hours(login("support"), [1, 7])} == {1, 7}
    assert order_hours(login("support"), []) == []


@pytest.mark.parametrize("who", ["cook", "manager", "counter", "ordering", "worker"])
def test_who_is_not_in_the_office_reads_no_takings(login, who):
    with pytest.raises(Forbidden):
        order_hours(login(who), [0])


def scanned(plan):
    """Return how many rows of orders a plan looked at."""
    own = 0
    if plan.get("Relation Name") == "orders":
        own = (plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)) * plan["Actual Loops"]
    return own + sum(scanned(part) for part in plan.get("Plans", []))


@pytest.mark.parametrize(
    "question, days",
    [("order_hours WHERE days_ago = ANY ('{0}')", 1), ("order_hours WHERE days_ago = ANY ('{1,7}')", 2), ("kitchens_today", 1)],
)
def test_a_day_costs_the_rows_of_a_day_and_not_the_history_of_the_company(owner_connection, workplace, town, question, days):
    with owner_connection.transaction(force_rollback=True):
        owner_connection.execute("SET LOCAL session_replication_role = replica")
        owner_connection.execute(SPREAD, {"yaba": town.yaba, "lekki": town.lekki, "customer": town.customer})
        owner_connection.execute("ANALYZE app.orders")
        owner_connection.execute(f'SET LOCAL SESSION AUTHORIZATION "{workplace.sign_ins["support"].login}"')
        explained = owner_connection.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM api.{question}").fetchone()[0]
    assert scanned(explained[0]["Plan"]) <= days * 24 * 60
