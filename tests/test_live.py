"""The live feed: nothing is missed, kicks are only hints, a bad line is noticed, and stopping is quick."""

import queue
import socket
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core import live
from core.base.config import Server, SignIn
from core.base.identifiers import new_id
from core.database.wire import Wire
from core.live import Changes, EventFeed
from core.stock import items, receive_stock
from tests.support.proxy import Proxy
from tests.support.waiting import wait_until


class Watched(EventFeed):
    """A feed that remembers what it told, and how often it looked."""

    def __init__(self, server: Server, it: SignIn, **options) -> None:
        self.changes: queue.Queue[Changes] = queue.Queue()
        self.states: queue.Queue[str] = queue.Queue()
        self.looks = 0
        super().__init__(server, it.login, it.password, self.changes.put, lambda *told: self.states.put(told), **options)

    def _look(self, wire):
        self.looks += 1
        super()._look(wire)

    def next(self, seconds=5):
        return self.changes.get(timeout=seconds)

    def state(self, seconds=5):
        return self.states.get(timeout=seconds)[0]


@pytest.fixture
def watch(workplace, copy):
    """Open a feed: `watch("cook", poll=60)`, over a bad line if need be: `watch("cook", port=proxy.port)`."""
    feeds = []

    def watch(who, port=None, **options):
        server = workplace.cluster.server(copy)
        feeds.append(Watched(replace(server, port=port or server.port), workplace.sign_ins[who], **options))
        return feeds[-1]

    yield watch
    for feed in feeds:
        feed.stop()


@pytest.fixture
def feed(watch, town):
    """The cook's feed, which has looked once and would not look again by itself."""
    feed = watch("cook", poll=60)
    assert feed.next() == Changes(resync=True)
    return feed


@pytest.fixture
def kick(owner_connection):
    return lambda: owner_connection.execute("NOTIFY rachel")


def test_it_begins_with_everything_and_is_live(watch):
    feed = watch("cook")
    assert feed.next() == Changes(resync=True)
    assert [feed.state(), feed.state()] == ["checking", "live"]


def test_a_kick_makes_it_say_what_changed(feed, town, cook, kick):
    receive_stock(cook, new_id(), town.rice, 500, "")
    started = time.monotonic()
    kick()
    assert feed.next() == Changes(False, frozenset({"stock"}), frozenset({town.rice}))
    assert time.monotonic() - started < 0.6


def test_what_nobody_kicked_for_is_found_by_looking_every_few_seconds(watch, town, cook):
    feed = watch("cook", poll=0.3)
    feed.next()
    receive_stock(cook, new_id(), town.rice, 500, "")
    assert feed.next(2).objects == {town.rice}


def test_its_own_program_may_tell_it_to_look_again(feed, town, cook):
    receive_stock(cook, new_id(), town.rice, 500, "")
    feed.look_again()
    assert feed.next(2).objects == {town.rice}


def test_forged_kicks_do_no_harm_and_make_it_look_four_times_a_second_at_most(feed, town, cook, login, owner_connection):
    looks, started = feed.looks, time.monotonic()
    while time.monotonic() - started < 1:
        owner_connection.execute("NOTIFY rachel, 'DROP TABLE app.orders'")
    assert feed.looks - looks <= 5
    assert feed.changes.empty()
    receive_stock(cook, new_id(), town.rice, 500, "")
    owner_connection.execute("NOTIFY rachel, 'nothing happened'")
    assert feed.next().objects == {town.rice}


def test_a_change_that_commits_late_is_neither_missed_nor_told_twice(feed, town, cook, kick, workplace, copy):
    with workplace.superuser(copy) as slow:
        with slow.transaction():
            slow.execute("INSERT INTO app.outbox (noun, object_id) VALUES ('orders', %s)", [town.jollof])
            receive_stock(cook, new_id(), town.rice, 500, "")  # begins later, commits earlier
            kick()
            time.sleep(0.4)
        kick()
    told = []
    while len({noun for changes in told for noun in changes.nouns}) < 2:
        told.append(feed.next())
    kick()
    time.sleep(0.5)
    assert feed.changes.empty()
    assert sorted(identifier for changes in told for identifier in changes.objects) == sorted([town.jollof, town.rice])


def test_a_transaction_that_somebody_leaves_open_holds_up_nobodys_news(feed, town, cook, workplace, copy):
    with workplace.superuser(copy) as idle, idle.transaction():
        idle.execute("SELECT pg_current_xact_id()")
        receive_stock(cook, new_id(), town.rice, 1, "")
        feed.look_again()
        assert feed.next() == Changes(False, frozenset({"stock"}), frozenset({town.rice}))
    receive_stock(cook, new_id(), town.oil, 1, "")
    feed.look_again()
    assert feed.next() == Changes(False, frozenset({"stock"}), frozenset({town.oil}))  # and what was told is not told again


def test_people_of_another_kitchen_hear_nothing_of_it(watch, town, cook, kick):
    stranger = watch("stranger", poll=60)
    stranger.next()
    receive_stock(cook, new_id(), town.rice, 500, "")
    kick()
    time.sleep(0.5)
    assert stranger.changes.empty()


def test_after_a_lost_connection_it_reads_everything_again(feed, owner_connection, town, cook):
    items(cook, town.yaba)
    owner_connection.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'chidi'")
    assert feed.next() == Changes(resync=True)
    assert [feed.state() for _ in range(4)] == ["checking", "live", "checking", "live"]


def test_a_server_that_is_away_is_offline_with_the_time_of_its_last_answer_until_it_is_back(watch, proxy, workplace):
    feed = watch("cook", port=proxy.port, poll=0.2)
    feed.next()
    proxy.close()
    states = [feed.states.get(timeout=5) for _ in range(4)]
    assert [state for state, *_ in states] == ["checking", "live", "checking", "offline"]
    assert states[0][1] is None
    assert timedelta() < datetime.now(UTC) - states[3][1] < timedelta(seconds=5)
    assert states[1][2] is None
    assert states[3][2] > states[3][1]  # when it tries next
    back = Proxy(workplace.cluster.port, proxy.port)
    try:
        feed.look_again()  # does not wait out the pause
        assert feed.next() == Changes(resync=True)
        assert feed.state() == "live"
    finally:
        back.close()


def test_a_line_that_falls_silent_is_noticed(watch, proxy, monkeypatch):
    monkeypatch.setattr(live, "DEADLINE", 0.3)
    feed = watch("cook", port=proxy.port, poll=0.2)
    feed.next()
    proxy.stall()
    assert [feed.state() for _ in range(3)] == ["checking", "live", "checking"]
    assert feed.next() == Changes(resync=True)


def test_a_kick_that_came_during_a_look_is_heard_after_it(workplace, copy, kick):
    it, (wake, _waker) = workplace.sign_ins["cook"], socket.socketpair()
    with closing(Wire.open(workplace.cluster.server(copy), it.login, it.password, "tests")) as wire, wake, _waker:
        wire.listen("rachel")
        kick()
        time.sleep(0.1)
        wire.execute("SELECT 1")  # takes the kick in
        started = time.monotonic()
        assert wire.wait(5, wake)
        assert not wire.wait(0, wake)
        assert time.monotonic() - started < 0.2


def test_a_machine_that_slept_reads_everything_again(feed):
    feed._answered -= timedelta(minutes=6)
    feed.look_again()
    assert feed.next() == Changes(resync=True)


def test_a_server_that_was_restored_makes_it_read_everything_again(feed):
    feed._lookout.mark += 1_000_000
    feed.look_again()
    assert feed.next() == Changes(resync=True)


def test_a_login_that_is_refused_is_offline_and_asked_again_ever_more_rarely(workplace, copy):
    feed = Watched(workplace.cluster.server(copy), SignIn("chidi", "wrong"))
    assert [feed.state(), feed.state()] == ["checking", "offline"]
    feed.stop()


def test_stopping_takes_no_time_whatever_it_is_doing(watch):
    busy, away = watch("cook", poll=60), watch("cook", port=1)
    busy.next()
    assert [away.state(), away.state()] == ["checking", "offline"]
    for feed in (busy, away):
        started = time.monotonic()
        feed.stop()
        assert time.monotonic() - started < 0.1
        assert not feed._thread.is_alive()
        feed.stop()  # twice is fine
        feed.look_again()  # and too late is fine


def test_a_stopped_feed_leaves_no_connection(watch, owner_connection):
    feed = watch("cook")
    feed.next()
    feed.stop()
    wait_until(lambda: owner_connection.execute("SELECT count(*) FROM pg_stat_activity WHERE usename = 'chidi'").fetchone() == (0,))
