"""The door when the line is bad: what is asked twice and what never is, and what stays pending."""

import socket
import time
from contextlib import closing
from dataclasses import replace

import psycopg
import pytest

from core.base.config import Server
from core.base.errors import Offline, Reused, Unanswered
from core.base.identifiers import new_id
from core.commands import settle_command
from core.database.gateway import Database
from core.database.wire import translate
from core.stock import items, receive_stock
from tests.support.waiting import wait_until

READERS_WAIT = "LOCK TABLE app.stock_items IN ACCESS EXCLUSIVE MODE"
WRITERS_WAIT = "SELECT id FROM app.stock_items FOR NO KEY UPDATE"


@pytest.fixture
def far_cook(workplace, copy, proxy, pending):
    """The cook, behind a line that the test can spoil."""
    server = replace(workplace.cluster.server(copy), port=proxy.port)
    it = workplace.sign_ins["cook"]
    with closing(Database.connect(server, it.login, it.password, deadline=0.5, pending=pending)) as cook:
        yield cook


def waiting_pid(outside, copy):
    for _ in range(1000):
        found = outside.execute("SELECT pid FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'", [copy]).fetchone()
        if found:
            return found[0]
        time.sleep(0.005)
    pytest.fail("nobody waits for the lock")


def end_backends(owner_connection):
    """End everybody's connections to this test's database, never those of another test."""
    owner_connection.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )


def test_a_read_on_dead_connections_works(owner_connection, cook, town, aside, held):
    with held(READERS_WAIT) as wait:  # so that three connections are open at once
        reading = [aside(items, cook, town.yaba) for _ in range(3)]
        wait(3)
    assert [len(it.result(5)) for it in reading] == [3, 3, 3]
    end_backends(owner_connection)
    assert len(items(cook, town.yaba)) == 3


def test_a_read_whose_server_dies_under_it_is_asked_once_more(cook, town, aside, workplace, copy):
    with workplace.superuser("postgres") as outside, workplace.superuser(copy) as holder, holder.transaction():
        holder.execute(READERS_WAIT)
        reading = aside(items, cook, town.yaba)
        first = waiting_pid(outside, copy)
        outside.execute("SELECT pg_terminate_backend(%s, 5000)", [first])
        assert waiting_pid(outside, copy) != first
    assert len(reading.result(5)) == 3


def test_a_write_on_a_connection_that_died_idle_is_sent_once_over_a_new_one(owner_connection, login, pending, town, rice):
    cook = login("cook", pending=pending)
    items(cook, town.yaba)
    end_backends(owner_connection)
    assert receive_stock(cook, new_id(), town.rice, 500, "").on_hand == rice() == 10_500
    assert pending.waiting() == []


def test_a_write_whose_server_dies_under_it_is_unanswered_and_stays_pending(owner_connection, login, pending, town, rice, aside, held):
    cook, command_id = login("cook", pending=pending), new_id()
    with held(WRITERS_WAIT) as wait:
        writing = aside(receive_stock, cook, command_id, town.rice, 500, "two bags")
        wait()
        owner_connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'chidi'"
        )
        with pytest.raises(Unanswered):
            writing.result(5)
    [kept] = pending.waiting()
    assert (kept.command_id, kept.verb, kept.args["quantity"], kept.args["note"]) == (command_id, "receive_stock", 500, "two bags")
    assert rice() == 10_000

    outcome = settle_command(cook, command_id)
    assert not outcome.recorded
    assert pending.waiting() == [kept]  # until somebody was told
    with pytest.raises(Reused):
        receive_stock(cook, command_id, town.rice, 500, "two bags")


def test_an_answer_that_was_lost_is_found_by_asking_what_became_of_it(far_cook, proxy, pending, town, rice):
    receive_stock(far_cook, new_id(), town.rice, 1, "")  # from the second time on a verb is one round trip
    proxy.mute, command_id = True, new_id()
    with pytest.raises(Unanswered):
        receive_stock(far_cook, command_id, town.rice, 500, "")
    assert [kept.command_id for kept in pending.waiting()] == [command_id]
    proxy.mute = False
    assert settle_command(far_cook, command_id).recorded
    assert rice() == 10_501


def test_a_line_that_stalls_is_given_up_at_the_deadline(far_cook, proxy, town):
    items(far_cook, town.yaba)
    proxy.stall()
    started = time.monotonic()
    with pytest.raises(Unanswered):
        items(far_cook, town.yaba)  # and not asked again: that would take as long once more
    assert 0.4 < time.monotonic() - started < 0.9
    assert len(items(far_cook, town.yaba)) == 3


def test_when_one_line_died_without_a_word_the_others_are_not_tried_one_by_one(far_cook, proxy, town, aside, held):
    with held(READERS_WAIT) as wait:
        reading = [aside(items, far_cook, town.yaba) for _ in range(3)]
        wait(3)
    assert [len(it.result(5)) for it in reading] == [3, 3, 3]
    proxy.stall()
    with pytest.raises(Unanswered):
        items(far_cook, town.yaba)
    with held(READERS_WAIT) as wait:
        reading = [aside(items, far_cook, town.yaba) for _ in range(2)]
        wait(2)
    assert [len(it.result(5)) for it in reading] == [3, 3]


def test_a_write_that_overran_its_deadline_may_still_happen(login, pending, town, rice, aside, held):
    cook, command_id = login("cook", deadline=0.2, pending=pending), new_id()
    with held(WRITERS_WAIT) as wait:
        writing = aside(receive_stock, cook, command_id, town.rice, 500, "")
        wait()
        with pytest.raises(Unanswered):
            writing.result(5)
        assert rice() == 10_000
    wait_until(lambda: rice() == 10_500)  # it was hung up on, never cancelled
    assert [kept.command_id for kept in pending.waiting()] == [command_id]


def test_a_line_that_breaks_while_signing_in_is_no_wrong_password(aside):
    with socket.create_server(("127.0.0.1", 0)) as door, closing(
        Database.connect(Server("127.0.0.1", door.getsockname()[1]), "cook", "x")
    ) as cook:
        reading = aside(items, cook, new_id())
        line, _ = door.accept()
        with line:
            line.recv(4096)  # who wants to come in
            line.sendall(b"R\0\0\0\x17\0\0\0\x0aSCRAM-SHA-256\0\0")  # prove it
            line.recv(4096)
        with pytest.raises(Offline):
            reading.result(5)


def test_a_line_the_driver_found_broken_and_does_not_call_closed_yet_is_lost_too():
    broken = psycopg.OperationalError("connection socket closed")  # seen where a server ended a connection in the middle of a call
    assert isinstance(translate(broken, lost=False), Unanswered)
