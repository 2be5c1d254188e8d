"""A customer's whole phone number: shown for a reason, to those who may call, each time with a line in the trail that does not hold it."""

import json

import pytest

from core.audit import TrailFilter, trail
from core.base.errors import Forbidden, Invalid, Missing
from core.base.identifiers import new_id
from core.customers import reveal_phone

PHONE = "+2348031234567"


@pytest.mark.parametrize("who", ["support", "finance", "owner"])
def test_the_whole_number_is_shown_to_those_who_may_call_and_leaves_its_line(town, login, auditor, who):
    command_id = new_id()
    customer = reveal_phone(login(who), command_id, town.customer, "call about an order")
    assert (customer.id, customer.name, customer.phone) == (town.customer, "Ngozi Eze", PHONE)
    [line] = trail(auditor, TrailFilter(action="reveal_phone"))
    assert (line.command_id, line.noun, line.object_id, line.reason) == (command_id, "customers", town.customer, "call about an order")


def test_the_number_is_in_no_row_that_it_leaves(town, support, owner_connection):
    command_id = new_id()
    for _ in range(2):
        assert reveal_phone(support, command_id, town.customer, "call about an order").phone == PHONE
    for table, column in (("audit_events", "command_id"), ("commands", "id")):
        rows = owner_connection.execute(f"SELECT to_jsonb(t) FROM app.{table} AS t WHERE t.{column} = %s", [command_id]).fetchall()
        assert len(rows) == 1
        assert PHONE[4:] not in json.dumps([row for (row,) in rows])


@pytest.mark.parametrize("who", ["auditor", "manager", "cook", "ordering", "worker"])
def test_nobody_else_sees_it(town, login, who):
    with pytest.raises(Forbidden):
        reveal_phone(login(who), new_id(), town.customer, "call about an order")


@pytest.mark.parametrize("reason", ["", " ", None, "x" * 501])
def test_without_a_reason_it_is_not_shown_and_no_line_is_left(town, support, auditor, reason):
    with pytest.raises(Invalid) as refused:
        reveal_phone(support, new_id(), town.customer, reason)
    assert refused.value.facts == {"field": "reason"}
    assert trail(auditor, TrailFilter(action="reveal_phone")) == []


def test_there_is_no_number_of_a_customer_who_is_not_there(town, support, auditor):
    with pytest.raises(Missing):
        reveal_phone(support, new_id(), new_id(), "call about an order")
    assert trail(auditor, TrailFilter(action="reveal_phone")) == []


def test_two_calls_with_one_id_show_it_twice_and_leave_one_line(town, finance, auditor, race, refill):
    for _ in range(40):
        refill()
        command_id = new_id()
        answers = race(2, lambda _, command_id=command_id: reveal_phone(finance, command_id, town.customer, "call about an order"))
        assert [answer.phone for answer in answers] == [PHONE, PHONE]
        assert len(trail(auditor, TrailFilter(command_id=command_id))) == 1


def test_who_takes_the_line_back_has_not_seen_the_number(support, town, workplace, copy, auditor):
    asked, command_id = "SELECT phone FROM api.reveal_phone(%s, %s, 'call about an order')", new_id()
    with workplace.bare("support", copy) as connection:
        connection.execute("BEGIN; SAVEPOINT here")
        told = [connection.execute(asked, [command_id, town.customer]).fetchone()[0] for _ in range(2)]
        connection.execute("RELEASE SAVEPOINT here")
        told += connection.execute(asked, [command_id, town.customer]).fetchone()
        connection.execute("ROLLBACK")
    assert PHONE not in told
    assert trail(auditor, TrailFilter(action="reveal_phone")) == []
    assert reveal_phone(support, new_id(), town.customer, "call about an order").phone == PHONE
