"""Many figures of stock at once: about shelves that changed meanwhile the person decides one by one, and nothing else is lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from admin_app.stock import StockPage
from admin_app.stock.correct_columns import ENTRY, ON_HAND, REMARK
from core.base.identifiers import new_id
from core.orders import State
from core.stock import receive_stock, waste_stock
from tests.support.correcting import SOON, at, begin, check, fill, items, ready, refresh, said, type_down
from tests.support.refund_views import button, press, words


@pytest.fixture
def stale(qtbot, open_at_desk, town, manager, refill):
    """Figures of chicken (38), oil (4) and rice (9) are typed; then come 10 chickens, and 500 g of rice go; then they are checked."""
    page = open_at_desk(StockPage, "manager")
    begin(qtbot, page)
    type_down(page, "38", "4", "9")
    receive_stock(manager, new_id(), town.chicken, 10, "")
    waste_stock(manager, new_id(), town.rice, 500, "Spoiled", "")
    refill()
    press(page, "Check 3 items")
    qtbot.waitUntil(page.correct.enter.stale.isVisible, timeout=SOON)
    return page


def row(page, name):
    [found] = [each for each in page.correct.enter.stale.rows if each.typed.item.name == name]
    return found


def test_each_says_what_was_seen_what_is_there_now_and_why_and_what_is_wanted(stale):
    assert "2 items changed since you typed. Nothing has been saved, and your other entries are as you left them." in words(stale)
    assert words(row(stale, "Chicken")) == [
        "Chicken", "You saw", "40 pcs", "Now", "50 pcs", "You want", "38 pcs",
        "Since then: delivery +10 pcs, Bisi Ojo. Setting it is recorded as −12 pcs.", "Set it to 38 pcs all the same", "Leave it at 50 pcs",
    ]  # fmt: skip
    assert "Since then: waste −0.5 kg, Bisi Ojo. Setting it is recorded as −0.5 kg." in words(row(stale, "Rice"))


def test_nothing_is_chosen_beforehand_and_all_must_be_decided(stale):
    assert "Decide for each one first: 2 left." in words(stale) and not button(stale, "Check again").isEnabled()
    press(row(stale, "Chicken"), "Set it to 38 pcs")
    assert "Decide for each one first: 1 left." in words(stale) and not button(stale, "Check again").isEnabled()
    press(row(stale, "Rice"), "Leave it at 9.5 kg")
    assert button(stale, "Check again").isEnabled()


def test_what_is_set_all_the_same_is_checked_against_what_is_there_now_and_what_is_left_is_dropped(qtbot, stale, scene, refill):
    press(row(stale, "Chicken"), "Set it to 38 pcs")
    press(row(stale, "Rice"), "Leave it at 9.5 kg")
    refill()
    press(stale, "Check again")
    qtbot.waitUntil(stale.correct.check.isVisible, timeout=SOON)
    assert items(stale) == [("Chicken", "50 pcs", "38 pcs", "−12 pcs"), ("Oil", "5 L", "4 L", "−1 L")]
    fill(stale)
    press(stale, "Correct 2 items")
    qtbot.waitUntil(lambda: scene.shelf(scene.town.chicken).on_hand == 38, timeout=SOON)
    assert (scene.shelf(scene.town.oil).on_hand, scene.shelf(scene.town.rice).on_hand) == (4000, 9500)


def test_escape_goes_back_to_the_figures_and_all_of_them_stand_there(qtbot, stale):
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    ready(qtbot, stale)
    refresh(qtbot, stale)
    assert said(stale, ENTRY) == [("38",), ("4",), ("9",)]
    assert said(stale, ON_HAND, REMARK) == [
        ("50 pcs\nyou saw 40 pcs", "Changed meanwhile\nto 50 pcs"), ("5 L", ""), ("9.5 kg\nyou saw 10 kg", "Changed meanwhile\nto 9.5 kg")
    ]  # fmt: skip


def test_where_all_is_left_as_it_is_the_rest_is_checked(qtbot, stale, refill):
    press(row(stale, "Chicken"), "Leave it at 50 pcs")
    press(row(stale, "Rice"), "Leave it at 9.5 kg")
    refill()
    press(stale, "Leave as it is and go on")
    qtbot.waitUntil(stale.correct.check.isVisible, timeout=SOON)
    assert items(stale) == [("Oil", "5 L", "4 L", "−1 L")]


def test_where_nothing_is_left_the_figures_stand_there_empty(qtbot, open_at_desk, town, manager):
    page = open_at_desk(StockPage, "manager")
    begin(qtbot, page)
    type_down(page, "38")
    receive_stock(manager, new_id(), town.chicken, 10, "")
    press(page, "Check 1 item")
    qtbot.waitUntil(page.correct.enter.stale.isVisible, timeout=SOON)
    press(page, "Leave it at 50 pcs")
    press(page, "Leave as it is and go on")
    ready(qtbot, page)
    assert "Nothing to correct yet" in words(page) and said(page, ENTRY)[0] == ("",)


def test_it_is_decided_by_keyboard_alone(qtbot, stale, refill):
    window = stale.windowHandle()
    assert row(stale, "Chicken").keep.hasFocus()
    refill()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Space):
        QTest.keyClick(window, key)
    while not button(stale, "Check again").hasFocus():
        QTest.keyClick(window, Qt.Key.Key_Tab)
    QTest.keyClick(window, Qt.Key.Key_Return)
    qtbot.waitUntil(stale.correct.check.isVisible, timeout=SOON)


def test_one_that_changes_again_is_asked_about_again(qtbot, stale, town, manager, refill):
    press(row(stale, "Chicken"), "Set it to 38 pcs")
    press(row(stale, "Rice"), "Set it to 9 kg")
    receive_stock(manager, new_id(), town.chicken, 1, "")
    refill()
    press(stale, "Check again")
    qtbot.waitUntil(lambda: "51 pcs" in words(stale), timeout=SOON)
    assert [each.typed.item.name for each in stale.correct.enter.stale.rows] == ["Chicken"]
    assert {"You saw", "50 pcs", "51 pcs", "38 pcs"} <= set(words(row(stale, "Chicken")))


def test_a_shelf_that_orders_were_cooked_from_names_them(qtbot, open_at_desk, scene):
    page = open_at_desk(StockPage, "manager")
    begin(qtbot, page)
    type_down(page, "38")
    order = scene.order(State.ACCEPTED, State.PREPARING, quantity=2)
    scene.refill()
    press(page, "Check 1 item")
    qtbot.waitUntil(page.correct.enter.stale.isVisible, timeout=SOON)
    assert f"Since then: cooked −2 pcs, order {order.number}. Setting it is recorded as 0 pcs." in words(page)


def test_an_order_that_only_holds_makes_no_figure_stale(qtbot, open_at_desk, scene):
    page = open_at_desk(StockPage, "manager")
    begin(qtbot, page)
    type_down(page, "38")
    scene.order(quantity=2)
    scene.refill()
    check(qtbot, page)
    assert items(page) == [("Chicken", "40 pcs", "38 pcs", "−2 pcs")] and at(page)[0] == "Oil"
