"""The conflict dialog: a count or a correction met a shelf that had changed. A person decides; nothing is saved before."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from core.base.identifiers import new_id
from core.orders import State
from core.qt import theme
from core.qt.rehearsal import picture
from core.stock import Kind, count_stock, movements, receive_stock, waste_stock
from tests.support.looks import faults, save


def last(db, item_id):
    return movements(db, item_id, limit=1)[0]


def texts(dialog):
    return [" ".join(label.text().split()) for label in dialog.findChildren(QLabel) if label.text() and label.isVisible()]


@pytest.fixture
def conflict(counter, town):
    """Count rice as 12 kg after others did something to the 10 kg that were seen: `conflict(lambda: …)` returns the dialog."""

    def conflict(others, typed="12", kind="count", reason=""):
        counter.choose(town.rice)
        counter.happened(kind)
        counter.type(typed, reason=reason)
        others()
        counter.save()
        return counter.dialog

    yield conflict
    counter.rest()


@pytest.fixture
def spoiled(cook, town, scene):
    """Cook two orders (2 kg of rice) and let the cook throw away 0.5 kg."""

    def spoiled():
        orders = [scene.order(State.ACCEPTED, State.PREPARING, quantity=5) for _ in range(2)]
        waste_stock(cook, new_id(), town.rice, 500, "Spoiled", "")
        spoiled.orders = ", ".join(str(order.number) for order in orders)

    return spoiled


def test_it_shows_what_was_seen_what_is_and_what_is_wanted_with_the_causes(conflict, spoiled, counter):
    dialog = conflict(spoiled)
    said = texts(dialog)
    assert said[:2] == ["Rice changed while you were editing", "Nothing has been saved yet."]
    for expected in ("You saw", "10", "Not counted before", "Now", "7.5", "−2.5 kg since then", f"Cooked for {spoiled.orders} (−2 kg)",
                     "Chidi Okoye, spoiled (−0.5 kg)", "You want", "12", "+2 kg on what you saw", "not saved"):  # fmt: skip
        assert expected in said, expected
    assert [(way.title, way.result) for way in dialog.ways] == [
        ("Add my +2 kg to what is there now", 9_500), ("Set it to 12 kg", 12_000), ("Leave it as it is now", 7_500)
    ]  # fmt: skip
    assert "Recorded as +4.5 kg." in dialog.ways[1].detail


def test_nothing_is_chosen_beforehand_and_no_key_saves_by_accident(conflict, spoiled, counter, manager, town):
    dialog = conflict(spoiled)
    assert not any(choice.radio.isChecked() for choice in dialog.rows)
    assert (dialog.save.isEnabled(), dialog.save.text()) == (False, "Choose one above")
    assert not any(button.isDefault() or button.autoDefault() for button in (dialog.save, dialog.back))
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_Space)
    counter.rest()
    assert dialog.isVisible()
    assert last(manager, town.rice).kind == Kind.WASTE


def test_escape_goes_back_to_editing_and_changes_nothing(conflict, spoiled, counter, manager, town):
    assert conflict(spoiled)
    counter.press(Qt.Key.Key_Escape)
    counter.rest()
    assert counter.dialog is None
    assert counter.form.amount.line.text() == "12"
    assert counter.window.focusWidget() is counter.form.amount.line
    assert counter.panel.moved.title.text() == "Now 7.5 kg, was 10"
    assert last(manager, town.rice).kind == Kind.WASTE


@pytest.mark.parametrize(("way", "says", "on_hand"), [(0, "Save 9.5 kg", 9_500), (1, "Save 12 kg", 12_000)])
def test_adding_ones_difference_and_setting_it_are_recorded_as_said(conflict, spoiled, counter, manager, town, way, says, on_hand):
    dialog = conflict(spoiled)
    QTest.mouseClick(dialog.rows[way], Qt.MouseButton.LeftButton, pos=QPoint(dialog.rows[way].width() - 30, 20))  # far from the radio
    assert dialog.save.text() == says
    dialog.save.click()
    counter.rest()
    moved = last(manager, town.rice)
    assert (moved.kind, moved.on_hand, moved.change) == (Kind.COUNT, on_hand, on_hand - 7_500)
    assert counter.dialog is None
    assert counter.panel.foot.toast.title.text() == f"Count saved: {says.removeprefix('Save ')}"
    assert counter.form.amount.line.text() == ""


def test_leaving_it_sends_nothing_and_throws_away_what_was_typed(conflict, spoiled, counter, manager, town):
    dialog = conflict(spoiled)
    dialog.rows[2].radio.click()
    assert dialog.save.text() == "Keep 7.5 kg"
    dialog.save.click()
    counter.rest()
    assert last(manager, town.rice).kind == Kind.WASTE
    assert (counter.form.amount.line.text(), counter.panel.moved.isHidden()) == ("", True)


def test_stale_again_while_choosing_shows_the_new_figures_and_all_causes_and_keeps_the_choice(
    conflict, spoiled, counter, cook, manager, town
):
    dialog = conflict(spoiled)
    dialog.rows[0].radio.click()
    receive_stock(cook, new_id(), town.rice, 3_000, "")
    dialog.save.click()
    counter.rest()
    assert dialog.isVisible()
    said = texts(dialog)
    assert "It changed again while you were choosing, so nothing was saved. Look at the figures once more." in said
    for expected in ("10.5", "+0.5 kg since then", f"Cooked for {spoiled.orders} (−2 kg)", "Delivery by Chidi Okoye (+3 kg)"):
        assert expected in said, expected
    assert dialog.rows[0].radio.isChecked()
    assert dialog.save.text() == "Save 12.5 kg"
    dialog.save.click()
    counter.rest()
    assert last(manager, town.rice).on_hand == 12_500


def test_sold_and_restocked_to_the_same_amount_is_still_a_conflict(conflict, scene, cook, town):
    def others():
        scene.order(State.ACCEPTED, State.PREPARING, quantity=5)
        receive_stock(cook, new_id(), town.rice, 1_000, "")

    said = texts(conflict(others))
    assert "The same amount again, but it moved" in said
    assert "Delivery by Chidi Okoye (+1 kg)" in said


def test_an_order_that_only_holds_makes_no_conflict(conflict, scene, manager, town):
    assert conflict(lambda: scene.order(quantity=5)) is None
    assert last(manager, town.rice).on_hand == 12_000


def test_who_counted_exactly_what_was_seen_has_no_difference_to_add(conflict, spoiled):
    dialog = conflict(spoiled, typed="10")
    assert [way.title for way in dialog.ways] == ["Set it to 10 kg", "Leave it as it is now"]


def test_a_difference_that_would_leave_less_than_nothing_cannot_be_chosen(conflict, spoiled):
    dialog = conflict(spoiled, typed="1")
    assert dialog.ways[0].detail == "Not possible: that would be less than nothing."
    assert not dialog.rows[0].isEnabled()
    assert dialog.rows[1].isEnabled()


def test_a_correction_made_stale_is_decided_the_same_way_and_keeps_its_reason(conflict, spoiled, counter, manager, town):
    dialog = conflict(spoiled, kind="correction", reason="Wrong entry")
    assert "Wrong entry" in texts(dialog)
    dialog.rows[1].radio.click()
    dialog.save.click()
    counter.rest()
    moved = last(manager, town.rice)
    assert (moved.kind, moved.on_hand, moved.reason) == (Kind.CORRECTION, 12_000, "Wrong entry")


def test_many_causes_are_put_together_and_the_rest_is_counted(conflict, scene, cook, manager, town, refill):
    def others():
        for _ in range(5):
            scene.order(State.ACCEPTED, State.PREPARING)
        for amount in (100, 200):
            receive_stock(cook, new_id(), town.rice, amount, "")
        refill()
        waste_stock(cook, new_id(), town.rice, 100, "Spilled", "")
        waste_stock(cook, new_id(), town.rice, 100, "Staff meal", "")
        waste_stock(manager, new_id(), town.rice, 100, "Spoiled", "")

    said = texts(conflict(others))
    told = [text for text in said if text.endswith(" kg)")]
    assert told == ["Chidi Okoye, spilled (−0.1 kg)", "Chidi Okoye, staff meal (−0.1 kg)", "Bisi Ojo, spoiled (−0.1 kg)"]
    assert "and 7 more" in said


def test_choices_are_made_by_keys_too(conflict, spoiled, counter, manager, town):
    dialog = conflict(spoiled)
    counter.press(Qt.Key.Key_Down)
    assert dialog.rows[0].radio.hasFocus()
    assert not any(choice.radio.isChecked() for choice in dialog.rows)
    counter.press(Qt.Key.Key_Space)
    assert dialog.rows[0].radio.isChecked()
    counter.press(Qt.Key.Key_Down)
    assert dialog.rows[1].radio.isChecked()
    counter.press(Qt.Key.Key_Tab)
    assert dialog.back.hasFocus()
    counter.press(Qt.Key.Key_Tab)
    assert dialog.save.hasFocus()
    counter.press(Qt.Key.Key_Space)
    counter.rest()
    assert last(manager, town.rice).on_hand == 12_000


def test_what_the_server_refuses_is_said_in_the_dialog_and_the_choice_stays(conflict, spoiled, counter, owner_connection):
    dialog = conflict(spoiled)
    dialog.rows[0].radio.click()
    owner_connection.execute("UPDATE app.budgets SET full_at = clock_timestamp() + interval '1 hour'")
    dialog.save.click()
    counter.rest()
    assert dialog.trouble.text() == "Too many changes at once. Wait a second, then try again."
    assert (dialog.rows[0].radio.isChecked(), dialog.save.isEnabled()) == (True, True)


def test_the_count_that_was_seen_is_named(conflict, counter, cook, town):
    count_stock(cook, new_id(), town.rice, 10_000, 1, "")
    counter.reload()
    said = texts(conflict(lambda: receive_stock(cook, new_id(), town.rice, 1_000, "")))
    assert any(text.startswith("Counted ") and text.endswith(" by Chidi Okoye") for text in said)


@pytest.mark.parametrize("look", ["light", "dark"])
def test_it_is_whole_with_rounded_corners_over_the_dimmed_board(qapp, conflict, spoiled, counter, cook, town, look):
    theme.apply(qapp, dark=look == "dark")
    dialog = conflict(spoiled)
    assert faults(dialog, 48) == []
    assert min(choice.height() for choice in dialog.rows) >= 72
    save(picture(), f"conflict-open-{look}")
    dialog.rows[0].radio.click()
    receive_stock(cook, new_id(), town.rice, 3_000, "")
    dialog.save.click()
    counter.rest()
    assert faults(dialog, 48) == []
    assert dialog.frameGeometry().height() <= counter.window.height()
    save(picture(), f"conflict-again-{look}")
