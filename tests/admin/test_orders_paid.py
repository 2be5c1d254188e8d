"""An order's details: how it was paid, what went back, and which step was taken back, as the database knows it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from admin_app.orders import OrdersPage
from core.base.identifiers import new_id
from core.orders import PayWith, State, cancel_order, expire_order, recall_order
from core.payments import settle_payment
from core.qt.line import moment, utc_now
from tests.admin.conftest import choose, told


@pytest.fixture
def page(open_at_desk, town):
    return open_at_desk(OrdersPage, "support")


@pytest.fixture
def paid(qtbot, page):
    """Open an order's details, and wait for what they say under the total: `paid(order, "Paid by card", "₦2,500.00")`."""

    def paid(order, *expected):
        told(qtbot, page, order)
        choose(page, 0)
        QTest.keyClick(page.listing.view, Qt.Key.Key_Return)
        said = page.listing.detail.paid
        qtbot.waitUntil(lambda: [words.text() for words in said.findChildren(QLabel) if words.text()] == list(expected))

    return paid


def test_an_order_paid_from_the_wallet_says_so_with_the_amount(scene, paid):
    paid(scene.order(), "Paid from the wallet", "₦2,500.00")


def test_a_cancelled_order_says_what_was_paid_and_what_went_back(scene, paid, manager):
    order = scene.order()
    cancel_order(manager, new_id(), order.id, 1, "No gas")
    paid(order, "Paid from the wallet", "₦2,500.00", "Given back to the wallet", "₦2,500.00")


def test_a_card_order_says_until_when_it_waits_and_then_that_it_was_paid(scene, paid, worker):
    order = scene.order(pay_with=PayWith.CARD)
    paid(order, f"Waits for the card payment until {moment(order.due_at, utc_now())}")
    settle_payment(worker, new_id(), order.id, True, order.total, "NGN", "provider-1")
    paid(order, "Paid by card", "₦2,500.00")


def test_an_order_whose_time_to_pay_is_over_says_that_it_was_never_paid(scene, paid, worker):
    order = scene.order(pay_with=PayWith.CARD)
    expire_order(worker, new_id(), scene.end_time_to_pay(order.id))
    paid(order, "Never paid: its time was over")


def test_a_step_that_was_taken_back_says_where_the_order_went_back_to(qtbot, page, scene, cook):
    order = scene.order(State.ACCEPTED)
    recall_order(cook, new_id(), order.id, 2)
    told(qtbot, page, order)
    choose(page, 0)
    QTest.keyClick(page.listing.view, Qt.Key.Key_Return)
    story = page.listing.detail.story
    qtbot.waitUntil(lambda: len(story.moments) == 3)
    said = [words.text() for words in story.findChildren(QLabel)]
    assert "Back to “Placed”" in said and not any("recalled" in words for words in said)
