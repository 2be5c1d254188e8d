"""Suspending customers, and taking them back: all of it is said before, and nothing happens by one click."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from admin_app.customers import CustomersPage
from admin_app.proposals.sheet import ProposalSheet
from core.base.errors import Missing
from core.base.identifiers import new_id
from core.customers import customers
from core.live import Changes
from core.orders import State, place_order
from core.proposals import Progress, preview_suspension, proposals
from core.wallets import freeze_wallet
from tests.admin.conftest import choose, names
from tests.admin.sheets import closed, press, sheet
from tests.support.people import NGOZI, NOTE, act, confirmed, fill, is_active, seen
from tests.support.refund_views import press as click
from tests.support.refund_views import words

STATE = 2  # a column


def test_it_says_what_goes_on_what_stays_and_what_ends_and_then_does_it(qtbot, suspend, scene, finance, ordering, town):
    orders = [scene.order(State.ACCEPTED), scene.order()]
    page, asked = suspend()
    assert {"Suspend Ngozi Eze?", "Nothing has been changed yet.", "Active", "Suspended"} <= set(words(asked))
    assert {
        "No new orders and no paying in, from the moment you confirm.",
        f"2 open orders go on: {orders[0].number} and {orders[1].number}.",
        "The wallet keeps its ₦4,995,000.00. Refunds and what cancelled orders give back still reach it.",
    } <= set(words(asked))
    fill(asked, "Fraud", typed=NGOZI)
    assert act(asked).text() == "Suspend Ngozi Eze" and act(asked).property("kind") == "danger"
    with qtbot.waitSignal(page.said) as toast:
        act(asked).click()
    assert toast.args == ["Suspended", NGOZI] and not is_active(finance, town.customer)
    with pytest.raises(Missing):
        place_order(ordering, new_id(), town.yaba, town.customer, [town.water], [1], "")
    page.take(Changes(False, frozenset({"customers"}), frozenset({town.customer})))
    qtbot.waitUntil(lambda: names(page, STATE) == ["Suspended"] and page.detail.suspend.text() == "Take back …")


def test_nothing_is_chosen_beforehand_and_the_button_says_what_is_missing(suspend):
    _, asked = suspend()
    form = asked.confirming.form
    reasons = [form.reason.box.itemText(place) for place in range(form.reason.box.count())]
    assert reasons == ["Choose a reason", "Fraud", "Abuse", "Their own wish", "Has left", "It was a mistake", "Something else"]
    assert "Choose a reason first." in words(asked) and not act(asked).isEnabled() and not act(asked).isDefault()
    fill(asked, "Fraud", note="bad")
    assert "Write a note first." in words(asked)
    fill(asked, "Fraud")
    assert "Type the name to confirm" in words(asked) and not act(asked).isEnabled()
    fill(asked, "Fraud", typed="Ngozi Obi")
    assert "This is not the name." in words(asked) and not act(asked).isEnabled()
    fill(asked, "Fraud", typed="  ngózi  EZE ")  # accents, capitals and blanks do not matter
    assert "That is the name." in words(asked) and act(asked).isEnabled()


def test_enter_in_a_field_and_escape_change_nothing(qtbot, suspend, finance, town):
    _, asked = suspend()
    fill(asked, "Fraud", typed=NGOZI)
    asked.confirming.form.typed.setFocus()
    press(asked, Qt.Key.Key_Return)
    assert asked.isVisible() and is_active(finance, town.customer)
    press(asked, Qt.Key.Key_Escape)
    closed(qtbot)
    assert is_active(finance, town.customer) and proposals(finance, states=[Progress.DONE]) == []


def test_whoever_is_taken_back_orders_again_and_nobody_types_a_name_for_it(qtbot, suspend, scene, finance, ordering, town):
    confirmed(finance, preview_suspension(finance, new_id(), [town.customer], [], True), "fraud")
    freeze_wallet(finance, new_id(), town.customer, "stolen card")
    page, asked = suspend()
    assert {"Take back Ngozi Eze?", "They can order and pay in again at once."} <= set(words(asked))
    assert "Frozen, and stays so until somebody unfreezes it: the wallet of Ngozi Eze." in words(asked)
    assert not asked.confirming.form.typed.isVisible()
    fill(asked, "It was a mistake")
    assert act(asked).property("kind") == "primary"
    with qtbot.waitSignal(page.said) as toast:
        click(asked, "Take back Ngozi Eze")
    assert toast.args == ["Taken back", NGOZI] and is_active(finance, town.customer)


def test_several_are_suspended_at_once_with_how_many_typed_and_those_who_stand_otherwise_are_left_out(
    qtbot, open_at_desk, scene, finance, town
):
    others = [scene.customer(10_000), scene.customer(), scene.customer()]
    confirmed(finance, preview_suspension(finance, new_id(), others[2:], [], True), "fraud")
    order = scene.order()
    page = open_at_desk(CustomersPage, "finance")
    choose(page, [row.name for row in page.model.rows].index(NGOZI))
    page.listing.open_current()
    for place in range(page.model.rowCount()):
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        page.listing.view.selectionModel().select(page.model.index(place, 0), flags)
    assert page.detail.suspend.text() == "Suspend these 3 …"
    scene.refill()
    page.detail.suspend.click()
    asked = seen(qtbot, sheet(qtbot, ProposalSheet))
    assert {"Suspend 3 customers?", f"₦4,997,500.00 · open: {order.number}", "₦100.00 · no open order"} <= set(words(asked))
    fill(asked, "Abuse", typed="4")
    assert "This is not how many." in words(asked)
    fill(asked, "Abuse", typed="3")
    with qtbot.waitSignal(page.said) as toast:
        click(asked, "Suspend 3 customers")
    assert toast.args == ["Suspended", "3 customers"]
    assert not any(each.active for each in customers(finance))


@pytest.mark.parametrize(("who", "offered"), [("finance", True), ("owner", True), ("support", False), ("auditor", False)])
def test_only_finance_and_owners_have_the_button(shown, who, offered):
    assert shown(who).detail.suspend.isVisible() is offered


def test_it_is_done_by_keyboard_alone(qtbot, suspend, finance, town):
    _, asked = suspend()

    def key(which):
        QTest.keyClick(QApplication.focusWidget(), which)

    asked.confirming.form.reason.box.setFocus()
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), NOTE)
    key(Qt.Key.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), NGOZI)
    key(Qt.Key.Key_Tab)
    assert act(asked).hasFocus()
    key(Qt.Key.Key_Return)
    closed(qtbot)
    assert not is_active(finance, town.customer)
