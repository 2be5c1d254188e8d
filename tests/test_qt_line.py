"""The line in words: how old a figure is, in Lagos' time, and whether the server is there."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from core.qt.line import LineState, ago, clock, moment

NOW = datetime(2026, 11, 22, 11, 41, 30, tzinfo=UTC)  # 12:41:30 in Lagos


@pytest.fixture
def line(qapp):
    return LineState(lambda: NOW)


@pytest.mark.parametrize(
    "age, words",
    [
        (timedelta(seconds=-40), "just now"),  # the server's clock is ahead of ours
        (timedelta(seconds=9), "just now"),
        (timedelta(seconds=29), "20 s ago"),
        (timedelta(seconds=59), "50 s ago"),
        (timedelta(seconds=60), "1 min ago"),
        (timedelta(minutes=59, seconds=59), "59 min ago"),
        (timedelta(hours=1), "11:41"),
        (timedelta(hours=12, minutes=41, seconds=30), "00:00"),
        (timedelta(hours=12, minutes=41, seconds=31), "yesterday 23:59"),
        (timedelta(days=1, hours=19, minutes=36), "20 Nov 17:05"),
        (timedelta(days=400), "18 Oct 2025 12:41"),
    ],
)
def test_the_age_of_a_figure_is_said_as_people_say_it(qapp, age, words):
    assert ago(NOW - age, NOW) == words


@pytest.mark.parametrize("age", [timedelta(seconds=5), timedelta(minutes=6), timedelta(days=3)])
def test_offline_every_figure_is_as_of_when_the_line_was_lost(qapp, age):
    assert ago(NOW - age, NOW, NOW - timedelta(minutes=2)) == "as of 12:39"


def test_times_are_lagos_whatever_zone_they_come_in(qapp):
    assert clock(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "00:30"
    assert moment(datetime(2026, 7, 1, 23, 30, tzinfo=UTC), datetime(2026, 7, 2, 8, 0, tzinfo=UTC)) == "00:30"


def test_the_pill_says_in_words_and_with_an_icon_how_it_stands(line):
    line._take("live", NOW, None)
    assert line.pill()[:3] == ("Live", "ok", "wifi")
    line._take("checking", NOW, None)
    assert line.pill()[:3] == ("Checking", "warn", "refresh-cw")
    line._take("offline", NOW - timedelta(minutes=2), None)
    assert line.pill()[:3] == ("Offline since 12:39", "danger", "wifi-off")
    line._take("offline", NOW - timedelta(days=1), None)
    assert line.pill().text == "Offline since yesterday"


def test_offline_the_banner_says_since_when_what_still_works_and_when_it_tries_again(line):
    assert line.banner() is None
    line._take("offline", NOW - timedelta(minutes=2), NOW + timedelta(seconds=6))
    assert line.banner().text == "No connection since 12:39. You see the last known figures. Saving is off until it is back."
    assert line.banner().aside == "Trying again in 6 s"
    line._take("offline", NOW - timedelta(minutes=2), NOW - timedelta(seconds=1))
    assert line.banner().aside == "Trying again"


def test_a_server_that_never_answered_is_offline_since_this_program_began(line):
    line._take("offline", None, None)
    assert line.offline_since == NOW


def test_saving_is_off_while_offline_and_for_a_program_that_is_too_old(line):
    line._take("offline", NOW, None)
    assert not line.can_save
    line._take("live", NOW, None)
    assert line.can_save
    line.outdate("This program is too old for the server: 0.2.0 or newer is needed.")
    assert not line.can_save
    assert line.banner().text.startswith("This program is too old")
    assert "Saving is off" in line.banner().aside


def test_another_thread_may_tell_and_the_screen_hears_it_in_its_own(qtbot, line):
    heard = []
    line.changed.connect(lambda: heard.append(threading.current_thread()))
    told = threading.Thread(target=lambda: line.tell("offline", NOW))
    told.start()
    told.join()
    assert line.state == "checking"
    qtbot.waitUntil(lambda: line.state == "offline")
    assert heard == [threading.main_thread()]


def test_one_clock_ticks_for_all_ages(qtbot, line):
    with qtbot.waitSignal(line.ticked, timeout=2000):
        pass
