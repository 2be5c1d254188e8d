"""The steps of an order: edges that exist, roles that may walk them, and stock that moves exactly once."""

import psycopg
import pytest

from core.base.errors import Forbidden, Illegal, Invalid, Missing, Short, Stale
from core.base.identifiers import new_id
from core.orders import State, advance_order, cancel_order, open_orders, order_history, start_cooking
from core.stock import Kind, count_stock, movements
from tests.support.refusals import refused

WALK = (State.ACCEPTED, State.PREPARING, State.READY, State.OUT, State.DELIVERED)


def shelf(scene):
    chicken = scene.shelf(scene.town.chicken)
    return chicken.on_hand, chicken.held


def test_an_order_walks_from_the_counter_to_the_door(scene, cook):
    order = scene.order(*WALK)
    steps = order_history(cook, order.id)
    assert [each.state for each in steps] == [State.PLACED, *WALK]
    assert [each.version for each in steps] == [1, 2, 3, 4, 5, 6]
    assert [each.by for each in steps] == [None] + ["Chidi Okoye"] * 5
    assert open_orders(cook, scene.town.yaba) == []


def test_cooking_takes_what_was_held_off_the_shelf_once(scene, cook):
    order = scene.order(State.ACCEPTED, quantity=3)
    assert shelf(scene) == (40, 3)
    cooking = start_cooking(cook, new_id(), order.id, 2)
    assert (cooking.state, cooking.version) == (State.PREPARING, 3)
    assert shelf(scene) == (37, 0)
    with pytest.raises(Stale):
        start_cooking(cook, new_id(), order.id, 2)
    with refused(Illegal, **{"from": "preparing", "to": "preparing"}):
        start_cooking(cook, new_id(), order.id, 3)
    assert [each.kind for each in movements(cook, scene.town.chicken)] == [Kind.USE, Kind.HOLD, Kind.OPENING]


def test_cooking_what_somebody_counted_away_is_refused_and_names_it(scene, cook):
    order = scene.order(State.ACCEPTED, quantity=3)
    count_stock(cook, new_id(), scene.town.chicken, 2, 1, "")
    with refused(Short, items=[{"item": str(scene.town.chicken), "name": "Chicken", "available": 2, "wanted": 3}]) as caught:
        start_cooking(cook, new_id(), order.id, 2)
    assert "Count it first" in str(caught.value)
    assert [each.version for each in open_orders(cook, scene.town.yaba)] == [2]
    assert shelf(scene) == (2, 3)


def test_cancelling_before_cooking_gives_back_what_was_held(scene, ordering, cook):
    order = scene.order(State.ACCEPTED, quantity=3)
    cancelled = cancel_order(scene.ordering, new_id(), scene.order(quantity=2).id, 1, "changed their mind")
    assert cancelled.state is State.CANCELLED
    assert shelf(scene) == (40, 3)
    assert movements(cook, scene.town.chicken)[0].kind is Kind.RELEASE
    assert [each.id for each in open_orders(cook, scene.town.yaba)] == [order.id]


def test_cancelling_while_cooking_gives_nothing_back(scene, manager):
    order = scene.order(State.ACCEPTED, State.PREPARING, quantity=3)
    cancel_order(manager, new_id(), order.id, 3, "burnt")
    assert shelf(scene) == (37, 0)


def test_a_cancelled_order_is_cancelled_for_ever(scene, manager, cook):
    order = scene.order()
    cancel_order(manager, new_id(), order.id, 1, "changed their mind")
    with refused(Illegal, **{"from": "cancelled", "to": "cancelled"}):
        cancel_order(manager, new_id(), order.id, 2, "changed their mind")
    with refused(Illegal, **{"from": "cancelled", "to": "accepted"}):
        advance_order(cook, new_id(), order.id, 2, State.ACCEPTED)
    assert [each.reason for each in order_history(cook, order.id)] == [None, "changed their mind"]


@pytest.mark.parametrize("reason", ["", None, "x" * 501])
def test_a_cancel_needs_a_reason(scene, manager, reason):
    with refused(Invalid, field="reason"):
        cancel_order(manager, new_id(), scene.order().id, 1, reason)


@pytest.mark.parametrize("seen_version", [1, 3, None, 0, 2**31 - 1])
def test_an_order_that_moved_on_meanwhile_is_stale_and_says_where_it_is(scene, cook, manager, seen_version):
    order = scene.order(State.ACCEPTED)
    for step in (
        lambda: advance_order(cook, new_id(), order.id, seen_version, State.READY),
        lambda: start_cooking(cook, new_id(), order.id, seen_version),
        lambda: cancel_order(manager, new_id(), order.id, seen_version, "too late"),
    ):
        with pytest.raises(Stale, match=f"Order {order.number} is accepted by now") as stale:
            step()
        assert {name: stale.value.facts[name] for name in ("state", "version")} == {"state": "accepted", "version": 2}


@pytest.mark.parametrize("state", [State.READY, State.OUT, State.DELIVERED])
def test_a_step_that_skips_another_is_illegal(scene, cook, state):
    with refused(Illegal, **{"from": "placed", "to": state.value}):
        advance_order(cook, new_id(), scene.order().id, 1, state)


@pytest.mark.parametrize("state", [State.PREPARING, State.CANCELLED, State.PLACED, State.EXPIRED, "refunded", "", None])
def test_advancing_is_for_steps_without_effect_on_stock(scene, cook, state):
    with refused(Invalid, field="state"):
        advance_order(cook, new_id(), scene.order().id, 1, state)


def test_another_kitchens_order_is_missing(scene, login):
    stranger = login("stranger")
    for order_id in (scene.order(State.ACCEPTED).id, new_id(), None):
        with refused(Missing):
            advance_order(stranger, new_id(), order_id, 2, State.READY)
        with refused(Missing):
            start_cooking(stranger, new_id(), order_id, 2)


@pytest.mark.parametrize(
    ("who", "steps", "may"),
    [
        ("ordering", (), True), ("support", (), True), ("manager", (), True), ("finance", (), True),
        ("ordering", WALK[:1], False), ("support", WALK[:1], True), ("finance", WALK[:1], True),
        ("support", WALK[:2], False), ("finance", WALK[:2], True), ("manager", WALK[:2], True),
    ],
)  # fmt: skip
def test_who_may_cancel_depends_on_how_far_the_order_is(scene, login, who, steps, may):
    order = scene.order(*steps)
    version = 1 + len(steps)
    if may:
        assert cancel_order(login(who), new_id(), order.id, version, "changed their mind").state is State.CANCELLED
    else:
        with refused(Forbidden, why="role"):
            cancel_order(login(who), new_id(), order.id, version, "changed their mind")


def test_the_ordering_service_delivers_and_does_not_cook(scene, ordering):
    with refused(Forbidden, why="role"):
        advance_order(ordering, new_id(), scene.order().id, 1, State.ACCEPTED)
    order = scene.order(*WALK[:4])
    assert advance_order(ordering, new_id(), order.id, 5, State.DELIVERED).state is State.DELIVERED


def test_a_service_steps_only_what_it_placed_itself(scene, ordering, owner_connection):
    order = scene.order()
    with owner_connection.transaction():
        owner_connection.execute("SET LOCAL session_replication_role = replica")
        owner_connection.execute("UPDATE app.orders SET placed_by = 'another' WHERE id = %s", [order.id])
    with refused(Forbidden, why="role"):
        cancel_order(ordering, new_id(), order.id, 1, "changed their mind")


@pytest.mark.parametrize(
    ("change", "sqlstate"),
    [
        ("state = 'delivered', version = version + 1", "RF409"), ("total = 1, state = 'accepted', version = version + 1", "42501"),
        ("note = 'x', state = 'accepted', version = version + 1", "42501"), ("state = 'accepted'", "42501"), ("version = 2", "42501"),
    ],
)  # fmt: skip
def test_the_table_itself_refuses_what_no_verb_would_do(scene, owner_connection, change, sqlstate):
    scene.order()
    with pytest.raises(psycopg.Error) as caught:
        owner_connection.execute(f"UPDATE app.orders SET {change}")
    assert caught.value.sqlstate == sqlstate


@pytest.mark.parametrize("table", ["order_lines", "order_history", "stock_movements", "recipes", "audit_events", "orders"])
def test_what_is_for_ever_is_not_deleted_even_by_the_owner_of_the_table(scene, owner_connection, table):
    scene.order()
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="for ever"):
        owner_connection.execute(f"DELETE FROM app.{table}")
