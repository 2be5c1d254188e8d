"""Step 1 of a refund: orders by number with their lines and portions. Nothing is chosen beforehand, and nothing gets lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox

from core.base.identifiers import new_id
from core.orders import PayWith, State, advance_order, cancel_order, place_order, start_cooking
from tests.support.proposing import by_card
from tests.support.refund_page import SOON, choose_reason, fill, ran
from tests.support.refund_views import press, words
from tests.support.refunds import confirm as confirm_it
from tests.support.refunds import preview_line, refund


@pytest.fixture
def both(ordering, town, cook):
    """An order of two jollof and three waters that is being cooked."""
    order = place_order(ordering, new_id(), town.yaba, town.customer, [town.jollof, town.water], [2, 3], "")
    advance_order(cook, new_id(), order.id, 1, State.ACCEPTED)
    start_cooking(cook, new_id(), order.id, 2)
    return order


def boxes(page):
    """Return what can be ticked: its words, and whether it is on."""
    return {each.text(): each for each in page.choose.findChildren(QCheckBox) if each.isVisible()}


def portions(page, dish):
    [box] = [each for each in page.choose.findChildren(QComboBox) if each.accessibleName() == f"Portions of {dish}"]
    return box


def test_some_portions_of_one_line_are_refunded_alone(qtbot, begin, both, town, balance):
    page = begin(both)
    before = balance(town.customer)
    assert "Tick what is to be refunded." in words(page) and not any(box.isChecked() for box in boxes(page).values())
    boxes(page)["Water"].setChecked(True)
    portions(page, "Water").setCurrentIndex(1)
    assert "1 order chosen, ₦600.00" in words(page)
    press(page, "Check this refund")
    qtbot.waitUntil(lambda: page.shown is page.check)
    assert f"Of order {both.number}: 2 × Water" in words(page)
    fill(page, "600")
    press(page, "Refund ₦600.00")
    ran(qtbot, page)
    assert balance(town.customer) == before + 60_000


def test_lines_say_what_is_left_of_them_and_are_off_where_nothing_is(begin, both, town, support):
    confirm_it(support, preview_line(support, both.id, town.water))
    confirm_it(support, preview_line(support, both.id, town.jollof, 1))
    page = begin(both)
    shown = set(words(page))
    assert {"1 of 2 left · 1 refunded before · ₦2,500.00 each", "3 refunded before · ₦300.00 each"} <= shown
    assert boxes(page)["Jollof rice"].isEnabled() and not boxes(page)["Water"].isEnabled()


@pytest.mark.parametrize("gone", ["refunded", "unpaid", "cancelled"])
def test_an_order_of_which_nothing_is_left_says_why(begin, scene, cooked, support, gone):
    if gone == "refunded":
        order = cooked()
        refund(support, order.id)
    elif gone == "unpaid":
        order = scene.order(pay_with=PayWith.CARD)
    else:
        order = scene.order()
        cancel_order(support, new_id(), order.id, 1, "changed their mind")
    said = {
        "refunded": "All of it was refunded before.", "unpaid": "It was not paid.",
        "cancelled": "Its money went back when it was cancelled.",
    }  # fmt: skip
    page = begin(order)
    assert said[gone] in words(page) and boxes(page) == {} and not page.choose.act.isEnabled()


def test_an_order_that_nobody_cooks_yet_goes_whole_or_not_at_all(begin, scene):
    page = begin(scene.order(quantity=2))
    assert list(boxes(page)) == ["The whole order"]
    assert "Nobody cooks it yet: it is refunded whole and so cancelled. What it holds goes back on the shelf." in words(page)
    boxes(page)["The whole order"].setChecked(True)
    assert "1 order chosen, ₦5,000.00" in words(page)


def test_a_number_that_no_order_has_stays_typed_and_the_others_are_found(qtbot, begin, cooked):
    page, order = begin(), cooked()
    page.choose.orders.numbers.line.setText(f"{order.number}, 999999")
    press(page, "Add")
    qtbot.waitUntil(lambda: f"Order {order.number}" in words(page))
    assert "There is no order 999999." in words(page) and page.choose.orders.numbers.line.text() == "999999"


def test_what_is_no_number_is_refused_where_it_was_typed(begin):
    page = begin()
    page.choose.orders.numbers.line.setText("1042, rice")
    QTest.keyClick(page.choose.orders.numbers.line, Qt.Key.Key_Return)
    assert "“rice” is no order number." in words(page)


def test_money_that_came_by_card_goes_where_the_person_says(qtbot, begin, scene, town, balance):
    order = by_card(scene)
    page = begin(order)
    before = balance(town.customer)
    press(page, "Tick all that is left")
    assert "Say where the money of card payments goes." in words(page) and not page.choose.act.isEnabled()
    assert not any(each.radio.isChecked() for each in page.choose.orders.card.choices.values())
    page.choose.orders.card.choices["wallet"].radio.click()
    press(page, "Check this refund")
    qtbot.waitUntil(lambda: page.shown is page.check)
    assert "Back to wallets, at once" in words(page) and "Back to cards, 3 to 5 days" not in words(page)
    fill(page, "300")
    press(page, "Refund ₦300.00")
    ran(qtbot, page)
    assert balance(town.customer) == before + 30_000


def test_money_that_goes_back_to_a_card_is_said_to_wait(qtbot, begin, scene):
    page = begin(by_card(scene))
    press(page, "Tick all that is left")
    assert "In 3 to 5 days. It waits until the card provider is connected." in words(page)
    page.choose.orders.card.choices["card"].radio.click()
    press(page, "Check this refund")
    qtbot.waitUntil(lambda: page.shown is page.check)
    assert "Waits: the card provider is not connected yet." in words(page)


def test_an_order_is_taken_out_again(begin, cooked):
    first, second = cooked(), cooked(2)
    page = begin(first, second)
    press(page, "Tick all that is left")
    page.choose.orders.cards[0].dropped.emit()
    assert "1 order chosen, ₦5,000.00" in words(page) and f"Order {first.number}" not in words(page)


def test_coming_with_orders_means_the_whole_of_them_and_nothing_else(qtbot, begin, cooked):
    first, second = cooked(), cooked(2)
    page = begin(first)
    page.look_at([second.id])
    qtbot.waitUntil(lambda: "1 order chosen, ₦5,000.00" in words(page))
    assert f"Order {first.number}" not in words(page) and page.choose.act.isEnabled()


def test_an_answer_to_what_was_chosen_before_is_dropped(qtbot, begin, cooked, held):
    first, second = cooked(), cooked(2)
    page = begin(first, second)
    press(page, "Tick all that is left")
    with held("LOCK TABLE app.proposals") as wait:
        press(page, "Check this refund")
        wait()
        page.choose.orders.cards[0].dropped.emit()
    qtbot.wait(500)
    assert page.shown is page.choose and page.choose.act.isEnabled()


def test_a_lost_answer_to_a_look_says_that_nothing_was_refunded_and_can_be_asked_again(qtbot, begin, cooked, proxy, refill):
    page = begin(cooked(), port=proxy.port)
    press(page, "Tick all that is left")
    proxy.mute = True
    press(page, "Check this refund")
    said = "The line was lost before the server answered. This was only a look: nothing was refunded. Look again."
    qtbot.waitUntil(lambda: said in words(page), timeout=SOON)
    proxy.mute = False
    refill()
    press(page, "Check this refund")
    qtbot.waitUntil(lambda: page.shown is page.check, timeout=SOON)


def test_without_a_connection_nothing_is_looked_up_and_what_was_chosen_stays(begin, cooked, line):
    page = begin(cooked())
    press(page, "Tick all that is left")
    line._take("offline", line.now(), None)
    assert "No connection: nothing can be looked up." in words(page) and not page.choose.act.isEnabled()
    line._take("live", line.now(), None)
    assert page.choose.act.isEnabled() and "1 order chosen, ₦2,500.00" in words(page)


def test_what_was_typed_about_one_refund_is_not_taken_over_into_the_next(qtbot, check, cooked, refill):
    first, second = cooked(), cooked(2)
    page = check(first.id)
    choose_reason(page)
    page.check.confirming.form.note.setPlainText("About the first one")
    check(second.id, page=page)
    form = page.check.confirming.form
    assert (form.code, form.note.toPlainText()) == ("", "")
