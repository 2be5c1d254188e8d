"""The worker: changes are announced soon, not too often, and none is left out; without it the screens still hear of them."""

import json
import signal
import socket
import sys
import threading
import time
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

import core.worker
from core.audit import KeptHeads, Key
from core.base.errors import Forbidden
from core.base.identifiers import new_id
from core.customers import create_customer
from core.database.embedded import scratch_server
from core.database.gateway import Database
from core.database.install import init
from core.database.wire import Wire
from core.live import CHANNEL, EventFeed, trim_outbox
from core.orders import place_order
from core.stock import receive_stock
from core.worker.relay import KICK_EVERY, Relay
from tests.support.workers import logged, worker

SOON = 1.0  # seconds; the promise is 0.1 and a little, on a machine that has nothing else to do


@contextmanager
def listening(wire):
    """Hear kicks from now on: `kicks(0.5)` returns when each came (time.monotonic), once there was none for half a second."""
    asleep, alarm = socket.socketpair()
    wire.listen(CHANNEL)

    def kicks(quiet):
        came = []
        while wire.wait(quiet, asleep):
            came.append(time.monotonic())
        return came

    with asleep, alarm:
        yield kicks


@pytest.fixture
def wire(workplace, copy):
    """Open a connection of one's own: `wire("cook")`."""
    opened = []

    def wire(who, **options):
        it = workplace.sign_ins[who]
        opened.append(Wire.open(workplace.cluster.server(copy), it.login, it.password, "tests", **options))
        return opened[-1]

    yield wire
    for each in opened:
        each.close()


@pytest.fixture
def kicks(wire):
    with listening(wire("cook")) as kicks:
        yield kicks


@pytest.fixture
def relay(wire, kicks):
    """Run the relay; its first kick is over when the test begins."""
    running, stopping = Relay(wire("worker", asynchronous=True)), threading.Event()
    running.look()
    thread = threading.Thread(target=running.keep_looking, args=[stopping])
    thread.start()
    kicks(3 * KICK_EVERY)
    yield
    stopping.set()
    thread.join()


@pytest.fixture
def feed(workplace, copy):
    """Watch as a screen of the cook's does: `heard = feed(poll=60)` collects what it tells, once it is live."""
    feeds = []

    def feed(**options):
        it, heard = workplace.sign_ins["cook"], []
        feeds.append(EventFeed(workplace.cluster.server(copy), it.login, it.password, heard.append, **options))
        assert until(lambda: heard)
        heard.clear()
        return heard

    yield feed
    for each in feeds:
        each.stop()


def until(true, seconds=5.0):
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
    return true()


def order_water(ordering, town):
    return place_order(ordering, new_id(), town.yaba, town.customer, [town.water], [1], "")


def test_no_job_waits_for_the_connection_of_another(worker, login, tmp_path):
    """The checks have one of their own, which waits longer for an answer."""
    found = core.worker.jobs(worker, login("worker"), KeptHeads(tmp_path / "heads"), Key.of(tmp_path / "key.pem"))
    assert found.keys() - {"checks"} == {"trim", "expiry", "refunds", "load", "seal", "reap", "reports"}
    assert len(found) - 1 == core.worker.SHARED


def test_the_first_look_kicks_because_nobody_knows_what_was_missed(wire, kicks):
    Relay(wire("worker")).look()
    assert len(kicks(0.3)) == 1


def test_a_change_is_kicked_once_and_soon(relay, kicks, town, cook):
    kicks(3 * KICK_EVERY)
    began = time.monotonic()
    receive_stock(cook, new_id(), town.rice, 500, "")
    [came] = kicks(SOON)
    assert came - began < SOON


def test_nothing_is_kicked_where_nothing_changed(relay, kicks, town):
    kicks(3 * KICK_EVERY)
    assert kicks(5 * KICK_EVERY) == []


def test_two_hundred_changes_are_kicked_ten_times_a_second_at_most(relay, kicks, town, ordering, aside):
    kicks(3 * KICK_EVERY)
    hearing = aside(kicks, SOON)
    began = time.monotonic()
    for _ in range(200):
        order_water(ordering, town)
    took = time.monotonic() - began
    heard = hearing.result(30)
    assert 1 <= len(heard) <= took / KICK_EVERY + 2


def test_a_late_commit_under_a_low_number_is_announced(relay, kicks, town, ordering, workplace, copy):
    with workplace.superuser(copy) as late:
        late.execute("BEGIN")
        late.execute("INSERT INTO app.outbox (noun) VALUES ('stock')")  # takes its number now
        order_water(ordering, town)
        kicks(3 * KICK_EVERY)
        late.execute("COMMIT")
        assert len(kicks(SOON)) == 1


def test_a_forged_kick_does_no_harm(relay, feed, town, cook, wire):
    heard, forger = feed(poll=60), wire("stranger")
    for _ in range(300):
        forger.execute("NOTIFY rachel, '9999999999 and drop everything'")
    time.sleep(3 * KICK_EVERY)
    assert heard == []
    receive_stock(cook, new_id(), town.rice, 500, "")
    assert until(lambda: heard)
    assert [(change.resync, change.objects) for change in heard] == [(False, {town.rice})]


def test_a_screen_hears_of_a_change_long_before_it_polls(relay, feed, town, cook):
    heard = feed(poll=60)
    receive_stock(cook, new_id(), town.rice, 500, "")
    assert until(lambda: heard, SOON)
    assert heard[0].objects == {town.rice}


def test_without_a_worker_a_screen_finds_the_change_by_polling(feed, town, cook):
    heard = feed(poll=0.3)
    receive_stock(cook, new_id(), town.rice, 500, "")
    assert until(lambda: heard)
    assert heard[0].objects == {town.rice}


def test_what_every_screen_has_long_seen_is_trimmed(town, login, owner_connection):
    owner_connection.execute("UPDATE app.outbox SET at = at - interval '11 minutes'")
    owner_connection.execute("INSERT INTO app.outbox (noun) VALUES ('stock')")
    assert trim_outbox(login("worker")) > 0
    assert trim_outbox(login("worker")) == 0
    assert owner_connection.execute("SELECT noun FROM app.outbox").fetchall() == [("stock",)]


def test_only_a_workers_login_may_work(workplace, copy, tmp_path):
    with pytest.raises(Forbidden):
        core.worker.run(workplace.cluster.server(copy), workplace.sign_ins["manager"], KeptHeads(tmp_path))


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_at_once_when_told_to(workplace, copy, tmp_path, end):
    with worker(workplace.cluster.server(copy), workplace.sign_ins["worker"], tmp_path) as running:
        running.send_signal(end)
        assert running.wait(5) == 0
    assert [line["event"] for line in logged(tmp_path) if line["job"] != "checks"] == ["connected", "stopped"]


def test_a_line_of_its_log_is_written_in_one_piece_so_that_those_of_two_jobs_are_not_glued_together(monkeypatch):
    pieces = []
    monkeypatch.setattr(sys, "stderr", SimpleNamespace(write=pieces.append, flush=lambda: None))
    core.worker._log("trim", "trimmed", rows=3)
    core.worker._log("seal", "kept", head="E1")
    assert [json.loads(piece)["job"] for piece in pieces if piece.endswith("}\n")] == ["trim", "seal"]


def test_it_survives_a_killed_server_and_announces_again(tmp_path):
    with scratch_server() as cluster:  # not a fast one: that forgets what it was told a moment before
        server = cluster.server("rachel")
        made = init(server, cluster.superuser, "ada", "Ada Eze")
        with worker(server, made["worker"], tmp_path) as running:
            cluster.kill()
            time.sleep(0.3)
            cluster.start()
            assert until(lambda: [line["event"] for line in logged(tmp_path)].count("connected") == 2, 15)
            listener = Wire.open(server, made["owner"].login, made["owner"].password, "tests")
            ordering = Database.connect(server, made["ordering"].login, made["ordering"].password)
            with listening(listener) as kicks:
                create_customer(ordering, new_id(), "Ngozi Eze", "+2348031234567")
                assert len(kicks(SOON)) == 1
            listener.close()
            ordering.close()
            assert running.poll() is None
