"""The promises as the office knows them: from the worker's runs, now and last night, and what is said where nobody checks."""

import json
from datetime import datetime, timedelta

import pytest

from admin_app.health.told import tell_promise
from admin_app.promises.checks import Checks
from admin_app.promises.known import Promise
from core.base.errors import Unanswered
from core.health import Area, last_night, record_checks
from core.live import Changes
from core.qt import task
from tests.admin.conftest import is_calm
from tests.admin.test_health import cells, said, show, told
from tests.admin.test_health_looks import MINUTES

__all__ = ["show"]  # the page's fixture


@pytest.fixture
def checks(qtbot, login, line, town):
    """What Funmi's window knows of the promises; the worker has checked once."""
    record_checks(login("worker"))
    checks = Checks(login("support"), line)
    checks.begin()
    qtbot.waitUntil(lambda: checks.known.ran is not None)
    yield checks
    task.wait()


@pytest.fixture
def run_at(owner_connection):
    """Keep a run of the checks as if the worker had made it then: `run_at(at, I02=3)`."""

    def run_at(at, **red):
        owner_connection.execute(
            "INSERT INTO app.check_runs (at, took_ms, checks, red, froze) VALUES (%s, 900, 34, %s, false)", [at, json.dumps(red)]
        )

    return run_at


def asked(checks):
    return sum(each.times for each in checks.db.counted().reads if each.name == "invariants")


def read(checks):
    return sum(each.times for each in checks.db.counted().reads if each.name == "check_runs")


def news(*nouns, resync=False):
    return Changes(resync, frozenset(nouns), frozenset())


def test_the_runs_are_read_once_for_the_whole_window_and_no_promise_is_asked(qtbot, show, checks):
    before = read(checks)
    page = show(db=checks.db, checks=checks, checked=False)
    assert page.promises.has_rows
    assert (asked(checks), page.checks) == (0, checks)
    checks.begin()
    qtbot.waitUntil(lambda: is_calm(checks.reader))
    assert read(checks) == before + 2  # the newest and the night's, when the page was shown


@pytest.mark.parametrize("changes", [news("health"), news(resync=True)], ids=["health", "resync"])
def test_the_runs_are_read_again_when_the_worker_found_something_else_or_news_were_missed(qtbot, checks, scene, rewrite, worker, changes):
    scene.order()
    rewrite("UPDATE app.order_lines SET unit_price = unit_price + 1")
    record_checks(worker)
    checks.take(news("orders"))
    qtbot.wait(50)
    assert checks.known.broken == []
    checks.take(changes)
    qtbot.waitUntil(lambda: [each.name for each in checks.known.broken] == ["I16"])
    assert asked(checks) == 0
    rewrite("UPDATE app.order_lines SET unit_price = unit_price - 1")


def test_runs_that_nobody_wanted_are_not_read_because_of_news(login, line, town):
    checks = Checks(login("support"), line)
    checks.take(news("health", resync=True))
    assert is_calm(checks.reader)


def test_a_worker_that_has_just_been_started_is_seen_without_anybody_asking(qtbot, login, line, town, worker, monkeypatch):
    monkeypatch.setattr("admin_app.promises.checks.SOON", 30)
    checks = Checks(login("support"), line)
    checks.begin()
    qtbot.waitUntil(lambda: checks.known.is_late)
    record_checks(worker)
    qtbot.waitUntil(lambda: checks.known.many > 30 and not checks.known.is_late)
    before = read(checks)
    qtbot.wait(150)
    assert read(checks) == before  # and then it rests
    task.wait()


def test_what_was_asked_here_is_told_until_the_worker_runs_again(qtbot, checks, scene, rewrite, worker):
    scene.order()
    rewrite("UPDATE app.order_lines SET unit_price = unit_price + 1")
    checks.check()
    qtbot.waitUntil(lambda: [each.name for each in checks.known.broken] == ["I16"])
    checks.look()
    qtbot.waitUntil(lambda: is_calm(checks.reader))
    assert [each.name for each in checks.known.broken] == ["I16"]
    rewrite("UPDATE app.order_lines SET unit_price = unit_price - 1")
    record_checks(worker)
    checks.look()
    qtbot.waitUntil(lambda: checks.known.broken == [])


def test_each_promise_says_how_it_stood_last_night_at_its_worst(qtbot, show, town, run_at, line):
    begins, ends = last_night(line.now())
    run_at(begins - timedelta(minutes=1), I05=9)
    run_at(begins, I02=1)
    run_at(begins + timedelta(minutes=5), I02=3, I99=1)
    run_at(begins + timedelta(minutes=10), I02=1)
    run_at(ends, I05=9)
    page = show()
    nights = {row[0]: row[3] for row in cells(page.promises)}
    assert (nights["I02"], nights["I01"], nights["I05"]) == ("3 rows broke it", "Held", "Held")
    assert said(page, 1)[1].endswith("2 broken last night.")
    page.promises.open_first()
    assert "Held" in told(page.promises)


def test_a_night_without_a_run_is_not_called_held(show, town):
    page = show()
    assert {row[3] for row in cells(page.promises)} == {"Not checked"}
    assert said(page, 1)[1].endswith("Nobody checked last night.")


def test_a_promise_of_a_newer_server_is_told_by_its_name(show, town, run_at, line):
    run_at(line.now(), I99=2)
    row = next(row for row in cells(show(checked=False).promises) if row[0] == "I99")
    assert row == ["I99", "I99", "2 rows break it", "Not checked"]


def test_what_the_worker_found_long_ago_is_not_called_so_now(qtbot, show, town, owner_connection, run_at, line):
    owner_connection.execute(MINUTES, [10])
    run_at(line.now() - timedelta(minutes=16))
    page = show(checked=False)
    verdict, detail = said(page, 1)
    assert verdict == "Not checked"
    assert detail.startswith("Not checked since ")
    assert said(page, 2)[0] == "Running"
    meaning = "A worker is running, but it does not check, so money is never frozen. Read its log: journalctl -u rachel-worker."
    assert page.unwatched.words.text() == meaning
    page.check_now.click()
    qtbot.waitUntil(lambda: said(page, 1)[0].startswith("All"))
    assert page.unwatched.isVisible()


@pytest.mark.parametrize(
    ("now", "ended"),
    [("12T04:59", "2026-03-11"), ("12T05:00", "2026-03-12"), ("12T22:59", "2026-03-12"), ("12T23:30", "2026-03-12")],
)
def test_the_last_night_is_the_one_that_is_over(now, ended):
    begins, ends = last_night(datetime.fromisoformat(f"2026-03-{now}+00:00"))
    assert (ends.isoformat(), ends - begins) == (f"{ended}T06:00:00+01:00", timedelta(hours=8))


def test_a_check_that_took_too_long_is_not_repeated_until_somebody_presses(qtbot, checks, monkeypatch):
    asked = []

    def slow(db):
        asked.append(db)
        raise Unanswered("No answer in time.")

    monkeypatch.setattr("admin_app.promises.checks.invariants", slow)
    monkeypatch.setattr("admin_app.reader.RETRY", 20)
    checks.check()
    checks.check()
    qtbot.waitUntil(lambda: checks.error is not None)
    qtbot.wait(200)
    assert len(asked) == 1
    checks.check()
    qtbot.waitUntil(lambda: len(asked) == 2 and not checks.busy)
    assert checks.dated().endswith(", not checked again: It took too long. Try again later")


def test_a_bug_in_a_check_is_raised_and_the_promises_can_be_asked_again(checks):
    checks.busy = True
    with pytest.raises(ZeroDivisionError):
        checks._fail(ZeroDivisionError())
    assert not checks.busy


def test_a_promise_known_to_be_broken_stays_so_when_it_cannot_be_checked_again(qtbot, show, scene, rewrite, owner_connection):
    scene.order()
    rewrite("UPDATE app.order_lines SET unit_price = unit_price + 1")
    page = show()
    owner_connection.execute("REVOKE SELECT ON api.invariants FROM support")
    page.promises.open_first()
    page.check_now.click()
    qtbot.waitUntil(lambda: "not checked again: " in said(page, 1)[1])
    assert said(page, 1)[0] == "1 broken"
    assert "not checked again: " in told(page.promises)[0]
    rewrite("UPDATE app.order_lines SET unit_price = unit_price - 1")
    owner_connection.execute("GRANT SELECT ON api.invariants TO support")
    page.check_now.click()
    qtbot.waitUntil(lambda: said(page, 1)[0].startswith("All"))
    owner_connection.execute("REVOKE SELECT ON api.invariants FROM support")
    page.check_now.click()
    qtbot.waitUntil(lambda: said(page, 1)[0] == f"All {len(page.checks.known.found)} held")
    assert page.cards.cards[1].verdict.property("tone") == "warn"


def test_the_details_of_a_promise_say_when_it_was_checked_last(qtbot, show, town, line, monkeypatch):
    page = show()
    before = told(page.promises)[0]
    later = line.now() + timedelta(hours=30)
    monkeypatch.setattr(line, "now", lambda: later)
    page.check_now.click()
    qtbot.waitUntil(lambda: not page.checks.busy)
    layout = page.promises.detail._list
    [now] = [words for at in range(layout.count()) if (part := layout.itemAt(at).widget()) and "Checked" in (words := part.text())]
    assert now != before


def test_a_row_that_breaks_a_promise_is_one_row_in_its_details(qapp):
    assert tell_promise(Promise("I02", "It is so", 1, Area.MONEY), "").subtitle == "1 row breaks it"
