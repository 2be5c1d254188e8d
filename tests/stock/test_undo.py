"""Undo: a movement the other way, once, within ten minutes, by the same person or a manager."""

import pytest

from core.base.errors import Busy, Forbidden, Illegal, Missing, Short
from core.base.identifiers import new_id
from core.orders import State, cancel_order
from core.stock import Kind, correct_stock, count_stock, movements, receive_stock, undo_stock, waste_stock
from tests.support.refusals import refused


@pytest.fixture
def age(owner_connection):
    """Make a movement older by so many seconds, as only a superuser can: `age(movement, 600)`."""

    def age(movement, seconds):
        with owner_connection.transaction():
            owner_connection.execute("SET LOCAL session_replication_role = replica")
            owner_connection.execute(
                "UPDATE app.stock_movements SET at = at - make_interval(secs => %s) WHERE item_id = %s AND number = %s",
                [seconds, movement.item_id, movement.number],
            )

    return age


def test_a_delivery_waste_count_or_correction_is_taken_back_by_a_movement_the_other_way(scene, manager):
    rice = scene.town.rice
    done = [
        receive_stock(manager, new_id(), rice, 500, ""),
        waste_stock(manager, new_id(), rice, 200, "spilled", ""),
        count_stock(manager, new_id(), rice, 9000, 3, ""),
        correct_stock(manager, new_id(), rice, 8000, 4, "wrong label", ""),
    ]
    for movement in done:
        undone = undo_stock(manager, new_id(), rice, movement.number)
        assert (undone.kind, undone.undoes, undone.change) == (Kind.UNDO, movement.number, -movement.change)
    assert scene.shelf(rice).on_hand == 10_000


def test_a_count_that_was_undone_is_no_longer_the_newest_count(scene, cook):
    rice = scene.town.rice
    counted = count_stock(cook, new_id(), rice, 7, scene.shelf(rice).version, "")
    undo_stock(cook, new_id(), rice, counted.number)
    assert scene.shelf(rice).counted_at is None


def test_undo_keeps_what_others_did_since(scene, cook, login):
    mistake = receive_stock(cook, new_id(), scene.town.rice, 5000, "")
    waste_stock(login("cook2"), new_id(), scene.town.rice, 100, "spilled", "")
    undo_stock(cook, new_id(), scene.town.rice, mistake.number)
    assert scene.shelf(scene.town.rice).on_hand == 9900


def test_nothing_is_undone_twice_and_an_undo_is_not_undone(town, cook, manager):
    mistake = receive_stock(cook, new_id(), town.rice, 500, "")
    undone = undo_stock(cook, new_id(), town.rice, mistake.number)
    for who in (cook, manager):
        with refused(Illegal) as caught:
            undo_stock(who, new_id(), town.rice, mistake.number)
        assert "undone already" in str(caught.value)
    with refused(Illegal):
        undo_stock(cook, new_id(), town.rice, undone.number)


def test_somebody_elses_change_is_undone_by_a_manager_only(town, cook, login, manager):
    mistake = receive_stock(cook, new_id(), town.rice, 500, "")
    with refused(Forbidden, why="other"):
        undo_stock(login("cook2"), new_id(), town.rice, mistake.number)
    assert undo_stock(manager, new_id(), town.rice, mistake.number).by == "Bisi Ojo"


def test_ones_own_change_at_another_counter_is_ones_own(town, cook, hire, owner_connection):
    [[person]] = owner_connection.execute("SELECT person_id FROM app.staff WHERE login = 'chidi'").fetchall()
    there = hire("chidi.too", "kitchen_staff", [town.yaba], person)
    mistake = receive_stock(cook, new_id(), town.rice, 500, "")
    assert undo_stock(there, new_id(), town.rice, mistake.number).login == "chidi.too"


def test_after_ten_minutes_it_is_too_late_also_for_a_manager(town, cook, manager, age):
    mistake = receive_stock(cook, new_id(), town.rice, 500, "")
    age(mistake, 599)
    assert undo_stock(cook, new_id(), town.rice, mistake.number).change == -500
    late = receive_stock(cook, new_id(), town.rice, 500, "")
    age(late, 600)
    for who in (cook, manager):
        with refused(Illegal) as caught:
            undo_stock(who, new_id(), town.rice, late.number)
        assert "older than ten minutes" in str(caught.value)


def test_what_was_delivered_and_is_gone_is_not_undone(scene, cook):
    mistake = receive_stock(cook, new_id(), scene.town.chicken, 10, "")
    waste_stock(cook, new_id(), scene.town.chicken, 45, "power cut", "")
    with refused(Short, items=[{"item": str(scene.town.chicken), "name": "Chicken", "available": 5, "wanted": 10}]):
        undo_stock(cook, new_id(), scene.town.chicken, mistake.number)
    assert scene.shelf(scene.town.chicken).on_hand == 5


def test_what_an_order_moved_and_the_first_figure_are_not_undone(scene, cook, manager):
    cancel_order(manager, new_id(), scene.order().id, 1, "changed their mind")
    scene.order(State.ACCEPTED, State.PREPARING)
    kinds = {each.number: each.kind for each in movements(cook, scene.town.rice)}
    assert sorted(kinds.values()) == [Kind.HOLD, Kind.HOLD, Kind.OPENING, Kind.RELEASE, Kind.USE]
    for number in kinds:
        with refused(Illegal):
            undo_stock(manager, new_id(), scene.town.rice, number)


@pytest.mark.parametrize("number", [None, 0, -1, 99, 2**31 - 1])
def test_a_movement_that_is_not_there_is_missing(town, cook, number):
    with refused(Missing):
        undo_stock(cook, new_id(), town.rice, number)


def test_another_kitchens_movement_is_missing_and_not_even_waited_for(town, login, held):
    with held(f"SELECT FROM app.stock_items WHERE id = '{town.rice}' FOR UPDATE"), refused(Missing):
        undo_stock(login("stranger"), new_id(), town.rice, 1)


def test_an_item_that_somebody_holds_for_too_long_is_busy_and_nothing_is_done(scene, cook, held):
    with held(f"SELECT FROM app.stock_items WHERE id = '{scene.town.rice}' FOR UPDATE"), refused(Busy):
        receive_stock(cook, new_id(), scene.town.rice, 1, "")
    assert scene.shelf(scene.town.rice).on_hand == 10_000
