"""Many figures of stock at once, step 1: typed straight down the column, kept whatever happens, and moved by nobody but the person."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from admin_app.stock import StockPage
from admin_app.stock.correct_columns import DIFFERENCE, ENTRY, NAME, ON_HAND, REMARK
from core.base.identifiers import new_id
from core.stock import add_stock_items, receive_stock
from tests.support.correcting import at, begin, key, ready, refresh, said, table, type_down
from tests.support.refund_views import button, press, words


def foot(page):
    return page.correct.enter.typing.foot


@pytest.mark.parametrize(("who", "may"), [("manager", True), ("owner", True), ("support", False), ("finance", False), ("auditor", False)])
def test_it_is_offered_to_managers_and_owners_alone(open_at_desk, town, who, may):
    assert ("Correct many …" in words(open_at_desk(StockPage, who))) == may


def test_figures_are_typed_straight_down_and_the_difference_stands_beside_each(correct):
    page = correct()
    assert at(page) == ("Chicken", "")
    type_down(page, "38", "", "12.5")
    assert said(page, NAME, ON_HAND, ENTRY, DIFFERENCE) == [
        ("Chicken", "40 pcs", "38", "−2 pcs"), ("Oil", "5 L", "", ""), ("Rice", "10 kg", "12.5", "+2.5 kg")
    ]  # fmt: skip
    assert {"2 items to correct", "Check 2 items", "Correct many in Yaba", "Step 1 of 2"} <= set(words(page))
    assert button(page, "Check 2 items").hasFocus()  # the last row is done


def test_up_and_down_lead_through_the_rows_and_tab_out_of_the_table(correct):
    page = correct()
    type_down(page, "38")
    key(page, Qt.Key.Key_Down)
    assert at(page) == ("Rice", "")
    key(page, Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert at(page) == ("Chicken", "38")
    key(page, Qt.Key.Key_Up)
    assert at(page) == ("Chicken", "38")
    key(page, Qt.Key.Key_Tab)
    assert table(page).titles.hasFocus()
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_Tab)
    assert button(page, "Check 1 item").hasFocus()
    for _ in range(2):
        QTest.keyClick(page.windowHandle(), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        QApplication.processEvents()
    assert at(page) == ("Chicken", "38")


def test_a_click_anywhere_in_a_row_lets_its_figure_be_typed(qtbot, correct):
    page = correct()
    view = table(page).view
    middle = view.visualRect(table(page).model.index(2, NAME)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    ready(qtbot, page)
    assert at(page) == ("Rice", "")


def test_escape_takes_back_what_was_typed_last_and_then_leaves_and_all_of_it_stays(qtbot, correct):
    page = correct()
    type_down(page, "38")
    QTest.keyClicks(table(page).editor, "4")
    key(page, Qt.Key.Key_Escape)
    assert at(page) == ("Oil", "") and said(page, ENTRY)[1] == ("",)
    key(page, Qt.Key.Key_Escape)
    assert "Correct many …" in words(page) and page.filters.search.hasFocus()
    begin(qtbot, page)
    assert said(page, ENTRY) == [("38",), ("",), ("",)] and at(page) == ("Oil", "")


def test_what_cannot_be_meant_keeps_the_button_off_and_says_why(correct):
    page = correct()
    for typed, why in (
        ("1,5", "Chicken: “1,5” can be read in two ways: write 1250 without a comma, or 1.25 with a point."),
        ("1.5", "Chicken: This is counted in whole pieces."),
        ("6009001001001", "Chicken: “6009001001001” is more than a shelf can hold. Was it a barcode?"),
    ):
        table(page).editor.selectAll()
        QTest.keyClicks(table(page).editor, typed)
        assert why in words(page) and table(page).editor.accessibleDescription() == why.removeprefix("Chicken: ")
        assert said(page, DIFFERENCE, REMARK)[0] == ("", "Not possible") and not foot(page).act.isEnabled()


def test_a_figure_as_it_is_corrects_nothing(correct):
    page = correct()
    type_down(page, "40")
    assert said(page, DIFFERENCE, REMARK)[0] == ("0 pcs", "As it is")
    assert "Nothing to correct yet" in words(page) and not button(page, "Check").isEnabled()


def test_less_than_orders_hold_is_said_before_it_is_checked(qtbot, correct, scene):
    scene.order(quantity=5)
    page = correct()
    type_down(page, "3")
    assert said(page, REMARK)[0] == ("Orders hold 5 pcs\n2 pcs short",)


def test_a_change_meanwhile_is_marked_on_the_row_and_moves_nothing_under_the_hand(qtbot, correct, town, manager, owner):
    page = correct()
    type_down(page, "38")
    QTest.keyClicks(table(page).editor, "4.2")
    receive_stock(manager, new_id(), town.chicken, 10, "")
    receive_stock(manager, new_id(), town.oil, 1000, "")
    add_stock_items(owner, new_id(), town.yaba, [new_id()], ["Ata"], ["Store"], [None], ["kg"], [1000], [0], [1000], [500])
    refresh(qtbot, page)
    assert said(page, NAME, ON_HAND, REMARK) == [
        ("Chicken", "50 pcs\nyou saw 40 pcs", "Changed meanwhile\nto 50 pcs"), ("Oil", "6 L\nyou saw 5 L", "Changed meanwhile\nto 6 L"),
        ("Rice", "10 kg", ""), ("Ata", "0.5 kg", ""),
    ]  # fmt: skip
    assert at(page) == ("Oil", "4.2") and table(page).editor.cursorPosition() == 3
    assert said(page, DIFFERENCE)[0] == ("−12 pcs",)
    assert "2 items changed meanwhile: you decide about them when you check." in words(page)
    QTest.keyClicks(table(page).editor, "5")
    assert said(page, ON_HAND, ENTRY)[1] == ("6 L\nyou saw 5 L", "4.25")


def test_who_empties_a_figure_and_types_it_again_has_looked_again(qtbot, correct, town, manager):
    page = correct()
    type_down(page, "38")
    receive_stock(manager, new_id(), town.chicken, 10, "")
    refresh(qtbot, page)
    key(page, Qt.Key.Key_Up, Qt.Key.Key_Backspace)
    QTest.keyClicks(table(page).editor, "48")
    assert said(page, ON_HAND, DIFFERENCE, REMARK)[0] == ("50 pcs", "−2 pcs", "")


def test_a_barcode_leads_to_its_item_and_back_for_the_next_one(qtbot, correct):
    page = correct()
    bar = page.correct.enter.typing.bar
    bar.search.setFocus()
    QTest.keyClicks(bar.search, "6009001001")
    QTest.keyClick(bar.search, Qt.Key.Key_Return)
    ready(qtbot, page)
    assert at(page) == ("Rice", "")
    type_down(page, "9")
    assert bar.search.hasFocus() and bar.search.selectedText() == "6009001001"


def test_only_what_was_typed_can_be_shown_and_nothing_found_offers_all(qtbot, correct):
    page = correct()
    type_down(page, "38", "", "9")
    press(page, "Typed 2")
    assert said(page, NAME) == [("Chicken",), ("Rice",)]
    page.correct.enter.typing.bar.search.setText("cassava")
    qtbot.waitUntil(lambda: "Nothing found" in words(page))
    press(page, "Show all items")
    assert said(page, NAME, ENTRY) == [("Chicken", "38"), ("Oil", ""), ("Rice", "9")]


def test_rows_are_sorted_when_the_person_asks_and_the_typing_goes_on_in_the_same_row(qtbot, correct):
    page = correct()
    type_down(page, "38")
    table(page).titles.setSortIndicator(NAME, Qt.SortOrder.DescendingOrder)
    ready(qtbot, page)
    assert said(page, NAME) == [("Rice",), ("Oil",), ("Chicken",)]
    assert at(page) == ("Oil", "")


def test_one_correction_is_for_one_kitchen_and_the_figures_of_each_are_kept(qtbot, open_at_desk, town):
    page = open_at_desk(StockPage, "owner")
    press(page, "Correct many …")
    assert {"Choose a kitchen above", "One correction is for the shelves of one kitchen."} <= set(words(page))
    picker = page.correct.enter.typing.bar.kitchen
    assert picker.box.hasFocus()
    picker.choose(town.lekki)
    table(page).begin()
    ready(qtbot, page)
    type_down(page, "5.5")
    picker.choose(town.yaba)
    assert said(page, NAME, ENTRY) == [("Chicken", ""), ("Oil", ""), ("Rice", "")] and "Nothing to correct yet" in words(page)
    picker.choose(town.lekki)
    assert said(page, NAME, ENTRY) == [("Beans", "5.5")] and "Check 1 item" in words(page)
