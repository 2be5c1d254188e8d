"""Ending a login at the office: never by one click; what it does is said before, exactly; a reason and the typed name are asked for."""

import pytest
from PySide6.QtCore import Qt

from admin_app.staff import StaffPage
from admin_app.staff.end import EndDialog
from core.base.errors import Forbidden
from core.base.identifiers import new_id
from core.staff import Role, Standing, create_staff_login, list_staff, me, revoke_staff
from tests.admin.conftest import choose
from tests.admin.sheets import closed, press, sheet, texts, type_in, wait_for
from tests.support.looks import whole
from tests.support.scene import VERIFIER


@pytest.fixture(autouse=True)
def dele(hire, town):
    """A cook of Yaba, signed in: a login is the whole server's, so that the standing ones must stay as they are."""
    return hire("dele", Role.KITCHEN_STAFF, [town.yaba], application="rachel-kitchen/7.7.7")


@pytest.fixture
def end(qtbot, open_at_desk):
    """Open the page and the sheet that ends a login: `end("dele")` returns both, when it is known what that does."""

    def end(login, who="owner"):
        page = open_at_desk(StaffPage, who)
        choose(page, [row.login for row in page.model.rows].index(login))
        page.listing.open_current()
        qtbot.waitUntil(page.detail.foot.isVisible)
        page.detail.foot.end_button.click()
        dialog = sheet(qtbot, EndDialog)
        qtbot.waitUntil(lambda: dialog.found is not None or dialog.failed)
        return page, dialog

    return end


def standing(owner, login):
    return list_staff(owner, logins=[login])[0].state


def test_it_says_what_ends_what_is_closed_and_what_stays(qtbot, end, dele):
    assert me(dele)
    _, dialog = end("dele")
    wait_for(qtbot, dialog, "dele (Kitchen staff, Yaba) never signs in again, and nobody gets this login any more.")
    said = texts(dialog)
    [at_once] = [words for words in said if "closed at once" in words]
    assert at_once.startswith("Kitchen program 7.7.7 from 127.0.0.1, since ")
    assert "What was done with it stays, under the name of Dele." in said
    assert dialog.warned.count() == 0
    assert me(dele).login == "dele"  # nothing was done yet


def test_nothing_is_filled_in_and_the_button_says_what_is_missing_until_reason_and_name_are_typed(qtbot, end, owner):
    page, dialog = end("dele")
    assert (dialog.reason.text(), dialog.name.text()) == ("", "")
    assert (dialog.act.text(), dialog.act.isEnabled()) == ("Say why first", False)
    type_in(dialog.reason, "left the company")
    assert dialog.act.text() == "Type the name first"
    type_in(dialog.name, "Del")
    assert not dialog.act.isEnabled() and dialog.name_field.sentence.text() == ""
    type_in(dialog.name, "  DÉLE ")  # accents, capitals and blanks do not matter
    assert dialog.name_field.sentence.text() == "That is the name."
    assert dialog.act.text() == "End Dele’s login"
    with qtbot.waitSignal(page.said) as told:
        dialog.act.click()
    assert told.args == ["Login ended", "dele"]
    [ended] = list_staff(owner, logins=["dele"])
    assert (ended.state, ended.ended_by, ended.ended_why) == (Standing.ENDED, "Ada Eze", "left the company")
    qtbot.waitUntil(lambda: page.detail.ended.isVisible())
    assert page.detail.ended.words.text().endswith("by Ada Eze: left the company")


def test_escape_and_enter_in_a_field_change_nothing(qtbot, end, owner):
    _, dialog = end("dele")
    type_in(dialog.reason, "left")
    type_in(dialog.name, "Dele")
    dialog.name.setFocus()
    press(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible() and standing(owner, "dele") is Standing.ACTIVE
    press(dialog, Qt.Key.Key_Escape)
    closed(qtbot)
    assert standing(owner, "dele") is Standing.ACTIVE


def test_a_person_with_other_logins_is_warned_of_and_the_button_names_the_one(qtbot, end, owner, dele):
    create_staff_login(owner, new_id(), "dele.too", "", Role.SUPPORT, [], me(dele).person_id, VERIFIER)
    _, dialog = end("dele")
    wait_for(qtbot, dialog, "Dele also signs in as dele.too. That stays open: end it too if Dele has left.")
    type_in(dialog.reason, "left")
    type_in(dialog.name, "Dele")
    assert dialog.act.text() == "End Dele’s login dele"


def test_ending_the_last_other_owner_warns_loudly_and_the_first_of_two_does_not(qtbot, end, hire):
    hire("bola", Role.OWNER_ADMIN).close()
    hire("kemi", Role.OWNER_ADMIN).close()
    warning = "Then you are the only owner: nobody else can make logins, end them, or end yours."
    _, dialog = end("bola")
    assert warning not in texts(dialog)
    type_in(dialog.reason, "left")
    type_in(dialog.name, "Bola")
    dialog.act.click()
    closed(qtbot)
    _, dialog = end("kemi")
    wait_for(qtbot, dialog, warning)


def test_what_it_would_close_must_be_known_before_it_can_be_ended(qtbot, end, owner_connection):
    owner_connection.execute("REVOKE SELECT ON api.sessions FROM owner_admin")
    _, dialog = end("dele")
    type_in(dialog.reason, "left")
    type_in(dialog.name, "Dele")
    assert (dialog.act.text(), dialog.act.isEnabled()) == ("Not possible: what it has open is not known", False)
    qtbot.waitUntil(lambda: any(words.startswith("What it has open could not be read.") for words in texts(dialog)))


def test_a_refusal_stands_in_the_sheet_and_what_was_typed_stays(qtbot, end, owner_connection, owner):
    _, dialog = end("dele")
    type_in(dialog.reason, "left")
    type_in(dialog.name, "Dele")
    owner_connection.execute("UPDATE app.staff SET role = 'auditor' WHERE login = 'ada'")  # no owner any more
    dialog.act.click()
    qtbot.waitUntil(dialog.trouble.isVisible)
    assert dialog.trouble.words.text() == "Your role does not allow this. Ask somebody who may."
    assert dialog.reason.text() == "left" and dialog.act.isEnabled()
    owner_connection.execute("UPDATE app.staff SET role = 'owner_admin' WHERE login = 'ada'")
    dialog.act.click()
    qtbot.waitUntil(lambda: standing(owner, "dele") is Standing.ENDED)


def test_a_reason_that_cannot_be_stored_is_told_at_its_field(qtbot, end):
    _, dialog = end("dele")
    type_in(dialog.name, "Dele")
    type_in(dialog.reason, "\u200b")
    dialog.act.click()
    qtbot.waitUntil(lambda: dialog.reason_field.sentence.text() != dialog.reason_field.help_text or dialog.trouble.isVisible())
    assert dialog.isVisible()


def test_a_counter_is_ended_by_typing_its_login(qtbot, end, owner, town):
    create_staff_login(owner, new_id(), "zaria.counter", "", Role.COUNTER_DEVICE, [town.yaba], None, VERIFIER)
    _, dialog = end("zaria.counter")
    type_in(dialog.reason, "stolen")
    type_in(dialog.name, "zaria.counter")
    dialog.act.click()
    qtbot.waitUntil(lambda: standing(owner, "zaria.counter") is Standing.ENDED)


def test_the_database_itself_refuses_whoever_is_no_owner(login):
    for who in ("auditor", "finance", "support", "manager"):
        with pytest.raises(Forbidden):
            revoke_staff(login(who), new_id(), "dele", "left")


def test_the_sheet_is_named_uncut_and_large_enough(end, owner, dele):
    create_staff_login(owner, new_id(), "dele.too", "", Role.SUPPORT, [], me(dele).person_id, VERIFIER)
    page, dialog = end("dele")
    type_in(dialog.reason, "left the company")
    type_in(dialog.name, "Dele")
    whole(page, "staff-end", 40, sheet=dialog)
