"""The office's customers page: found by name, phone and order; what each has, ordered and got back; live without moving a row."""

import csv
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest

from admin_app.customers import CustomersPage
from admin_app.wallets import WalletsPage
from core.base.identifiers import new_id
from core.orders import PayWith, State, cancel_order, place_order
from core.wallets import freeze_wallet
from tests.admin import crowd
from tests.admin.conftest import choose, is_calm, names, page, rows, tell
from tests.support.money import fund
from tests.support.purses import fill, write_down
from tests.support.refunds import refund

CUSTOMER, STATE, WALLET, ORDERS, LAST, REFUNDED = 0, 2, 3, 4, 5, 6


@pytest.fixture
def people(ordering, worker):
    """Adáézé with ₦9,000.00, Ọlá and Zainab with nothing; phones end in 00, 01 and 02."""
    ids = write_down(ordering, "Adáézé Ọkọ́nkwọ̀", "Ọlá Bello", "Zainab Sule")
    fund(ordering, worker, ids[0], 900_000)
    return ids


@pytest.fixture
def shown(open_at_desk, people):
    return open_at_desk(CustomersPage, "support")


def told(qtbot, page, noun, *objects):
    tell(page, noun, objects=objects)
    qtbot.waitUntil(lambda: is_calm(page.news))


def search(qtbot, page, words, *found):
    page.filters.search.setText(words)
    qtbot.waitUntil(lambda: page.answered.search == words.strip() and names(page, CUSTOMER) == list(found))


def test_each_customer_stands_there_with_wallet_orders_and_refunds(qtbot, open_at_desk, scene, people, login):
    ada = people[0]
    first = scene.order(State.ACCEPTED, State.PREPARING, customer_id=ada)
    scene.order(customer_id=ada)
    refund(login("finance"), first.id)
    page = open_at_desk(CustomersPage, "support")
    [row] = [row for row in rows(page) if row[0].startswith("Ad")]
    assert row[:5] == ["Adáézé Ọkọ́nkwọ̀", "+234803••••00", "Active", "₦6,500.00", "2"]
    assert row[6] == "₦2,500.00 · 1 order"
    assert rows(page)[2][3:] == ["₦0.00", "0", "Never", "None"]


def test_without_customers_the_page_says_so(open_at_desk):
    assert open_at_desk(CustomersPage, "support").listing.notice.title.text() == "No customers yet"


def test_a_customer_is_found_by_name_by_whole_phone_and_by_order(qtbot, shown, town, buy, ordering, worker, people):
    search(qtbot, shown, "okonkwo", "Adáézé Ọkọ́nkwọ̀")
    search(qtbot, shown, "0803 000 0001", "Ọlá Bello")
    search(qtbot, shown, f"#{buy(1, people[0]).number}", "Adáézé Ọkọ́nkwọ̀")
    search(qtbot, shown, "999999999")
    assert shown.listing.notice.sentence.text() == "There is no order with this number."


def test_the_suspended_are_shown_with_word_and_icon_and_alone(qtbot, open_at_desk, people, owner_connection):
    owner_connection.execute("UPDATE app.customers SET active = false WHERE id = %s", [people[1]])
    page = open_at_desk(CustomersPage, "support")
    assert names(page, STATE) == ["Active", "Suspended", "Active"]
    assert not page.model.index(1, STATE).data(Qt.ItemDataRole.DecorationRole).isNull()
    page.filters.state.choose(False)
    qtbot.waitUntil(lambda: names(page, CUSTOMER) == ["Ọlá Bello"])
    page.filters.state.choose(True)
    qtbot.waitUntil(lambda: names(page, CUSTOMER) == ["Adáézé Ọkọ́nkwọ̀", "Zainab Sule"])


def test_thousands_come_page_by_page(qtbot, open_at_desk, owner_connection):
    fill(owner_connection, 600)
    page = open_at_desk(CustomersPage, "auditor")
    for there in (400, 600):
        page.listing.view.scrollToBottom()
        qtbot.waitUntil(lambda there=there: len(page.model.rows) == there)
    assert page.head.count.text() == "600 customers"
    assert len({customer.id for customer in page.model.rows}) == 600


def test_an_order_of_theirs_counts_at_once_in_the_row_that_is_read_also_one_by_card(qtbot, shown, town, people, ordering, buy):
    choose(shown, 0)
    shown.listing.open_current()
    told(qtbot, shown, "orders", buy(1, people[0]).id)
    assert names(shown, ORDERS)[:3] == ["1", "0", "0"]
    card = place_order(ordering, new_id(), town.yaba, people[0], [town.water], [1], "", PayWith.CARD)
    told(qtbot, shown, "orders", card.id)
    assert names(shown, ORDERS)[:3] == ["2", "0", "0"]
    assert shown.listing.view.currentIndex().row() == 0
    qtbot.waitUntil(lambda: [order.state for order in shown.detail.orders.shown] == ["awaiting_payment", "placed"])


def test_an_order_of_somebody_far_down_counts_in_their_row_too(qtbot, open_at_desk, town, ordering, owner_connection):
    fill(owner_connection, 299)
    page = open_at_desk(CustomersPage, "support")
    page.listing.view.scrollToBottom()
    qtbot.waitUntil(lambda: len(page.model.rows) == 300)
    choose(page, 280)
    customer_id = page.model.rows[280].id
    card = place_order(ordering, new_id(), town.yaba, customer_id, [town.water], [1], "", PayWith.CARD)
    told(qtbot, page, "orders", card.id)  # which is no customer's id, and no wallet moved
    assert names(page, ORDERS)[280] == "1"


def test_a_new_customer_waits_behind_a_button_while_somebody_reads(qtbot, shown, ordering):
    choose(shown, 0)
    told(qtbot, shown, "customers", *write_down(ordering, "Bisi Ojo"))
    assert (len(shown.model.rows), shown.head.news.text()) == (3, "1 new customer")
    shown.listing.leave()
    qtbot.waitUntil(lambda: names(shown, CUSTOMER)[1] == "Bisi Ojo")


def test_the_details_hold_the_wallet_in_one_line_what_was_refunded_and_the_orders(qtbot, open_at_desk, scene, people, manager, login):
    ada = people[0]
    first = scene.order(State.ACCEPTED, State.PREPARING, customer_id=ada)
    second, third = scene.order(customer_id=ada), scene.order(customer_id=ada)
    refund(login("finance"), first.id)
    cancel_order(manager, new_id(), second.id, 1, "no chicken left")
    freeze_wallet(login("finance"), new_id(), ada, "card reported stolen")
    page = open_at_desk(CustomersPage, "support")
    page.look_at(ada)
    detail = page.detail
    qtbot.waitUntil(lambda: len(detail.orders.shown) == 3)
    assert (detail.title.text(), detail.subtitle.text()) == ("Adáézé Ọkọ́nkwọ̀", "+234803••••00")
    assert (detail.balance.text(), detail.frozen.isVisible()) == ("₦6,500.00", True)
    assert (detail.bought.text(), detail.refunded.text()) == ("3", "₦2,500.00 · 1 order")
    model = detail.orders.rows
    said = [model.index(place, 0).data() for place in range(3)]
    assert said[0].startswith(f"Order {third.number}, Placed, ₦2,500.00, Yaba · ")
    assert said[1].startswith(f"Order {second.number}, Cancelled") and said[1].endswith(", ₦2,500.00 given back")
    assert said[2].startswith(f"Order {first.number}, Cooking") and said[2].endswith(", ₦2,500.00 refunded")


def test_who_never_ordered_is_said_to(qtbot, shown, people):
    shown.look_at(people[2])
    qtbot.waitUntil(lambda: shown.detail.none.text() == "This customer has not ordered yet.")
    assert shown.detail.none.isVisible()


def test_many_orders_come_page_by_page_newest_first_and_a_new_one_on_top(qtbot, shown, people, town, owner_connection, buy):
    placed = [buy(1, people[0]) for _ in range(5)]
    crowd.fill(owner_connection, replace(town, customer=people[0]), 115)
    shown.look_at(people[0])
    orders = shown.detail.orders
    for there in (50, 100, 120):
        qtbot.waitUntil(lambda there=there: len(orders.shown) == there)
        orders.scrollToBottom()
    assert [order.number for order in orders.shown[:5]] == [order.number for order in placed[::-1]]
    newest = buy(1, people[0])
    told(qtbot, shown, "orders", newest.id)
    qtbot.waitUntil(lambda: len(orders.shown) == 121)
    assert orders.shown[0].number == newest.number


def test_from_the_details_one_goes_to_the_wallet_and_to_an_order(qtbot, sign_in, town, people, buy):
    order = buy(1, people[0])
    session = sign_in("support")
    session.frame.go("customers", people[0])
    customers = page(session, CustomersPage)
    qtbot.waitUntil(lambda: len(customers.detail.orders.shown) == 1)
    sent = QSignalSpy(customers.wanted)
    orders = customers.detail.orders
    orders.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(orders, Qt.Key.Key_Return)
    assert sent.count() == 1
    assert sent.at(0) == ["orders", order.number]
    session.frame.go("customers")
    customers.detail.wallet.click()
    wallets = page(session, WalletsPage)
    qtbot.waitUntil(lambda: wallets.isVisible() and names(wallets, 0) == ["Adáézé Ọkọ́nkwọ̀"])
    assert wallets.detail.title.text() == "Adáézé Ọkọ́nkwọ̀"


def test_an_export_holds_what_matches_with_plain_figures(qtbot, open_at_desk, people, tmp_path):
    file = tmp_path / "customers.csv"
    page = open_at_desk(CustomersPage, "support", ask=lambda parent, suggested: str(file))
    search(qtbot, page, "okonkwo", "Adáézé Ọkọ́nkwọ̀")
    for signal in (page.head.export_shown, page.head.export_all):
        with qtbot.waitSignal(page.said):
            signal.emit()
        with file.open(encoding="utf-8-sig", newline="") as opened:
            titles, *written = csv.reader(opened)
        assert written == [["Adáézé Ọkọ́nkwọ̀", "'+234803••••00", "Active", "9000.00", "0", "", "0", "0.00"]]
    assert titles[3:5] == ["Wallet, naira", "Orders"]


def test_what_cannot_be_read_says_why_and_tries_again_when_asked(qtbot, open_at_desk, people, owner_connection):
    owner_connection.execute("REVOKE SELECT ON api.customer_list FROM support")
    page = open_at_desk(CustomersPage, "support")
    assert page.listing.notice.title.text() == "The customers could not be read"
    owner_connection.execute("GRANT SELECT ON api.customer_list TO support")
    page.listing.notice.act.click()
    qtbot.waitUntil(lambda: len(page.model.rows) == 3)
