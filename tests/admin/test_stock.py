"""The office's stock page: every shelf, found, sorted, counted and followed live, without moving it under whoever reads."""

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from admin_app.stock import StockPage
from core.base.identifiers import new_id
from core.orders import place_order
from core.stock import Level, add_stock_items, count_stock, receive_stock, waste_stock
from tests.admin.conftest import choose, names, rows, tell

ITEM, AVAILABLE = 1, 3


@pytest.fixture
def page(open_at_desk, town):
    return open_at_desk(StockPage, "support")


def press(widget, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(widget, key, modifier)


def test_every_shelf_of_every_kitchen_stands_there_with_its_figures_and_units(page):
    assert names(page, ITEM) == ["Beans", "Chicken", "Oil", "Rice"]
    beans, chicken, *_ = rows(page)
    assert beans[:7] == ["Lekki", "Beans", "Store", "6 kg", "6 kg", "0 kg", "1 kg"]
    assert chicken[:7] == ["Yaba", "Chicken", "Freezer", "40 pcs", "40 pcs", "0 pcs", "8 pcs"]
    assert beans[7] == "Never"
    assert beans[8].startswith("Ada Eze\n") and beans[8].endswith(" · +6")
    assert page.head.count.text() == "4 items"


def test_low_out_and_short_are_said_in_words_counted_and_filtered(qtbot, page, town, manager, ordering):
    waste_stock(manager, new_id(), town.chicken, 33, "Spoiled", "")
    waste_stock(manager, new_id(), town.oil, 5000, "Spoiled", "")
    place_order(ordering, new_id(), town.lekki, town.customer, [town.moi_moi], [2], "")
    tell(page, "stock")
    qtbot.waitUntil(lambda: page.filters.chips[Level.LOW].text() == "Low 1")
    assert names(page, AVAILABLE) == ["5.7 kg", "7 pcs\nLow", "0 L\nOut", "10 kg"]
    assert [push.text() for push in page.filters.chips.values()] == ["Low 1", "Out 1", "Short 0"]
    page.filters.chips[Level.OUT].click()
    assert names(page, ITEM) == ["Oil"]
    assert page.head.count.text() == "1 of 4 items"
    page.filters.chips[Level.LOW].click()
    assert names(page, ITEM) == ["Chicken", "Oil"]


def test_what_is_short_is_out_too_and_its_kitchens_card_counts_it(qtbot, page, town, manager, ordering):
    place_order(ordering, new_id(), town.yaba, town.customer, [town.jollof], [3], "")
    count_stock(manager, new_id(), town.chicken, 1, 1, "")
    tell(page, "stock")
    qtbot.waitUntil(lambda: "Short 1" in page.filters.chips[Level.SHORT].text())
    assert names(page, AVAILABLE)[1] == "−2 pcs\nShort"
    assert page.filters.chips[Level.OUT].text() == "Out 1"
    assert [card.accessibleName() for card in page.summary.cards.values()] == ["Lekki, All fine", "Yaba, 1 Out"]


def test_a_kitchens_card_and_the_box_show_that_kitchen_alone_and_a_second_click_shows_all(page, town):
    page.summary.cards[town.lekki].click()
    assert names(page, ITEM) == ["Beans"]
    assert page.filters.kitchen.box.currentText() == "Lekki"
    page.summary.cards[town.lekki].click()
    assert len(page.model.rows) == 4
    page.filters.kitchen.choose(town.yaba)
    assert names(page, ITEM) == ["Chicken", "Oil", "Rice"]
    assert page.summary.cards[town.yaba].isChecked()


def test_a_search_needs_no_accents_and_looks_at_place_and_barcode_too(qtbot, page, town, owner):
    add_stock_items(owner, new_id(), town.yaba, [new_id()], ["Ọ̀gbọ̀nọ̀"], ["Àjà 2"], [None], ["kg"], [1000], [0], [1000], [500])
    tell(page, "stock")
    qtbot.waitUntil(lambda: len(page.model.rows) == 5)
    for words, found in (("OGBONO", ["Ọ̀gbọ̀nọ̀"]), ("aja", ["Ọ̀gbọ̀nọ̀"]), ("6009001", ["Rice"]), ("yaba oil", ["Oil"])):
        page.filters.search.setText(words)
        qtbot.waitUntil(lambda found=found: names(page, ITEM) == found)


def test_nothing_found_offers_to_clear_the_filters(qtbot, page):
    page.filters.search.setText("cassava")
    qtbot.waitUntil(lambda: not page.listing.has_rows)
    assert page.listing.notice.title.text() == "Nothing found"
    page.listing.notice.act.click()
    assert len(page.model.rows) == 4
    assert page.filters.search.text() == ""


def test_without_any_stock_the_page_says_so(open_at_desk):
    assert open_at_desk(StockPage, "support").listing.notice.title.text() == "No stock yet"


def test_figures_are_sorted_as_figures_by_click_and_by_keyboard(page):
    header = page.header
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=header.viewport().rect().topLeft() + _middle(header, AVAILABLE))
    assert names(page, AVAILABLE) == ["5 L", "6 kg", "10 kg", "40 pcs"]
    header.setFocus()
    press(header, Qt.Key.Key_Right)
    press(header, Qt.Key.Key_Right)
    press(header, Qt.Key.Key_Right)
    press(header, Qt.Key.Key_Space)
    assert names(page, AVAILABLE) == ["40 pcs", "10 kg", "6 kg", "5 L"]
    assert header.accessibleDescription() == "Available"


def _middle(header, section):
    at = header.rect().topLeft()
    at.setX(header.sectionPosition(section) + header.sectionSize(section) // 2)
    at.setY(header.height() // 2)
    return at


def test_a_change_is_seen_in_place_and_moves_nothing_while_somebody_reads(qtbot, page, town, manager):
    page.header.setSortIndicator(AVAILABLE, Qt.SortOrder.AscendingOrder)
    choose(page, 1)
    receive_stock(manager, new_id(), town.oil, 20_000, "")
    tell(page, "stock")
    qtbot.waitUntil(lambda: names(page, AVAILABLE)[0] == "25 L")
    assert names(page, ITEM) == ["Oil", "Beans", "Rice", "Chicken"]
    assert page.listing.view.currentIndex().row() == 1
    assert page.head.news.isVisible() and page.head.news.text() == "Sort again"
    page.head.news.click()
    assert names(page, ITEM) == ["Beans", "Rice", "Oil", "Chicken"]
    assert page.listing.view.currentIndex().row() == 0  # still the beans
    assert page.head.news.isHidden()


def test_whoever_lets_go_of_the_row_gets_the_order_of_now(qtbot, page, town, manager):
    page.header.setSortIndicator(AVAILABLE, Qt.SortOrder.AscendingOrder)
    choose(page, 1)
    receive_stock(manager, new_id(), town.oil, 20_000, "")
    tell(page, "stock")
    qtbot.waitUntil(lambda: names(page, AVAILABLE)[0] == "25 L")
    press(page.listing.view, Qt.Key.Key_Escape)
    assert names(page, ITEM) == ["Beans", "Rice", "Oil", "Chicken"]


def test_enter_opens_the_details_with_the_movements_and_escape_closes_them(qtbot, page, town, manager):
    receive_stock(manager, new_id(), town.oil, 20_000, "From Mile 12")
    tell(page, "stock")
    qtbot.waitUntil(lambda: names(page, AVAILABLE)[2] == "25 L")
    choose(page, 2)
    press(page.listing.view, Qt.Key.Key_Return)
    detail = page.listing.detail
    qtbot.waitUntil(lambda: len(detail.movements.rows.rows) == 2)
    assert (detail.title.text(), detail.figure.text(), detail.full_at.text()) == ("Oil", "25 L", "10 L")
    newest = detail.movements.rows.index(0, 0).data()
    assert newest.startswith("Delivery, +20, 25 on hand, Bisi Ojo · ") and newest.endswith("From Mile 12")
    press(detail, Qt.Key.Key_Escape)
    assert detail.isHidden()
    assert page.listing.view.currentIndex().isValid()
    press(page.listing.view, Qt.Key.Key_Escape)
    assert not page.listing.view.currentIndex().isValid()


def test_movements_come_page_by_page_and_a_new_one_appears_above_them(qtbot, page, town, owner_connection, manager, refill):
    for number in range(120):
        if number % 20 == 0:
            refill()
        receive_stock(manager, new_id(), town.oil, 1, str(number))
    tell(page, "stock")
    qtbot.waitUntil(lambda: names(page, AVAILABLE)[2] == "5.12 L")
    choose(page, 2)
    page.listing.open_current()
    movements = page.listing.detail.movements
    qtbot.waitUntil(lambda: len(movements.rows.rows) == 50)
    for there in (100, 121):
        movements.scrollToBottom()
        qtbot.waitUntil(lambda there=there: len(movements.rows.rows) == there)
    assert [row.number for row in movements.rows.rows] == list(range(121, 0, -1))
    refill()
    receive_stock(manager, new_id(), town.oil, 1, "the newest")
    tell(page, "stock")
    qtbot.waitUntil(lambda: len(movements.rows.rows) == 122)
    assert movements.rows.rows[0].note == "the newest"


def test_an_export_holds_what_is_shown_or_all_of_it_and_no_formula(qtbot, open_at_desk, town, owner, tmp_path):
    add_stock_items(owner, new_id(), town.yaba, [new_id()], ["=1+1"], ["Store"], [None], ["kg"], [1000], [0], [1000], [500])
    file = tmp_path / "stock.csv"
    page = open_at_desk(StockPage, "support", ask=lambda parent, suggested: str(file))
    page.filters.kitchen.choose(town.yaba)
    with qtbot.waitSignal(page.said) as told:
        page.head.export_shown.emit()
    assert told.args == ["4 rows exported", str(file)]
    with qtbot.waitSignal(page.said):
        page.head.export_all.emit()
    with file.open(encoding="utf-8-sig", newline="") as opened:
        titles, *written = csv.reader(opened)
    assert titles[:7] == ["Kitchen", "Item", "Place", "Barcode", "Unit", "Available", "On hand"]
    assert [cells[1] for cells in written] == ["Beans", "'=1+1", "Chicken", "Oil", "Rice"]
    assert written[-1][3:10] == ["6009001001", "kg", "10", "10", "0", "2", "Enough"]
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_cannot_be_written_is_said_where_the_person_acted(qtbot, open_at_desk, town, tmp_path):
    page = open_at_desk(StockPage, "support", ask=lambda parent, suggested: str(tmp_path / "no folder" / suggested))
    page.head.export_all.emit()
    qtbot.waitUntil(page.head.trouble.isVisible)
    assert "could not be written" in page.head.trouble.words.text()


def test_what_cannot_be_read_says_why_and_tries_again_when_asked(qtbot, open_at_desk, town, owner_connection):
    owner_connection.execute("REVOKE SELECT ON api.stock FROM support")
    page = open_at_desk(StockPage, "support")
    notice = page.listing.notice
    qtbot.waitUntil(lambda: notice.title.text() == "The stock could not be read")
    assert notice.sentence.text() == "This login may not do that."
    owner_connection.execute("GRANT SELECT ON api.stock TO support")
    notice.act.click()
    qtbot.waitUntil(lambda: len(page.model.rows) == 4)


def test_details_that_could_not_be_read_are_read_when_it_is_possible_again(qtbot, page, owner_connection):
    owner_connection.execute("REVOKE SELECT ON api.stock_movements FROM support")
    choose(page, 0)
    page.listing.open_current()
    detail = page.listing.detail
    qtbot.waitUntil(detail.trouble.isVisible)
    assert detail.trouble.text() == "The details could not be read. This login may not do that."
    owner_connection.execute("GRANT SELECT ON api.stock_movements TO support")
    tell(page, "stock")
    qtbot.waitUntil(lambda: len(detail.movements.rows.rows) == 1)
    assert detail.trouble.isHidden()


def test_offline_the_figures_say_of_when_they_are(page, line):
    assert page.head.age.isHidden()
    line._take("offline", line.now(), None)
    assert page.head.age.words.text().startswith("as of ")
    line._take("live", line.now(), None)
    assert page.head.age.isHidden()
