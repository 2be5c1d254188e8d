"""Show phone: a reason first, the number only while these details are open, and a line in the trail each time."""

import pytest
from PySide6.QtCore import Qt

from admin_app.customers import CustomersPage
from admin_app.orders import OrdersPage
from admin_app.phone import _failed
from core.audit import TrailFilter, trail
from core.base.errors import Unanswered
from tests.admin.conftest import choose
from tests.support.looks import whole

PHONE = "+2348031234567"
PAGES = [("customers", CustomersPage), ("orders", OrdersPage)]


@pytest.fixture
def opened(qtbot, open_at_desk, town, buy):
    """Open the details of the town's customer, or of an order of hers: `opened(OrdersPage, "support")`."""
    buy()

    def opened(kind, who):
        page = open_at_desk(kind, who)
        choose(page, 0)
        page.listing.open_current()
        qtbot.waitUntil(page.detail.isVisible)
        return page

    return opened


def reveal(qtbot, phone, choice=0, words=""):
    phone.show_it.click()
    dialog = phone.dialog
    list(dialog.rows.values())[choice].radio.setChecked(True)
    dialog.note.setText(words)
    dialog.act.click()
    qtbot.waitUntil(phone.number.isVisible)


@pytest.mark.parametrize(("key", "kind"), PAGES)
def test_the_number_is_shown_for_a_reason_and_leaves_its_line(qtbot, opened, town, auditor, key, kind):
    phone = opened(kind, "support").detail.phone
    assert phone.number.isHidden()
    reveal(qtbot, phone, 0, "late by an hour")
    assert phone.number.text() == PHONE
    [line] = trail(auditor, TrailFilter(action="reveal_phone"))
    assert (line.person, line.object_id, line.reason) == ("Funmi Ade", town.customer, "Call about an order: late by an hour")


@pytest.mark.parametrize(("key", "kind"), PAGES)
def test_it_is_gone_when_the_details_are_closed(qtbot, opened, key, kind):
    page = opened(kind, "support")
    reveal(qtbot, page.detail.phone)
    page.listing.back()
    assert page.detail.phone.number.text() == ""
    page.listing.open_first()
    assert page.detail.phone.number.isHidden() and page.detail.phone.show_it.isVisible()


def test_without_a_reason_there_is_no_button(qtbot, opened, auditor):
    phone = opened(CustomersPage, "support").detail.phone
    phone.show_it.click()
    dialog = phone.dialog
    assert (dialog.act.isEnabled(), dialog.act.text()) == (False, "Choose one above")
    list(dialog.rows.values())[3].radio.setChecked(True)
    assert (dialog.act.isEnabled(), dialog.act.text()) == (False, "Write a few words")
    dialog.note.setText("  bank asked ")
    assert (dialog.reason, dialog.act.isEnabled()) == ("bank asked", True)
    dialog.reject()
    assert trail(auditor, TrailFilter(action="reveal_phone")) == []


def test_a_refusal_is_said_where_one_asked(qtbot, opened, owner_connection):
    phone = opened(CustomersPage, "support").detail.phone
    owner_connection.execute("REVOKE EXECUTE ON FUNCTION api.reveal_phone FROM support")
    phone.show_it.click()
    dialog = phone.dialog
    list(dialog.rows.values())[0].radio.setChecked(True)
    dialog.act.click()
    qtbot.waitUntil(dialog.trouble.isVisible)
    assert phone.number.isHidden()
    dialog.reject()


def test_the_auditor_calls_nobody(opened):
    assert opened(CustomersPage, "auditor").detail.phone.isHidden()


def test_while_saving_is_off_nothing_is_shown(opened, line):
    phone = opened(CustomersPage, "support").detail.phone
    line._take("offline", line.now(), None)
    assert not phone.show_it.isEnabled()


def test_where_the_button_is_grey_it_says_why_and_where_there_is_none_it_says_nothing(qtbot, opened, line):
    page = opened(CustomersPage, "support")
    phone = page.detail.phone
    assert phone.grey.isHidden()
    line._take("offline", line.now(), None)
    assert phone.grey.isVisible()
    assert phone.show_it.accessibleDescription() == phone.grey.text() == "Each look is written down, and saving is off."
    whole(page, "office-phone-grey", 40)
    line._take("live", line.now(), None)
    assert phone.grey.isHidden()
    reveal(qtbot, phone)
    line._take("offline", line.now(), None)
    assert phone.grey.isHidden()  # the number is there


def test_the_number_is_read_out_and_reached_by_keyboard(qtbot, opened):
    phone = opened(CustomersPage, "support").detail.phone
    reveal(qtbot, phone)
    assert phone.number.accessibleName() == f"The whole phone number: {PHONE}"
    assert phone.number.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
    qtbot.waitUntil(lambda: phone.window().focusWidget() is phone.number)
    phone.forget()
    assert PHONE not in phone.number.accessibleName()


def test_an_answer_that_comes_after_the_details_were_closed_is_not_shown(qtbot, opened, auditor):
    page = opened(CustomersPage, "support")
    phone = page.detail.phone
    phone.show_it.click()
    dialog = phone.dialog
    list(dialog.rows.values())[0].radio.setChecked(True)
    dialog.act.click()
    page.listing.back()
    qtbot.waitUntil(lambda: phone.dialog is None)
    assert trail(auditor, TrailFilter(action="reveal_phone")) != []
    assert phone.number.text() == ""


def test_after_a_lost_answer_only_the_same_can_be_sent_again(opened):
    phone = opened(CustomersPage, "support").detail.phone
    phone.show_it.click()
    dialog = phone.dialog
    sent = []
    dialog.confirmed.disconnect()
    dialog.confirmed.connect(sent.append)
    list(dialog.rows.values())[0].radio.setChecked(True)
    dialog.note.setText("late")
    dialog.act.click()
    _failed(dialog, Unanswered("No answer came."))
    assert not dialog.note.isEnabled()
    assert not any(each.isEnabled() for each in dialog.rows.values())
    dialog.act.click()
    assert sent == ["Call about an order: late"] * 2
    dialog.reject()
