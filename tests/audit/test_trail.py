"""The trail as the office reads it: who may, what a line tells, every filter, pages without gap or double, counts that end."""

from datetime import timedelta

import pytest

from core.audit import MOST_COUNTED, TrailFilter, count_trail, trail, trail_logins
from core.base.errors import Forbidden
from core.base.identifiers import new_id
from core.kitchens import create_kitchen
from core.menu import set_dish_price
from core.orders import State, cancel_order
from core.staff import revoke_staff
from core.stock import receive_stock
from core.wallets import freeze_wallet
from tests.support.trail import NEWEST, write_lines


@pytest.fixture
def long(town, owner_connection):
    """The town with 20,000 more lines; the newest at NEWEST."""
    write_lines(owner_connection, town, 20_000)
    return town


@pytest.fixture
def who(auditor):
    """The person of a login: `who("funmi")`."""
    return lambda login: next(each.person_id for each in trail_logins(auditor) if each.login == login)


def newest(db, action):
    [line] = trail(db, TrailFilter(action=action), limit=1)
    return line


@pytest.mark.parametrize("reader", ["support", "finance", "owner", "auditor"])
def test_the_office_reads_what_was_done_in_every_kitchen(town, login, reader):
    lines = trail(login(reader), limit=1000)
    assert {line.kitchen for line in lines} == {"Yaba", "Lekki", None}
    assert [(line.at, line.id) for line in lines] == sorted([(line.at, line.id) for line in lines], reverse=True)


@pytest.mark.parametrize("other", ["manager", "cook", "counter", "ordering", "worker"])
def test_nobody_else_reads_it(town, login, other):
    with pytest.raises(Forbidden):
        trail(login(other))


def test_a_line_tells_who_did_what_to_what_from_where_and_why(scene, auditor, manager, seal):
    order = scene.order()
    command_id = new_id()
    cancel_order(manager, command_id, order.id, 1, "no chicken left")
    line = newest(auditor, "cancel_order")
    assert (line.person, line.login, line.address, line.kitchen) == ("Bisi Ojo", "bisi", "127.0.0.1", "Yaba")
    assert line.program.startswith("rachel-kitchen/")
    assert (line.command_id, line.noun, line.object_id, line.object) == (command_id, "orders", order.id, str(order.number))
    assert (line.reason, line.before["state"], line.after["state"], line.position) == ("no chicken left", "placed", "cancelled", None)
    seal()
    assert newest(auditor, "cancel_order").position > 0


def test_what_was_done_to_something_is_told_with_what_people_call_it(scene, auditor, owner, cook, login):
    login_name = scene.hired()
    scene.refill()
    revoke_staff(owner, new_id(), login_name, "left")
    receive_stock(cook, new_id(), scene.town.rice, 1000, "")
    set_dish_price(owner, new_id(), scene.town.water, 40_000, 1)
    create_kitchen(owner, new_id(), "Surulere", "Surulere")
    freeze_wallet(login("finance"), new_id(), scene.town.customer, "card reported stolen")
    expected = {
        "revoke_staff": "New Person", "receive_stock": "Rice", "set_dish_price": "Water", "create_kitchen": "Surulere",
        "add_dishes": "Lekki", "freeze_wallet": None, "create_customer": None,
    }  # fmt: skip
    assert {action: newest(auditor, action).object for action in expected} == expected


def test_every_filter_finds_its_lines_and_no_other(long, auditor, who):
    everything = trail(auditor, limit=30_000)
    middle = NEWEST - timedelta(seconds=3000)
    one = everything[500]
    filters = {
        "person": (TrailFilter(person_id=who("funmi")), lambda line: line.login == "funmi"),
        "service": (TrailFilter(login="ordering"), lambda line: line.login == "ordering"),
        "login": (TrailFilter(person_id=who("funmi"), login="funmi"), lambda line: line.login == "funmi"),
        "action": (TrailFilter(action="cancel_order"), lambda line: line.action == "cancel_order"),
        "person and action": (
            TrailFilter(person_id=who("funmi"), action="cancel_order"), lambda line: (line.login, line.action) == ("funmi", "cancel_order"),
        ),
        "kitchen": (TrailFilter(kitchen_id=long.lekki), lambda line: line.kitchen_id == long.lekki),
        "object": (TrailFilter(object_id=one.object_id), lambda line: line.object_id == one.object_id),
        "command": (TrailFilter(command_id=one.command_id), lambda line: line.command_id == one.command_id),
        "days": (TrailFilter(since=middle, until=NEWEST), lambda line: middle <= line.at < NEWEST),
        "ids": (TrailFilter(ids=[one.id, everything[7].id]), lambda line: line.id in (one.id, everything[7].id)),
        "none of these ids": (TrailFilter(ids=[]), lambda line: False),
    }  # fmt: skip
    for name, (wanted, fits) in filters.items():
        expected = [line for line in everything if fits(line)]
        assert trail(auditor, wanted, limit=30_000) == expected, name
        assert count_trail(auditor, wanted) == min(len(expected), MOST_COUNTED + 1), name
        assert expected or name == "none of these ids", name


@pytest.mark.parametrize("oldest_first", [False, True])
def test_pages_have_no_gap_and_no_double_where_many_lines_have_one_time(long, auditor, who, oldest_first):
    wanted = TrailFilter(person_id=who("funmi"), since=NEWEST - timedelta(seconds=300), until=NEWEST)
    expected = [line.id for line in trail(auditor, wanted, limit=10_000, oldest_first=oldest_first)]
    seen, last = [], None
    while page := trail(auditor, wanted, last, 7, oldest_first):
        seen += [line.id for line in page]
        assert len(seen) <= len(expected), "the pages go round in a circle"
        last = (page[-1].at, page[-1].id)
    assert seen == expected
    assert len(expected) > 200


def test_a_count_ends_after_ten_thousand(long, auditor):
    assert count_trail(auditor) == MOST_COUNTED + 1
    assert 0 < count_trail(auditor, TrailFilter(kitchen_id=long.lekki)) < MOST_COUNTED


def test_everybody_who_may_stand_in_the_trail_is_offered_also_who_left(scene, support, owner):
    gone = scene.hired()
    scene.refill()
    revoke_staff(owner, new_id(), gone, "left")
    offered = {each.login: (each.person, each.active) for each in trail_logins(support)}
    assert offered[gone] == ("New Person", False)
    assert offered["funmi"] == ("Funmi Ade", True)
    assert offered["ordering"] == (None, True)


def test_a_step_of_an_order_is_told_before_and_after(scene, auditor):
    scene.order(State.ACCEPTED)
    line = newest(auditor, "advance_order")
    assert (line.before["state"], line.after["state"]) == ("placed", "accepted")
