"""The pieces of every screen: words stay words, targets are large enough, the focus can be seen, everything has a name."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from core.base.quantity import shown, smallest
from core.qt import theme
from core.qt.form import AmountField, Choice, Field, Search, choices, combo, entry
from core.qt.widgets import Elided, Note, Pill, button, chip, column, label, menu, note, page, picture, pill, row, set_tone
from tests.support.looks import cut, draw, faults, unnamed

NAUGHTY = "<b>Rice</b> & <img src=x onerror=alert(1)>"


@pytest.fixture(params=["light", "dark"])
def dressed(request, qapp):
    theme.follow(qapp, request.param)
    return request.param


@pytest.fixture
def show(qtbot, dressed):
    """Show a layout as a page, in both themes: `show(row(…))`."""
    grounds = []  # a child does not keep its parent

    def show(layout, width=900, height=300):
        ground = page(layout)
        grounds.append(ground)
        qtbot.addWidget(ground)
        ground.resize(width, height)
        with qtbot.waitActive(ground):
            ground.show()
            ground.activateWindow()
        return ground

    return show


def pixel(widget, x, y):
    return widget.grab().toImage().pixelColor(x, y).name()


@pytest.mark.parametrize("kind, size", [("primary", "touch_large"), ("primary", "admin"), ("danger", "touch")])
def test_a_filled_button_shows_its_focus_with_ground_between_ring_and_fill(show, kind, size):
    push = button("Save 20 kg", kind, size)
    ground = show(column(push, row(entry()), margins=(20, 20, 20, 20)))
    push.setFocus()
    assert push.hasFocus()
    middle = push.geometry().center().y()
    ring, gap, fill = (pixel(ground, push.x() + inwards, middle) for inwards in (0, 3, 8))
    assert (ring, gap, fill) == (theme.colour("focus").name(), theme.colour("bg").name(), theme.colour(kind).name())


def test_a_chosen_filter_shows_its_focus_the_same_way(show):
    switch = chip("All 16", "touch")
    ground = show(column(switch, row(entry()), None, margins=(20, 20, 20, 20)))
    switch.setChecked(True)
    switch.setFocus()
    middle = switch.geometry().center().y()
    assert pixel(ground, switch.x() + 1, middle) == theme.colour("focus").name()
    assert pixel(ground, switch.x() + 3, middle) == theme.colour("bg").name()


def test_a_plain_and_a_ghost_button_have_an_outline(show):
    plain, ghost = button("Use 11.5"), button("Undo", "ghost")
    ground = show(column(row(plain, ghost, None), row(entry()), None, margins=(20, 20, 20, 20)))
    ground.setFocus()
    for push in (plain, ghost):
        assert pixel(ground, push.x(), push.geometry().center().y()) == theme.colour("borderStrong").name()


@pytest.mark.parametrize("size, height", [("admin", 44), ("bar", 48), ("touch", 56), ("touch_large", 64)])
@pytest.mark.parametrize("kind", [None, "primary", "danger", "ghost"])
def test_buttons_are_as_high_as_their_place_asks_and_do_not_move_when_focused(show, kind, size, height):
    push = button("Save", kind, size)
    show(column(row(push, None), row(entry()), None))
    before = push.geometry()
    push.setFocus()
    QApplication.processEvents()
    assert push.height() == height
    assert push.geometry() == before


def test_enter_presses_the_button_that_has_the_focus_and_no_other(qtbot, show):
    push, line = button("Refund", "danger"), entry()
    ground = show(column(push, line))
    dialog = QDialog(ground)  # where Qt would press a button from wherever the focus is
    dialog.setLayout(column(push, line))
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    pressed = []
    push.clicked.connect(lambda: pressed.append(1))
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert pressed == []
    push.setFocus()
    qtbot.keyClick(push, Qt.Key.Key_Return)
    assert pressed == [1]


def test_who_slides_off_a_choice_has_not_picked_it(qtbot, show):
    way = Choice("Set it to 20 kg", "", "20 kg")
    show(choices(way))
    qtbot.mousePress(way, Qt.MouseButton.LeftButton)
    qtbot.mouseRelease(way, Qt.MouseButton.LeftButton, pos=QPoint(-20, -20))
    assert not way.radio.isChecked()


@pytest.mark.parametrize("make", [label, Elided, button, chip, Pill, Note])
def test_a_name_that_holds_markup_or_an_ampersand_stays_a_name(qtbot, make):
    made = make(NAUGHTY)
    qtbot.addWidget(made)
    shown = getattr(made, "words", made)
    assert shown.text().replace("&&", "&") == NAUGHTY
    assert not hasattr(shown, "textFormat") or shown.textFormat() is Qt.TextFormat.PlainText
    assert not hasattr(shown, "shortcut") or shown.shortcut().isEmpty()


def test_a_tone_changes_what_is_on_screen_at_once(show):
    words = label("Matches the total.", 15, 400, "muted")
    show(row(words))
    set_tone(words, "danger")
    assert words.palette().color(words.foregroundRole()) == theme.colour("dangerText")


def test_icons_follow_the_theme_by_themselves(show, qapp):
    drawn = picture("circle-check", "ok", 24)
    show(row(drawn, None))
    before = drawn.grab().toImage()
    theme.apply(qapp, theme.choice() == "light")
    assert drawn.grab().toImage() != before


def test_an_entry_is_called_by_its_label_and_says_below_what_is_wrong(show):
    field = Field("Reason", entry(example="What happened"), "One sentence is enough.")
    show(column(field))
    assert unnamed(field) == []
    field.complain("Type this first.")
    assert field.sentence.text() == "Type this first."
    assert field.editor.accessibleDescription() == "Type this first."
    assert field.editor.property("state") == "bad"
    field.clear()
    assert field.sentence.text() == "One sentence is enough."


@pytest.fixture
def amount(show):
    field = AmountField("New amount (kg)", lambda text: smallest(text, 1000), lambda quantity: shown(quantity, 1000), step=1000)
    show(column(field, None), 360)
    return field


def test_an_amount_moves_by_buttons_and_arrows_and_never_below_nothing(qtbot, amount):
    amount.set_value(11_500)
    assert amount.line.text() == "11.5"
    amount.more.click()
    qtbot.keyClick(amount, Qt.Key.Key_Up)
    assert amount.value == 13_500
    amount.set_value(500)
    amount.less.click()
    assert amount.value == 0


def test_what_is_no_amount_is_no_value_and_says_why(qtbot, amount):
    amount.line.clear()
    qtbot.keyClicks(amount.line, "1,25")
    assert amount.value is None
    assert "two ways" in amount.why_not


def test_a_choice_row_is_picked_by_a_click_anywhere_on_it_and_lets_go_of_the_others(qtbot, show):
    ways = [Choice("Add my +2 kg", "Use this for a delivery.", "13.5 kg"), Choice("Set it to 20 kg", "", "20 kg")]
    show(choices(*ways))
    assert [way.radio.isChecked() for way in ways] == [False, False]
    with qtbot.waitSignal(ways[1].picked):
        qtbot.mouseClick(ways[1], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(ways[0], Qt.MouseButton.LeftButton)
    assert [way.radio.isChecked() for way in ways] == [True, False]
    assert all(way.height() >= 72 for way in ways)


def test_a_search_is_emptied_by_escape_or_its_cross(qtbot, show):
    search = Search("Find an item", "Find an item or scan a barcode", "touch")
    show(row(search))
    for empty in (lambda: qtbot.keyClick(search, Qt.Key.Key_Escape), search._cross.click):
        search.setText("rice")
        empty()
        assert search.text() == ""


def test_a_wheel_over_a_box_changes_nothing(qtbot, show):
    box = combo(["Delivery received", "Counted by hand"], "touch")
    show(column(Field("Reason", box), None))
    turned = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, turned)
    assert box.currentText() == "Delivery received"


def test_everything_in_a_form_is_named_large_enough_and_uncut_also_with_long_words(show, dressed):
    long = "Ìwọ̀n tuntun tí ó wà nínú àpótí ní ilé ìdáná lónìí"
    field = AmountField(long, int, str)
    parts = column(
        Search("Find an item", "Find an item or scan a barcode", "touch"),
        row(chip("All 16", "touch"), chip(f"{long} 11", "touch"), None),
        Field(long, field),
        Field("Reason", combo(["Delivery received"], "touch"), "You and the time are recorded."),
        choices(Choice(long, long, "13.5 kg"), Choice("Leave it as it is now", "Your change is thrown away.", "11.5 kg")),
        row(button("Back to editing", None, "touch_large"), None, button("Save 13.5 kg", "primary", "touch_large")),
        row(pill("Live", "ok", "wifi"), pill("Offline since 12:39", "danger", "wifi-off"), None),
        note(long * 3, "warn", "triangle-alert"),
        margins=(24, 24, 24, 24),
    )  # fmt: skip
    ground = show(parts, 900, 760)
    draw(ground, f"form-{dressed}")
    assert faults(ground, 48) == []


def test_cut_words_are_found(show):
    words = label("These words need more room than they have")
    words.setFixedWidth(80)
    assert cut(show(row(words, None))) != []


def test_a_menu_has_round_corners_only_where_they_can_be_see_through(qtbot, dressed):
    owner = page(row())
    qtbot.addWidget(owner)
    assert isinstance(menu(owner), QMenu)
    assert menu(owner).testAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
