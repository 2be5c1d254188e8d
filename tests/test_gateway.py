"""The door: what is Offline, what is asked twice and what never is, what stays pending, and that leaving never waits."""

import time
from contextlib import closing

import psycopg
import pytest

from core.base.config import Server
from core.base.errors import Busy, Forbidden, Missing, Offline, Short, Unanswered
from core.base.identifiers import new_id
from core.commands import settle_command
from core.database import connections
from core.database.gateway import Database
from core.kitchens import Kitchen, create_kitchen, kitchens
from core.stock import items, receive_stock, waste_stock
from tests.support.waiting import wait_until

READERS_WAIT = "LOCK TABLE app.stock_items IN ACCESS EXCLUSIVE MODE"
WRITERS_WAIT = "SELECT id FROM app.stock_items FOR NO KEY UPDATE"


# Nobody there, not let in, no such database


def test_a_server_that_is_not_there_is_offline_and_nothing_stays_pending(pending):
    with closing(Database.connect(Server("127.0.0.1", 1), "cook", "x", pending=pending)) as cook:
        with pytest.raises(Offline) as refused:
            receive_stock(cook, new_id(), new_id(), 5, "")
        assert type(refused.value) is Offline  # not Unanswered: nothing was sent
        assert pending.waiting() == []


def test_what_an_earlier_attempt_left_pending_stays_when_the_server_is_not_there(pending):
    command_id = new_id()
    pending.keep(command_id, "receive_stock", {})
    with closing(Database.connect(Server("127.0.0.1", 1), "cook", "x", pending=pending)) as cook, pytest.raises(Offline):
        receive_stock(cook, command_id, new_id(), 5, "")
    assert [kept.command_id for kept in pending.waiting()] == [command_id]


def test_a_wrong_password_is_not_called_offline(workplace, copy):
    database = Database.connect(workplace.cluster.server(copy), "chidi", "wrong")
    with closing(database), pytest.raises(Forbidden, match="refused this login"):
        kitchens(database)


def test_a_wrong_database_is_not_called_offline(workplace):
    it = workplace.sign_ins["cook"]
    database = Database.connect(workplace.cluster.server("nowhere"), it.login, it.password)
    with closing(database), pytest.raises(Missing, match="nowhere"):
        kitchens(database)


def test_a_login_that_was_ended_is_told_so_and_one_with_too_many_connections_is_offline(owner_connection, cook):
    owner_connection.execute("ALTER ROLE chidi CONNECTION LIMIT 0")
    try:
        with pytest.raises(Offline):
            kitchens(cook)
        owner_connection.execute("ALTER ROLE chidi NOLOGIN")
        with pytest.raises(Forbidden, match="no longer in use"):
            kitchens(cook)
    finally:
        owner_connection.execute("ALTER ROLE chidi LOGIN CONNECTION LIMIT 10")
    assert len(kitchens(cook)) == 1


# What is refused


def test_a_refusal_carries_its_facts_and_leaves_nothing_pending(login, pending, town):
    cook = login("cook", pending=pending)
    with pytest.raises(Short) as refused:
        waste_stock(cook, new_id(), town.rice, 10_001, "spoiled", "")
    assert refused.value.facts["items"][0]["available"] == 10_000
    assert pending.waiting() == []


def test_a_refusal_of_a_repeat_says_nothing_about_the_first_attempt_so_that_stays_pending(login, pending, town):
    cook, command_id = login("cook", pending=pending), new_id()
    pending.keep(command_id, "waste_stock", {})
    with pytest.raises(Short):
        waste_stock(cook, command_id, town.rice, 10_001, "spoiled", "")
    assert len(pending.waiting()) == 1
    settle_command(cook, command_id)
    assert len(pending.waiting()) == 1  # until somebody was told
    settle_command(cook, new_id())
    assert len(pending.waiting()) == 1  # one that nobody waits to hear of


def test_a_verb_of_another_role_is_forbidden_in_our_words(cook):
    with pytest.raises(Forbidden, match="may not do that"):
        create_kitchen(cook, new_id(), "Mine", "Here")


def test_a_mistake_of_the_program_is_not_dressed_up_and_leaves_nothing_pending(login, pending):
    cook = login("cook", pending=pending)
    with pytest.raises(psycopg.errors.UndefinedFunction):
        cook.call(Kitchen, "no_such_verb", command_id=new_id())
    assert pending.waiting() == []


def test_a_lock_that_is_held_too_long_is_busy(owner_connection, cook, town, held):
    owner_connection.execute("ALTER FUNCTION api.receive_stock SET lock_timeout = '50ms'")
    with held(WRITERS_WAIT), pytest.raises(Busy, match="Somebody else"):
        receive_stock(cook, new_id(), town.rice, 1, "")


def test_more_callers_than_connections_wait_and_then_are_told_that_it_is_busy(login, town, aside, held, monkeypatch):
    monkeypatch.setattr(connections, "PATIENCE", 0.1)
    cook = login("cook", size=1)
    with held(READERS_WAIT) as wait:
        reading = aside(items, cook, town.yaba)
        wait()
        with pytest.raises(Busy, match="too many answers"):
            kitchens(cook)
    assert len(reading.result(5)) == 3


# Leaving


def no_connection_stays(owner_connection):
    wait_until(lambda: owner_connection.execute("SELECT count(*) FROM pg_stat_activity WHERE usename = 'chidi'").fetchone() == (0,))


def test_closing_cancels_what_reads(owner_connection, login, town, aside, held):
    cook = login("cook")
    with held(READERS_WAIT) as wait:
        reading = aside(items, cook, town.yaba)
        wait()
        cook.close()
        with pytest.raises((Busy, Offline)):
            reading.result(2)
        started = time.monotonic()
        no_connection_stays(owner_connection)
        assert time.monotonic() - started < 0.5  # of itself the server would notice after a second


def test_closing_hangs_up_on_what_writes_and_it_may_still_happen(login, pending, town, rice, aside, held):
    cook, command_id = login("cook", pending=pending), new_id()
    with held(WRITERS_WAIT) as wait:
        writing = aside(receive_stock, cook, command_id, town.rice, 500, "")
        wait()
        started = time.monotonic()
        cook.close()
        with pytest.raises(Unanswered):
            writing.result(2)
        assert time.monotonic() - started < 0.5
        assert rice() == 10_000
    wait_until(lambda: rice() == 10_500)
    assert [kept.command_id for kept in pending.waiting()] == [command_id]


def test_after_closing_nothing_is_sent_and_no_connection_stays(owner_connection, login, pending, town):
    cook = login("cook", pending=pending)
    items(cook, town.yaba)
    cook.close()
    with pytest.raises(Offline, match="closing"):
        receive_stock(cook, new_id(), town.rice, 1, "")
    assert pending.waiting() == []
    no_connection_stays(owner_connection)
