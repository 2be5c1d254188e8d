"""Taking a step back: one's own or as manager, within two minutes, one step, and never over the start of cooking."""

import time

import pytest

from core.base.errors import Forbidden, Illegal, Missing, Stale
from core.base.identifiers import new_id
from core.orders import State, advance_order, cancel_order, order_history, recall_order, start_cooking
from tests.support.refusals import refused

WALK = (State.ACCEPTED, State.PREPARING, State.READY, State.OUT, State.DELIVERED)
BACK = {State.ACCEPTED: State.PLACED, State.READY: State.PREPARING, State.OUT: State.READY}


@pytest.fixture
def walked(scene):
    """An order that the cook brought this far, and its version: `walked(State.READY)`."""

    def walked(state):
        steps = WALK[: WALK.index(state) + 1]
        return scene.order(*steps), 1 + len(steps)

    return walked


@pytest.fixture
def age(owner_connection):
    """Let so many seconds pass since an order's steps."""

    def age(order_id, seconds):
        with owner_connection.transaction():
            owner_connection.execute("SET LOCAL session_replication_role = replica")
            query = "UPDATE app.order_history SET at = at - make_interval(secs => %s) WHERE order_id = %s"
            owner_connection.execute(query, [seconds, order_id])

    return age


@pytest.mark.parametrize("state", BACK)
def test_whoever_took_a_step_takes_it_back(walked, cook, state):
    order, version = walked(state)
    back = recall_order(cook, new_id(), order.id, version)
    assert (back.state, back.version) == (BACK[state], version + 1)
    newest = order_history(cook, order.id)[-1]
    assert (newest.state, newest.reason, newest.by) == (BACK[state], "recalled", "Chidi Okoye")


def test_after_a_recall_the_order_goes_on_as_before(scene, walked, cook):
    order, version = walked(State.ACCEPTED)
    recall_order(cook, new_id(), order.id, version)
    advance_order(cook, new_id(), order.id, version + 1, State.ACCEPTED)
    assert start_cooking(cook, new_id(), order.id, version + 2).state is State.PREPARING
    advance_order(cook, new_id(), order.id, version + 3, State.READY)
    recall_order(cook, new_id(), order.id, version + 4)
    advance_order(cook, new_id(), order.id, version + 5, State.READY)
    chicken = scene.shelf(scene.town.chicken)
    assert (chicken.on_hand, chicken.held) == (39, 0)


def test_an_order_that_was_recalled_is_cancelled_like_any_other(scene, walked, cook, ordering):
    order, version = walked(State.ACCEPTED)
    recall_order(cook, new_id(), order.id, version)
    assert cancel_order(ordering, new_id(), order.id, version + 1, "changed their mind").state is State.CANCELLED
    assert scene.shelf(scene.town.chicken).held == 0


@pytest.mark.parametrize("state", [State.PREPARING, State.DELIVERED])
def test_the_start_of_cooking_and_the_handing_over_are_not_taken_back(walked, cook, manager, state):
    order, version = walked(state)
    for who in (cook, manager):
        with pytest.raises(Illegal) as caught:
            recall_order(who, new_id(), order.id, version)
        assert caught.value.facts["from"] == state


def test_an_order_that_took_no_step_and_one_that_ended_have_nothing_to_take_back(scene, cook, ordering):
    order = scene.order()
    with pytest.raises(Illegal):
        recall_order(cook, new_id(), order.id, 1)
    cancel_order(ordering, new_id(), order.id, 1, "changed their mind")
    with pytest.raises(Illegal):
        recall_order(cook, new_id(), order.id, 2)


def test_somebody_elses_step_is_taken_back_by_a_manager_alone(walked, login, manager):
    order, version = walked(State.READY)
    with refused(Forbidden, why="other"):
        recall_order(login("cook2"), new_id(), order.id, version)
    assert recall_order(manager, new_id(), order.id, version).state is State.PREPARING


def test_a_step_is_taken_back_for_two_minutes_and_not_longer(walked, cook, manager, age):
    order, version = walked(State.READY)
    age(order.id, 115)
    recall_order(cook, new_id(), order.id, version)
    order, version = walked(State.READY)
    age(order.id, 121)
    for who in (cook, manager):
        with refused(Forbidden, why="other"):
            recall_order(who, new_id(), order.id, version)


def test_two_minutes_are_over_also_in_a_transaction_that_began_before(walked, workplace, copy, age):
    order, version = walked(State.READY)
    age(order.id, 119.5)
    with workplace.bare("cook", copy) as connection, pytest.raises(Exception, match="within two minutes"), connection.transaction():
        connection.execute("SELECT now()")
        time.sleep(0.6)
        connection.execute("SELECT id FROM api.recall_order(%s, %s, %s)", [new_id(), order.id, version])


def test_a_step_back_is_no_step_that_is_taken_back(walked, cook, manager, age):
    """Else the hour-old step before it would follow: who takes back `out` would go on to take back `ready`."""
    order, version = walked(State.READY)
    age(order.id, 3600)
    advance_order(cook, new_id(), order.id, version, State.OUT)
    recall_order(cook, new_id(), order.id, version + 1)
    for who in (cook, manager):
        with refused(Forbidden, why="other"):
            recall_order(who, new_id(), order.id, version + 2)


@pytest.mark.parametrize("seen_version", [1, 3, None])
def test_an_order_that_moved_on_meanwhile_is_stale_and_says_where_it_is(walked, cook, seen_version):
    order, _ = walked(State.ACCEPTED)
    with pytest.raises(Stale) as stale:
        recall_order(cook, new_id(), order.id, seen_version)
    assert {name: stale.value.facts[name] for name in ("state", "version")} == {"state": "accepted", "version": 2}


def test_another_kitchens_order_is_missing(walked, login):
    order, version = walked(State.READY)
    for order_id in (order.id, new_id(), None):
        with refused(Missing):
            recall_order(login("stranger"), new_id(), order_id, version)


@pytest.mark.parametrize("state", [State.ACCEPTED, State.READY])
def test_advancing_is_no_way_back(walked, cook, state):
    """READY and OUT lead back to states that advance_order names, too."""
    order, version = walked(State.OUT)
    with refused(Illegal, **{"from": "out", "to": state.value}):
        advance_order(cook, new_id(), order.id, version, state)
