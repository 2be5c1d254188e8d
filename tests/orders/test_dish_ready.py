"""Dish by dish: what is ready before the whole order is, said and unsaid while it is being prepared."""

import pytest

from core.base.errors import Illegal, Invalid, Missing
from core.base.identifiers import new_id
from core.orders import State, advance_order, mark_dish_ready, order_lines, place_order, recall_order, start_cooking
from tests.support.refusals import refused


@pytest.fixture
def preparing(scene, ordering, cook):
    """An order of jollof and water that is being prepared, at version 3."""
    town = scene.town
    order = place_order(ordering, new_id(), town.yaba, town.customer, [town.jollof, town.water], [2, 1], "")
    advance_order(cook, new_id(), order.id, 1, State.ACCEPTED)
    start_cooking(cook, new_id(), order.id, 2)
    return order


@pytest.fixture
def ready(cook, preparing):
    """Which of its dishes are ready, by name."""
    return lambda: [line.dish for line in order_lines(cook, preparing.id) if line.is_ready]


def test_a_dish_is_ready_before_the_others_and_the_order_is_as_it_was(preparing, town, cook, ready):
    assert ready() == []
    answer = mark_dish_ready(cook, new_id(), preparing.id, town.water, True)
    assert (answer.id, answer.state, answer.version) == (preparing.id, State.PREPARING, 3)
    assert ready() == ["Water"]
    mark_dish_ready(cook, new_id(), preparing.id, town.jollof, True)
    assert ready() == ["Jollof rice", "Water"]


def test_a_dish_is_not_ready_after_all(preparing, town, cook, manager, ready):
    mark_dish_ready(cook, new_id(), preparing.id, town.water, True)
    mark_dish_ready(manager, new_id(), preparing.id, town.water, False)
    assert ready() == []


def test_two_cooks_who_say_the_same_are_both_right(preparing, town, cook, login, ready):
    for is_ready in (True, False):
        for who in (cook, login("cook2")):
            mark_dish_ready(who, new_id(), preparing.id, town.water, is_ready)
        assert ready() == (["Water"] if is_ready else [])


def test_what_was_ready_stays_so_when_the_order_goes_on_and_comes_back(preparing, town, cook, ready):
    mark_dish_ready(cook, new_id(), preparing.id, town.water, True)
    advance_order(cook, new_id(), preparing.id, 3, State.READY)
    recall_order(cook, new_id(), preparing.id, 4)
    assert ready() == ["Water"]
    assert mark_dish_ready(cook, new_id(), preparing.id, town.water, False).version == 5


@pytest.mark.parametrize("steps", [(), (State.ACCEPTED,), (State.ACCEPTED, State.PREPARING, State.READY)])
def test_only_of_an_order_that_is_being_prepared(scene, cook, steps):
    order = scene.order(*steps)
    state = steps[-1] if steps else State.PLACED
    with refused(Illegal, **{"from": state.value, "to": "preparing"}):
        mark_dish_ready(cook, new_id(), order.id, scene.town.jollof, True)


def test_a_dish_that_is_not_in_the_order_and_an_order_of_another_kitchen_are_missing(preparing, town, cook, login):
    for who, order_id, dish_id in (
        (cook, preparing.id, town.moi_moi), (cook, preparing.id, None), (cook, new_id(), town.water), (cook, None, town.water),
        (login("stranger"), preparing.id, town.water),
    ):  # fmt: skip
        with refused(Missing):
            mark_dish_ready(who, new_id(), order_id, dish_id, True)


def test_a_dish_said_ready_while_the_order_leaves_the_kitchen_waits_and_is_told_so(preparing, town, cook, login, held, aside, ready):
    with held(f"SELECT FROM app.orders WHERE id = '{preparing.id}' FOR NO KEY UPDATE") as wait:
        leaving = aside(advance_order, cook, new_id(), preparing.id, 3, State.READY)
        wait(1)
        saying = aside(mark_dish_ready, login("cook2"), new_id(), preparing.id, town.water, True)
        wait(2)
    assert leaving.result(5).state is State.READY
    with refused(Illegal, **{"from": "ready", "to": "preparing"}):
        saying.result(5)
    assert ready() == []


def test_neither_ready_nor_not_is_refused(preparing, town, cook, ready):
    mark_dish_ready(cook, new_id(), preparing.id, town.water, True)
    with refused(Invalid, field="is_ready"):
        mark_dish_ready(cook, new_id(), preparing.id, town.water, None)
    assert ready() == ["Water"]


def test_the_trail_and_the_open_screens_hear_of_it(preparing, town, cook, owner_connection):
    command_id = new_id()
    mark_dish_ready(cook, command_id, preparing.id, town.water, True)
    assert owner_connection.execute("SELECT login, after FROM app.audit_events WHERE command_id = %s", [command_id]).fetchall() == [
        ("chidi", {"dish": str(town.water), "ready": True})
    ]
    assert owner_connection.execute(
        "SELECT noun, object_id, kitchen_id FROM app.outbox ORDER BY mark DESC, id DESC LIMIT 1"
    ).fetchall() == [("orders", preparing.id, town.yaba)]
