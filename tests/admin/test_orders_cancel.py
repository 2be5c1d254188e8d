"""Cancelling and refunding from an order's details: offered to whoever may, asked with the amount, sent once, and never lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from admin_app.desk import Desk
from admin_app.orders import OrdersPage
from core.base.identifiers import new_id
from core.orders import PayWith, State, advance_order, order_history, start_cooking
from core.qt import reasons, theme
from core.qt.rehearsal import picture
from core.staff import me
from tests.admin.conftest import names
from tests.support.looks import faults, save

STATE = 4
WALK = [State.ACCEPTED, State.PREPARING, State.READY, State.OUT]


@pytest.fixture
def opened(qtbot, open_at_desk):
    """Open an order's details at somebody's desk: `opened(order, "finance")` returns the page."""

    def opened(order, who="support", **options):
        page = open_at_desk(OrdersPage, who, **options)
        page.look_at(order.number)
        qtbot.waitUntil(lambda: page.detail.facts is not None and page.detail.facts.order.id == order.id)
        return page

    return opened


@pytest.fixture
def asked(opened):
    """Press "Cancel order …" and choose a reason: `asked(order)` returns the page and the dialog."""

    def asked(order, who="support", code=reasons.CUSTOMER_ASKED, note="by phone", **options):
        page = opened(order, who, **options)
        page.detail.acts.cancelling.click()
        dialog = page.cancelling.dialog
        dialog.rows[code].radio.click()
        dialog.note.setText(note)
        return page, dialog

    return asked


@pytest.fixture
def stands(login):
    """How an order stands on the server: `stands(order)` is its last state and reason."""
    auditor = login("auditor")
    return lambda order: [(step.state, step.reason) for step in order_history(auditor, order.id)][-1]


def said(dialog):
    return [words.text() for words in dialog.findChildren(QLabel) if words.isVisible() and words.text()]


@pytest.mark.parametrize(
    ("who", "may"), [("support", [True, True, False, False]), ("finance", [True, True, True, False]), ("owner", [False] * 4),
                     ("auditor", [False] * 4)],
)  # fmt: skip
def test_cancelling_is_offered_to_whoever_the_edges_let_and_in_no_other_state(scene, opened, qtbot, who, may):
    page = opened(scene.order(), who)
    offered = []
    for steps in range(4):
        order = scene.order(*WALK[:steps])
        page.look_at(order.number)
        qtbot.waitUntil(lambda order=order: page.detail.facts is not None and page.detail.facts.order.id == order.id)
        offered.append(page.detail.acts.cancelling.isVisible())
    assert offered == may


def test_a_card_order_that_waits_for_its_money_is_not_cancelled_by_hand(scene, opened):
    assert not opened(scene.order(pay_with=PayWith.CARD)).detail.acts.cancelling.isVisible()


def test_what_the_button_says_is_done_and_the_page_shows_it(scene, asked, balance, qtbot, stands):
    order, before = scene.order(State.ACCEPTED), balance(scene.town.customer)
    page, dialog = asked(order)
    assert said(dialog)[1].startswith("Accepted ") and said(dialog)[1].endswith("Chidi Okoye (chidi). Nothing has been cancelled yet.")
    assert dialog.act.text() == f"Cancel order {order.number} and give back ₦2,500.00"
    with qtbot.waitSignal(page.said) as toast:
        dialog.act.click()
    assert toast.args == [f"Order {order.number} cancelled", "₦2,500.00 went back to the wallet"]
    assert stands(order) == (State.CANCELLED, "Customer asked: by phone")
    assert balance(scene.town.customer) == before + 250_000
    qtbot.waitUntil(lambda: names(page, STATE) == ["Cancelled"])
    qtbot.waitUntil(lambda: page.detail.story.moments[-1].reason == "customer asked: by phone")
    assert not page.detail.acts.cancelling.isVisible()


def test_finance_cancels_what_is_cooking_and_is_told_that_no_money_goes_back(scene, asked, balance, qtbot, stands):
    order = scene.order(State.ACCEPTED, State.PREPARING)
    page, dialog = asked(order, "finance", reasons.SPOILED)
    before = balance(scene.town.customer)
    assert "₦2,500.00 was paid. A refund of it is decided separately." in said(dialog)
    assert dialog.act.text() == f"Cancel order {order.number}, no money goes back"
    with qtbot.waitSignal(page.said):
        dialog.act.click()
    assert (stands(order)[0], balance(scene.town.customer)) == (State.CANCELLED, before)


def test_nothing_is_chosen_beforehand_and_no_key_cancels_by_accident(scene, opened, stands):
    order = scene.order()
    page = opened(order)
    page.detail.acts.cancelling.setFocus()
    QTest.keyClick(page.detail.acts.cancelling, Qt.Key.Key_Return)
    dialog = page.cancelling.dialog
    assert (dialog.picked, dialog.act.isEnabled(), dialog.act.text()) == (None, False, "Choose a reason above")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        QTest.keyClick(dialog, key)
    assert (page.cancelling.dialog, stands(order)) == (None, (State.PLACED, None))


def test_an_order_that_moved_on_is_asked_about_again_with_what_was_typed(scene, asked, cook, qtbot, stands):
    order = scene.order()
    page, dialog = asked(order)
    advance_order(cook, new_id(), order.id, 1, State.ACCEPTED)
    dialog.act.click()
    qtbot.waitUntil(lambda: page.cancelling.dialog not in (None, dialog))
    again = page.cancelling.dialog
    assert f"Order {order.number} is “Accepted” by now. Nothing was cancelled. Look what cancelling it does now." in said(again)
    assert (again.picked, again.note.text(), again.reason) == (reasons.CUSTOMER_ASKED, "by phone", "Customer asked: by phone")
    with qtbot.waitSignal(page.said):
        again.act.click()
    assert stands(order) == (State.CANCELLED, "Customer asked: by phone")


def test_an_order_that_went_too_far_is_left_alone_and_the_details_say_why(scene, asked, cook, qtbot, stands):
    order = scene.order(State.ACCEPTED)
    page, dialog = asked(order)
    start_cooking(cook, new_id(), order.id, 2)
    dialog.act.click()
    qtbot.waitUntil(page.detail.refusal.isVisible)
    why = f"Order {order.number} is “Cooking” by now. It was not cancelled, and cannot be any more."
    assert (page.detail.refusal.words.text(), page.cancelling.dialog) == (why, None)
    assert stands(order)[0] is State.PREPARING
    qtbot.waitUntil(lambda: names(page, STATE) == ["Cooking"] and page.detail.story.moments[-1].title == "Cooking")


def test_what_the_server_refuses_is_said_in_the_dialog_and_what_was_typed_stays(scene, asked, owner_connection, qtbot, stands):
    owner_connection.execute("UPDATE app.settings SET cancels_a_day = 0")
    order = scene.order()
    _, dialog = asked(order)
    dialog.act.click()
    qtbot.waitUntil(lambda: dialog.trouble.isVisible())
    assert dialog.trouble.text() != "" and dialog.reason == "Customer asked: by phone"
    owner_connection.execute("UPDATE app.settings SET cancels_a_day = 20")
    dialog.act.click()
    qtbot.waitUntil(lambda: stands(order)[0] is State.CANCELLED)


def test_after_busy_the_same_id_is_sent_again(scene, asked, held, owner_connection, qtbot, stands):
    order = scene.order()
    page, dialog = asked(order)
    seen = []
    page.desk.db.call, call = (lambda *args, **named: (seen.append(named.get("command_id")), call(*args, **named))[1]), page.desk.db.call
    with held(f"SELECT FROM app.orders WHERE id = '{order.id}' FOR UPDATE"):
        dialog.act.click()
        qtbot.waitUntil(dialog.trouble.isVisible, timeout=9_000)
    dialog.act.click()
    qtbot.waitUntil(lambda: stands(order)[0] is State.CANCELLED)
    assert len(seen) == 2 and len(set(seen)) == 1


def test_a_lost_answer_is_found_out_and_until_then_nothing_is_sent_again(scene, asked, login, pending, held, qtbot, stands):
    order = scene.order()
    page, dialog = asked(order, db=login("support", pending=pending, deadline=0.6))
    acts, said = page.detail.acts, []
    page.cancelling.doubted.connect(lambda: said.append((acts.cancelling.isEnabled(), acts.why.text())))
    with held(f"SELECT FROM app.orders WHERE id = '{order.id}' FOR UPDATE"):
        dialog.act.click()
        qtbot.waitUntil(lambda: bool(said))
        assert said[0] == (False, "What was asked last is being checked. Do not do it again yet.")
        assert page.cancelling.dialog is None
    qtbot.waitUntil(lambda: page.cancelling.doubts == {}, timeout=9_000)
    qtbot.waitUntil(lambda: names(page, STATE) == [{State.CANCELLED: "Cancelled", State.PLACED: "Placed"}[stands(order)[0]]])


def test_offline_nothing_is_offered_and_why_stands_beside_it(scene, opened, line):
    acts = opened(scene.order()).detail.acts
    line._take("offline", line.now(), None)
    assert (acts.cancelling.isEnabled(), acts.why.text()) == (False, "Nothing can be changed while saving is off.")


@pytest.mark.parametrize(("who", "offered"), [("support", True), ("finance", True), ("owner", True), ("auditor", False)])
def test_a_refund_is_asked_for_on_its_own_page(scene, login, line, qtbot, who, offered):
    order, db = scene.order(State.ACCEPTED, State.PREPARING), login(who)
    page = OrdersPage(Desk(db, line, me(db), pages=frozenset({"orders", "refunds"})))
    qtbot.addWidget(page)
    page.show()
    page.look_at(order.number)
    qtbot.waitUntil(lambda: page.detail.facts is not None)
    assert page.detail.acts.refunding.isVisible() == offered
    if offered:
        with qtbot.waitSignal(page.wanted) as wanted:
            page.detail.acts.refunding.click()
        assert wanted.args == ["refunds", [order.id]]


def test_what_was_given_back_already_is_not_offered_to_be_refunded(scene, login, line, qtbot, ordering):
    db, order = login("support"), scene.order(pay_with=PayWith.CARD)
    page = OrdersPage(Desk(db, line, me(db), pages=frozenset({"refunds"})))
    qtbot.addWidget(page)
    page.show()
    page.look_at(order.number)
    qtbot.waitUntil(lambda: page.detail.facts is not None)
    assert page.detail.acts.isHidden()


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_dialog_is_whole_in_both_themes(qapp, asked, scene, look):
    theme.apply(qapp, dark=look == "dark")
    page, dialog = asked(scene.order(State.ACCEPTED), size=(1366, 768))
    QApplication.processEvents()
    assert faults(dialog, 40) == []
    assert dialog.height() <= page.height()
    save(picture(), f"orders-cancel-{look}")
