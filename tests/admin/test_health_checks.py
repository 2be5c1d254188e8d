"""The promises as the office asks them: when, when again, and what is said where they could not be asked."""

from datetime import timedelta

import pytest

from admin_app.checks import Checks
from admin_app.health.told import tell_promise
from core.base.errors import Unanswered
from core.health import Area, Invariant
from core.live import Changes
from core.qt import task
from tests.admin.test_health import said, show, told

__all__ = ["show"]  # the page's fixture


def test_the_promises_are_asked_once_for_the_whole_window(qtbot, show, town, login, line):
    db = login("support")
    checks = Checks(db, line)
    checks.check()
    qtbot.waitUntil(lambda: checks.at is not None)
    before = [each.times for each in db.counted().reads if each.name == "invariants"]
    page = show(db=db, checks=checks)
    assert page.promises.has_rows
    assert [each.times for each in db.counted().reads if each.name == "invariants"] == before == [1]


@pytest.fixture
def checks(qtbot, login, line, town):
    """The promises, as Chidi asked them once."""
    checks = Checks(login("support"), line)
    checks.check()
    qtbot.waitUntil(lambda: checks.at is not None)
    yield checks
    task.wait()


def asked(checks):
    return sum(each.times for each in checks.db.counted().reads if each.name == "invariants")


def news(*nouns, resync=False):
    return Changes(resync, frozenset(nouns), frozenset())


@pytest.mark.parametrize("changes", [news("health"), news(resync=True)], ids=["health", "resync"])
def test_the_promises_are_asked_again_when_the_server_found_something_else_or_news_were_missed(qtbot, checks, scene, rewrite, changes):
    scene.order()
    rewrite("UPDATE app.order_lines SET unit_price = unit_price + 1")
    checks.take(news("orders"))
    assert not checks.busy
    checks.take(changes)
    qtbot.waitUntil(lambda: [each.name for each in checks.broken] == ["I16"])
    rewrite("UPDATE app.order_lines SET unit_price = unit_price - 1")


def test_news_while_an_answer_is_under_way_have_the_promises_asked_once_more(qtbot, checks):
    checks.check()
    checks.take(news("health"))
    checks.take(news("health"))
    qtbot.waitUntil(lambda: asked(checks) == 3 and not checks.busy)
    qtbot.wait(50)
    assert asked(checks) == 3


def test_promises_that_nobody_asked_for_are_not_asked_because_of_news(login, line, town):
    checks = Checks(login("support"), line)
    checks.take(news("health", resync=True))
    assert not checks.busy


def test_a_check_that_took_too_long_is_not_repeated_until_somebody_presses_or_the_line_is_back(qtbot, checks, monkeypatch):
    asked = []

    def slow(db):
        asked.append(db)
        raise Unanswered("No answer in time.")

    monkeypatch.setattr("admin_app.checks.invariants", slow)
    monkeypatch.setattr("admin_app.reader.RETRY", 20)
    checks.check()
    checks.check()
    qtbot.waitUntil(lambda: checks.error is not None)
    qtbot.wait(200)
    assert len(asked) == 1
    checks.take(news(resync=True))
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
    qtbot.waitUntil(lambda: said(page, 1)[0] == f"All {len(page.checks.found)} held")
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
    assert tell_promise(Invariant("I02", "It is so", 1, Area.MONEY), "").subtitle == "1 row breaks it"
