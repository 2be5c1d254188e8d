"""The Health page: what it says of the meter, the promises, the worker and open programs; what it reads, and when."""

import re
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from admin_app.desk import Desk
from admin_app.health import HealthPage, state
from admin_app.health.words import foremost, how_to_measure, meter_words, todo
from core.base.identifiers import new_id
from core.health import load_kept, record_checks
from core.health.meter import State, look, read_meter
from core.kitchens import create_kitchen, kitchens
from core.live import Changes
from core.qt import task
from core.staff import me
from tests.admin.conftest import is_calm
from tests.admin.test_health_looks import MINUTES


@pytest.fixture
def show(qtbot, login, line):
    """Show the page: `show("support")`; it returns when the page has its answers. `checked`: the worker has just checked."""

    def show(who="support", db=None, checks=None, checked=True, **options):
        if checked:
            record_checks(login("worker"))
        db = db or login(who)
        page = HealthPage(Desk(db, line, me(db), checks=checks), **options)
        qtbot.addWidget(page)
        page.resize(1158, 768)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        qtbot.waitUntil(lambda: page.meter.has_rows and page.checks.known.ran is not None)
        return page

    yield show
    task.wait()


def said(page, place):
    """Return what a card says."""
    card = page.cards.cards[place]
    return card.verdict.words.text(), card.detail.text()


def cells(sheet):
    model = sheet.model
    return [[model.index(at, section).data() for section in range(model.columnCount())] for at in range(model.rowCount())]


def told(sheet):
    """Open the first row, and return what its details say."""
    sheet.open_first()
    layout = sheet.detail._list
    return [layout.itemAt(at).widget().text() for at in range(layout.count()) if layout.itemAt(at).widget()]


@pytest.mark.parametrize("who", ["support", "finance", "owner", "auditor"])
def test_each_of_the_office_sees_every_trigger_promise_and_program(show, town, who):
    page = show(who)
    assert [each.trigger.key for each in page.meter.model.rows] == [f"T{number}" for number in range(1, 12)]
    assert not any(re.search(r"\bT\d", words) for row in cells(page.meter) for words in row)  # numbers are for the details
    assert len(cells(page.promises)) == page.checks.known.many > 30
    assert said(page, 1)[0] == f"All {page.checks.known.many} hold"
    assert ["Kitchen program", "Up to date"] in [[row[0], row[4]] for row in cells(page.programs)]


def test_a_verdict_is_a_word_and_what_is_due_says_why_and_all_levers_in_their_order(show, town, owner_connection):
    owner_connection.execute(MINUTES, [8 * 1440 - 5])
    page = show()
    first, *others = cells(page.meter)
    assert first[3] == "Do this"
    assert first[4].startswith("Find the dearest query and make it cheaper\n76 % of its time it works. It was too much on ")
    assert {row[3] for row in others} <= {"Fine", "Not measured", "Later"}
    assert said(page, 0) == ("1 thing to do", "How busy the server is")
    words = told(page.meter)
    assert words[0] == "What to do"
    assert {"76 % of its time it works", "At most: 70 %", "Counted by: The worker"} < set(words)
    assert "In the guide: T1 The server's processor" in words
    assert [line for line in words if line[:2] in ("1.", "2.", "3.", "4.", "5.")] == [
        "1. Find the dearest query and make it cheaper", "2. Read reports from a standby", "3. Keep menus in a cache",
        "4. Take a bigger machine", "5. Split by region",
    ]  # fmt: skip


def test_without_a_worker_it_says_so_and_what_was_not_measured_has_no_figure(qtbot, show, town):
    page = show(checked=False)
    assert said(page, 2) == ("Not running", "It was never seen")
    assert said(page, 1) == ("Not checked", "They were never checked")
    assert page.unwatched.isVisible()
    assert page.unwatched.words.text().startswith("No worker is running. Without a worker money is never frozen and nothing is sealed.")
    assert page.promises.notice.title.text() == "No worker has checked the promises yet"
    page.promises.notice.act.click()
    qtbot.waitUntil(lambda: said(page, 1)[0] == f"All {page.checks.known.many} hold")
    assert page.unwatched.isVisible()  # that somebody checked once is no worker
    assert page.quarters.notice.title.text() == "No worker has kept anything yet"
    first = cells(page.meter)[0]
    assert (first[1], first[3]) == ("Not measured", "Not measured")


def test_the_worker_is_running_when_it_kept_a_row_just_now_and_its_quarters_are_listed_newest_first(show, town, owner_connection):
    owner_connection.execute(MINUTES, [100])
    page = show()
    assert said(page, 2)[0] == "Running"
    assert page.unwatched.isHidden()
    begins = [row.begins for row in page.quarters.model.rows]
    assert begins == sorted(begins, reverse=True)
    assert len(begins) >= 7


def test_a_clock_that_is_off_is_told(show, town, owner_connection, monkeypatch):
    class Late(state.datetime):
        @classmethod
        def now(cls, tz=None):
            return super().now(tz).replace(year=2020)

    monkeypatch.setattr(state, "datetime", Late)
    page = show()
    assert said(page, 3)[0] == "2 to look at"
    assert said(page, 3)[1].startswith("Clock: The server's clock is ")


def test_a_broken_promise_is_told_on_its_card_in_the_table_and_in_the_meter(qtbot, show, scene, rewrite):
    scene.order()
    rewrite("UPDATE app.order_lines SET unit_price = unit_price + 1")
    page = show()
    assert said(page, 1)[0] == "1 broken"
    assert [row[0] for row in cells(page.promises) if row[2] == "1 row breaks it"] == ["I16"]
    assert cells(page.meter)[-1][3] == "Do this"
    rewrite("UPDATE app.order_lines SET unit_price = unit_price - 1")
    page.check_now.click()
    assert not page.check_now.isEnabled()
    qtbot.waitUntil(lambda: said(page, 1)[0].startswith("All"))
    qtbot.waitUntil(lambda: cells(page.meter)[-1][3] == "Fine")


def test_promises_that_could_not_be_checked_are_not_called_kept(qtbot, login, line, town, owner_connection, worker):
    owner_connection.execute("REVOKE SELECT ON api.check_runs FROM support")
    page = HealthPage(Desk(db := login("support"), line, me(db)))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.meter.has_rows and said(page, 1)[0] == "Not checked")
    assert page.promises.notice.title.text() == "The promises were not checked"
    assert cells(page.meter)[-1][3] == "Not measured"
    assert page.unwatched.words.text().startswith("No worker is running.")
    owner_connection.execute("GRANT SELECT ON api.check_runs TO support")
    record_checks(worker)
    page.promises.notice.act.click()
    qtbot.waitUntil(lambda: page.promises.has_rows)
    task.wait()


def test_what_cannot_be_read_is_said_with_a_way_to_try_again(qtbot, login, line, town, owner_connection):
    owner_connection.execute("REVOKE SELECT ON api.queues FROM support")
    db = login("support")
    page = HealthPage(Desk(db, line, me(db)))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.meter.notice.title.text() == "It could not be read how the server fares")
    assert [said(page, place)[0] for place in (0, 2, 3, 4)] == ["Not read"] * 4
    page.head.export_all.emit()
    assert page.head.trouble.words.text().startswith("There are no figures yet.")
    owner_connection.execute("GRANT SELECT ON api.queues TO support")
    qtbot.waitUntil(lambda: is_calm(page.reader))
    page.meter.notice.act.click()
    qtbot.waitUntil(lambda: page.meter.has_rows)
    assert said(page, 0)[0] != "Not read"
    owner_connection.execute("REVOKE SELECT ON api.queues FROM support")
    page.head.look_again.emit()
    qtbot.waitUntil(lambda: page.head.trouble.words.text().startswith("These figures could not be read again."))
    assert page.meter.has_rows
    owner_connection.execute("GRANT SELECT ON api.queues TO support")
    task.wait()


def test_a_page_that_nobody_looks_at_asks_nothing(qtbot, login, line, town):
    db = login("support")
    page = HealthPage(Desk(db, line, me(db)))
    qtbot.addWidget(page)
    before = db.counted().all_reads.times
    page.take(Changes(True, frozenset(), frozenset()))
    qtbot.wait(50)
    assert db.counted().all_reads.times == before
    assert not page.checks.busy


def test_a_page_that_nobody_looks_at_does_no_work_at_a_tick_of_the_line_and_catches_up(qtbot, show, town, line):
    page = show()
    page.hide()
    line._take("offline", line.now(), None)
    assert page.cards.cards[2].verdict.property("tone") is not None
    page.show()
    assert page.cards.cards[2].verdict.property("tone") is None


def test_offline_figures_stand_back_and_no_card_has_the_colour_of_success(qtbot, show, town, line):
    page = show()
    line._take("offline", line.now(), None)
    assert page.meter.model.columns[1].tone(page.meter.model.rows[0]) == "muted"
    assert {card.verdict.property("tone") for card in page.cards.cards} == {None}
    assert page.head.age.isVisible()


def test_the_cards_turn_to_their_tables_also_by_keyboard_and_escape_closes_the_details(qtbot, show, town):
    page = show()
    page.cards.cards[0].setFocus()
    qtbot.keyClick(page.cards.cards[0], Qt.Key.Key_Right)
    assert page.stack.currentWidget() is page.promises
    page.promises.open_first()
    assert page.promises.detail.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not page.promises.detail.isVisible()


def test_the_slowest_views_of_this_program_are_named_under_reading(show, town, login):
    db = login("support")
    for _ in range(100):
        kitchens(db)
    db._counters._read("SELECT a FROM api.slow", 0.4)
    page = show(db=db)
    reading = [each for each in page.meter.model.rows if each.trigger.key == "T2"][0]
    details = page.meter.detail.tell(reading)
    [slowest] = [lines for heading, lines in details.parts if heading == "Slowest here"]
    assert slowest[0] == "slow: 500 ms, 1 reads"
    assert len(slowest) == 5
    assert reading.state == State.STAY


def test_each_state_says_what_is_to_be_done(qapp, auditor, owner, town):
    create_kitchen(owner, new_id(), "Ikeja", "Mainland")
    readings = {each.trigger.key: each for each in read_meter(look(auditor))}
    assert load_kept(auditor).minutes == 0
    assert how_to_measure(readings["T1"]) == "Only a worker on the server's own machine sees it"
    assert how_to_measure(readings["T6"]) == "Let the worker run for half an hour"
    assert how_to_measure(readings["T11"]) == "Check the promises"
    assert todo(readings["T7"]) == ("There is no standby to read from.", "It begins to matter with the first one.")
    assert todo(readings["T10"]) == ("", "")
    assert [each.limit.key for each in foremost(readings["T8"])] == ["waiting", "stuck"]
    assert meter_words(list(readings.values())) == ("Fine", "ok", "circle-check", "One server is enough")
    looked = [replace(each, state=State.WATCH) if each.trigger.key in ("T5", "T6") else each for each in readings.values()]
    assert meter_words(looked) == ("2 to look at", "warn", "eye", "Connections")
