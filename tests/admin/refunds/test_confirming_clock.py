"""How long figures hold: by the server's word, whatever this computer's clock says."""

import time
from datetime import UTC, datetime, timedelta

from admin_app.proposals.confirming_clock import held, minutes

NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)
FIVE = timedelta(minutes=5)


def of_now(created_at=NOON):
    return held(created_at, created_at + FIVE, NOON, time.monotonic())


def test_only_the_difference_of_the_servers_times_counts():
    for server in (NOON - timedelta(days=1), NOON, NOON + timedelta(days=1)):
        assert FIVE - timedelta(seconds=1) < of_now(server).left(NOON) <= FIVE


def test_the_clock_that_says_more_has_passed_is_believed():
    assert of_now().left(NOON + timedelta(minutes=2)) == timedelta(minutes=3)
    slept = held(NOON, NOON + FIVE, NOON, time.monotonic() - 120)
    assert timedelta(minutes=2, seconds=59) < slept.left(NOON - timedelta(hours=1)) <= timedelta(minutes=3)


def test_it_never_holds_for_less_than_nothing():
    assert of_now().left(NOON + timedelta(days=1)) == timedelta()


def test_what_is_left_is_written_in_minutes_and_seconds():
    assert [minutes(timedelta(seconds=left)) for left in (300, 272.9, 59, 0.4)] == ["5:00", "4:32", "0:59", "0:00"]
