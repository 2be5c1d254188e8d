"""How busy the server is: what a look shows, what a worker keeps of each minute, and what a quarter of an hour is made of."""

import os
import threading
import time
from datetime import timedelta

import pytest

from core.base.errors import Forbidden, Invalid
from core.database.scripts import VERSION
from core.health import load_kept, load_now, load_quarters, programs, record_load
from core.health.machine import Processor, free_space, is_here
from core.live import EventFeed
from core.staff import sessions
from core.stock import items
from core.worker.load import Watch
from tests.support.waiting import wait_until

READERS = ("support", "finance", "owner", "auditor", "worker")
MINUTES = """
INSERT INTO app.load_minutes (minute, samples, connections, listeners, active, on_lock, on_wal, processor, commit_time, commits, deadlocks)
SELECT timestamptz '2026-03-12 09:00+00' + n * interval '1 minute', 60, 10 + n, 2, 100, 5, 50, 300 + n, 1000 * n, 100 * n, n
FROM generate_series(0, 29) AS n
"""


@pytest.fixture
def watch(worker):
    """A worker's watch, and the seconds that went by: `watch.forward(60)`."""
    now = [0.0]
    watch = Watch(worker, lambda: now[0])
    watch.forward = lambda seconds: now.__setitem__(0, now[0] + seconds)
    return watch


@pytest.fixture
def kept(owner_connection):
    """The minutes that were kept: `kept("samples, active")`."""
    return lambda columns: owner_connection.execute(f"SELECT {columns} FROM app.load_minutes ORDER BY minute").fetchall()


def record(worker, **figures):
    zero = {"samples": 60, "connections": 1, "listeners": 0, "active": 0, "on_lock": 0, "on_wal": 0, "processor": None, "commit_time": None}
    return record_load(worker, **zero | figures)


def test_a_look_counts_every_connection_of_the_server_and_itself_is_not_at_work(login, workplace):
    auditor = login("auditor")
    before = load_now(auditor)
    with workplace.superuser("postgres"):  # another database
        after = load_now(auditor)
    assert after.connections == before.connections + 1
    assert (after.active, after.on_lock, after.on_wal) == (0, 0, 0)


@pytest.mark.parametrize(
    ("hold", "wait", "on_lock"),
    [("DROP SCHEMA lonely", "COMMENT ON SCHEMA lonely IS ''", 1), ("LOCK TABLE app.compat", "LOCK TABLE app.compat", 0)],
)
def test_who_waits_for_the_lock_that_a_kick_takes_is_told_apart(auditor, owner_connection, workplace, copy, aside, hold, wait, on_lock):
    """A commit with a NOTIFY waits for an object of no table, as a comment does for its schema."""
    owner_connection.execute("CREATE SCHEMA lonely")
    with workplace.superuser(copy) as holder, workplace.superuser(copy) as waiter:
        holder.execute(f"BEGIN; {hold}")
        waiting = aside(waiter.execute, f"BEGIN; {wait}")
        wait_until(lambda: load_now(auditor).active == 1)
        wait_until(lambda: load_now(auditor).on_lock == on_lock)
        holder.execute("ROLLBACK")
        waiting.result(5)
        waiter.execute("ROLLBACK")


def test_a_program_that_listens_is_counted_once_by_its_version_and_still_has_one_name_in_the_list_of_sessions(
    workplace, copy, owner, login, town
):
    it, heard = workplace.sign_ins["cook"], []
    cook = login("cook", application="rachel-kitchen/0.0.9")
    feed = EventFeed(workplace.cluster.server(copy), it.login, it.password, heard.append, application="rachel-kitchen/0.0.9")
    try:
        wait_until(lambda: heard)
        items(cook, town.yaba)
        [found] = [each for each in programs(owner) if each.version == "0.0.9"]
        assert (found.program, found.listeners, found.is_too_old, found.is_behind) == ("rachel-kitchen", 1, True, True)
        assert load_now(owner).listeners == 1
        assert [(each.program, each.connections) for each in sessions(owner, it.login)] == [("rachel-kitchen/0.0.9", 2)]
    finally:
        feed.stop()


@pytest.mark.parametrize(
    "name", ["rachel-kitchen/99999999999.0.0", "rachel-kitchen/1.0.0; DROP", "<b>ada</b>", "rachel-kitchen/1.0.0 LISTENING"]
)
def test_what_a_program_calls_itself_goes_no_further_when_it_is_no_name_of_ours(login, owner, town, name):
    cook = login("cook", application=name)
    items(cook, town.yaba)
    assert {(each.program, each.version, each.listeners) for each in programs(owner)} == {("", "", 0), ("rachel-kitchen", VERSION, 0)}


@pytest.mark.parametrize("who", ["cook", "manager", "counter", "ordering", "webhook"])
def test_kitchens_and_other_services_do_not_see_how_busy_the_server_is(login, who):
    for read in (load_now, load_quarters, load_kept, programs):
        with pytest.raises(Forbidden):
            read(login(who))


@pytest.mark.parametrize("who", READERS)
def test_the_office_and_the_worker_see_it(login, who):
    assert load_now(login(who)).connections > 0
    assert load_quarters(login(who)) == []
    assert load_kept(login(who)).newest is None


def test_whoever_has_left_sees_no_connection(owner_connection, support):
    load_now(support)
    owner_connection.execute("UPDATE app.staff SET active = false WHERE login = 'funmi'")
    assert programs(support) == []
    owner_connection.execute("UPDATE app.staff SET active = true WHERE login = 'funmi'")


def test_a_minute_is_kept_once_with_the_servers_own_counts_and_whoever_knows_the_processor_adds_it(worker, kept):
    for processor in (None, 340, 900):
        minute = record(worker, connections=7, processor=processor)
    counts = "commits > 0, deadlocks >= 0"
    found = kept(f"minute, samples, connections, processor, {counts}")
    if len(found) == 1:  # else a minute began in between
        assert found == [(minute, 60, 7, 340, True, True)]


def test_what_is_older_than_eight_days_is_dropped(worker, owner_connection, kept):
    owner_connection.execute(MINUTES)
    owner_connection.execute("UPDATE app.load_minutes SET minute = minute + (now() - interval '8 days 15 minutes' - '2026-03-12 09:00+00')")
    before = [minute for (minute,) in kept("minute")]
    minute = record(worker)
    assert [each for (each,) in kept("minute")] == [*(each for each in before if minute - each <= timedelta(days=8)), minute]
    assert 13 <= len(kept("minute")) <= 17


@pytest.mark.parametrize(
    "wrong",
    [{"samples": 0}, {"connections": -1}, {"on_lock": 1}, {"on_wal": 1}, {"active": None}, {"processor": 1001}, {"commit_time": -1}],
)
def test_figures_that_cannot_be_are_refused(worker, wrong, kept):
    with pytest.raises(Invalid):
        record(worker, **wrong)
    assert kept("minute") == []


def test_only_a_worker_keeps_minutes(owner):
    with pytest.raises(Forbidden):
        record(owner)


def test_a_quarter_adds_up_its_minutes(auditor, owner_connection):
    owner_connection.execute(MINUTES)
    first, second = load_quarters(auditor)
    assert (second.begins - first.begins).total_seconds() == 900
    assert (first.minutes, first.processor, first.connections, first.listeners) == (15, 307, 17, 2)
    assert (first.active, first.on_lock, first.on_wal, first.commit_time) == (1500, 75, 750, 14_000)
    assert (first.commits, first.deadlocks) == (1400, 14)  # the first minute has none before it
    assert (second.commits, second.deadlocks) == (1500, 15)


def test_where_the_server_began_to_count_anew_nothing_is_made_up(auditor, owner_connection):
    owner_connection.execute(MINUTES)
    owner_connection.execute("UPDATE app.load_minutes SET commits = 5, deadlocks = 0 WHERE minute >= '2026-03-12 09:10+00'")
    first, second = load_quarters(auditor)
    assert (first.commits, first.deadlocks) == (900, 9)
    assert (second.commits, second.deadlocks) == (0, 0)


def test_a_watch_keeps_one_row_a_minute_and_the_time_its_commit_before_took(watch, kept):
    for _ in range(5):
        watch.look()
    assert kept("samples") == []
    watch.forward(61)
    watch.look()
    [(samples, connections, active, commit_time)] = kept("samples, connections, active, commit_time")
    assert (samples, commit_time) == (6, None)
    assert connections >= 1 and active == 0
    assert watch._commit_time > 0


def test_the_watch_ends_when_it_is_told_to(watch):
    stopping = threading.Event()
    thread = threading.Thread(target=watch.keep_looking, args=[stopping])
    thread.start()
    stopping.set()
    thread.join(5)
    assert not thread.is_alive()


def test_on_the_servers_machine_the_processor_is_measured_and_the_disk_seen(auditor):
    backend = load_now(auditor).backend
    assert is_here(backend)
    assert not is_here(os.getpid())
    processor = Processor()
    assert processor.look() is None
    time.sleep(0.05)
    assert 0 <= (processor.look() or 0) <= 1000
    space = free_space(backend)
    assert space is None or 0 < space.free <= space.total


def test_a_processor_that_works_half_the_time_says_so(tmp_path):
    stat = tmp_path / "stat"
    processor = Processor(tmp_path)
    assert processor.look() is None
    stat.write_text("cpu  100 0 100 700 100 0 0 0 0 0\ncpu0 …\n")
    assert processor.look() is None
    stat.write_text("cpu  130 0 120 740 110 0 0 0 0 0\n")
    assert processor.look() == 500


def test_where_the_data_folder_is_closed_nothing_is_said_about_the_disk(tmp_path):
    (tmp_path / "7").mkdir()
    assert free_space(7, tmp_path) is None
    (tmp_path / "7" / "comm").write_text("postgres\n")
    (tmp_path / "7" / "cwd" / "pg_wal").mkdir(parents=True)
    assert is_here(7, tmp_path)
    assert free_space(7, tmp_path).total > 0
