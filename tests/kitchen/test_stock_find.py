"""Finding an item: by its name without marks, by filters, by keys alone, by its barcode."""

import pytest
from PySide6.QtCore import Qt

from core.base.identifiers import new_id
from core.qt.scanner import Scanner
from core.stock import count_stock, receive_stock
from kitchen_app.stock.model import Filter


def test_names_are_sorted_for_people_whatever_marks_they_bear(stocked, counter):
    assert counter.names() == [
        "<img src='http://x/y'> & <b>bold</b>", "Chicken", "ɗan wake", "Ẹ̀bà (gari)", "Ẹ̀gúsí, ground", "Fufu", "Ofada rice",
        "Ọ̀gbọ̀nọ̀", "Oil", "Rice", "zobo",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("egusi", ["Ẹ̀gúsí, ground"]),
        ("EGÚSÍ gro", ["Ẹ̀gúsí, ground"]),
        ("dan", ["ɗan wake"]),
        ("ogbono", ["Ọ̀gbọ̀nọ̀"]),
        ("freezer", ["Chicken"]),
        ("615110000002", ["Fufu"]),
        ("rice ofada", ["Ofada rice"]),
        ("  ", None),
        ("<b>", ["<img src='http://x/y'> & <b>bold</b>"]),
    ],
)
def test_an_item_is_found_by_name_place_or_barcode_typed_without_marks(stocked, counter, typed, found):
    counter.shelf.search.setText(typed)
    assert counter.names() == found or (found is None and len(counter.names()) == 11)


def test_filters_count_and_show_what_is_low_out_or_changed_today(stocked, counter, town, cook, owner_connection):
    count_stock(cook, new_id(), town.oil, 0, 1, "")
    count_stock(cook, new_id(), town.rice, 1000, 1, "")
    owner_connection.execute("ALTER TABLE app.stock_movements DISABLE TRIGGER movements_are_for_ever")
    owner_connection.execute("UPDATE app.stock_movements SET at = at - interval '2 days' WHERE kind = 'opening'")
    owner_connection.execute("ALTER TABLE app.stock_movements ENABLE TRIGGER movements_are_for_ever")
    counter.reload()
    chips = counter.shelf.chips
    assert [push.text() for push in chips.values()] == ["All  11", "Low  2", "Out  1", "Changed today  2"]
    for only, names in ((Filter.LOW, ["Oil", "Rice"]), (Filter.OUT, ["Oil"]), (Filter.CHANGED, ["Oil", "Rice"])):
        chips[only].click()
        assert counter.names() == names


def test_nothing_matching_says_so_and_shows_all_again_at_one_touch(stocked, counter):
    counter.shelf.search.setText("no such thing")
    message = counter.shelf.message
    assert message.isVisible()
    assert message.detail.text() == "No item's name, place or barcode holds “no such thing”."
    message.act.click()
    assert len(counter.names()) == 11
    assert counter.shelf.cards.isVisible()
    counter.shelf.chips[Filter.OUT].click()
    assert message.detail.text() == "No item is under “Out” now."


def test_under_a_filter_what_no_longer_matches_stays_and_what_newly_matches_comes_last(counter, town, cook):
    count_stock(cook, new_id(), town.rice, 1000, 1, "")
    counter.reload()
    counter.shelf.chips[Filter.LOW].click()
    assert counter.names() == ["Rice"]
    receive_stock(cook, new_id(), town.rice, 9000, "")
    count_stock(cook, new_id(), town.chicken, 3, 1, "")
    counter.reload()
    assert counter.names() == ["Rice", "Chicken"]
    counter.shelf.chips[Filter.LOW].click()
    assert counter.names() == ["Chicken"]


def test_the_board_is_worked_by_keys_alone(stocked, counter):
    cards = counter.shelf.cards
    assert cards.hasFocus()
    counter.press(Qt.Key.Key_Right)
    counter.press(Qt.Key.Key_Down)
    assert counter.panel.item.name == counter.names()[cards.currentIndex().row()] == "Fufu"
    counter.press(Qt.Key.Key_Return)
    assert counter.form.amount.line.hasFocus()
    counter.press(Qt.Key.Key_Escape)
    assert cards.hasFocus()
    counter.press(Qt.Key.Key_Slash)
    assert counter.shelf.search.hasFocus()
    assert counter.shelf.search.text() == ""
    counter.keys("fuf")
    counter.press(Qt.Key.Key_Return)
    assert cards.hasFocus()
    assert counter.panel.item.name == "Fufu"
    counter.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert counter.shelf.search.hasFocus()
    counter.press(Qt.Key.Key_Escape)
    assert counter.shelf.search.text() == ""
    counter.press(Qt.Key.Key_Down)
    assert cards.hasFocus()
    counter.press(Qt.Key.Key_Up)
    counter.press(Qt.Key.Key_Return)
    assert counter.panel.item.name == "Chicken"


def test_enter_opens_the_card_that_only_has_the_focus(counter):
    assert counter.panel.nothing.isVisible()
    counter.press(Qt.Key.Key_Return)
    assert counter.panel.item.name == "Chicken"
    assert counter.form.amount.line.hasFocus()


@pytest.fixture
def scan(qapp, qtbot, counter):
    """Read a barcode as a scanner does: very fast, with Enter at the end, into whatever has the focus."""
    scanner = Scanner(gap=200)  # a busy machine types our bursts no faster
    scanner.scanned.connect(counter.stock.scanned)
    qapp.installEventFilter(scanner)

    def scan(code):
        qtbot.wait(250)  # whoever typed before was slower
        counter.keys(code)
        counter.press(Qt.Key.Key_Return)

    yield scan
    qapp.removeEventFilter(scanner)


def test_a_scanned_barcode_chooses_its_item_wherever_the_focus_is_and_leaves_no_digits(counter, town, scan):
    counter.choose(town.oil)
    counter.panel.focus_amount()
    counter.keys("3")
    scan("6009001001")
    assert counter.panel.item.id == town.rice
    assert counter.form.amount.line.text() == ""
    assert counter.form.amount.line.hasFocus()
    counter.choose(town.oil)
    assert counter.form.amount.line.text() == "3"


def test_a_scan_finds_what_search_and_filter_hide(counter, town, scan):
    counter.shelf.chips[Filter.OUT].click()
    counter.shelf.search.setFocus()
    scan("6009001001")
    assert counter.shelf.search.text() == ""
    assert counter.shelf.selected().id == town.rice


def test_an_unknown_barcode_is_named_and_the_field_is_clear_again(counter, scan):
    counter.shelf.search.setFocus()
    scan("999000111222")
    assert counter.shelf.notice.title.text() == "No item with barcode 999000111222"
    assert counter.shelf.search.text() == ""
    assert counter.names() == ["Chicken", "Oil", "Rice"]


def test_a_scan_while_a_dialog_asks_changes_nothing(counter, town, scan):
    counter.choose(town.oil)
    counter.panel.recent.everything.click()
    counter.rest()
    scan("6009001001")
    assert counter.panel.item.id == town.oil
    counter.dialog.reject()
