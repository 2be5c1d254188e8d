"""Somebody with a password lifts their limits and leaves something open: it is ended, by its rule, and what waited goes on."""

import time
from contextlib import closing, suppress

import psycopg
import pytest

from core.audit import TrailFilter, trail
from core.base.errors import Unanswered
from core.base.identifiers import new_id
from core.commands import settle_command
from core.live import EventFeed
from core.orders import place_order
from core.staff import Role, end_overdue
from core.stock import items, receive_stock
from tests.support.races import REPEATS
from tests.support.waiting import wait_until
from tests.support.workers import logged, worker

LIFTED = "; ".join(f"SET {name} = 0" for name in (
    "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "idle_session_timeout"))  # fmt: skip
HIDDEN = "SET application_name = 'nobody looks here'"
ENDLESS = """
DO $$
BEGIN
    LOOP
        BEGIN
            PERFORM FROM api.freeze_wallet(gen_random_uuid(), '{customer}', 'card reported stolen');
        EXCEPTION WHEN lock_not_available THEN NULL;
        END;
        COMMIT;
    END LOOP;
END $$
"""
PARKED = """
DO $$
BEGIN
    PERFORM FROM api.receive_stock(gen_random_uuid(), '{item}', 1, '');
    LOOP PERFORM 1; END LOOP;
END $$
"""
UNREAD = b"COPY (SELECT repeat('x', 1000), generate_series(1, 1000000000)) TO STDOUT"
CANCEL = "SELECT FROM api.cancel_order(%s, %s, 1, 'changed their mind')"
LOCK = "SET idle_in_transaction_session_timeout = 0; SELECT FROM app.accounts WHERE customer_id = '{customer}' FOR UPDATE"
WRITERS_WAIT = "SELECT id FROM app.stock_items FOR NO KEY UPDATE"
PRICE = 100_000  # kobo: what a dish of the scene costs


@pytest.fixture
def opened(workplace, copy):
    """Sign in without our programs, and lift every limit of the own session: `opened("cook", "BEGIN")`. All are closed at the end."""
    connections = []

    def opened(who, *statements):
        connections.append(workplace.bare(who, copy))
        for statement in (LIFTED, HIDDEN, *statements):
            connections[-1].execute(statement)
        return connections[-1]

    yield opened
    for connection in connections:
        connection.close()


@pytest.fixture
def open_pids(owner_connection, copy):
    """Return the backends of this test's database."""
    query = "SELECT pid FROM pg_stat_activity WHERE datname = %s"
    return lambda: {pid for (pid,) in owner_connection.execute(query, [copy]).fetchall()}


@pytest.fixture
def reaper(workplace, copy, tmp_path):
    """Run the worker beside the test, and return what it says that it ended, as (login, rule)."""
    with worker(workplace.cluster.server(copy), workplace.sign_ins["worker"], tmp_path / "worker"):
        yield lambda: [(line["login"], line["rule"]) for line in logged(tmp_path / "worker") if line["event"] == "ended"]


def talk(connection):
    """Say something in an open transaction every tenth of a second, until it is ended; for half a minute at most."""
    end = time.monotonic() + 30
    with suppress(psycopg.OperationalError):
        while time.monotonic() < end:
            connection.execute("SELECT FROM api.me")
            time.sleep(0.1)


def lasted(open_pids, connections, seconds):
    """Return how long each of these was there, for so many seconds at most: `{"bisi": 11.2}`, with None for who still is."""
    began, pids = time.monotonic(), {name: connection.info.backend_pid for name, connection in connections.items()}
    found = dict.fromkeys(pids)
    while None in found.values() and time.monotonic() < began + seconds:
        now = open_pids()
        found |= {name: round(time.monotonic() - began, 1) for name, pid in pids.items() if pid not in now and found[name] is None}
        time.sleep(0.1)
    print("lasted", found)
    return found


@pytest.fixture
def parked(scene):
    """An item that somebody will park, and a dish of it."""
    item_id = scene.item()
    return item_id, scene.dish(item_id)


@pytest.fixture
def left_open(opened, parked):
    """Four people leave a transaction open, one of them with an item in it that others want: connections by login."""
    people = {
        "bisi": opened("manager", "ALTER ROLE bisi SET idle_in_transaction_session_timeout = 0", "BEGIN", "SELECT FROM api.stock"),
        "chidi": opened("cook", "BEGIN", f"SELECT FROM api.receive_stock(gen_random_uuid(), '{parked[0]}', 1, '')"),
        "dayo": opened("cook2", "BEGIN"),  # who talks on and on
        "ada": opened("owner", "BEGIN", "SAVEPOINT here"),
    }
    with suppress(psycopg.errors.DivisionByZero):
        people["ada"].execute("SELECT 1 / 0")
    people["ada"].execute("ROLLBACK TO here")
    return people


@pytest.mark.long
def test_whoever_lifts_their_limits_and_leaves_a_transaction_open_is_ended_after_ten_seconds_and_what_it_parked_is_free(
    opened, open_pids, reaper, scene, parked, left_open, ordering, aside, cook, auditor, owner_connection
):
    """C36: nobody escapes, whatever the transaction does meanwhile; one statement alone has more time, and a service all it wants."""
    ours = open_pids() - {each.info.backend_pid for each in left_open.values()}
    single, service = opened("support"), opened("ordering", "BEGIN", "SELECT FROM api.me")
    talking = aside(talk, left_open["dayo"])
    single.pgconn.send_query(UNREAD)
    found = lasted(open_pids, left_open, 25)
    assert ours | {single.info.backend_pid, service.info.backend_pid} <= open_pids()
    assert None not in found.values()
    talking.result(5)
    assert place_order(ordering, new_id(), scene.town.yaba, scene.town.customer, [parked[1]], [1], "").id
    wait_until(lambda: sorted(reaper()) == sorted((login, "transaction") for login in left_open))
    told = {line.after["login"]: line for line in trail(auditor, TrailFilter(action="end_overdue"))}
    assert {login: line.login for login, line in told.items()} == dict.fromkeys(left_open, "worker")
    for line in told.values():
        assert (line.after.keys(), line.after["rule"], line.reason) == ({"login", "rule", "seconds"}, "transaction", None)
        assert line.after["seconds"] >= 10
    [said] = owner_connection.execute("SELECT string_agg(e::text, ' ') FROM app.audit_events AS e WHERE action = 'end_overdue'").fetchone()
    assert "nobody looks" not in said and "receive" not in said


@pytest.mark.long
def test_whoever_parks_an_item_by_one_statement_that_never_ends_is_ended_after_ten_seconds_too(
    opened, open_pids, reaper, parked, ordering, scene
):
    """C36: what has written holds up others, whatever its shape; what only reads keeps its half minute."""
    parking, reading = opened("cook"), opened("support")
    parking.pgconn.send_query(PARKED.format(item=parked[0]).encode())
    reading.pgconn.send_query(UNREAD)
    found = lasted(open_pids, {"chidi": parking}, 25)
    assert found["chidi"] and 9 < found["chidi"] < 15 and reading.info.backend_pid in open_pids()
    assert place_order(ordering, new_id(), scene.town.yaba, scene.town.customer, [parked[1]], [1], "").id
    wait_until(lambda: reaper() == [("chidi", "transaction")])


@pytest.mark.long
def test_one_statement_that_runs_on_and_on_is_ended_after_half_a_minute_also_when_it_commits_again_and_again(
    opened, open_pids, reaper, scene, held
):
    """C36: an answer that nobody takes, and a block that commits every few seconds: neither is ended before thirty are over."""
    customer_id = scene.customer()
    single, endless = opened("support"), opened("finance")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        opened("auditor").execute("SELECT pg_sleep(3600)")
    with held(LOCK.format(customer=customer_id)):  # the administrator is not ended
        single.pgconn.send_query(UNREAD)
        endless.pgconn.send_query(ENDLESS.format(customer=customer_id).encode())
        found = lasted(open_pids, {"funmi": single, "gbenga": endless}, 50)
    assert all(seconds is not None and seconds > 29 for seconds in found.values()), found
    wait_until(lambda: sorted(reaper()) == [("funmi", "statement"), ("gbenga", "statement")])


@pytest.fixture
def cancelled(scene, hire):
    """Forty managers with an order each to cancel, paid for by a customer each: (login, command, customer, order)."""
    made = []
    for number in range(REPEATS):
        hire(f"manager{number}", Role.KITCHEN_MANAGER, [scene.town.yaba]).close()
        customer_id = scene.customer(PRICE)
        order = scene.order(dish_id=scene.dish(scene.item()), customer_id=customer_id)
        made.append((f"manager{number}", new_id(), customer_id, order.id))
    return made


@pytest.mark.long
def test_of_forty_commits_at_the_moment_their_connection_is_ended_each_moved_its_money_whole_or_not_at_all(
    opened, cancelled, login, worker, race, balance, chance, owner_connection
):
    """C36: whoever was told that it was done finds it done; whoever was told nothing finds out by the id of the command."""
    waiting = [opened(who, "BEGIN") for who, *_ in cancelled]
    for connection, (_, command_id, _, order_id) in zip(waiting, cancelled, strict=True):
        connection.execute(CANCEL, [command_id, order_id])
    time.sleep(10.2)
    delays = [1.0, *(chance.random() ** 2 / 5 for _ in cancelled[1:])]  # seconds; the first one is late for sure

    def act(number):
        if number == REPEATS:
            return number, [each.login for each in end_overdue(worker)]
        time.sleep(delays[number])
        try:
            waiting[number].execute("COMMIT")
        except psycopg.OperationalError:
            return number, None
        return number, "done"

    *answers, ended = [answer for _, answer in sorted(race(REPEATS + 1, act))]
    print(f"{answers.count('done')} were told that it is done, {len(ended)} were ended")
    for answer, (who, command_id, customer_id, order_id) in zip(answers, cancelled, strict=True):
        [state] = owner_connection.execute("SELECT state FROM app.orders WHERE id = %s", [order_id]).fetchone()
        with closing(login(who)) as again:
            recorded = settle_command(again, command_id).recorded
        assert (state, balance(customer_id)) == (("cancelled", PRICE) if recorded else ("placed", 0))
        assert recorded or answer is None and who in ended
    lines = owner_connection.execute("SELECT after ->> 'login' FROM app.audit_events WHERE action = 'end_overdue'").fetchall()
    assert sorted(login for (login,) in lines) == sorted(ended) and ended


def test_a_program_whose_connections_are_ended_says_that_it_tries_again_and_a_posting_under_way_is_found_out(
    workplace, copy, login, worker, pending, town, rice, aside, held, owner_connection
):
    """C36: what a person sees is a line that is checked and live again; nothing is sent twice, and nothing is lost."""
    cook, it, states = login("cook", pending=pending), workplace.sign_ins["cook"], []
    feed = EventFeed(workplace.cluster.server(copy), it.login, it.password, lambda _: None, lambda state, *_: states.append(state))
    wait_until(lambda: states[-1:] == ["live"])
    states.clear()
    command_id = new_id()
    with held(WRITERS_WAIT) as wait:
        writing = aside(receive_stock, cook, command_id, town.rice, 500, "two bags")
        wait()
        owner_connection.execute("UPDATE app.staff SET active = false WHERE login = 'chidi'")
        assert {(each.login, each.rule) for each in end_overdue(worker)} == {("chidi", "left")}
        with pytest.raises(Unanswered):
            writing.result(5)
        owner_connection.execute("UPDATE app.staff SET active = true WHERE login = 'chidi'")
    wait_until(lambda: states == ["checking", "live"])  # never offline: nothing is said but that the line is being checked
    assert [kept.command_id for kept in pending.waiting()] == [command_id]
    assert not settle_command(cook, command_id).recorded
    assert (rice(), len(items(cook, town.yaba))) == (10_000, 3)
    feed.stop()
