"""Ways through the office: from one page to another, what was asked and never answered, and a navigation that always fits."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea

from admin_app import asked
from admin_app.orders import OrdersPage
from admin_app.orders.question import Question
from admin_app.picker import Picker
from admin_app.session import enter
from admin_app.stock import StockPage
from admin_app.stock.filters import Filter
from core.base.identifiers import new_id
from core.database.pending import Pending, folder_of
from core.orders import cancel_order
from core.qt.chrome import SideNav
from core.qt.settle import NOT_RECORDED, RECORDED
from core.stock import Level
from tests.admin.conftest import names, page
from tests.support.looks import cut, draw

SOON = 8_000  # ms


def test_a_page_sends_to_one_order_and_its_details_are_open(qtbot, sign_in, buy):
    bought = [buy(), buy(), buy()]
    session = sign_in()
    session.frame.go("stock")
    qtbot.waitUntil(page(session, StockPage).isVisible)
    page(session, StockPage).wanted.emit("orders", bought[1].number)
    shown = page(session, OrdersPage)
    qtbot.waitUntil(lambda: shown.listing.detail.title.text() == f"Order {bought[1].number}")
    assert shown.isVisible()
    assert names(shown, 0) == [str(bought[1].number)]


def test_what_was_sought_once_is_not_opened_again_by_the_next_search(qtbot, sign_in, buy):
    bought = [buy(), buy()]
    session = sign_in()
    shown = page(session, OrdersPage)
    session.frame.go("orders", bought[0].number)
    qtbot.waitUntil(shown.listing.detail.isVisible)
    shown.filters.clear()
    shown.listing.leave()
    qtbot.waitUntil(lambda: len(names(shown, 0)) == 2)
    assert shown.listing.detail.isHidden()


def test_a_page_asks_for_the_orders_of_a_kitchen_before_that_page_knows_the_kitchens(qtbot, sign_in, buy, town):
    order = buy()
    session = sign_in()
    shown = page(session, OrdersPage)
    session.frame.go("orders", Question(kitchen_id=town.lekki, days=1))
    qtbot.waitUntil(lambda: shown.listing.notice.title.text() == "Nothing found")
    session.frame.go("orders", Question(kitchen_id=town.yaba, days=1))
    qtbot.waitUntil(lambda: names(shown, 0) == [str(order.number)])


def test_what_is_not_offered_yet_is_chosen_as_soon_as_it_is(qtbot):
    picker = Picker("Kitchen", [("All", None)])
    qtbot.addWidget(picker)
    picker.choose(2)
    assert picker.value is None
    with qtbot.waitSignal(picker.changed):
        picker.offer([("All", None), ("Yaba", 1), ("Lekki", 2)])
    assert picker.value == 2
    picker.offer([("All", None), ("Yaba", 1)])
    assert picker.value is None


def test_a_page_asks_for_what_is_out_in_one_kitchen(qtbot, sign_in, town, owner_connection):
    owner_connection.execute("UPDATE app.stock_items SET warn_at = 1000000 WHERE id = %s", [town.rice])
    session = sign_in("manager")
    session.frame.go("stock", Filter(kitchen_id=town.yaba, levels=frozenset({Level.LOW})))
    qtbot.waitUntil(lambda: names(page(session, StockPage), 1) == ["Rice"])


def test_a_page_that_somebody_does_not_have_is_not_gone_to(qtbot, sign_in, town):
    session = sign_in("manager")
    stock = page(session, StockPage)
    stock.wanted.emit("orders", 1001)
    assert session.frame.pages.currentWidget() is stock


def test_what_a_killed_program_asked_is_settled_and_said_in_words(qtbot, sign_in, login, config, buy):
    order, lost = buy(), new_id()
    Pending(folder_of(config.data, "gbenga")).keep(
        lost, "cancel_order", {"order_id": order.id, "seen_version": 1, "reason": "ordered twice"}
    )
    cancel_order(login("finance"), lost, order.id, 1, "ordered twice")
    session = sign_in("finance")
    qtbot.waitUntil(lambda: [doubt.state for doubt in session.settler.doubts] == [RECORDED], timeout=SOON)
    qtbot.waitUntil(session.frame.doubt_banner.isVisible)
    assert session.frame.doubt_banner.words.text() == f"Recorded: Order {order.number}: cancelled, ordered twice"
    session.frame.doubt_banner.act.click()
    assert session.frame.doubt_banner.isHidden()


def test_what_never_arrived_is_said_not_to_be_recorded(qtbot, sign_in, config, town):
    Pending(folder_of(config.data, "gbenga")).keep(new_id(), "freeze_wallet", {"customer_id": town.customer, "reason": "card stolen"})
    session = sign_in("finance")
    qtbot.waitUntil(lambda: [doubt.state for doubt in session.settler.doubts] == [NOT_RECORDED], timeout=SOON)
    assert session.settler.doubts[0].words == "Ngozi Eze: wallet frozen, card stolen"


def test_what_somebody_else_left_unanswered_at_this_computer_is_told(sign_in, config, town):
    Pending(folder_of(config.data, "tobi")).keep(new_id(), "freeze_wallet", {"customer_id": town.customer, "reason": "card stolen"})
    session = sign_in("finance")
    assert session.frame.reminder.isVisible()
    assert session.frame.reminder.words.text() == "Being checked: what tobi sent from here."
    assert cut(session.frame.reminder) == []
    session.frame.reminder.act.click()
    assert session.frame.reminder.isHidden()


@pytest.mark.parametrize(
    "verb, args, words",
    [
        ("revoke_staff", {"login": "tobi", "reason": "left"}, "Login tobi: revoked, left"),
        ("change_staff_role", {"login": "tobi", "seen_version": 1, "role": "support"}, "Login tobi: new role, as Support"),
        ("approve_proposal", {"proposal_id": "0190d1a4-0000-7000-8000-000000000001"}, "A proposal: approved"),
        ("confirm_proposal", {"code": "spoiled", "reason": "burnt"}, "A proposal: confirmed, burnt"),
        ("preview_refund", {"order_ids": []}, "A refund: asked what it would do"),
        ("preview_limits", {"person_id": "0190d1a4-0000-7000-8000-000000000001"}, "A person of the company: asked what it would do"),
        ("create_customer", {"name": "Ada Obi", "phone": "+2348031234567"}, "Ada Obi: entered as a customer"),
        ("dismiss_case", {"order_id": "0190d1a4-0000-7000-8000-000000000001", "reason": "eaten"}, "An order: no refund is due, eaten"),
        ("file_report", {"filters": "Everything", "note": "for the inspection"}, "A report of the trail: filed, for the inspection"),
        ("receive_stock", {"item_id": "x"}, "Something that this page cannot name (receive stock)"),
    ],
)
def test_everything_that_can_be_asked_can_be_said(qapp, verb, args, words):
    assert asked.sentence(verb, args, {}) == words


def test_a_manager_comes_in_whatever_this_login_asked_in_an_earlier_role(workplace, config, town):
    Pending(folder_of(config.data, "bisi")).keep(new_id(), "freeze_wallet", {"customer_id": town.customer, "reason": "card stolen"})
    entered = enter(config, workplace.sign_ins["manager"])
    entered.db.close()
    assert entered.names == {}


@pytest.fixture
def navigation(qtbot, line):
    """A column with ten pages, in a window as small as they come: `navigation(768)` px high."""

    def navigation(height):
        chrome = SideNav(line, "Rachel Foods", "Funmi Ade", "Support")
        for number in range(10):
            chrome.add_page(f"Page {number}", "receipt")
        qtbot.addWidget(chrome)
        chrome.resize(208, height)
        with qtbot.waitActive(chrome):
            chrome.show()
            chrome.activateWindow()
        return chrome

    return navigation


def seen(chrome, push):
    area = chrome.findChild(QScrollArea)
    place = push.mapTo(area.viewport(), push.rect().topLeft()).y()
    return place >= 0 and place + push.height() <= area.viewport().height()


def test_ten_pages_fit_at_768(navigation):
    chrome = navigation(768)
    assert [push.height() for push in chrome.pages.buttons()] == [44] * 10
    assert all(seen(chrome, push) for push in chrome.pages.buttons())


def test_where_they_do_not_fit_they_scroll_to_the_page_and_to_the_focus(qtbot, navigation):
    chrome = navigation(512)
    first, *_, last = chrome.pages.buttons()
    assert not seen(chrome, last)
    last.setChecked(True)
    qtbot.waitUntil(lambda: seen(chrome, last))
    draw(chrome, "office-navigation-512")
    assert not seen(chrome, first)
    chrome.person.setFocus()
    QTest.keyClick(chrome.windowHandle(), Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: seen(chrome, QApplication.focusWidget()))
