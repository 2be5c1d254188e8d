"""Four eyes: a refund above the limits runs when a second person agrees, once, whoever clicks how often and whatever the line does."""

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.base.identifiers import new_id
from core.orders import State
from core.proposals import Progress, approve_proposal, proposal
from core.qt.settle import NOT_RECORDED, RECORDED
from tests.support.refund_views import button, calm, press, told, words, write
from tests.support.refunds import age, confirm, preview

JOLLOF = 250_000  # kobo
SOON = 8_000  # ms


@pytest.fixture
def type_total():
    """Type the total as the second person does: `type_total(view)`."""
    return lambda view, text="2,500.00": view.decision.approving.typed.setText(text)


def test_it_is_approved_by_a_second_person_who_types_the_total_and_the_money_is_back(
    qtbot, show_approval, waiting, type_total, balance, town, support
):
    before, view = balance(town.customer), show_approval(waiting)
    assert not button(view, "Approve ₦2,500.00").isEnabled() and "Type the total first." in words(view)
    type_total(view)
    assert "Matches the total." in words(view)
    press(view, "Approve ₦2,500.00")
    qtbot.waitUntil(lambda: {"You approved it.", "Done"} <= set(words(view)))
    assert balance(town.customer) == before + JOLLOF
    assert proposal(support, waiting.id).approved_by == "Gbenga Alabi"


@pytest.mark.parametrize("typed", ["2,500.01", "25", "-2500", "two thousand", "₦"])
def test_another_amount_opens_nothing(show_approval, waiting, type_total, typed):
    view = show_approval(waiting)
    type_total(view, typed)
    view.decision.approving.typed.editingFinished.emit()
    assert not button(view, "Approve ₦2,500.00").isEnabled()
    assert "This is not the total of this refund." in words(view)


@pytest.mark.parametrize("typed", ["2500", "₦2,500.00", " 2,500 "])
def test_the_total_may_be_typed_as_people_write_it(show_approval, waiting, type_total, typed):
    view = show_approval(waiting)
    type_total(view, typed)
    assert button(view, "Approve ₦2,500.00").isEnabled()


def test_no_button_is_the_default_and_enter_in_the_field_approves_nothing(qtbot, show_approval, waiting, type_total, support):
    view = show_approval(waiting)
    type_total(view)
    view.decision.approving.typed.setFocus()
    QTest.keyClick(view.decision.approving.typed, Qt.Key.Key_Return)
    qtbot.wait(100)
    assert proposal(support, waiting.id).state == Progress.AWAITING_APPROVAL
    assert not any(push.isDefault() or push.autoDefault() for push in (view.decision.approving.go, view.decision.reject))


def test_of_two_who_approve_at_once_one_lets_it_run_and_the_other_is_told(qtbot, show_approval, waiting, type_total, balance, town):
    before, first, second = balance(town.customer), show_approval(waiting, "owner"), show_approval(waiting, "finance")
    for view in (first, second):
        type_total(view)
        view.decision.approving.go.click()
    qtbot.waitUntil(lambda: all(view.decision.came for view in (first, second)))
    said = sorted(view.decision.came for view in (first, second))
    assert said[1] == "You approved it."
    assert said[0] in (f"{name} approved it a moment ago. It runs once, not twice." for name in ("Ada Eze", "Gbenga Alabi"))
    assert balance(town.customer) == before + JOLLOF


def test_five_quick_clicks_send_one_command(qtbot, show_approval, waiting, type_total, owner_connection):
    view = show_approval(waiting)
    type_total(view)
    for _ in range(5):
        view.decision.approving.go.click()
    qtbot.waitUntil(lambda: "You approved it." in words(view))
    assert owner_connection.execute("SELECT count(*) FROM app.commands WHERE verb = 'approve_proposal'").fetchone() == (1,)


def test_who_is_no_approver_any_more_is_refused_where_they_clicked(qtbot, show_approval, waiting, type_total, owner_connection):
    view = show_approval(waiting)
    type_total(view)
    owner_connection.execute("UPDATE app.people SET approver_since = NULL WHERE name = 'Gbenga Alabi'")
    press(view, "Approve ₦2,500.00")
    qtbot.waitUntil(lambda: "Only an approver may do this." in words(view))


def test_what_ran_out_of_time_since_it_was_shown_is_refused(qtbot, show_approval, waiting, type_total, owner_connection):
    view = show_approval(waiting)
    type_total(view)
    age(owner_connection, waiting.id, 24 * 60)
    press(view, "Approve ₦2,500.00")
    qtbot.waitUntil(lambda: "Nobody agreed in time. It must be proposed again." in words(view))


def test_something_else_than_was_shown_is_not_approved_and_must_be_looked_at_again(qtbot, show_approval, waiting, type_total, support):
    view = show_approval(waiting)
    type_total(view)
    view.decision.approving.shown = replace(waiting, digest="0" * 64)
    press(view, "Approve ₦2,500.00")
    qtbot.waitUntil(lambda: "This is not what you were shown. Look at it again." in words(view))
    calm(qtbot, view)
    assert view.decision.approving.typed.text() == "" and proposal(support, waiting.id).state == Progress.AWAITING_APPROVAL


def test_it_is_rejected_with_a_reason_and_what_was_set_aside_is_free_again(qtbot, show_approval, show_run, waiting, scene, support):
    view = show_approval(waiting)
    press(view, "Reject …")
    assert {"Reject this refund?", "₦2,500.00 becomes free again: it can be refunded by another proposal."} <= set(words(view))
    write(view.decision.acting.reason, "no")
    assert not button(view, "Reject ₦2,500.00").isEnabled() and "Say why in a few words first." in words(view)
    write(view.decision.acting.reason, "The customer had the food")
    press(view, "Reject ₦2,500.00")
    qtbot.waitUntil(lambda: any(each.startswith("Rejected by Gbenga Alabi, ") for each in words(view)))
    assert "“The customer had the food”" in words(show_run(waiting))
    scene.refill()
    [order] = {row.order_id for row in view.lines.model.rows}
    assert preview(support, order).total == JOLLOF


def test_rejecting_is_left_again_by_escape_and_nothing_happened(show_approval, waiting, support):
    view = show_approval(waiting)
    press(view, "Reject …")
    QTest.keyClick(view.windowHandle(), Qt.Key.Key_Escape)
    assert button(view, "Reject …").hasFocus() and button(view, "Approve ₦2,500.00")
    assert proposal(support, waiting.id).state == Progress.AWAITING_APPROVAL


@pytest.fixture
def warm(scene, support):
    """Approve another refund over a line that loses answers, so that one message is enough from then on: `warm(view)`."""

    def warm(view):
        other = confirm(support, preview(support, scene.order(State.ACCEPTED, State.PREPARING).id))
        approve_proposal(view.desk.db, new_id(), other.id, other.digest)

    return warm


def is_checked(view):
    return view.decision.approving.go.text() == "Being checked" and not view.decision.approving.go.isEnabled()


def test_an_approval_whose_answer_was_lost_is_being_checked_and_then_known(
    qtbot, show_approval, waiting, type_total, proxy, support, warm
):
    view = show_approval(waiting, port=proxy.port)
    warm(view)
    type_total(view)
    proxy.mute = True
    press(view, "Approve ₦2,500.00")
    qtbot.waitUntil(lambda: proposal(support, waiting.id).approved_by is not None, timeout=SOON)
    proxy.cut()
    qtbot.waitUntil(lambda: is_checked(view), timeout=SOON)
    assert any("Do not do it again." in each for each in words(view)) and "You approved it." not in words(view)
    proxy.mute = False
    qtbot.waitUntil(lambda: "You approved it. The server has it." in words(view), timeout=SOON)
    assert [doubt.state for doubt in view.desk.settler.doubts] == [RECORDED]
    assert view.desk.names == {waiting.id: "Refund of ₦2,500.00"}


def test_an_approval_that_never_arrived_can_be_given_again_when_that_is_known(
    qtbot, show_approval, waiting, type_total, proxy, support, warm
):
    view = show_approval(waiting, port=proxy.port)
    warm(view)
    type_total(view)
    proxy.stall()
    press(view, "Approve ₦2,500.00")
    qtbot.waitUntil(lambda: [doubt.state for doubt in view.desk.settler.doubts] == [NOT_RECORDED], timeout=SOON)
    assert "It was not recorded: nothing happened. Try again if it is still right." in words(view)
    assert proposal(support, waiting.id).state == Progress.AWAITING_APPROVAL
    press(view, "Approve ₦2,500.00")
    qtbot.waitUntil(lambda: "You approved it." in words(view), timeout=SOON)


def test_while_somebody_holds_it_the_same_command_is_sent_again(qtbot, show_approval, waiting, type_total, held):
    view = show_approval(waiting)
    type_total(view)
    command_id = view.decision.approving.meant.command_id
    with held(f"SELECT FROM app.proposals WHERE id = '{waiting.id}' FOR UPDATE") as wait:
        press(view, "Approve ₦2,500.00")
        wait()
        qtbot.waitUntil(lambda: bool(view.decision.approving.meant.trouble), timeout=SOON)
    assert "Somebody else is changing the same thing. Try again in a moment." in words(view)
    assert (view.decision.approving.meant.command_id, view.decision.approving.typed.text()) == (command_id, "2,500.00")
    press(view, "Approve ₦2,500.00")
    qtbot.waitUntil(lambda: "You approved it." in words(view))


def test_it_is_approved_by_keyboard_alone(qtbot, show_approval, waiting, support):
    view = show_approval(waiting)
    view.decision.approving.typed.setFocus()
    key = partial(QTest.keyClick, view.windowHandle())
    for sign in "2500":
        key(sign)
    key(Qt.Key.Key_Tab)
    assert view.decision.approving.go.hasFocus()
    key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: proposal(support, waiting.id).state == Progress.DONE)
    told(qtbot, view, waiting.id)
