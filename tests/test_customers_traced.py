"""Nobody finds a customer by phone without a line in the trail and a token spent: whatever is taken back, nothing was told before."""

import json

import psycopg
import pytest

from core.audit import TrailFilter, trail
from core.base.errors import Reused
from core.base.identifiers import new_id
from core.commands import settle_command
from core.customers import find_customers
from tests.support.purses import write_down
from tests.support.races import REPEATS
from tests.support.refunds import behind_the_guards

ASK = "SELECT id FROM api.find_customers(%s, %s)"
PHONE, NOBODYS = "+2348030000000", "+2348030000009"
READ = "SELECT seq_scan, seq_tup_read, idx_scan, idx_tup_fetch FROM pg_stat_xact_all_tables WHERE relname = 'customers'"


@pytest.fixture
def ada(ordering):
    """A customer with the number PHONE."""
    [ada] = write_down(ordering, "Ada")
    return ada


@pytest.fixture
def bare(workplace, copy):
    """Support and a colleague of hers without our programs: `bare("support")`."""
    opened = []

    def bare(who):
        opened.append(workplace.bare(who, copy))
        return opened[-1]

    yield bare
    for each in opened:
        each.close()


@pytest.fixture
def lines(auditor):
    """Return the trail's lines of searches, oldest first, as (action, customer)."""
    found = ("find_customers", "tell_customers")
    return lambda: [(line.action, line.object_id) for line in reversed(trail(auditor, TrailFilter())) if line.action in found]


def asked(connection, search_id, phone=PHONE):
    return [customer_id for (customer_id,) in connection.execute(ASK, [search_id, phone]).fetchall()]


def test_the_first_call_looks_nobody_up_and_the_second_tells_and_says_in_the_trail_whom(bare, ada, lines):
    support, search_id = bare("support"), new_id()
    assert (asked(support, search_id), lines()) == ([], [("find_customers", None)])
    told = [("find_customers", None), ("tell_customers", ada)]
    for _ in range(3):
        assert (asked(support, search_id), lines()) == ([ada], told)


def test_what_is_rolled_back_told_nothing_however_often_it_asked(bare, ada, lines):
    support, search_id = bare("support"), new_id()
    support.execute("BEGIN; SAVEPOINT here")
    told = [*asked(support, search_id), *asked(support, search_id)]
    support.execute("RELEASE SAVEPOINT here; SAVEPOINT there")
    told += asked(support, search_id)
    support.execute("ROLLBACK TO there")
    told += asked(support, search_id)
    support.execute("ROLLBACK")
    assert (told, lines()) == ([], [])


def test_what_a_savepoint_takes_back_is_asked_anew_and_told_when_it_is_committed(bare, ada, lines):
    support, search_id = bare("support"), new_id()
    support.execute("BEGIN; SAVEPOINT here")
    assert asked(support, search_id) == []
    support.execute("ROLLBACK TO here")
    assert asked(support, search_id) == []
    support.execute("COMMIT AND CHAIN")
    assert asked(support, search_id) == [ada]
    support.execute("ROLLBACK")  # of who was told; that somebody searched stays
    assert lines() == [("find_customers", None)]


def test_before_it_is_committed_neither_the_trail_nor_the_servers_counts_know_whether_there_is_somebody(bare, ada):
    support, seen = bare("support"), []
    for phone in (PHONE, NOBODYS):
        support.execute("BEGIN")
        for _ in range(2):
            asked(support, search_id := new_id(), phone)
            asked(support, search_id, phone)
        seen.append(support.execute(READ).fetchall())
        assert support.execute("SELECT DISTINCT object_id, after FROM api.trail WHERE action ~ 'customers$'").fetchall() == [(None, None)]
        support.execute("ROLLBACK")
    assert seen[0] == seen[1]


def test_each_search_costs_its_tokens_and_one_that_is_paid_for_answers_for_one_number(bare, ada, owner_connection, lines):
    support, search_id = bare("support"), new_id()
    owner_connection.execute("UPDATE app.budgets SET full_at = '-infinity'")
    asked(support, search_id)
    [spent] = owner_connection.execute("SELECT count(*) FROM app.budgets WHERE full_at > '-infinity'").fetchone()
    assert spent == 1
    for phone in (NOBODYS, "+2348030000001", ""):
        with pytest.raises(psycopg.Error, match="used for something else"):
            asked(support, search_id, phone)
    assert (asked(support, search_id), len(lines())) == ([ada], 2)


@pytest.mark.parametrize("how", ["told", "taken back"])
def test_a_line_answers_for_ten_minutes_so_that_nobody_watches_a_number_by_one(bare, ada, owner_connection, lines, how):
    support, search_id = bare("support"), new_id()
    asked(support, search_id)
    support.execute("BEGIN")
    assert asked(support, search_id) == [ada]
    support.execute("COMMIT" if how == "told" else "ROLLBACK")
    before = lines()
    for later, answers in (("-9 minutes", True), ("-70 seconds", False), ("13 minutes", False)):  # then it is to come, by a clock put back
        with behind_the_guards(owner_connection):
            owner_connection.execute("UPDATE app.audit_events SET at = at + %s::interval WHERE command_id = %s", [later, search_id])
        support.execute("BEGIN")
        if answers:
            assert asked(support, search_id) == [ada]
        else:
            with pytest.raises(psycopg.Error, match="over ten minutes old. Search again") as refused:
                asked(support, search_id)
            assert refused.value.sqlstate == Reused.sqlstate
        support.execute("ROLLBACK")
    assert lines() == before


def test_the_id_of_somebody_elses_search_tells_nothing(bare, ada, login, lines):
    search_id = new_id()
    asked(bare("support"), search_id)
    with pytest.raises(Reused):
        find_customers(login("finance"), search_id, PHONE)
    assert lines() == [("find_customers", None)]


def test_a_search_that_was_closed_as_not_recorded_is_refused(support, ada, lines):
    search_id = new_id()
    settle_command(support, search_id)
    with pytest.raises(Reused):
        find_customers(support, search_id, PHONE)
    assert lines() == []


def test_a_second_connection_is_told_nothing_of_a_search_that_is_still_open(bare, ada, aside, held, lines):
    first, second, search_id = bare("support"), bare("support"), new_id()
    first.execute("BEGIN")
    assert asked(first, search_id) == []
    waiting = aside(asked, second, search_id)
    assert not waiting.done()
    first.execute("ROLLBACK")
    assert waiting.result(10) == []  # the second has asked first, and its line is there
    assert (asked(second, search_id), lines()) == ([ada], [("find_customers", None), ("tell_customers", ada)])


def test_two_who_search_under_one_id_at_once_are_told_and_leave_one_line_of_each_kind(login, ada, race, refill, lines):
    support = login("support", size=2)
    for number in range(1, REPEATS + 1):
        refill()
        search_id = new_id()
        answers = race(2, lambda _, search_id=search_id: [customer.id for customer in find_customers(support, search_id, PHONE)])
        assert answers == [[ada], [ada]]
        assert len(lines()) == 2 * number


def test_the_number_is_on_no_disk_but_the_customers_own_row(login, ada, pending, owner_connection, aside, held):
    support, search_id = login("support", pending=pending), new_id()
    with held("LOCK TABLE app.audit_events IN ACCESS EXCLUSIVE MODE") as wait:
        searching = aside(find_customers, support, search_id, PHONE)
        wait()
        assert pending.waiting() == []
    assert [customer.id for customer in searching.result(10)] == [ada]
    for table, column in (("audit_events", "command_id"), ("commands", "id")):
        rows = owner_connection.execute(f"SELECT to_jsonb(t) FROM app.{table} AS t WHERE t.{column} = %s", [search_id]).fetchall()
        assert rows and PHONE[4:] not in json.dumps([row for (row,) in rows])
