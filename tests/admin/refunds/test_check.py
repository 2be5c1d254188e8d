"""Step 2 of a refund: everything it would do is said before it is confirmed, and it is said anew when something changed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.base.identifiers import new_id
from core.customers import create_customer
from core.orders import State, start_cooking
from core.proposals import Progress
from tests.support.money import fund
from tests.support.proposing import by_card
from tests.support.refund_page import NOTE, act, fill, in_list, pass_time, press_in_list, ran, refunds_of
from tests.support.refund_views import press, words
from tests.support.refunds import confirm as confirm_it
from tests.support.refunds import preview_line, refund


def test_one_order_is_refunded_by_choosing_checking_and_confirming(qtbot, check, cooked, town, balance):
    order = cooked(2)
    before = balance(town.customer)
    page = check(order.id)
    assert {"Step 2 of 3", f"All that is left of order {order.number}", "₦5,000.00", "This cannot be undone."} <= set(words(page))
    fill(page, "5000")
    assert "Matches the total." in words(page)
    press(page, "Refund ₦5,000.00")
    done = ran(qtbot, page)
    assert (done.state, done.code, done.reason, done.total) == (Progress.DONE, "late", NOTE, 500_000)
    assert balance(town.customer) == before + 500_000
    assert {"Step 3 of 3", "Refund of ₦5,000.00"} <= set(words(page))


def test_it_says_what_the_refund_would_do_and_what_it_leaves_out(check_rule, cooked, scene, town, ordering, worker, support):
    other = create_customer(ordering, new_id(), "Bọ̀lá Adéyẹmí", "+2348030000001").id
    fund(ordering, worker, other, 1_000_000)
    first, _, again = cooked(2), scene.order(customer_id=other), cooked(3)
    confirm_it(support, preview_line(support, again.id, town.jollof, 1))
    refund(support, cooked().id)
    by_card(scene)
    shown = set(words(check_rule()))
    assert {"₦12,800.00", "4", "2", "1 with two or more", f"order {first.number}"} <= shown
    assert {"Back to wallets, at once", "3 orders", "₦12,500.00", "Back to cards, 3 to 5 days", "₦300.00"} <= shown
    assert "Waits: the card provider is not connected yet." in shown
    assert {"Left out", "1 order", "already refunded"} <= shown
    assert "1 order that nobody cooks yet is cancelled by it. What it holds goes back on the shelf." in shown
    assert "1 order had a refund before. The list says which." in shown
    assert "Yaba: 4 orders, ₦12,800.00" in shown


def test_what_is_left_out_opens_into_the_list(qtbot, check_rule, cooked, support):
    cooked()
    gone = cooked()
    refund(support, gone.id)
    page = check_rule()
    press(page, "Show them")
    qtbot.waitUntil(lambda: in_list(page) == [(gone.number, 250_000, "Left out: already refunded")])


def test_an_order_that_had_a_refund_before_says_so_in_the_list(qtbot, check, cooked, town, support):
    order = cooked(2)
    confirm_it(support, preview_line(support, order.id, town.jollof, 1))
    page = check(order.id)
    qtbot.waitUntil(lambda: in_list(page) == [(order.number, 250_000, "Leave out: refunded before: ₦2,500.00")])


def test_figures_that_are_too_old_are_muted_and_must_be_checked_again(qtbot, check, cooked, refill):
    page = check(cooked().id)
    fill(page, "2500")
    assert any(each.startswith("These figures hold for 4:") for each in words(page))
    pass_time(page, minutes=5)
    form = page.check.confirming.form
    assert any(each.startswith("Total to refund, as of ") for each in words(page))
    assert "Nothing was refunded. Check again before you confirm." in words(page) and form.typed.text() == ""
    refill()
    press(page, "Check again")
    qtbot.waitUntil(lambda: act(page).text() == "Refund ₦2,500.00")
    assert "Total to refund" in words(page) and form.note.toPlainText() == NOTE and form.code == "late"
    form.typed.setText("2500")
    press(page, "Refund ₦2,500.00")
    assert ran(qtbot, page).state == Progress.DONE


@pytest.mark.parametrize("wrong", [{"hours": 3}, {"hours": -3}])
def test_a_wrong_clock_of_this_computer_does_not_matter(check, cooked, open_refunds, wrong):
    page = open_refunds()
    pass_time(page, **wrong)
    check(cooked().id, page=page)
    assert any(each.startswith("These figures hold for 4:5") for each in words(page))


def test_a_clock_that_is_set_back_meanwhile_makes_no_figure_hold_longer(check, cooked):
    page = check(cooked().id)
    pass_time(page, hours=-1)
    assert any(each.startswith("These figures hold for 4:5") for each in words(page))


def test_an_order_that_changed_stops_everything_and_is_shown_as_it_was_and_is(qtbot, check, cooked, scene, cook, balance, town, refill):
    still, moves = cooked(), scene.order(State.ACCEPTED)
    page = check(still.id, moves.id)
    before = balance(town.customer)
    start_cooking(cook, new_id(), moves.id, 2)
    fill(page, "5000")
    press(page, "Refund ₦5,000.00")
    qtbot.waitUntil(page.check.moved.isVisible)
    shown = words(page.check.moved)
    assert shown[0] == "Nothing was refunded. 1 order changed since these figures were made:"
    assert {str(moves.number), "Accepted, ₦2,500.00", "Cooking, ₦2,500.00"} <= set(shown)
    assert balance(town.customer) == before and page.check.confirming.form.typed.text() == ""
    refill()
    press(page, "Check again")
    qtbot.waitUntil(lambda: not page.check.moved.isVisible())
    fill(page, "5000")
    press(page, "Refund ₦5,000.00")
    assert ran(qtbot, page).state == Progress.DONE and balance(town.customer) == before + 500_000


def test_one_press_leaves_an_order_out_and_another_takes_it_back(qtbot, check, cooked, refill):
    first, second = cooked(), cooked(2)
    page = check(first.id, second.id)
    fill(page, "7500")
    qtbot.waitUntil(lambda: len(in_list(page)) == 2)
    refill()
    press_in_list(page, second.number)
    qtbot.waitUntil(lambda: act(page).text() == "Refund ₦2,500.00")
    assert f"You left out order {second.number}. Say why in the note." in words(page)
    assert page.check.confirming.form.typed.text() == "" and page.check.confirming.form.note.toPlainText() == NOTE
    press(page, "Take all back")
    qtbot.waitUntil(lambda: act(page).text() == "Refund ₦7,500.00")


def test_what_was_left_out_stays_so_when_the_person_goes_back_and_checks_again(qtbot, check, cooked, refill):
    first, second = cooked(), cooked(2)
    page = check(first.id, second.id)
    qtbot.waitUntil(lambda: len(in_list(page)) == 2)
    press_in_list(page, second.number)
    qtbot.waitUntil(lambda: act(page).text() == "Refund ₦2,500.00")
    refill()
    press(page, "Change")
    press(page, "Check this refund")
    qtbot.waitUntil(lambda: page.shown is page.check)
    assert act(page).text() == "Refund ₦2,500.00" and f"You left out order {second.number}. Say why in the note." in words(page)


def test_the_only_order_cannot_be_left_out(qtbot, check, cooked):
    order = cooked()
    page = check(order.id)
    qtbot.waitUntil(lambda: len(in_list(page)) == 1)
    press_in_list(page, order.number)
    assert "It is the only order: without it there is nothing to refund." in words(page)


def test_escape_and_going_back_change_nothing_and_keep_what_was_typed(qtbot, check, cooked, support, refill):
    page = check(cooked().id)
    fill(page, "2500")
    QTest.keyClick(page.check.confirming.form.typed, Qt.Key.Key_Escape)
    assert "Step 1 of 3" in words(page)
    QTest.keyClick(page.choose.back, Qt.Key.Key_Escape)
    assert "Waiting for you" in words(page) and refunds_of(support) == []
    refill()
    press(page, "New refund")
    press(page, "Check this refund")
    qtbot.waitUntil(lambda: page.shown is page.check)
    form = page.check.confirming.form
    assert (form.code, form.note.toPlainText(), form.typed.text()) == ("late", NOTE, "")


def test_delete_leaves_the_chosen_order_out_and_enter_opens_it(qtbot, check, cooked):
    first, second = cooked(), cooked(2)
    page = check(first.id, second.id)
    qtbot.waitUntil(lambda: len(in_list(page)) == 2)
    view = page.check.orders.table.view
    view.setFocus()
    view.selectRow(0)
    with qtbot.waitSignal(page.wanted) as wanted:
        QTest.keyClick(page.windowHandle(), Qt.Key.Key_Return)
    assert wanted.args == ["orders", second.number]
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: act(page).text() == "Refund ₦2,500.00")
