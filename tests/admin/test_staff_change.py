"""Changing a login at the office: another role and other kitchens, before and after in view; and a new password."""

from contextlib import closing

import psycopg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from admin_app.staff import StaffPage
from admin_app.staff.handover import HandOver
from admin_app.staff.renew import RenewDialog
from admin_app.staff.role import RoleDialog
from core.base.errors import Forbidden
from core.base.identifiers import new_id
from core.database.gateway import Database
from core.staff import Role, change_staff_role, create_staff_login, list_staff, me, revoke_staff
from core.stock import all_items, receive_stock
from tests.admin.conftest import choose
from tests.admin.sheets import press, sheet, texts
from tests.support.looks import whole
from tests.support.scene import VERIFIER


@pytest.fixture
def tobi(hire, town):
    """A cook of Yaba, signed in: a login is the whole server's, so that the standing ones must stay as they are."""
    return hire("tobi", Role.KITCHEN_STAFF, [town.yaba])


@pytest.fixture
def page(qtbot, open_at_desk, tobi):
    page = open_at_desk(StaffPage)
    qtbot.waitUntil(lambda: page.acts.kitchens != [])
    return page


def open_login(qtbot, page, login):
    """Open somebody's details, and return what can be done about them."""
    places = [row.login for row in page.model.rows]
    choose(page, places.index(login))
    page.listing.open_current()
    qtbot.waitUntil(page.detail.foot.isVisible)
    return page.detail.foot


@pytest.fixture
def change(qtbot, page):
    """Open the sheet that changes somebody's role: `change("tobi")`."""

    def change(login):
        open_login(qtbot, page, login).change_button.click()
        return sheet(qtbot, RoleDialog)

    return change


def now_of(owner, login):
    [found] = list_staff(owner, logins=[login])
    return found.role, found.kitchens, found.version


def test_before_and_after_stand_side_by_side_and_the_change_bites_in_an_open_session(qtbot, page, change, town, tobi, owner):
    receive_stock(tobi, new_id(), town.rice, 1, "")
    dialog = change("tobi")
    assert (dialog.act.text(), dialog.act.isEnabled()) == ("Change something first", False)
    dialog.kitchens.boxes[town.yaba].setChecked(False)
    assert dialog.act.text() == "Choose a kitchen first"
    dialog.kitchens.boxes[town.lekki].setChecked(True)
    assert (dialog.now.first.text(), dialog.now.second.text()) == ("Kitchen staff", "Yaba")
    assert (dialog.then.first.text(), dialog.then.second.text()) == ("Kitchen staff", "Lekki")
    with qtbot.waitSignal(page.said) as told:
        dialog.act.click()
    assert told.args == ["Role changed", "Tobi: Kitchen staff, Lekki"]
    assert now_of(owner, "tobi") == (Role.KITCHEN_STAFF, "Lekki", 2)
    assert [item.id for item in all_items(tobi)] == [town.beans]


def test_whoever_comes_to_the_office_has_no_kitchens_any_more(qtbot, page, change, owner, tobi, town):
    dialog = change("tobi")
    dialog.role.field.choose(Role.SUPPORT)
    assert dialog.kitchens.isHidden() and dialog.act.text() == "Change to Support"
    assert dialog.then.second.text() == "All kitchens, from the office"
    with qtbot.waitSignal(page.said):
        dialog.act.click()
    assert now_of(owner, "tobi") == (Role.SUPPORT, "", 2)
    with pytest.raises(Forbidden):
        receive_stock(tobi, new_id(), town.rice, 1, "")


def test_what_somebody_else_changed_meanwhile_is_told_and_what_was_chosen_is_kept(qtbot, page, change, owner, hire, town):
    bola = hire("bola", Role.OWNER_ADMIN)
    dialog = change("tobi")
    dialog.role.field.choose(Role.KITCHEN_MANAGER)
    first_id = dialog.command_id
    change_staff_role(bola, new_id(), "tobi", 1, Role.KITCHEN_STAFF, [town.lekki, town.yaba])
    dialog.act.click()
    qtbot.waitUntil(dialog.meanwhile.isVisible)
    said = "Somebody else changed this login meanwhile: it is now Kitchen staff, Lekki and Yaba. What you chose is kept."
    assert dialog.meanwhile.words.text() == said
    assert dialog.now.second.text() == "Lekki, Yaba" and dialog.then.first.text() == "Kitchen manager"
    assert dialog.command_id != first_id and now_of(owner, "tobi")[2] == 2
    with qtbot.waitSignal(page.said):
        dialog.act.click()
    assert now_of(owner, "tobi") == (Role.KITCHEN_MANAGER, "Yaba", 3)


def test_a_login_that_was_ended_meanwhile_can_only_be_left(qtbot, page, change, hire):
    bola = hire("bola", Role.OWNER_ADMIN)
    dialog = change("tobi")
    dialog.role.field.choose(Role.KITCHEN_MANAGER)
    revoke_staff(bola, new_id(), "tobi", "left")
    dialog.act.click()
    qtbot.waitUntil(dialog.meanwhile.isVisible)
    assert dialog.meanwhile.words.text() == "Somebody else ended this login meanwhile."
    assert (dialog.act.text(), dialog.act.isEnabled(), dialog.back.isEnabled()) == ("It is ended", False, True)


def test_a_counter_keeps_its_role_and_gets_other_kitchens(qtbot, page, change, owner, town):
    create_staff_login(owner, new_id(), "zaria.counter", "", Role.COUNTER_DEVICE, [town.yaba], None, VERIFIER)
    page.look_at("zaria.counter")
    qtbot.waitUntil(page.detail.isVisible)
    dialog = change("zaria.counter")
    assert dialog.role.isHidden()
    dialog.kitchens.boxes[town.lekki].setChecked(True)
    assert dialog.act.text() == "Change to Counter, 2 kitchens"
    with qtbot.waitSignal(page.said):
        dialog.act.click()
    assert now_of(owner, "zaria.counter") == (Role.COUNTER_DEVICE, "Lekki, Yaba", 2)


def test_taking_the_last_other_owner_s_role_away_warns_loudly(qtbot, open_at_desk, town, hire):
    hire("bola", Role.OWNER_ADMIN).close()
    page = open_at_desk(StaffPage)
    qtbot.waitUntil(lambda: page.acts.kitchens != [])
    open_login(qtbot, page, "bola").change_button.click()
    dialog = sheet(qtbot, RoleDialog)
    assert dialog.alone.isHidden()
    dialog.role.field.choose(Role.AUDITOR)
    qtbot.waitUntil(dialog.alone.isVisible)
    assert "Then you are the only owner: nobody else can make logins, end them, or end yours." in texts(dialog)
    dialog.role.field.choose(Role.OWNER_ADMIN)
    assert dialog.alone.isHidden()


def test_a_new_password_is_shown_once_and_holds_from_the_next_sign_in_on(qtbot, page, tobi, workplace, copy):
    assert me(tobi).login == "tobi"
    open_login(qtbot, page, "tobi").renew_button.click()
    dialog = sheet(qtbot, RenewDialog)
    assert "What tobi has open stays open. To close that at once, end the login instead." in texts(dialog)
    assert dialog.act.text() == "Make a new password for tobi"
    dialog.act.click()
    handed = sheet(qtbot, HandOver)
    assert me(tobi).login == "tobi"  # what is open stays open
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        workplace.bare("tobi", copy)
    with closing(Database.connect(workplace.cluster.server(copy), "tobi", handed.password.text())) as again:
        assert me(again).login == "tobi"


def test_where_the_server_makes_no_logins_a_sheet_that_was_open_says_so(qtbot, page, workplace):
    open_login(qtbot, page, "tobi").renew_button.click()
    dialog = sheet(qtbot, RenewDialog)
    with workplace.superuser("postgres") as admin:
        admin.execute("ALTER ROLE r_staff NOCREATEROLE")
        try:
            dialog.act.click()
            qtbot.waitUntil(dialog.trouble.isVisible)
        finally:
            admin.execute("ALTER ROLE r_staff CREATEROLE")
    assert dialog.trouble.words.text() == "On PostgreSQL 15 logins are made and changed by the server's administrator."


def test_without_a_connection_a_sheet_says_so_and_keeps_what_was_chosen(qtbot, page, change, line):
    dialog = change("tobi")
    dialog.role.field.choose(Role.SUPPORT)
    line._take("offline", line.now(), None)
    assert (dialog.act.text(), dialog.act.isEnabled()) == ("No connection: nothing can be changed", False)
    line._take("live", line.now(), None)
    assert dialog.act.text() == "Change to Support" and dialog.act.isEnabled()


def test_everything_is_reached_by_keyboard_and_escape_changes_nothing(qtbot, page, owner):
    page.listing.view.setFocus()
    choose(page, [row.login for row in page.model.rows].index("tobi"))
    press(page, Qt.Key.Key_Return)
    qtbot.waitUntil(page.detail.foot.isVisible)
    page.detail.foot.change_button.setFocus()
    press(page, Qt.Key.Key_Return)
    dialog = sheet(qtbot, RoleDialog)
    press(dialog, Qt.Key.Key_Tab)
    assert isinstance(QApplication.focusWidget(), type(dialog.role.field.box)) or QApplication.focusWidget() is not None
    press(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert now_of(owner, "tobi") == (Role.KITCHEN_STAFF, "Yaba", 1)


def test_page_details_and_sheets_are_named_large_enough_and_uncut(qtbot, open_at_desk, tobi):
    sizes = [(854, 480), (1158, 768), (1712, 1080)]  # a small one at 150 %, a small and a large one
    page = open_at_desk(StaffPage)
    qtbot.waitUntil(lambda: page.acts.kitchens != [])
    whole(page, "staff", 40, *sizes)
    foot = open_login(qtbot, page, "tobi")
    whole(page, "staff-details", 40, *sizes)
    for size in sizes:
        page.resize(*size)
        for push, kind in ((foot.change_button, RoleDialog), (foot.renew_button, RenewDialog)):
            push.click()
            dialog = sheet(qtbot, kind)
            whole(page, f"staff-{kind.__name__.lower()}", 40, size, sheet=dialog)
            assert dialog.height() <= page.height()
            dialog.reject()
