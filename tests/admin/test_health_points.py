"""What the Health page says of the server: the clock, the archive of its log, its version, what waits; and its card."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from admin_app.health.points import points
from admin_app.health.state import read_state
from admin_app.health.verdicts import _server
from core.health import OldestTransaction, Queue
from core.health.meter import State
from tests.admin.test_health import cells, said, show, told

__all__ = ["show"]  # the page's fixture

AT = datetime(2026, 3, 12, 9, 5, tzinfo=UTC)


@pytest.fixture
def read(support, town, line, monkeypatch):
    """What was read of the server, at ten past ten in Lagos, when it was sound."""
    monkeypatch.setattr(line, "now", lambda: AT + timedelta(minutes=5))
    state = read_state(support)
    facts = replace(state.seen.facts, answered_at=AT + timedelta(minutes=5), started_at=AT, version=180_006, bytes=12_300_000)
    facts = replace(facts, archived_at=AT, archive_failed_at=None)
    state = replace(state, oldest=OldestTransaction(0, None, 0, 0))
    return replace(state, seen=replace(state.seen, facts=facts, queues=()), apart=timedelta(seconds=0.3), archive_mode="on")


@pytest.fixture
def point(read, line):
    """How one thing stands: `point("clock", apart=…)`, or with other facts: `point("archive", archived_at=None)`."""

    def point(key, apart=None, mode=None, queues=(), oldest=None, **facts):
        seen = replace(read.seen, facts=replace(read.seen.facts, **facts), queues=queues)
        state = replace(read, seen=seen, apart=read.apart if apart is None else apart, archive_mode=mode or read.archive_mode)
        state = replace(state, oldest=oldest or read.oldest)
        return next(each for each in points(state, line) if each.key == key)

    return point


@pytest.mark.parametrize(
    ("seconds", "words", "verdict"),
    [
        (0.3, "The server's clock is 0.3 s ahead of this computer's.", State.STAY),
        (-0.3, "The server's clock is 0.3 s behind this computer's.", State.STAY),
        (-5.0, "The server's clock is 5.0 s behind this computer's.", State.STAY),
        (5.1, "The server's clock is 5.1 s ahead of this computer's.", State.WATCH),
        (-4000, "The server's clock is 4,000 s behind this computer's.", State.WATCH),
    ],
)
def test_the_difference_of_the_clocks_is_told_whatever_it_is(point, seconds, words, verdict):
    clock = point("clock", apart=timedelta(seconds=seconds))
    assert (clock.now, clock.verdict) == (words, verdict)
    assert bool(clock.do) == (verdict is State.WATCH)


@pytest.mark.parametrize(
    ("mode", "facts", "words", "verdict"),
    [
        ("on", {}, "It was made last 10:05.", State.STAY),
        ("on", {"answered_at": AT + timedelta(hours=25)}, "It was made last 10:05.", State.WATCH),
        ("on", {"archived_at": None}, "It is switched on, and was never made yet.", State.WATCH),
        ("off", {"archived_at": None}, "There is none: it is switched off.", State.WATCH),
        ("off", {}, "There is none: it is switched off.", State.WATCH),
        ("on", {"archive_failed_at": AT + timedelta(minutes=1)}, "It failed 10:06. It was made last 10:05.", State.ACT),
        ("on", {"archive_failed_at": AT, "archived_at": None}, "It failed 10:05. It was never made.", State.ACT),
        ("on", {"archive_failed_at": AT - timedelta(minutes=1)}, "It was made last 10:05.", State.STAY),
    ],
    ids=["made", "not for a day", "not yet", "off", "off since", "failed", "always failed", "mended"],
)
def test_it_says_when_the_log_was_archived_last_that_it_failed_or_that_it_is_not(point, mode, facts, words, verdict):
    found = point("archive", mode=mode, **facts)
    assert (found.now, found.verdict) == (words, verdict)
    assert bool(found.do) == (verdict is not State.STAY)


def test_version_and_size_are_told(point):
    assert point("version").now == "PostgreSQL 18.6, which was started 10:05."
    assert point("version", version=150_014).verdict is State.WATCH
    assert point("size").now == "The database takes 12.3 MB."


@pytest.mark.parametrize(
    ("queue", "words", "verdict"),
    [
        (Queue("refunds", 0, None, 0), "Nothing is overdue.", State.STAY),
        (Queue("refunds", 3, AT + timedelta(minutes=4, seconds=30), 0), "3 overdue, the oldest since 10:09.", State.STAY),
        (Queue("refunds", 1200, AT, 0), "1,200 overdue, the oldest since 10:05.", State.ACT),
        (Queue("payments", 0, None, 2), "Need a person: 2.", State.ACT),
        (Queue("payments", 1, AT, 2), "1 overdue, the oldest since 10:05. Need a person: 2.", State.ACT),
    ],
)
def test_what_waits_is_told_with_since_when(point, queue, words, verdict):
    found = point(queue.name, queues=(queue,))
    assert (found.now, found.verdict) == (words, verdict)


@pytest.mark.parametrize(("name", "who"), [("payments", "Finance"), ("seals", "They were forged"), ("parcels", "")])
def test_what_needs_a_person_says_which(point, name, who):
    found = point(name, queues=(Queue(name, 0, None, 2),))
    assert found.verdict is State.ACT
    assert found.do.startswith(who) and bool(found.do) == bool(who)


@pytest.mark.parametrize(
    ("began", "words", "verdict"),
    [
        (None, "None is open for long.", State.STAY),
        (timedelta(minutes=4, seconds=1), "None is open for long.", State.STAY),
        (timedelta(0), "It is open since 10:05, and what came after it is not sealed.", State.ACT),
    ],
)
def test_what_holds_sealing_up_is_told(point, began, words, verdict):
    found = point("oldest", oldest=OldestTransaction(1, None if began is None else AT + began, 0, 0))
    assert (found.now, found.verdict, bool(found.do)) == (words, verdict, verdict is State.ACT)


def test_what_a_newer_server_has_waiting_is_told_by_its_name(point):
    assert point("parcels", queues=(Queue("parcels", 0, None, 0),)).title == "Waiting: parcels"


def test_the_card_counts_what_is_to_be_done_and_names_the_first(read, line):
    failing = replace(read, seen=replace(read.seen, facts=replace(read.seen.facts, archive_failed_at=AT + timedelta(minutes=1))))
    assert _server(read, line) == ("Fine", "ok", "circle-check", "The server's clock is 0.3 s ahead of this computer's.")
    assert _server(replace(read, archive_mode="off"), line)[0] == "1 to look at"
    assert _server(replace(failing, apart=timedelta(minutes=1)), line)[0] == "1 thing to do"
    assert _server(failing, line)[3].startswith("Archive of the log: It failed ")


def test_the_page_has_it_on_a_card_with_its_table(show, town):
    page = show()
    assert said(page, 3)[0] == "1 to look at"  # the tests' server archives nothing
    rows = cells(page.server)
    assert [row[0] for row in rows[:4]] == ["Clock", "Archive of the log", "Version", "Size"]
    assert {row[1] for row in rows[4:-1]} == {"Nothing is overdue."}
    assert rows[-1][1] == "None is open for long."
    assert rows[1][1].startswith("There is none: it is switched off.\nThe guide says how to begin")
    page.cards.cards[3].click()
    assert page.server.isVisible()
    assert told(page.server)[1].startswith("The server's clock is ")
