"""The meter: what each trigger reads, where from, and when it says that a lever is due."""

from dataclasses import replace

import pytest

from core.base.identifiers import new_id
from core.health import invariants, queues
from core.health.meter import State, look, read_meter, worker_is_late
from core.kitchens import kitchens
from core.orders import PayWith
from core.payments import create_payment, settle_payment

CALM = {
    "samples": 60, "connections": 10, "listeners": 3, "active": 100, "on_lock": 0, "on_wal": 0, "processor": 100, "commit_time": 1000,
    "commits": 0, "deadlocks": 0,
}  # fmt: skip
ABOVE = {  # one figure of a minute, and the trigger it belongs to
    "T1": {"processor": 710},
    "T4": {"on_lock": 6},
    "T5": {"connections": 215},  # of 300
    "T6": {"on_wal": 60, "commit_time": 25_000},
}


@pytest.fixture
def minutes(owner_connection):
    """Write the minutes of a quarter of an hour that began so many hours ago: `minutes(3, processor=710)`; `many` of the fifteen."""

    def minutes(hours_ago, many=15, **figures):
        columns = CALM | figures
        owner_connection.execute(
            f"""INSERT INTO app.load_minutes (minute, {", ".join(columns)})
            SELECT date_bin('15 minutes', now(), '2000-01-01') - %s * interval '1 hour' + n * interval '1 minute',
                {", ".join(["%s"] * len(columns))}
            FROM generate_series(0, %s) AS n""",
            [hours_ago, *columns.values(), many - 1],
        )

    return minutes


@pytest.fixture
def reading(auditor):
    """Read one trigger: `reading("T1")`."""

    def reading(key, found=None):
        [one] = [each for each in read_meter(look(auditor, found)) if each.trigger.key == key]
        return one

    return reading


def value(reading, key):
    [found] = [each.value for each in reading.figures if each.limit.key == key]
    return found


def test_every_trigger_is_read_in_the_order_of_the_page(auditor, town):
    assert [each.trigger.key for each in read_meter(look(auditor))] == [f"T{number}" for number in range(1, 12)]


@pytest.mark.parametrize("key", ABOVE)
def test_a_day_above_is_only_looked_at_and_the_third_of_seven_days_asks_for_the_lever(minutes, reading, key):
    minutes(2, **ABOVE[key])
    assert (reading(key).state, reading(key).days) == (State.WATCH, 1)
    minutes(3, **ABOVE[key])  # the same day, or the one before
    minutes(26, **ABOVE[key])
    assert reading(key).state == State.WATCH or reading(key).days == 3
    minutes(50, **ABOVE[key])
    minutes(74, **ABOVE[key])
    assert reading(key).state == State.ACT
    assert reading(key).days >= 3


@pytest.mark.parametrize("key", ABOVE)
def test_where_it_is_calm_it_stays_and_says_the_highest_quarter_of_the_last_day(minutes, reading, key):
    minutes(2)
    minutes(5, connections=30, processor=250)
    found = reading(key)
    assert (found.state, found.days) == (State.STAY, 0)
    assert value(reading("T1"), "processor") == 25
    assert value(reading("T5"), "connections") == 10


def test_days_that_are_longer_ago_than_seven_do_not_count(minutes, reading):
    for hours in (170, 171, 175, 180, 190):
        minutes(hours, processor=990)
    assert reading("T1").days <= 1
    assert reading("T1").state in (State.UNKNOWN, State.WATCH)


def test_a_quarter_of_which_little_was_watched_says_nothing(minutes, reading):
    minutes(2, many=11, processor=990)
    assert (reading("T1").state, reading("T1").days) == (State.UNKNOWN, 0)
    minutes(4, many=12, processor=990)
    assert reading("T1").state == State.WATCH


def test_a_share_of_a_few_looks_says_nothing(minutes, reading):
    minutes(2, active=0)
    minutes(4, active=1, on_lock=1, samples=60)  # all of fifteen: a quarter of the sixty that are the least
    assert value(reading("T4"), "on_lock") == 25
    assert reading("T4").state == State.WATCH
    assert value(reading("T6"), "on_wal") == 0


def test_waiting_for_the_log_alone_or_slow_commits_alone_are_no_reason_for_a_disk(minutes, reading):
    minutes(2, on_wal=90)
    minutes(4, commit_time=90_000)
    found = reading("T6")
    assert (found.state, found.days, value(found, "on_wal"), value(found, "commit")) == (State.STAY, 0, 90, 90)


def test_without_a_worker_what_can_be_told_at_this_moment_is_and_the_rest_is_called_unknown(auditor, reading, town):
    assert worker_is_late(look(auditor))
    assert reading("T1").state == State.UNKNOWN
    assert reading("T6").state == State.UNKNOWN
    assert value(reading("T4"), "on_lock") is None
    assert value(reading("T4"), "listeners") == 0
    assert value(reading("T5"), "connections") > 0
    assert reading("T5").state == State.STAY


def test_a_worker_that_kept_a_minute_just_now_is_not_late_and_one_of_four_minutes_ago_is(auditor, owner_connection, minutes):
    minutes(0, many=1)
    owner_connection.execute("UPDATE app.load_minutes SET minute = now()")
    assert not worker_is_late(look(auditor))
    owner_connection.execute("UPDATE app.load_minutes SET minute = now() - interval '4 minutes'")
    assert worker_is_late(look(auditor))


def test_reads_are_judged_when_there_are_a_hundred_of_them(auditor, reading):
    for _ in range(50):
        kitchens(auditor)
    assert (reading("T2").state, value(reading("T2"), "read")) == (State.UNKNOWN, None)
    for _ in range(50):
        kitchens(auditor)
    assert reading("T2").state == State.STAY
    for _ in range(20):
        auditor._counters._read("SELECT a FROM api.slow", 0.4)
    assert (reading("T2").state, value(reading("T2"), "read")) == (State.ACT, 500)


def test_calls_that_met_somebody_are_a_share_of_all_calls(auditor, reading):
    for _ in range(98):
        auditor._counters._called(None, "")
    auditor._counters._called(None, "40P01")
    assert value(reading("T3"), "contended") is None
    auditor._counters._called(None, "")
    assert (reading("T3").state, value(reading("T3"), "contended")) == (State.STAY, 1)
    auditor._counters._called(None, "55P03")
    assert reading("T3").state == State.ACT


def test_three_tries_for_each_command_ask_for_a_lever(auditor, reading):
    for _ in range(50):
        command_id = new_id()
        for why in ("offline", "offline", ""):
            auditor._counters._called(command_id, why)
    assert value(reading("T3"), "tries") == 3
    assert reading("T3").state == State.ACT


def test_deadlocks_are_the_servers_own_count(reading, town):
    assert value(reading("T3"), "deadlocks") == 0
    assert reading("T3").state == State.STAY


def test_an_order_that_should_have_been_ended_a_minute_ago_and_no_worker_that_did_is_work_that_waits(scene, reading, owner_connection):
    owner_connection.execute("DELETE FROM app.outbox")  # of a town that nobody tidied since it was built
    assert reading("T8").state == State.STAY
    order = scene.order(pay_with=PayWith.CARD)
    scene.end_time_to_pay(order.id)
    assert reading("T8").state == State.STAY  # it is due for less than a minute
    back = "UPDATE app.orders SET due_at = due_at - interval '2 minutes' WHERE state = 'awaiting_payment'"
    owner_connection.execute(f"BEGIN; SET LOCAL session_replication_role = replica; {back}; COMMIT")
    assert reading("T8").state == State.ACT
    assert value(reading("T8"), "waiting") >= 120


def test_changes_that_nobody_tidied_away_are_work_that_waits(reading, auditor, town, owner_connection):
    owner_connection.execute("UPDATE app.outbox SET at = now() - interval '10 minutes 50 seconds'")
    assert reading("T8").state == State.STAY
    assert [each.waiting for each in queues(auditor) if each.name == "changes"] == [0]
    owner_connection.execute("UPDATE app.outbox SET at = now() - interval '13 minutes'")
    assert value(reading("T8"), "waiting") >= 120


def test_a_payment_that_nobody_answered_in_time_waits_and_one_that_was_paid_otherwise_needs_a_person(scene, reading, owner_connection):
    payment = create_payment(scene.ordering, new_id(), scene.town.customer, 500_00)
    owner_connection.execute("DELETE FROM app.outbox")  # of a town that nobody tidied since it was built
    assert reading("T8").state == State.STAY
    owner_connection.execute("UPDATE app.payments SET created_at = now() - interval '20 minutes' WHERE id = %s", [payment.id])
    assert value(reading("T8"), "waiting") >= 300
    settle_payment(scene.worker, new_id(), payment.id, True, 400_00, "NGN", "t1")
    assert (value(reading("T8"), "waiting"), value(reading("T8"), "stuck")) == (0, 1)
    assert reading("T8").state == State.ACT


def test_the_largest_table_is_measured_with_its_indexes(auditor, reading, town):
    largest = max(look(auditor).sizes, key=lambda each: each.bytes)
    assert value(reading("T10"), "largest") == largest.bytes > 8192
    assert reading("T10").state == State.STAY


def test_promises_are_unknown_until_they_were_asked_and_one_that_is_broken_asks_for_a_person(auditor, reading, town):
    assert reading("T11").state == State.UNKNOWN
    found = invariants(auditor)
    assert reading("T11", found).state == State.STAY
    broken = [replace(found[0], violations=2), *found[1:]]
    assert (reading("T11", broken).state, value(reading("T11", broken), "broken")) == (State.ACT, 1)


def test_what_one_server_cannot_measure_says_when_it_begins_to_matter(auditor):
    later = [each for each in read_meter(look(auditor)) if each.state == State.LATER]
    assert [each.trigger.key for each in later] == ["T7", "T9"]
    assert all("begins to matter" in each.trigger.later for each in later)
