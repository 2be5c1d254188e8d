"""Somebody with a password and another program parks what others need, or waits in a circle with them: others are told, and go on."""

import time

import pytest

from core.base.errors import Busy
from core.base.identifiers import new_id
from core.orders import place_order
from tests.support.waiting import wait_until

PLACE = "SELECT FROM api.place_order(%s::uuid, %s::uuid, %s::uuid, ARRAY[%s::uuid], ARRAY[1], '', 'wallet')"
LOCK = "SELECT FROM app.stock_items WHERE id = %s FOR NO KEY UPDATE"
WAITS = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def test_of_a_circle_our_client_is_told_that_it_is_busy_and_the_same_id_goes_through_afterwards(
    workplace, copy, scene, login, owner_connection, aside, pending, balance
):
    """C12: PostgreSQL ends the circle (40P01), and nothing of what it ended is left."""
    town, customer_id, command_id = scene.town, scene.customer(100_000), new_id()
    low, high = sorted([scene.item(), scene.item()])
    basket, ordering = (town.yaba, customer_id, [scene.dish(low, high)], [1], ""), login("ordering", pending=pending)
    with workplace.superuser(copy) as other, other.transaction(force_rollback=True):
        other.execute("SET LOCAL deadlock_timeout = '1min'")  # so that it is not the one that is ended
        other.execute(LOCK, [high])
        placing = aside(place_order, ordering, command_id, *basket)
        wait_until(lambda: owner_connection.execute(WAITS).fetchone() is not None)
        other.execute(LOCK, [low])
        with pytest.raises(Busy):
            placing.result(5)
        assert (balance(customer_id), pending.waiting()) == (100_000, [])
    [deadlocks] = owner_connection.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()").fetchone()
    assert place_order(ordering, command_id, *basket).id == command_id
    assert (balance(customer_id), deadlocks) == (0, 1)


def test_a_transaction_left_open_holds_up_the_same_wallet_and_the_same_item_for_five_seconds_and_nobody_else(
    workplace, copy, scene, ordering, aside, balance
):
    """C36: who needs what it locked is told so after five seconds; the same id goes through when it is gone."""
    town, parked, other, third = scene.town, *(scene.customer(200_000) for _ in range(3))
    shared, free = scene.dish(scene.item()), scene.dish(scene.item())
    same_wallet, same_item = (new_id(), town.yaba, parked, [free], [1], ""), (new_id(), town.yaba, other, [shared], [1], "")
    with workplace.bare("ordering", copy) as parking, parking.transaction(force_rollback=True):
        parking.execute(PLACE, [new_id(), town.yaba, parked, shared])
        began = time.monotonic()
        waiting = [aside(place_order, ordering, *asked) for asked in (same_wallet, same_item)]
        place_order(ordering, new_id(), town.yaba, third, [free], [1], "")
        assert time.monotonic() - began < 4
        for one in waiting:
            with pytest.raises(Busy):
                one.result(10)
        print(f"told after {time.monotonic() - began:.1f} s")
        assert time.monotonic() - began > 4.9
    for asked in (same_wallet, same_item):
        assert place_order(ordering, *asked).id == asked[0]
    assert [balance(each) for each in (parked, other, third)] == [100_000] * 3
