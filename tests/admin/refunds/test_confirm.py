"""Confirming a refund: with a reason, a note and the total typed; once, and never by accident, whatever becomes of the line."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.base.identifiers import new_id
from core.proposals import Progress, confirm_proposal
from tests.support.refund_page import NOTE, SOON, act, choose_reason, fill, ran, refunds_of
from tests.support.refund_views import press, words
from tests.support.refunds import age, name_approvers, refund, set_limits


def test_nothing_is_chosen_beforehand_and_the_button_says_what_is_missing(check, cooked):
    page = check(cooked().id)
    form = page.check.confirming.form
    assert form.reason.box.currentText() == "Choose a reason" and form.note.toPlainText() == form.typed.text() == ""
    for step, missing in (
        (lambda: None, "Choose a reason first."),
        (lambda: choose_reason(page), "Write a note first."),
        (lambda: form.note.setPlainText("late"), "Write a note first."),
        (lambda: form.note.setPlainText(NOTE), "Type the total to confirm"),
    ):
        step()
        assert missing in words(page.check.confirming) and not act(page).isEnabled()
        assert act(page).text() == "Refund ₦2,500.00" and not act(page).isDefault() and not act(page).autoDefault()
    form.typed.setText("2500")
    assert act(page).isEnabled()


@pytest.mark.parametrize("typed", ["2500", "2,500", "2,500.00", "₦2,500.00", " ₦ 2500.0 "])
def test_the_total_may_be_typed_as_people_write_it(check, cooked, typed):
    page = check(cooked().id)
    fill(page, typed)
    assert "Matches the total." in words(page) and act(page).isEnabled()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("2600", "This is not the total."), ("250000", "This is not the total."), ("−2500.00", "This is not the total."),
        ("two", "“two” is not an amount: write 1,250.00."), ("$2500.00", "“$2500.00” is not in naira."),
    ],
)  # fmt: skip
def test_a_wrong_total_keeps_the_button_off_and_says_why(check, cooked, typed, why):
    page = check(cooked().id)
    fill(page, typed)
    assert why in words(page.check.confirming) and not act(page).isEnabled()


def test_a_note_that_is_too_long_says_so_and_nothing_of_it_is_lost(check, cooked):
    page = check(cooked().id)
    fill(page, "2500", note="x" * 501)
    assert "501 signs are too many: 500 at most." in words(page) and not act(page).isEnabled()
    assert len(page.check.confirming.form.note.toPlainText()) == 501


def test_figures_that_only_the_server_holds_for_too_old_are_not_confirmed(qtbot, check, cooked, owner_connection, balance, town):
    page = check(cooked().id)
    before = balance(town.customer)
    fill(page, "2500")
    age(owner_connection, page.check.shown.proposed.id, 5)
    press(page, "Refund ₦2,500.00")
    qtbot.waitUntil(lambda: act(page).text() == "Check again")
    assert balance(town.customer) == before and page.check.confirming.form.note.toPlainText() == NOTE


def test_five_rapid_clicks_make_one_refund(qtbot, check, cooked, support, balance, town):
    page = check(cooked().id)
    before = balance(town.customer)
    fill(page, "2500")
    for _ in range(5):
        QTest.mouseClick(act(page), Qt.MouseButton.LeftButton)
    ran(qtbot, page)
    assert len(refunds_of(support)) == 1 and balance(town.customer) == before + 250_000


def test_above_what_one_may_alone_it_is_sent_for_approval_and_says_so(qtbot, check, cooked, owner_connection, support, balance, town):
    name_approvers(owner_connection, "ada", "gbenga")
    set_limits(owner_connection, alone=200_000)
    page = check(cooked().id)
    before = balance(town.customer)
    why = "It is above the ₦2,000.00 that you may refund alone. It runs once they agree."
    assert {"A second person must agree", why} <= set(words(page))
    fill(page, "2500")
    press(page, "Send ₦2,500.00 for approval")
    assert ran(qtbot, page).state == Progress.AWAITING_APPROVAL
    assert "Waiting for approval" in words(page) and balance(town.customer) == before


def test_above_what_is_left_of_the_day_it_is_sent_for_approval_too(check, cooked, owner_connection, support):
    refund(support, cooked().id)
    set_limits(owner_connection, a_day=400_000)
    page = check(cooked().id)
    assert "With the ₦2,500.00 you refunded today it is above your ₦4,000.00 a day. It runs once they agree." in words(page)
    assert act(page).text() == "Send ₦2,500.00 for approval"


def test_where_nobody_else_could_agree_it_is_refused_where_the_person_acted_and_nothing_is_lost(qtbot, check, cooked, owner_connection):
    set_limits(owner_connection, alone=0)
    page = check(cooked().id)
    fill(page, "2500")
    press(page, "Send ₦2,500.00 for approval")
    qtbot.waitUntil(page.check.confirming.trouble.isVisible)
    assert "A second approver is needed for this, and there is none. Ask the owner to name one." in words(page.check.confirming)
    form = page.check.confirming.form
    assert (form.code, form.note.toPlainText(), form.typed.text()) == ("late", NOTE, "2500") and act(page).isEnabled()


def test_it_is_confirmed_by_keyboard_alone(qtbot, check, cooked):
    page = check(cooked().id)
    window, form = page.windowHandle(), page.check.confirming.form
    form.reason.box.setFocus()
    QTest.keyClick(window, Qt.Key.Key_Down)
    for text in (NOTE, "2500"):
        QTest.keyClick(window, Qt.Key.Key_Tab)
        for sign in text:
            QTest.keyClick(window, sign)
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert page.shown is page.check
    QTest.keyClick(window, Qt.Key.Key_Tab)
    assert act(page).hasFocus()
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert ran(qtbot, page).reason == NOTE


def test_without_a_connection_the_button_is_off_and_what_was_typed_stays(check, cooked, line):
    page = check(cooked().id)
    fill(page, "2500")
    line._take("offline", line.now(), None)
    assert "No connection: nothing can be sent. What you typed stays." in words(page) and not act(page).isEnabled()
    line._take("live", line.now(), None)
    assert act(page).isEnabled() and page.check.confirming.form.typed.text() == "2500"


def test_a_refund_whose_answer_was_lost_is_being_checked_and_then_shown(qtbot, check, cooked, proxy, support, balance, town):
    other = cooked()
    page = check(cooked().id, port=proxy.port)
    refund(page.desk.db, other.id)  # one message is enough from now on
    before = balance(town.customer)
    fill(page, "2500")
    proxy.mute = True
    press(page, "Refund ₦2,500.00")
    qtbot.waitUntil(lambda: len(refunds_of(support)) == 2, timeout=SOON)
    proxy.cut()
    qtbot.waitUntil(lambda: act(page).text() == "Being checked", timeout=SOON)
    assert not act(page).isEnabled() and "Refund confirmed" not in words(page)
    proxy.mute = False
    assert ran(qtbot, page).state == Progress.DONE
    assert balance(town.customer) == before + 250_000


def test_a_refund_that_never_reached_the_server_is_said_not_to_be_recorded_and_can_be_sent_again(qtbot, check, cooked, proxy, support):
    page = check(cooked().id, port=proxy.port)
    fill(page, "2500")
    proxy.stall()
    press(page, "Refund ₦2,500.00")
    said = "It was not recorded: nothing happened. Try again if it is still right."
    qtbot.waitUntil(lambda: said in words(page), timeout=SOON)
    assert refunds_of(support) == [] and page.check.confirming.form.typed.text() == "2500"
    press(page, "Refund ₦2,500.00")
    assert ran(qtbot, page).state == Progress.DONE


def test_what_was_confirmed_already_is_shown_and_not_done_again(qtbot, check, cooked, support, balance, town):
    page = check(cooked().id)
    confirm_proposal(support, new_id(), page.check.shown.proposed.token, "late", NOTE)
    after = balance(town.customer)
    fill(page, "2500")
    press(page, "Refund ₦2,500.00")
    assert ran(qtbot, page).state == Progress.DONE and balance(town.customer) == after


def test_while_it_is_sent_it_cannot_be_left(qtbot, check, cooked, held):
    page = check(cooked().id)
    fill(page, "2500")
    with held("LOCK TABLE app.proposals") as wait:
        press(page, "Refund ₦2,500.00")
        wait()
        assert act(page).text() == "Sending …" and not page.check.confirming.back.isEnabled()
        QTest.keyClick(page.check, Qt.Key.Key_Escape)
        page.look_at([new_id()])
        assert page.shown is page.check
    assert ran(qtbot, page).state == Progress.DONE
