"""Changing stock: what happened, how much, why; said in words before it is saved, and taken back after."""

import pytest
from PySide6.QtCore import Qt

from core.base.identifiers import new_id
from core.stock import Kind, movements, receive_stock, waste_stock
from kitchen_app.stock.kinds import COUNT, DELIVERY, WASTE, step
from tests.support.looks import draw, faults


def last(db, item_id):
    return movements(db, item_id, limit=1)[0]


def test_waste_needs_a_reason_and_cannot_be_more_than_there_is(counter, manager, town):
    counter.choose(town.chicken)
    counter.happened("waste")
    foot = counter.panel.foot
    counter.type("41")
    assert counter.form.amount_field.sentence.text() == "Only 40 pcs is on the shelf."
    assert not foot.save.isEnabled()
    counter.type("4")
    assert (foot.save.isEnabled(), foot.sentence.text()) == (False, "Choose a reason.")
    counter.type("4", reason="Staff meal", note="Sunday lunch")
    assert foot.save.text() == "Throw away 4 pcs"
    counter.save()
    moved = last(manager, town.chicken)
    assert (moved.kind, moved.change, moved.reason, moved.note) == (Kind.WASTE, -4, "Staff meal", "Sunday lunch")


def test_what_was_taken_meanwhile_is_refused_by_the_server_there_where_it_was_typed(counter, cook, town, held):
    counter.choose(town.chicken)
    counter.happened("waste")
    counter.type("40", reason="Spoiled")
    waste_stock(cook, new_id(), town.chicken, 1, "Spilled", "")  # the board does not know it yet
    counter.save()
    assert counter.form.amount.line.text() == "40"
    assert counter.form.amount_field.sentence.text() == "Only 39 pcs is on the shelf."
    assert not counter.panel.foot.save.isEnabled()


def test_a_correction_is_recorded_with_its_reason(counter, manager, town):
    counter.choose(town.oil)
    counter.happened("correction")
    counter.type("3.25", reason="Moved to another kitchen")
    assert counter.form.amount_field.sentence.text() == "From 5 to 3.25: −1.75 L"
    counter.save()
    moved = last(manager, town.oil)
    assert (moved.kind, moved.on_hand, moved.reason) == (Kind.CORRECTION, 3250, "Moved to another kitchen")
    assert counter.panel.foot.toast.title.text() == "Corrected to 3.25 L"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("abc", "“abc” is not a quantity: write 12 or 11.5."),
        ("1,5", "“1,5” can be read in two ways: write 1250 without a comma, or 1.25 with a point."),
        ("1.2345", "At most 3 places after the point."),
        ("0", "Type more than 0."),
        ("6151100030283", "“6151100030283” is more than a shelf can hold. Was it a barcode?"),
    ],
)
def test_wrong_input_is_answered_under_the_field_and_stays(counter, town, typed, sentence):
    counter.choose(town.rice)
    counter.type(typed)
    assert counter.form.amount_field.sentence.text() == sentence
    assert counter.form.amount.line.text() == typed
    assert (counter.panel.foot.save.isEnabled(), counter.panel.foot.sentence.text()) == (False, "Look at the amount above.")


def test_what_the_server_refuses_in_the_note_is_said_under_the_note(counter, town, cook):
    counter.choose(town.rice)
    counter.type("1", note="Eguѕi")  # one letter is Cyrillic
    counter.save()
    assert counter.form.note_field.sentence.text() == "The note mixes Latin letters with look-alikes."
    assert counter.form.amount.line.text() == "1"
    assert last(cook, town.rice).kind == Kind.OPENING


def test_too_many_changes_at_once_are_refused_at_the_button_and_what_was_typed_stays(counter, town, owner_connection):
    counter.choose(town.rice)
    owner_connection.execute("UPDATE app.budgets SET full_at = clock_timestamp() + interval '1 hour'")
    counter.type("1")
    counter.save()
    assert counter.panel.foot.sentence.text() == "Too many changes at once. Wait a second, then try again."
    assert counter.form.amount.line.text() == "1"


def test_buttons_fill_in_amounts_and_the_steppers_move_them(counter, town):
    counter.choose(town.rice)
    counter.form.quick.buttons[1].click()
    counter.form.quick.buttons[0].click()
    assert counter.form.amount.value == 5_000 + 2_000
    counter.form.amount.less.click()
    counter.press(Qt.Key.Key_Up)
    counter.press(Qt.Key.Key_Up)
    assert counter.form.amount.value == 7_000 + step(counter.panel.item)
    counter.happened("count")
    counter.form.quick.buttons[0].click()
    assert counter.form.amount.value == 10_000
    counter.form.quick.buttons[1].click()
    assert counter.form.amount.value == 0


def test_it_can_be_done_without_a_mouse(counter, manager, town):
    counter.press(Qt.Key.Key_Return)  # the first card: chicken
    counter.press(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert counter.form.kind is COUNT
    counter.keys("38")
    for _ in range(4):  # past the stepper and the amounts at one touch, to the note
        counter.press(Qt.Key.Key_Tab)
    counter.keys("freezer 1")
    assert counter.form.note.text() == "freezer 1"
    counter.press(Qt.Key.Key_Return)
    counter.rest()
    assert (last(manager, town.chicken).kind, last(manager, town.chicken).on_hand) == (Kind.COUNT, 38)
    assert counter.shelf.cards.hasFocus()
    counter.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    counter.rest()
    assert last(manager, town.chicken).on_hand == 40


def test_each_item_keeps_what_was_typed_about_it(counter, town):
    counter.choose(town.rice)
    counter.happened("waste")
    counter.type("2", reason="Spilled", note="by the door")
    counter.choose(town.oil)
    assert (counter.form.amount.line.text(), counter.form.note.text()) == ("", "")
    counter.happened("delivery")
    counter.type("7")
    counter.choose(town.rice)
    form = counter.form
    assert (form.kind, form.amount.line.text(), form.reason.currentText(), form.note.text()) == (WASTE, "2", "Spilled", "by the door")
    counter.choose(town.oil)
    assert (form.kind, form.amount.line.text()) == (DELIVERY, "7")


def test_a_change_under_the_hand_is_told_with_who_and_when_and_can_be_taken_over(counter, cook, manager, town):
    counter.choose(town.rice)
    counter.happened("count")
    counter.type("12")
    waste_stock(cook, new_id(), town.rice, 2500, "Spoiled", "")
    counter.reload()
    counter.rest()
    moved = counter.panel.moved
    assert (moved.title.text(), moved.detail.text()) == ("Now 7.5 kg, was 10", "Chidi Okoye, just now")
    assert counter.form.amount.line.text() == "12"
    assert moved.act.text() == "Use 7.5"
    moved.act.click()
    assert (moved.isHidden(), counter.form.amount.line.text()) == (True, "7.5")
    counter.type("7")
    counter.save()
    assert counter.dialog is None
    assert last(manager, town.rice).on_hand == 7_000


def test_an_order_that_only_holds_is_no_change_under_the_hand(counter, scene, town):
    counter.choose(town.rice)
    counter.happened("count")
    counter.type("12")
    scene.order(quantity=5)
    counter.reload()
    assert counter.panel.moved.isHidden()
    assert counter.panel.head.stands.text() == "10 kg on the shelf, 9 kg left to sell"


def test_what_comes_or_goes_is_never_stale(counter, cook, manager, town):
    counter.choose(town.rice)
    counter.type("20")
    receive_stock(cook, new_id(), town.rice, 1000, "")
    counter.save()
    assert counter.dialog is None
    assert last(manager, town.rice).on_hand == 31_000


def test_leaving_less_than_orders_hold_is_said_beforehand_but_not_forbidden(counter, scene, town):
    scene.order(quantity=5)
    counter.reload()
    counter.choose(town.rice)
    counter.happened("count")
    counter.type("0.25")
    foot = counter.panel.foot
    assert (foot.sentence.text(), foot.save.isEnabled()) == ("1 kg is held for orders: 0.75 kg short.", True)


def test_two_presses_send_once(counter, manager, town, held):
    counter.choose(town.rice)
    counter.type("20")
    with held("SELECT id FROM app.stock_items FOR NO KEY UPDATE") as wait:
        counter.panel.foot.save.click()
        wait(1)
        assert counter.panel.foot.save.text() == "Saving…"
        counter.panel.foot.save.click()
        counter.form.submitted.emit()
    counter.rest()
    assert last(manager, town.rice).on_hand == 30_000


def test_the_panel_is_whole_for_every_kind(counter, cook, town, scene):
    scene.order(quantity=3)
    counter.reload()
    counter.choose(town.rice)
    for name in ("delivery", "waste", "count", "correction"):
        counter.happened(name)
        counter.type("1,5")
        counter.qtbot.wait(10)
        assert faults(counter.window, 48) == [], name
    counter.type("5")
    waste_stock(cook, new_id(), town.rice, 500, "Spoiled", "")
    counter.reload()
    counter.qtbot.wait(10)
    assert faults(counter.window, 48) == []
    draw(counter.window, "kitchen-change-light")
