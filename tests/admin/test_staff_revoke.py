"""A login that is ended is out at once: running programs go back to their door and say why, and what it has under way is ended."""

import time

import keyring
import psycopg
import pytest
from keyring.backends import fail
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication

from admin_app.__main__ import Program as OfficeProgram
from admin_app.staff import StaffPage
from admin_app.staff.end import EndDialog
from core.base.identifiers import new_id
from core.qt import task
from core.staff import Role, list_staff, me, revoke_staff, sessions
from core.stock import items, receive_stock
from kitchen_app.__main__ import Program as KitchenProgram
from tests.admin.sheets import sheet, type_in
from tests.support.waiting import wait_until

ENDED = "This login is no longer in use. Ask the owner"


@pytest.fixture
def start(qtbot, workplace, config):
    """Start a program in this process and sign somebody in: `start(OfficeProgram, "tobi")`; it returns when it is live."""
    running, before = [], keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())

    def start(kind, who):
        program = kind(config)
        running.append(program)
        qtbot.addWidget(program.door)
        program.page.login.setText(workplace.sign_ins[who].login)
        program.page.password.setText(workplace.sign_ins[who].password)
        program.page.sign_in()
        qtbot.waitUntil(lambda: program.session is not None and program.session.line.state == "live", timeout=10_000)
        return program

    yield start
    keyring.set_keyring(before)
    for program in running:
        program.sign_out()
        program.door.hide()
    task.wait()
    QApplication.processEvents()


@pytest.mark.parametrize(
    ("kind", "role"), [(OfficeProgram, Role.SUPPORT), (KitchenProgram, Role.KITCHEN_STAFF)], ids=["office", "kitchen"]
)
def test_a_running_program_goes_back_to_its_door_within_seconds_and_says_why(
    qtbot, start, hire, owner, town, workplace, kind, role
):
    hire("tobi", role, [town.yaba] if role is Role.KITCHEN_STAFF else []).close()
    program = start(kind, "tobi")
    assert program.door.isHidden()
    assert len(sessions(owner, "tobi")) == 1
    began = time.monotonic()
    revoke_staff(owner, new_id(), "tobi", "left")
    qtbot.waitUntil(program.door.isVisible, timeout=10_000)
    assert time.monotonic() - began < 5
    assert program.session is None and program.page.trouble.words.text().startswith(ENDED)
    wait_until(lambda: sessions(owner, "tobi") == [])
    program.page.password.setText(workplace.sign_ins["tobi"].password)
    program.page.sign_in()  # and nobody gets in with it again
    qtbot.waitUntil(lambda: program.page.password_field.sentence.text().startswith(ENDED))
    assert program.session is None


def test_a_program_that_came_back_before_the_end_was_committed_is_out_soon_after(qtbot, start, hire, workplace, copy):
    hire("tobi", Role.SUPPORT).close()
    program = start(OfficeProgram, "tobi")
    program.session.pulse.setInterval(200)
    lost = QSignalSpy(program.session.line.changed)
    with workplace.bare("owner", copy) as owner, owner.transaction():
        owner.execute("SELECT (api.revoke_staff(%s::uuid, 'tobi', 'left')).active", [new_id()])
        qtbot.waitUntil(lambda: lost.count() >= 2 and program.session.line.state == "live", timeout=10_000)
    qtbot.waitUntil(program.door.isVisible)
    assert program.page.trouble.words.text().startswith(ENDED)


def test_also_where_the_server_lets_ended_logins_in_a_program_goes_back_to_its_door(qtbot, start, hire, owner, workplace):
    hire("tobi", Role.SUPPORT).close()
    program = start(OfficeProgram, "tobi")
    with workplace.superuser("postgres") as admin:
        admin.execute("ALTER ROLE r_staff NOCREATEROLE")  # as it is before PostgreSQL 16
        try:
            revoke_staff(owner, new_id(), "tobi", "left")
            qtbot.waitUntil(program.door.isVisible, timeout=10_000)
        finally:
            admin.execute("ALTER ROLE r_staff CREATEROLE")
            admin.execute("ALTER ROLE tobi NOLOGIN")
    assert program.page.trouble.words.text().startswith(ENDED)


def test_the_owner_ends_it_at_the_office_and_the_kitchen_is_at_its_door(qtbot, start, open_at_desk, hire, town, owner):
    hire("tobi", Role.KITCHEN_STAFF, [town.yaba]).close()
    kitchen = start(KitchenProgram, "tobi")
    page = open_at_desk(StaffPage)
    page.look_at("tobi")
    qtbot.waitUntil(page.detail.foot.isVisible)
    page.detail.foot.end_button.click()
    dialog = sheet(qtbot, EndDialog)
    qtbot.waitUntil(lambda: dialog.found is not None)
    assert [each.program.split("/")[0] for each in dialog.found.sessions] == ["rachel-kitchen"]
    type_in(dialog.reason, "left")
    type_in(dialog.name, "Tobi")
    dialog.act.click()
    qtbot.waitUntil(kitchen.door.isVisible, timeout=10_000)
    assert kitchen.page.trouble.words.text().startswith(ENDED)
    qtbot.waitUntil(page.detail.ended.isVisible)


def test_an_open_transaction_of_theirs_is_ended_and_nothing_of_it_is_left(hire, owner, town, workplace, copy, rice):
    hire("tobi", Role.KITCHEN_STAFF, [town.yaba]).close()
    before = rice()
    with workplace.bare("tobi", copy) as theirs:
        theirs.execute("BEGIN")
        delivery = "SELECT (api.receive_stock(%s::uuid, %s::uuid, 500, '')).number"
        assert theirs.execute(delivery, [new_id(), town.rice]).fetchone()
        revoke_staff(owner, new_id(), "tobi", "left")
        with pytest.raises(psycopg.OperationalError):
            theirs.execute("COMMIT")
    assert rice() == before
    assert receive_stock(hire("kemi", Role.KITCHEN_STAFF, [town.yaba]), new_id(), town.rice, 1, "").on_hand == before + 1  # nothing is held


def test_all_connections_of_a_program_are_ended_and_no_new_one_is_let_in(hire, owner, town, workplace, copy):
    tobi = hire("tobi", Role.KITCHEN_STAFF, [town.yaba], size=4)
    with workplace.bare("tobi", copy) as one, workplace.bare("tobi", copy) as other:
        assert items(tobi, town.yaba) and me(tobi)
        revoke_staff(owner, new_id(), "tobi", "left")
        for connection in (one, other):
            with pytest.raises(psycopg.OperationalError):
                connection.execute("SELECT 1")
    with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
        workplace.bare("tobi", copy)
    assert list_staff(owner, logins=["tobi"])[0].ended_why == "left"
