"""The trail's page: what a line says, how it is found and followed, what is written into a file, and that new lines come by themselves."""

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from admin_app.audit import AuditPage
from admin_app.audit.columns import cells
from admin_app.audit.deeds import deed, deeds
from admin_app.orders import OrdersPage
from admin_app.refunds.page import RefundsPage
from core.audit import TrailFilter, trail
from core.base.identifiers import new_id
from core.orders import State, advance_order
from core.stock import receive_stock
from tests.admin.conftest import choose, is_calm, leads_to, names, page, rows, tell
from tests.support.trail import write_lines

WHO, WHAT, ON, KITCHEN, WHY = 1, 2, 3, 4, 5


def search(qtbot, page, words):
    page.filters.search.setText(words)
    qtbot.waitUntil(lambda: page.answered.search == words.strip() and not page.loading)


def open_line(qtbot, page, what):
    place = names(page, WHAT).index(what)
    choose(page, place)
    page.listing.open_current()
    qtbot.waitUntil(lambda: page.detail.title.text() == what)
    return page.detail


def told(page):
    lines = page.detail.difference._lines
    return {lines.itemAt(place).widget().accessibleName() for place in range(lines.count())}


def test_a_line_says_when_who_did_what_on_what_and_why(shown, lived):
    assert rows(shown)[0][1:] == ["Bisi Ojo", "Cancelled an order", f"Order {lived.number}", "Yaba", "out of stock: no chicken left"]
    assert {"Received a delivery", "Counted a shelf", "Changed a price", "Froze a wallet", "Refunded an order"} <= set(names(shown, WHAT))
    assert "Service ordering" in names(shown, WHO)
    assert not any("Ngozi" in words for row in rows(shown) for words in row)


def test_the_filters_narrow_it_and_a_button_leads_back(qtbot, shown, scene):
    qtbot.waitUntil(lambda: shown.filters.kitchen.box.count() == 3 and shown.filters.doer.box.count() > 5)
    shown.filters.doer.choose(next(value for value in shown.filters.doer._values if value and value.person_id == shown.desk.me.person_id))
    qtbot.waitUntil(lambda: set(names(shown, WHO)) == {"Funmi Ade"})
    shown.filters.action.choose("refund_order")
    qtbot.waitUntil(lambda: names(shown, WHAT) == ["Refunded an order"])
    assert shown.head.count.text() == "1 line"
    shown.filters.kitchen.choose(scene.town.lekki)
    qtbot.waitUntil(lambda: shown.listing.notice.title.text() == "Nothing found")
    shown.listing.notice.act.click()
    qtbot.waitUntil(lambda: shown.listing.has_rows and len(shown.model.rows) > 20)


def test_it_is_found_by_a_word_an_order_an_id_and_a_login(qtbot, shown, lived):
    search(qtbot, shown, "CHICK")
    assert names(shown, ON) == [f"Order {lived.number}"]
    search(qtbot, shown, f"#{lived.number}")
    assert names(shown, WHAT) == ["Placed an order", "Cancelled an order"]  # its history, oldest first
    search(qtbot, shown, str(lived.id))
    assert names(shown, WHAT) == ["Placed an order", "Cancelled an order"]
    [cancelled] = trail(shown.desk.db, TrailFilter(object_id=lived.id, action="cancel_order"))
    search(qtbot, shown, str(cancelled.command_id))
    assert names(shown, WHAT) == ["Cancelled an order"]
    search(qtbot, shown, "chidi")
    assert set(names(shown, WHO)) == {"Chidi Okoye"}
    search(qtbot, shown, "ordering")
    assert set(names(shown, WHO)) == {"Service ordering"}
    search(qtbot, shown, "nothing of the kind")
    assert shown.listing.notice.title.text() == "Nothing found"


def test_too_many_lines_with_a_word_are_not_shown_in_part(qtbot, shown, scene, owner_connection):
    write_lines(owner_connection, scene.town, 60_000)
    shown.filters.search.setText("chicken")
    qtbot.waitUntil(lambda: shown.listing.notice.title.text() == "Too many lines")
    assert "More than 5,000 lines hold these words" in shown.listing.notice.sentence.text()
    shown.listing.notice.act.click()
    qtbot.waitUntil(lambda: shown.head.count.text() == "10,000+ lines")


def test_the_details_tell_everything_and_what_changed(qtbot, shown, lived):
    open_line(qtbot, shown, "Cancelled an order")
    assert "State: was Placed, is Cancelled" in told(shown)
    assert "Given back: ₦2,500.00" in told(shown)
    assert shown.detail.why.text() == "“out of stock: no chicken left”"
    open_line(qtbot, shown, "Changed a price")
    assert told(shown) == {"Price: was ₦300.00, is ₦350.00"}
    open_line(qtbot, shown, "Received a delivery")
    assert {words.partition(":")[0] for words in told(shown)} == {"On hand, smallest units", "Movement"}  # what is held did not change
    open_line(qtbot, shown, "Froze a wallet")
    assert "Frozen: was no, is yes" in told(shown)


def test_what_was_stays_struck_through_and_never_by_colour_alone(qtbot, shown):
    open_line(qtbot, shown, "Changed a price")
    labels = shown.detail.difference.findChildren(type(shown.detail.why))
    assert {each.text(): each.font().strikeOut() for each in labels} == {"Price": False, "₦300.00": True, "₦350.00": False}


def test_a_line_leads_to_the_history_of_its_object_its_command_and_the_order(qtbot, shown, lived):
    detail = open_line(qtbot, shown, "Cancelled an order")
    assert leads_to(qtbot, shown, detail.order) == ("orders", lived.id)
    detail.command.click()
    qtbot.waitUntil(lambda: names(shown, WHAT) == ["Cancelled an order"])
    assert shown.filters.command.isVisible()
    shown.detail.history.click()
    qtbot.waitUntil(lambda: names(shown, WHAT) == ["Placed an order", "Cancelled an order"])
    shown.filters.object.click()
    qtbot.waitUntil(lambda: len(shown.model.rows) > 20)


def test_a_refunds_line_leads_to_what_was_confirmed(qtbot, sign_in, lived):
    session = sign_in("support")
    session.frame.go("audit")
    shown = page(session, AuditPage)
    qtbot.waitUntil(lambda: shown.listing.has_rows)
    detail = open_line(qtbot, shown, "Refunded an order")
    qtbot.waitUntil(detail.confirmed.isVisible)
    detail.confirmed.click()
    refunds = page(session, RefundsPage)
    qtbot.waitUntil(lambda: refunds.isVisible() and refunds.shown is refunds.run)
    session.frame.go("audit")
    shown.detail.order.click()
    orders = page(session, OrdersPage)
    qtbot.waitUntil(lambda: orders.isVisible() and orders.detail.isVisible())


def test_a_new_line_comes_by_itself_and_waits_while_somebody_reads(qtbot, shown, scene, cook, ordering):
    receive_stock(cook, new_id(), scene.town.rice, 100, "")
    tell(shown, "stock", objects=[scene.town.rice])
    qtbot.waitUntil(lambda: rows(shown)[0][1:4] == ["Chidi Okoye", "Received a delivery", "Rice"])
    choose(shown, 3)
    order = scene.order()
    advance_order(cook, new_id(), order.id, 1, State.ACCEPTED)
    tell(shown, "orders", objects=[order.id])
    qtbot.waitUntil(lambda: is_calm(shown.news))
    assert shown.head.news.text() == "2 new lines"


def test_thousands_of_lines_come_page_by_page(qtbot, shown, scene, owner_connection):
    write_lines(owner_connection, scene.town, 1000)
    tell(shown, resync=True)
    qtbot.waitUntil(lambda: len(shown.model.rows) == 200)
    for there in (400, 600):
        shown.listing.view.scrollToBottom()
        qtbot.waitUntil(lambda there=there: len(shown.model.rows) == there)
    assert len({line.id for line in shown.model.rows}) == 600


def test_a_file_holds_everything_and_runs_nothing(qtbot, open_at_desk, lived, scene, manager, tmp_path):
    file = tmp_path / "trail.csv"
    scene.order()
    page = open_at_desk(AuditPage, "auditor", ask=lambda parent, suggested: str(file))
    page.filters.action.choose("cancel_order")
    qtbot.waitUntil(lambda: names(page, WHAT) == ["Cancelled an order"])
    for signal in (page.head.export_shown, page.head.export_all):
        with qtbot.waitSignal(page.said):
            signal.emit()
        with file.open(encoding="utf-8-sig", newline="") as opened:
            titles, line = csv.reader(opened)
        said = dict(zip(titles, line, strict=True))
        assert (said["Person"], said["Login"], said["Why"]) == ("Bisi Ojo", "bisi", "Out of stock: no chicken left")
        assert '"state": "cancelled"' in said["After"]


def test_all_is_done_by_keyboard(qtbot, shown):
    shown.filters.search.setFocus()
    QTest.keyClicks(shown.filters.search, "chick")
    QTest.keyClick(shown.filters.search, Qt.Key.Key_Return)
    qtbot.waitUntil(shown.detail.isVisible)
    QTest.keyClick(shown.listing.view, Qt.Key.Key_Escape)
    qtbot.waitUntil(shown.detail.isHidden)


def test_what_cannot_be_read_says_why_and_tries_again_when_asked(qtbot, open_at_desk, lived, owner_connection):
    owner_connection.execute("REVOKE SELECT ON api.trail FROM support")
    page = open_at_desk(AuditPage, "support")
    assert page.listing.notice.title.text() == "The trail could not be read"
    owner_connection.execute("GRANT SELECT ON api.trail TO support")
    page.listing.notice.act.click()
    qtbot.waitUntil(lambda: page.listing.has_rows)


@pytest.mark.parametrize("action", ["place_order", "reveal_phone", "lapse_proposals"])
def test_an_action_has_words_of_its_own(action):
    assert deed(action) == deeds()[action] != action.replace("_", " ").capitalize()


def test_an_action_of_a_newer_server_is_named_as_it_is():
    assert deed("move_kitchen") == "Move kitchen"


@pytest.mark.parametrize(("time", "said"), [("infinity", "infinity"), ("4713-01-01 UTC BC", "4713-01-01 00:00:00+00 BC")])
def test_a_line_whose_time_is_none_is_shown_with_what_the_database_says(qtbot, shown, owner_connection, time, said):
    values = "VALUES (%s, gen_random_uuid(), 'cancel_order', 'orders')"
    owner_connection.execute(f"INSERT INTO app.audit_events (at, command_id, action, noun) {values}", [time])
    shown.load()
    qtbot.waitUntil(lambda: any(row[0] == f"no time\n{said}" for row in rows(shown)))
    place = next(number for number, row in enumerate(rows(shown)) if said in row[0])
    choose(shown, place)
    shown.listing.open_current()
    shows = shown.detail.findChildren
    qtbot.waitUntil(lambda: f"no time: {said}" in [words.text().replace("\u200b", "") for words in shows(QLabel)])
    assert cells(shown.model.rows[place])[0] == f"no time: {said}"
