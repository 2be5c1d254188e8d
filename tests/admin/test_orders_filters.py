"""Which orders the office looks at: by phone, by days, by the way of payment, by money that went back; and from another page."""

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCalendarWidget

from admin_app.chosen import CHOSEN
from admin_app.days import TODAY, YESTERDAY, Span, today
from admin_app.orders import OrdersPage
from admin_app.orders.question import Question
from core.base.identifiers import new_id
from core.customers import create_customer
from core.orders import PayWith, State, cancel_order
from tests.admin.conftest import names, told
from tests.admin.crowd import fill
from tests.support.looks import whole
from tests.support.money import fund

NUMBER = 0
LAGOS_NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)


@pytest.fixture
def page(open_at_desk, town):
    return open_at_desk(OrdersPage, "support")


@pytest.fixture
def shows(qtbot, page):
    """Wait until the table shows these orders, in whatever order: `shows(first, second)`."""

    def shows(*orders):
        wanted = sorted(str(order.number) for order in orders)
        qtbot.waitUntil(lambda: (sorted(names(page, NUMBER)) if page.listing.has_rows else []) == wanted)

    return shows


@pytest.fixture
def two_phones(qtbot, page, ordering, worker, buy):
    """An order each of two customers, whose phones differ in one digit."""
    orders = []
    for digit in (1, 2):
        customer_id = create_customer(ordering, new_id(), f"Customer {digit}", f"+234803123456{digit}").id
        fund(ordering, worker, customer_id, 30_000)
        orders.append(buy(1, customer_id))
    told(qtbot, page, *orders)
    return orders


@pytest.mark.parametrize("typed", ["08031234561", "+2348031234561", "2348031234561", "0803 123 4561", "+234 (803) 123-4561"])
def test_an_order_is_found_by_its_customers_whole_phone_however_it_is_written(page, shows, two_phones, typed):
    shows(*two_phones)
    page.filters.search.setText(typed)
    shows(two_phones[0])


@pytest.mark.parametrize(
    ("typed", "said"),
    [("0803123456", "when it is whole"), ("+234803", "when it is whole"), ("0803", "when it is whole"),
     ("08039999999", "No customer has this phone number.")],
)  # fmt: skip
def test_a_phone_that_is_not_whole_or_nobodys_finds_nothing_and_says_why(page, shows, two_phones, typed, said):
    page.filters.search.setText(typed)
    shows()
    assert said in page.listing.notice.sentence.text()


def test_a_phone_is_asked_for_once_however_often_its_orders_are_read_again(qtbot, page, shows, two_phones, owner_connection):
    page.filters.search.setText("08031234561")
    shows(two_phones[0])
    for _ in range(3):
        told(qtbot, page, *two_phones)
    asked = owner_connection.execute("SELECT count(*) FROM app.audit_events WHERE action = 'find_customers'").fetchone()
    assert asked == (1,)


def test_no_phone_is_shown_anywhere_on_the_page(qtbot, page, two_phones):
    page.listing.open_first()
    qtbot.waitUntil(lambda: len(page.detail.story.moments) == 1)
    page.detail.copy()
    said = " ".join(widget.text() for widget in page.findChildren(type(page.detail.title)))
    assert "8031234561" not in said


def test_a_day_begins_at_midnight_in_lagos_and_ends_with_the_next():
    just_before, just_after = datetime(2026, 11, 21, 23, 30, tzinfo=UTC), datetime(2026, 11, 22, 0, 30, tzinfo=UTC)
    assert (today(just_before), today(just_after)) == (date(2026, 11, 22), date(2026, 11, 22))
    assert TODAY.since(LAGOS_NOON) == datetime(2026, 11, 21, 23, 0, tzinfo=UTC)
    assert YESTERDAY.until(LAGOS_NOON) == TODAY.since(LAGOS_NOON)
    chosen = Span(date(2026, 11, 3), date(2026, 11, 4))
    assert chosen.until(LAGOS_NOON) - chosen.since(LAGOS_NOON) == timedelta(days=2)


def test_yesterday_is_yesterday_alone(page, shows, qtbot, town, owner_connection, buy):
    fill(owner_connection, town, 1, datetime.now(UTC) - timedelta(days=1))
    fill(owner_connection, town, 1, datetime.now(UTC) - timedelta(days=2))
    now = buy()
    told(qtbot, page, now)
    qtbot.waitUntil(lambda: len(page.model.rows) == 3)
    before = page.model.rows[1]
    page.filters.days.choose(YESTERDAY)
    shows(before)
    page.filters.days.choose(TODAY)
    shows(now)


def test_chosen_days_are_both_in_the_answer_and_no_day_after_today_can_be_chosen(page, shows, qtbot, town, owner_connection, buy):
    fill(owner_connection, town, 3, datetime.now(UTC) - timedelta(days=2), timedelta(days=1))
    told(qtbot, page, buy())
    qtbot.waitUntil(lambda: len(page.model.rows) == 4)
    newest, two_ago, three_ago, _ = page.model.rows
    assert page.filters.days.chosen.isHidden()
    page.filters.days.choose(CHOSEN)
    assert page.filters.days.chosen.isVisible()
    first, last = page.filters.days.chosen.first, page.filters.days.chosen.last
    last.setDate(_day(two_ago))
    first.setDate(_day(three_ago))
    shows(two_ago, three_ago)
    last.setDate(_day(newest).addDays(5))
    assert last.date() == _day(newest)
    first.setDate(_day(newest))
    shows(newest)
    last.setDate(_day(three_ago))
    assert first.date() == _day(three_ago)
    shows(three_ago)
    first.setDate(_day(two_ago))
    assert last.date() == _day(two_ago)
    shows(two_ago)


def test_days_are_typed_by_keyboard_and_are_one_question(page, shows, qtbot, town, owner_connection):
    fill(owner_connection, town, 1, datetime.now(UTC) - timedelta(days=3))
    page.filters.days.choose(CHOSEN)
    shows(*page.model.rows)
    with qtbot.waitSignal(page.filters.changed):
        page.filters.days.chosen.first.setFocus()
        QTest.keyClick(page.filters.days.chosen.first, Qt.Key.Key_Down)
    assert page.filters.days.chosen.first.findChild(QCalendarWidget) is not None


def test_orders_are_narrowed_by_how_they_are_paid_and_by_money_that_went_back(page, shows, qtbot, scene, ordering):
    by_card, kept, given_back = scene.order(pay_with=PayWith.CARD), scene.order(), scene.order()
    cancel_order(ordering, new_id(), given_back.id, 1, "changed their mind")
    told(qtbot, page, by_card, kept, given_back)
    page.filters.paid.choose(PayWith.CARD)
    shows(by_card)
    page.filters.paid.choose(PayWith.WALLET)
    shows(kept, given_back)
    page.filters.went_back.click()
    shows(given_back)
    assert names(page, 6) == ["₦2,500.00\n₦2,500.00 went back"]
    page.filters.state.choose(State.DELIVERED)
    shows()
    page.listing.notice.act.click()
    shows(by_card, kept, given_back)
    assert not page.filters.went_back.isChecked()


def test_another_page_sends_to_an_order_by_its_number_or_its_id_whatever_was_filtered(page, shows, qtbot, buy):
    first, second = buy(), buy()
    page.filters.state.choose(State.CANCELLED)
    shows()
    for what, order in ((first.number, first), (second.id, second), (f"#{first.number}", first)):
        page.look_at(what)
        shows(order)
        qtbot.waitUntil(lambda order=order: page.detail.facts is not None and page.detail.facts.order.id == order.id)
        assert page.detail.isVisible()
    assert page.filters.state.value is None


def test_an_id_that_is_no_orders_is_said(page, qtbot):
    page.look_at(new_id())
    qtbot.waitUntil(page.head.trouble.isVisible)
    assert page.head.trouble.words.text() == "There is no such order."


def test_another_page_asks_a_question_that_the_bar_then_stands_at(page, shows, qtbot, buy):
    order = buy()
    told(qtbot, page, order)
    asked = Question(days=Span(date(2026, 1, 3), date(2026, 1, 4)), pay_with=PayWith.CARD, went_back=True)
    page.look_at(asked)
    shows()
    assert page.filters.value == asked
    page.look_at(Question(days=1))
    shows(order)
    assert page.filters.value == Question(days=TODAY)


def test_the_bar_is_whole_with_chosen_days(page, shows, qtbot, buy):
    order = buy()
    told(qtbot, page, order)
    page.filters.days.choose(CHOSEN)
    page.filters.search.setText("ngozi")
    shows(order)
    whole(page, "orders-filters", 40)


def _day(order):
    there = today(order.placed_at)
    return QDate(there.year, there.month, there.day)
