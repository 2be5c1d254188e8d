"""What became of a command: recorded for ever, or closed for ever."""

import pytest

from core.base.errors import Busy, Invalid, Reused, Short
from core.base.identifiers import new_id
from core.commands import settle_command
from core.orders import place_order
from core.staff import Role, me
from core.stock import receive_stock, waste_stock
from tests.support.refusals import refused


def test_a_command_that_was_done_is_recorded_under_its_verb(town, cook):
    command_id = new_id()
    receive_stock(cook, command_id, town.rice, 1, "")
    outcome = settle_command(cook, command_id)
    assert (outcome.id, outcome.verb, outcome.recorded) == (command_id, "receive_stock", True)


def test_a_command_nobody_recorded_is_closed_and_stays_closed(scene, cook):
    command_id = new_id()
    outcome = settle_command(cook, command_id)
    assert (outcome.verb, outcome.recorded) == ("settled", False)
    assert settle_command(cook, command_id) == outcome
    with refused(Reused, why="settled") as caught:
        receive_stock(cook, command_id, scene.town.rice, 500, "")
    assert "not recorded" in str(caught.value)
    assert scene.shelf(scene.town.rice).on_hand == 10_000


def test_a_refused_command_leaves_its_id_free(scene, cook):
    command_id = new_id()
    with pytest.raises(Short):
        waste_stock(cook, command_id, scene.town.chicken, 41, "spoiled", "")
    assert waste_stock(cook, command_id, scene.town.chicken, 40, "spoiled", "").on_hand == 0


def test_the_first_answer_is_given_again_whatever_happened_since(scene, cook, ordering, owner_connection):
    command_id, town = new_id(), scene.town
    asked = (ordering, command_id, town.yaba, town.customer, [town.jollof], [40], "")
    first = place_order(*asked)
    waste_stock(cook, new_id(), town.chicken, 40, "power cut", "")
    assert place_order(*asked) == first
    owner_connection.execute("UPDATE app.dishes SET active = false")
    assert place_order(*asked) == first


def test_an_id_is_one_persons_and_nobody_elses(town, cook, login):
    command_id = new_id()
    receive_stock(cook, command_id, town.rice, 1, "")
    with refused(Reused, why="used"):
        receive_stock(login("cook2"), command_id, town.rice, 1, "")
    with refused(Reused, why="used"):
        settle_command(login("cook2"), command_id)


def test_one_person_settles_at_another_counter_what_they_asked_at_the_first(town, cook, hire):
    command_id = new_id()
    done = receive_stock(cook, command_id, town.rice, 1, "")
    there = hire("chidi.too", Role.KITCHEN_STAFF, [town.yaba], me(cook).person_id)
    assert settle_command(there, command_id).recorded
    assert receive_stock(there, command_id, town.rice, 1, "") == done


def test_settling_waits_for_a_call_that_is_still_running(town, cook, ordering, held, aside):
    command_id = new_id()
    with held(f"SELECT FROM app.stock_items WHERE id = '{town.rice}' FOR UPDATE") as wait:
        placing = aside(place_order, ordering, command_id, town.yaba, town.customer, [town.jollof], [1], "")
        wait()
        settling = aside(settle_command, ordering, command_id)
        wait(2)
    assert placing.result(10).id == command_id
    assert settling.result(10).recorded


def test_settling_what_somebody_keeps_open_is_busy_and_closes_nothing(town, ordering, workplace, copy):
    command_id = new_id()
    asked = {"id": command_id, "kitchen": town.yaba, "customer": town.customer, "dishes": [town.water]}
    with workplace.bare("ordering", copy) as connection, connection.transaction():
        connection.execute("SELECT id FROM api.place_order(%(id)s, %(kitchen)s, %(customer)s, %(dishes)s, '{1}', '')", asked)
        with refused(Busy):
            settle_command(ordering, command_id)
    assert settle_command(ordering, command_id).recorded


def test_nothing_is_settled_without_an_id(cook):
    with refused(Invalid, field="command_id"):
        settle_command(cook, None)
