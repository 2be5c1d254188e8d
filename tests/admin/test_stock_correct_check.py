"""Many figures of stock at once, step 2: all that it would do is said before it is saved, and nothing is saved by accident or twice."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from admin_app.stock import StockPage
from admin_app.stock.correct_columns import ENTRY
from core.base.identifiers import new_id
from core.orders import PayWith
from core.proposals import Progress, proposals
from core.stock import movements, receive_stock
from tests.admin.conftest import names, page
from tests.support.correcting import NOTE, SOON, act, begin, check, fill, items, ready, said, short, type_down
from tests.support.refund_views import press, words


@pytest.mark.parametrize("who", ["manager", "owner"])
def test_what_was_checked_is_saved_with_who_and_why_and_the_table_is_live(qtbot, checked, town, manager, who):
    page = checked("38", "", "12.5", who=who)
    assert items(page) == [("Chicken", "40 pcs", "38 pcs", "−2 pcs"), ("Rice", "10 kg", "12.5 kg", "+2.5 kg")]
    assert {"Check this correction before it is saved", "Step 2 of 2", "2 items of Yaba. Nothing has been saved yet."} <= set(words(page))
    assert {"2 items: 1 more, 1 less", "No order is left short"} <= set(words(page))
    fill(page)
    assert act(page).property("kind") == "primary" and not page.correct.check.confirming.form.typed.isVisible()
    with qtbot.waitSignal(page.said) as toast:
        press(page, "Correct 2 items")
    assert toast.args == ["2 items corrected", "Yaba · Counted wrong before"]
    newest = movements(manager, town.chicken)[0]
    by = {"manager": "Bisi Ojo", "owner": "Ada Eze"}[who]
    assert (newest.kind, newest.change, newest.reason, newest.note, newest.by) == ("correction", -2, "miscounted", NOTE, by)
    assert "Correct many …" in words(page)
    page.reader.ask()
    qtbot.waitUntil(lambda: names(page, 3)[-3:] == ["38 pcs", "5 L", "12.5 kg"])
    begin(qtbot, page)
    assert said(page, ENTRY) == [("",), ("",), ("",)]


def test_orders_left_short_are_said_large_and_listed_as_they_are_promised(qtbot, checked, scene, rewrite, chickens):
    orders = [scene.order(quantity=quantity) for quantity in (2, 1, 4)]
    rewrite("UPDATE app.orders SET promised_at = promised_at + interval '1 hour' WHERE number = %s", orders[0].number)
    page = checked("1", "4.5")
    assert "This leaves 2 paid orders short" in words(page)
    assert [line.split(", ")[0] for line in short(page.correct.check)] == [f"Order {orders[2].number}", f"Order {orders[0].number}"]
    assert ", 4 pcs Chicken, Placed" in short(page.correct.check)[0] and ", promised " in short(page.correct.check)[0]
    fill(page)
    assert act(page).text() == "Correct 2 items and\nleave 2 orders short" and act(page).property("kind") == "danger"
    assert "Type how many go short" in words(page) and not act(page).isEnabled()
    page.correct.check.confirming.form.typed.setText("3")
    assert "This is not how many orders go short." in words(page) and not act(page).isEnabled()
    page.correct.check.confirming.form.typed.setText("2")
    assert "Yes, so many orders." in words(page)
    press(page, "Correct 2 items and\nleave 2 orders short")
    qtbot.waitUntil(page.correct.done.isVisible, timeout=SOON)
    assert chickens() == 1


def test_an_order_that_waits_for_its_money_is_not_called_paid(checked, scene):
    scene.order()
    scene.order(pay_with=PayWith.CARD)
    assert "This leaves 2 orders short, 1 of them not paid yet" in words(checked("0"))


def test_enter_opens_an_order_where_the_person_has_the_page(qtbot, checked, scene):
    order = scene.order()
    page = checked("0", who="owner", pages={"orders"})
    orders = page.correct.check.short.list
    orders.setFocus()
    orders.setCurrentIndex(orders.rows.index(0, 0))
    with qtbot.waitSignal(page.wanted) as wanted:
        QTest.keyClick(page.windowHandle(), Qt.Key.Key_Return)
    assert wanted.args == ["orders", order.number]
    assert page.correct.check.isVisible()  # it waits there


def test_a_manager_has_no_page_of_orders_and_is_not_sent_there(qtbot, checked, scene):
    scene.order()
    page = checked("0")
    orders = page.correct.check.short.list
    assert orders.toolTip() == ""
    with qtbot.assertNotEmitted(page.wanted):
        orders.activated.emit(orders.rows.index(0, 0))


def test_nothing_is_chosen_beforehand_and_the_button_says_what_is_missing(checked):
    page = checked("38")
    form = page.correct.check.confirming.form
    assert form.reason.box.currentText() == "Choose a reason" and form.note.toPlainText() == ""
    assert "Choose a reason first." in words(page) and not act(page).isEnabled() and not act(page).isDefault()
    fill(page, note="late")
    assert "Write a note first." in words(page) and not act(page).isEnabled()
    fill(page)
    assert act(page).isEnabled()
    assert [form.reason.box.itemText(place) for place in range(1, form.reason.box.count())] == [
        "Counted wrong before", "Spoiled", "Lost or stolen", "Moved to another place", "Something else"
    ]  # fmt: skip


def test_five_rapid_clicks_send_one_id(qtbot, checked, chickens, owner_connection, town, manager):
    page = checked("38")
    fill(page)
    for _ in range(5):
        QTest.mouseClick(act(page), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: chickens() == 38, timeout=SOON)
    qtbot.waitUntil(lambda: "Correct many …" in words(page))
    sent = owner_connection.execute("SELECT count(*) FROM app.commands WHERE verb = 'confirm_proposal'").fetchone()
    assert sent == (1,) and len(movements(manager, town.chicken)) == 2


def test_one_more_order_that_goes_short_stops_it_and_what_was_typed_stays(qtbot, checked, scene, chickens):
    first = scene.order(quantity=2)
    page = checked("1", "4.5")
    fill(page, short=1)
    second = scene.order(quantity=3)
    scene.refill()
    press(page, "Correct 2 items and\nleave 1 order short")
    qtbot.waitUntil(page.correct.check.moved.isVisible, timeout=SOON)
    assert set(words(page.correct.check.moved)) == {
        "Nothing was corrected. Something changed since these figures were made.", f"Order {second.number} would be left short too",
        "Your entries are kept. Check again: you see what it would do now.",
    }  # fmt: skip
    assert any(each.startswith("As of ") and each.endswith("it would have left 1 order short") for each in words(page))
    assert chickens() == 40
    scene.refill()
    press(page, "Check again")
    qtbot.waitUntil(lambda: "This leaves 2 paid orders short" in words(page), timeout=SOON)
    form = page.correct.check.confirming.form
    assert (form.code, form.note.toPlainText(), form.typed.text()) == ("miscounted", NOTE, "")
    assert [line.split(", ")[0] for line in short(page.correct.check)] == [f"Order {each.number}" for each in (first, second)]
    fill(page, short=2)
    press(page, "Correct 2 items and\nleave 2 orders short")
    qtbot.waitUntil(lambda: chickens() == 1, timeout=SOON)


def test_a_shelf_that_changed_before_it_was_confirmed_is_told_and_then_decided_about(qtbot, checked, town, manager, chickens, refill):
    page = checked("38", "4.5")
    receive_stock(manager, new_id(), town.chicken, 10, "")
    fill(page)
    refill()
    press(page, "Correct 2 items")
    qtbot.waitUntil(page.correct.check.moved.isVisible, timeout=SOON)
    assert "Chicken: was 40 pcs, is now 50 pcs" in words(page.correct.check.moved) and chickens() == 50
    refill()
    press(page, "Check again")
    qtbot.waitUntil(page.correct.enter.stale.isVisible, timeout=SOON)
    press(page, "Set it to 38 pcs all the same")
    refill()
    press(page, "Check again")
    qtbot.waitUntil(page.correct.check.isVisible, timeout=SOON)
    assert items(page)[0] == ("Chicken", "50 pcs", "38 pcs", "−12 pcs")
    assert page.correct.check.confirming.form.note.toPlainText() == NOTE
    press(page, "Correct 2 items")
    qtbot.waitUntil(lambda: chickens() == 38, timeout=SOON)


def test_escape_and_going_back_save_nothing_and_keep_what_was_typed(qtbot, checked, manager, refill):
    page = checked("38", "4.5")
    fill(page)
    QTest.keyClick(page.correct.check.confirming.form.note, Qt.Key.Key_Escape)
    ready(qtbot, page)
    assert "Step 1 of 2" in words(page) and said(page, ENTRY) == [("38",), ("4.5",), ("",)]
    refill()
    check(qtbot, page)
    assert page.correct.check.confirming.form.note.toPlainText() == NOTE
    press(page, "Go back")
    ready(qtbot, page)
    assert said(page, ENTRY) == [("38",), ("4.5",), ("",)]
    assert proposals(manager, states=[Progress.DONE]) == []


def test_from_the_stock_it_is_gone_back_to_what_is_being_checked(qtbot, checked):
    page = checked("38")
    fill(page)
    press(page, "Stock")
    assert page.filters.search.hasFocus()
    press(page, "Correct many …")
    assert "Step 2 of 2" in words(page) and act(page).isEnabled()
    assert page.correct.check.confirming.form.reason.box.hasFocus()


def test_in_the_window_the_toast_says_it_and_the_table_follows_by_itself(qtbot, sign_in, town, refill):
    session = sign_in("manager")
    stock = page(session, StockPage)
    qtbot.waitUntil(lambda: names(stock, 3) == ["40 pcs", "5 L", "10 kg"])
    begin(qtbot, stock)
    type_down(stock, "38")
    refill()
    check(qtbot, stock)
    fill(stock)
    press(stock, "Correct 1 item")
    qtbot.waitUntil(session.frame.toast.isVisible, timeout=SOON)
    assert (session.frame.toast.title.text(), session.frame.toast.detail.text()) == ("1 item corrected", "Yaba · Counted wrong before")
    qtbot.waitUntil(lambda: names(stock, 3) == ["38 pcs", "5 L", "10 kg"], timeout=SOON)
