"""The cancel dialog: what is in an order, what goes back, and why it is cancelled. Nothing happens before a person decides."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from core.base.identifiers import new_id
from core.orders import OrderLine, State, cancel_order, order_lines, order_money, queue
from core.qt import reasons, theme
from core.qt.cancel import LONGEST_NOTE
from core.qt.rehearsal import picture
from core.qt.widgets import column, label, page
from kitchen_app.orders.cancel import CANCELLABLE, CancelDialog
from tests.support.looks import cut, faults, save


@pytest.fixture
def ground(qtbot):
    """The window the dialog lies over."""
    ground = page(column(label("Orders", 26, 600), None, margins=(24, 24, 24, 24)))
    qtbot.addWidget(ground)
    ground.resize(1366, 768)
    with qtbot.waitActive(ground):
        ground.show()
        ground.activateWindow()
    return ground


@pytest.fixture
def ask(qtbot, ground, manager, town, scene):
    """Ask whether an order that has walked these steps is to be cancelled: `ask(State.ACCEPTED)` returns the open dialog."""

    def ask(*steps, money="known"):
        order_id = scene.order(*steps).id
        [order] = [each for each in queue(manager, town.yaba) if each.id == order_id]
        paid = order_money(manager, order_id) if money == "known" else money
        dialog = CancelDialog(ground, order, order_lines(manager, order_id), paid)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return ask


def confirmed(dialog):
    """What a dialog asks for from now on."""
    heard = []
    dialog.confirmed.connect(heard.append)
    return heard


def texts(dialog):
    return [shown.text() for shown in dialog.findChildren(QLabel) if shown.text() and shown.isVisible()]


def choose(dialog, code, note=""):
    dialog.rows[code].radio.click()
    dialog.note.setText(note)


def test_before_cooking_it_says_what_is_in_it_and_that_money_and_stock_go_back(ask):
    dialog = ask(State.ACCEPTED)
    said, number = texts(dialog), dialog.order.number
    assert said[0] == f"Cancel order {number}?"
    assert said[1].startswith("Accepted by Chidi Okoye, ")
    assert said[1].endswith(". Nothing has been cancelled yet.")
    for expected in ("1 × Jollof rice", "₦2,500.00", "goes back to the customer's wallet", "What it held is free again."):
        assert expected in said, expected
    choose(dialog, reasons.OUT_OF_STOCK)
    assert dialog.act.text() == f"Cancel order {number} and give back ₦2,500.00"


def test_after_cooking_began_it_says_that_no_money_and_no_stock_goes_back(ask):
    dialog = ask(State.ACCEPTED, State.PREPARING)
    said = texts(dialog)
    for expected in ("Cooking has begun: no money goes back by itself.", "₦2,500.00 was paid. The office decides about a refund.",
                     "What was used stays used."):  # fmt: skip
        assert expected in said, expected
    assert "goes back to the customer's wallet" not in said
    choose(dialog, reasons.SPOILED)
    assert dialog.act.text() == f"Cancel order {dialog.order.number}, no money goes back"


@pytest.mark.parametrize("steps", [(), (State.ACCEPTED,), (State.ACCEPTED, State.PREPARING)])
def test_what_the_button_says_is_what_the_server_does(ask, manager, balance, town, rice, steps):
    dialog = ask(*steps)
    heard, before, on_hand = confirmed(dialog), balance(town.customer), rice()
    choose(dialog, reasons.CUSTOMER_ASKED)
    promised = 250_000 if "give back ₦2,500.00" in dialog.act.text() else 0
    dialog.act.click()
    cancel_order(manager, new_id(), dialog.order.id, dialog.order.version, heard[0])
    assert (balance(town.customer) - before, rice()) == (promised, on_hand)


def test_nothing_is_chosen_beforehand_and_no_key_cancels_by_accident(ask):
    dialog = ask()
    heard = confirmed(dialog)
    checked = [code for code, choice in dialog.rows.items() if choice.radio.isChecked()]
    assert (checked, dialog.act.isEnabled(), dialog.act.text()) == ([], False, "Choose a reason above")
    assert not any(push.isDefault() or push.autoDefault() for push in (dialog.act, dialog.back))
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_Return)
    choose(dialog, reasons.OTHER, "no gas")
    dialog.note.setFocus()
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_Return)
    assert (heard, dialog.isVisible()) == ([], True)


def test_escape_and_the_left_button_go_back_and_cancel_nothing(ask):
    for leave in (lambda dialog: QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_Escape), lambda dialog: dialog.back.click()):
        dialog = ask()
        heard = confirmed(dialog)
        choose(dialog, reasons.OUT_OF_STOCK)
        leave(dialog)
        assert (heard, dialog.isVisible()) == ([], False)


def test_another_reason_needs_a_note_and_the_note_is_the_whole_reason(ask):
    dialog = ask()
    heard = confirmed(dialog)
    choose(dialog, reasons.OTHER, "  ")
    assert (dialog.act.isEnabled(), dialog.act.text()) == (False, "Say in the note what happened")
    dialog.note.setText("no gas")
    dialog.act.click()
    assert heard == ["no gas"]


@pytest.mark.parametrize(("typed", "note"), [("ọ" * 600, "ọ" * LONGEST_NOTE), ("o\u0323be\u0300", "ọbè"), ("  by phone ", "by phone")])
def test_whatever_note_is_typed_the_server_takes_the_reason(ask, manager, typed, note):
    dialog = ask()
    heard = confirmed(dialog)
    choose(dialog, reasons.CANNOT_COOK, typed)
    dialog.act.click()
    assert heard == [f"{reasons.CANNOT_COOK}: {note}"]
    assert cancel_order(manager, new_id(), dialog.order.id, 1, heard[0]).state is State.CANCELLED


def test_while_it_is_asked_what_was_paid_nothing_can_be_cancelled(ask, manager):
    dialog = ask(money=None)
    choose(dialog, reasons.DUPLICATE)
    assert "Asking what was paid…" in texts(dialog)
    assert (dialog.act.isEnabled(), dialog.act.text()) == (False, "Asking what was paid…")
    dialog.show_money(order_money(manager, dialog.order.id))
    assert (dialog.act.isEnabled(), dialog.act.text()) == (True, f"Cancel order {dialog.order.number} and give back ₦2,500.00")
    QApplication.processEvents()
    assert cut(dialog) == []


@pytest.mark.parametrize(
    ("known", "said", "act", "possible"),
    [(False, "What was paid could not be asked.", "Not possible: what was paid is not known", False),
     (True, "Nothing is left to give back.", "Cancel order {number}, nothing to give back", True)],
)  # fmt: skip
def test_what_could_not_be_asked_and_what_is_nothing_promise_no_amount(ask, manager, known, said, act, possible):
    dialog = ask(money=None)
    choose(dialog, reasons.DUPLICATE)
    dialog.show_money(replace(order_money(manager, dialog.order.id), gives_back=0) if known else None)
    QApplication.processEvents()
    assert said in texts(dialog)
    assert (dialog.act.isEnabled(), dialog.act.text()) == (possible, act.format(number=dialog.order.number))
    assert cut(dialog) == []


def test_after_cooking_began_nobody_waits_for_the_money(ask):
    dialog = ask(State.ACCEPTED, State.PREPARING, money=None)
    choose(dialog, reasons.DUPLICATE)
    assert dialog.act.isEnabled()


def test_while_it_is_under_way_it_is_not_sent_twice_and_cannot_be_left(ask):
    dialog = ask()
    heard = confirmed(dialog)
    choose(dialog, reasons.OUT_OF_STOCK)
    dialog.act.click()
    dialog.act.click()
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_Escape)
    assert (heard, dialog.isVisible(), dialog.act.text()) == (["Out of stock"], True, "Cancelling…")


def test_what_the_server_refuses_is_said_in_the_dialog_and_the_choice_stays(ask):
    dialog = ask()
    heard = confirmed(dialog)
    choose(dialog, reasons.OUT_OF_STOCK)
    dialog.act.click()
    dialog.complain("You have cancelled 20 orders today. Ask the office to cancel this one.")
    assert texts(dialog)[-1] == "You have cancelled 20 orders today. Ask the office to cancel this one."
    dialog.act.click()
    assert heard == ["Out of stock", "Out of stock"]


def test_reasons_are_chosen_by_keys_and_anywhere_on_their_rows(ask):
    dialog = ask()
    first, second = list(dialog.rows)[:2]
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_Down)
    assert (dialog.rows[first].radio.hasFocus(), dialog.picked) == (True, None)
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_Space)
    assert dialog.picked == first
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_Tab)
    assert dialog.note.hasFocus()
    row = dialog.rows[second]
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(row.width() - 20, 12))
    assert dialog.picked == second


def test_the_server_lets_a_manager_cancel_in_every_state_the_dialog_is_for(scene, manager):
    walk = [State.ACCEPTED, State.PREPARING]
    for steps in range(3):
        order = scene.order(*walk[:steps])
        assert cancel_order(manager, new_id(), order.id, steps + 1, "no gas").state is State.CANCELLED
    assert {State.PLACED, *walk} == CANCELLABLE


def test_a_large_order_of_long_names_and_of_markup_stays_whole(ground, manager, ask):
    dialog = ask()
    names = ["<b>Jollof</b> & rice", "Ẹ̀gúsí" * 30, "a b " * 40, "Ẹ̀bà", "Water", "Fufu"]
    lines = [OrderLine(dialog.order.id, new_id(), name, 12, False) for name in names]
    dialog.reject()
    order, rich = replace(dialog.order, changed_by="Oluwaseun " * 12), replace(dialog.money, gives_back=99_999_999_99)
    full = CancelDialog(ground, order, lines, rich)
    full.show()
    choose(full, reasons.OUT_OF_STOCK)
    QApplication.processEvents()
    assert "and 2 more" in "\n".join(texts(full))
    assert faults(full, 48) == []
    assert (full.body.geometry().bottom() < full.back.y(), full.height() <= ground.height()) == (True, True)
    save(picture(), "cancel-long-light")


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize(("name", "steps"), [("before", (State.ACCEPTED,)), ("cooking", (State.ACCEPTED, State.PREPARING))])
def test_it_is_whole_in_both_themes_before_and_after_cooking(qapp, ask, look, name, steps):
    theme.apply(qapp, dark=look == "dark")
    dialog = ask(*steps)
    assert faults(dialog, 48) == []
    assert min(choice.height() for choice in dialog.rows.values()) >= 72
    save(picture(), f"cancel-{name}-open-{look}")
    choose(dialog, list(dialog.rows)[0], "rice for the party")
    dialog.complain("Order 1042 is ready by now.")
    QApplication.processEvents()
    assert faults(dialog, 48) == []
    assert dialog.height() <= dialog.parentWidget().height()
    save(picture(), f"cancel-{name}-chosen-{look}")
