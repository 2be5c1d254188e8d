"""The office's orders page: newest first, searched and paged by the database, live without moving a row that is being read."""

import csv
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QSignalSpy, QTest

from admin_app.days import TODAY, WEEK
from admin_app.orders import OrdersPage
from core.base.identifiers import new_id
from core.customers import create_customer
from core.orders import State, advance_order, cancel_order, place_order
from core.qt import theme
from core.qt.states import ICONS, state_word, token
from tests.admin.conftest import choose, look_at_kitchen, names, told
from tests.admin.crowd import fill
from tests.support.money import fund

NUMBER, TOTAL = 0, 6


@pytest.fixture
def page(open_at_desk, town):
    return open_at_desk(OrdersPage, "support")


def search(qtbot, page, words, found):
    page.filters.search.setText(words)
    qtbot.waitUntil(lambda: [int(number) for number in names(page, NUMBER)] == [order.number for order in found])


def test_without_any_order_the_page_says_so_and_shows_the_first_one_as_soon_as_it_comes(qtbot, page, buy):
    assert page.listing.notice.title.text() == "No orders yet"
    first = buy(2)
    told(qtbot, page, first)
    assert names(page, NUMBER) == [str(first.number)]
    assert names(page, TOTAL) == ["₦600.00"]
    assert page.head.count.text() == "1 order"


def test_each_state_has_a_word_an_icon_and_a_colour_of_the_theme():
    assert len({state_word(state) for state in State}) == len(State)
    assert {(theme.RESOURCES / "icons" / f"{ICONS[state]}.svg").exists() for state in State} == {True}
    assert all(theme.colour(token(state)).isValid() for state in State)


def test_five_thousand_orders_come_page_by_page_as_one_scrolls_and_nothing_stands_still(qtbot, open_at_desk, town, owner_connection):
    fill(owner_connection, town, 5000)
    page = open_at_desk(OrdersPage, "support")
    assert (len(page.model.rows), page.head.count.text()) == (200, "200 shown, more below")
    beats = []
    heart = QTimer(page, interval=5)
    heart.timeout.connect(lambda: beats.append(len(page.model.rows)))
    heart.start()
    for there in range(400, 5001, 200):
        page.listing.view.scrollToBottom()
        qtbot.waitUntil(lambda there=there: len(page.model.rows) == there)
        assert there - 200 in beats  # while it was read the loop went on
    page.listing.view.scrollToBottom()
    numbers = [order.number for order in page.model.rows]
    assert numbers == sorted(set(numbers), reverse=True)
    assert page.head.count.text() == "5,000 orders"


def test_an_order_is_found_by_number_and_by_a_customers_name_without_accents(qtbot, page, ordering, worker, buy):
    adaeze = create_customer(ordering, new_id(), "Adáézé Ọkọ́nkwọ̀", "+2348030000001").id
    garba = create_customer(ordering, new_id(), "Garba Ɗanjuma", "+2348030000002").id
    for customer_id in (adaeze, garba):
        fund(ordering, worker, customer_id, 30_000)
    first, second, third = buy(1, adaeze), buy(1, garba), buy()
    told(qtbot, page, first, second, third)
    search(qtbot, page, "ADAEZE", [first])
    search(qtbot, page, "okonkwo ada", [first])
    search(qtbot, page, "danjuma", [second])
    search(qtbot, page, f"#{third.number}", [third])
    search(qtbot, page, str(second.number), [second])
    search(qtbot, page, "", [third, second, first])


@pytest.mark.parametrize("words", ["%", "_", "²", "9" * 60, "'; DROP", "<b>", "\\", "¨"])
def test_odd_words_find_nothing_and_break_nothing(qtbot, page, buy, words):
    told(qtbot, page, buy())
    page.filters.search.setText(words)
    qtbot.waitUntil(lambda: page.listing.notice.title.text() == "Nothing found" or words == "¨")
    page.filters.clear()
    qtbot.waitUntil(lambda: len(page.model.rows) == 1)


@pytest.mark.real_pauses
def test_typing_a_word_is_one_question(qtbot, page):
    asked = QSignalSpy(page.filters.changed)
    QTest.keyClicks(page.filters.search, "Ngozi", delay=20)
    qtbot.waitUntil(lambda: asked.count() == 1)
    qtbot.wait(300)
    assert asked.count() == 1


def test_kitchen_state_and_day_narrow_the_orders(qtbot, open_at_desk, town, owner_connection, buy, cook):
    fill(owner_connection, town, 4, datetime.now(UTC) - timedelta(days=3))
    fill(owner_connection, town, 2, datetime.now(UTC) - timedelta(days=30))
    today = buy()
    accepted = advance_order(cook, new_id(), today.id, 1, State.ACCEPTED)
    page = open_at_desk(OrdersPage, "support")

    def shows(many):
        qtbot.waitUntil(lambda: (len(page.model.rows) if page.listing.has_rows else 0) == many)

    shows(7)
    page.filters.days.choose(WEEK)
    shows(5)
    look_at_kitchen(qtbot, page, town.lekki)
    shows(2)
    page.filters.days.choose(TODAY)
    shows(0)
    assert page.listing.notice.title.text() == "Nothing found"
    page.listing.notice.act.click()
    shows(7)
    page.filters.state.choose(State.ACCEPTED)
    shows(1)
    assert page.model.rows[0].id == accepted.id


def test_the_details_hold_lines_prices_total_and_the_story_with_who_and_why(qtbot, page, town, ordering, manager):
    order = place_order(ordering, new_id(), town.yaba, town.customer, [town.jollof, town.water], [2, 3], "")
    advance_order(manager, new_id(), order.id, 1, State.ACCEPTED)
    cancel_order(manager, new_id(), order.id, 2, "No gas")
    told(qtbot, page, order)
    choose(page, 0)
    QTest.keyClick(page.listing.view, Qt.Key.Key_Return)
    detail = page.listing.detail
    qtbot.waitUntil(lambda: len(detail.story.moments) == 3)
    assert detail.title.text() == f"Order {order.number}"
    assert detail.subtitle.text() == "Ngozi Eze · Yaba"
    assert detail.total.text() == "₦5,900.00"
    lines = [detail.lines.itemAt(place).widget() for place in range(detail.lines.count())]
    assert [[words.text() for words in line.findChildren(type(detail.title))] for line in lines] == [
        ["2 × Jollof rice", "₦2,500.00 each", "₦5,000.00"], ["3 × Water", "₦300.00 each", "₦900.00"],
    ]  # fmt: skip
    placed, accepted, cancelled = detail.story.moments
    assert [moment.title for moment in detail.story.moments] == ["Placed", "Accepted", "Cancelled"]
    assert (placed.who, cancelled.who, cancelled.reason) == ("Service ordering", "Bisi Ojo (bisi)", "No gas")
    assert [line.words for line in placed.lines] == ["₦5,900.00 paid from the wallet", "3 items held on the shelf"]
    assert [line.words for line in cancelled.lines] == ["₦5,900.00 given back to the wallet", "3 items free again"]
    assert "“No gas”" in [words.text() for words in detail.story.findChildren(type(detail.title))]


def test_an_export_holds_all_that_match_also_what_was_never_scrolled_to(qtbot, open_at_desk, town, owner_connection, tmp_path):
    fill(owner_connection, town, 2500)
    file = tmp_path / "orders.csv"
    page = open_at_desk(OrdersPage, "support", ask=lambda parent, suggested: str(file))
    look_at_kitchen(qtbot, page, town.lekki)
    qtbot.waitUntil(lambda: {order.kitchen for order in page.model.rows} == {"Lekki"})
    for signal, many in ((page.head.export_shown, 200), (page.head.export_all, 1250)):
        with qtbot.waitSignal(page.said, timeout=20_000):
            signal.emit()
        with file.open(encoding="utf-8-sig", newline="") as opened:
            titles, *written = csv.reader(opened)
        assert len(written) == many
    assert titles == [
        "Order", "Placed", "Customer", "Kitchen", "State", "Portions", "Total, naira", "Paid by", "Went back, naira", "Changed",
    ]  # fmt: skip
    assert {cells[3] for cells in written} == {"Lekki"}
    assert written[0][6] in ("300.00", "600.00", "900.00")
