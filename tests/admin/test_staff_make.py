"""Making a login at the office: for whom, under which name, as what; and the one time that its password is shown."""

import logging
import re
from contextlib import closing
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from admin_app.staff import StaffPage
from admin_app.staff.handover import HandOver
from admin_app.staff.make import COUNTER, KNOWN, MakeDialog
from admin_app.staff.password import SIGNS, new_password
from core.base.config import SignIn
from core.base.identifiers import new_id
from core.database.gateway import Database
from core.staff import Role, create_staff_login, list_staff, me, revoke_staff
from tests.admin.sheets import press, sheet, texts, type_in
from tests.support.looks import whole
from tests.support.scene import VERIFIER


@pytest.fixture
def page(qtbot, open_at_desk, town):
    page = open_at_desk(StaffPage)
    qtbot.waitUntil(lambda: page.acts.kitchens != [])
    return page


@pytest.fixture
def dialog(qtbot, page):
    page.filters.make.click()
    return sheet(qtbot, MakeDialog)


def fill(dialog, login="tunde", name="Túndé Akínwùmí", role=Role.KITCHEN_STAFF, kitchens=("Yaba",)):
    """Say what is wanted of a login for a new person."""
    type_in(dialog.name, name)
    type_in(dialog.login, login)
    dialog.role.field.choose(role)
    for box in dialog.kitchens.boxes.values():
        box.setChecked(box.text() in kitchens)


def found(owner, login):
    return [each for each in list_staff(owner) if each.login == login]


def test_a_password_is_long_enough_by_chance_and_easy_to_read_out():
    passwords = {new_password() for _ in range(100)}
    assert len(passwords) == 100
    assert all(re.fullmatch(rf"[{SIGNS}]{{4}}(-[{SIGNS}]{{4}}){{3}}", each) for each in passwords)
    assert len(SIGNS) ** 16 > 2**60 and not set("ilo01") & set(SIGNS)


def test_a_login_is_made_and_whoever_gets_the_password_signs_in_with_it(qtbot, page, dialog, town, workplace, copy):
    fill(dialog)
    assert dialog.act.text() == "Make the login tunde"
    dialog.act.click()
    handed = sheet(qtbot, HandOver)
    password = handed.password.text()
    with closing(Database.connect(workplace.cluster.server(copy), "tunde", password)) as tunde:
        seen = me(tunde)
        assert (seen.name, seen.role, seen.kitchen_ids) == ("Túndé Akínwùmí", Role.KITCHEN_STAFF, [town.yaba])
    with qtbot.waitSignal(page.said) as told:
        handed.finish.click()
    assert told.args == ["Login made", "tunde"]
    qtbot.waitUntil(lambda: "tunde" in [row.login for row in page.model.rows])


def test_the_button_says_what_is_missing_until_nothing_is(dialog):
    steps = [
        ("Type the name first", lambda: (type_in(dialog.name, "Ọlá"), type_in(dialog.login, ""))),
        ("Type the login first", lambda: type_in(dialog.login, "ola")),
        ("Choose a role first", lambda: dialog.role.field.choose(Role.KITCHEN_MANAGER)),
        ("Choose a kitchen first", lambda: next(iter(dialog.kitchens.boxes.values())).setChecked(True)),
    ]
    for missing, step in steps:
        assert (dialog.act.text(), dialog.act.isEnabled()) == (missing, False)
        step()
    assert (dialog.act.text(), dialog.act.isEnabled()) == ("Make the login ola", True)
    dialog.role.field.choose(Role.AUDITOR)
    assert dialog.kitchens.isHidden() and dialog.act.isEnabled()  # people of the office have none


def test_the_rule_for_a_login_stands_there_before_anything_is_typed_and_a_first_name_is_proposed(dialog):
    assert dialog.login_field.sentence.text().startswith("3 to 31 small letters, digits, dots or underscores; a letter first.")
    type_in(dialog.name, "Túndé Akínwùmí")
    assert dialog.login.text() == "tunde"
    type_in(dialog.login, "t.akin")
    type_in(dialog.name, "Túndé Akín")
    assert dialog.login.text() == "t.akin"  # what was typed is not touched


@pytest.mark.parametrize(("name", "said"), [("chidi", "This login is taken"), ("tundé", "A login is 3"), ("to", "A login is 3")])
def test_a_refused_login_is_told_at_its_field_and_everything_typed_stays(qtbot, page, dialog, owner, name, said):
    fill(dialog, login=name)
    first_id = dialog.command_id
    dialog.act.click()
    qtbot.waitUntil(lambda: dialog.login_field.sentence.text().startswith(said))
    assert (dialog.name.text(), dialog.role.value) == ("Túndé Akínwùmí", Role.KITCHEN_STAFF)
    type_in(dialog.login, "tunde")
    assert dialog.login_field.sentence.text().startswith("3 to 31")
    assert dialog.command_id != first_id  # it is another request now
    dialog.act.click()
    sheet(qtbot, HandOver)
    assert found(owner, "tunde")


def test_somebody_who_works_here_gets_a_further_login_and_stays_one_person(qtbot, page, dialog, owner, cook):
    dialog.ways.choose(KNOWN)
    assert dialog.act.text() == "Choose who it is first" and dialog.name_field.isHidden()
    qtbot.waitUntil(lambda: dialog.person.box.findText("Chidi Okoye (chidi)") > 0)
    dialog.person.box.setCurrentIndex(dialog.person.box.findText("Chidi Okoye (chidi)"))
    type_in(dialog.login, "chidi.too")
    dialog.role.field.choose(Role.SUPPORT)
    dialog.act.click()
    sheet(qtbot, HandOver)
    assert found(owner, "chidi.too")[0].person_id == me(cook).person_id


def test_a_counter_has_no_name_and_no_role_to_choose(qtbot, page, dialog, owner, town):
    dialog.ways.choose(COUNTER)
    assert dialog.name_field.isHidden() and dialog.role.isHidden() and dialog.kitchens.isVisible()
    type_in(dialog.login, "lekki.counter")
    dialog.kitchens.boxes[town.lekki].setChecked(True)
    dialog.act.click()
    sheet(qtbot, HandOver)
    assert (found(owner, "lekki.counter")[0].role, found(owner, "lekki.counter")[0].person_id) == (Role.COUNTER_DEVICE, None)


def test_the_password_is_copied_with_the_login_printed_and_not_lost_by_escape(qtbot, page, dialog):
    printed = []
    page.acts.printing = lambda over, text: printed.append(text)
    fill(dialog)
    dialog.act.click()
    handed = sheet(qtbot, HandOver)
    press(handed, Qt.Key.Key_Escape)
    assert handed.isVisible()
    handed.copy.click()
    handed.print.click()
    copied = QGuiApplication.clipboard().text()
    assert printed == [copied] and handed.copy.text() == "Copied"
    assert copied.splitlines()[:4] == [
        "Rachel Foods, Kitchen program", "For: Túndé Akínwùmí", "Login: tunde", f"Password: {handed.password.text()}",
    ]  # fmt: skip
    assert "It is shown this once and kept nowhere. When it is lost, make a new one." in texts(handed)


def test_the_password_is_neither_logged_nor_written_to_disk_nor_known_to_the_server(
    qtbot, page, dialog, owner_connection, tmp_path, caplog
):
    fill(dialog)
    with caplog.at_level(logging.DEBUG):
        dialog.act.click()
        handed = sheet(qtbot, HandOver)
    password = handed.password.text()
    assert password not in caplog.text
    assert all(password.encode() not in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    for table in ("commands", "audit_events", "outbox", "staff"):
        [[kept]] = owner_connection.execute(f"SELECT string_agg(t::text, '') FROM app.{table} AS t").fetchall()
        assert password not in kept


@pytest.fixture
def far(qtbot, open_at_desk, workplace, copy, proxy, pending, town):
    """The owner's page behind a line that the test can spoil; it waits half a second for an answer."""
    it = workplace.sign_ins["owner"]
    server = replace(workplace.cluster.server(copy), port=proxy.port)
    with closing(Database.connect(server, it.login, it.password, deadline=0.5, pending=pending)) as db:
        page = open_at_desk(StaffPage, db=db)
        qtbot.waitUntil(lambda: page.acts.kitchens != [])
        yield page


def test_a_lost_answer_is_asked_for_under_the_same_id_and_the_login_is_there_once_with_the_password_that_is_shown(
    qtbot, far, proxy, held, owner, workplace, copy
):
    far.filters.make.click()
    dialog = sheet(qtbot, MakeDialog)
    fill(dialog)
    with held("LOCK TABLE app.staff IN SHARE MODE") as wait:
        dialog.act.click()
        wait()
        proxy.mute = True
    qtbot.waitUntil(lambda: dialog.act.text() == "Ask what became of it")
    assert not dialog.inside.isEnabled() and "is done, or it is not" in dialog.trouble.words.text()
    qtbot.waitUntil(lambda: found(owner, "tunde") != [])
    proxy.mute = False
    first_id = dialog.command_id
    dialog.act.click()
    handed = sheet(qtbot, HandOver)
    assert dialog.command_id == first_id and len(found(owner, "tunde")) == 1
    sign_in = SignIn("tunde", handed.password.text())
    with closing(Database.connect(workplace.cluster.server(copy), sign_in.login, sign_in.password)) as tunde:
        assert me(tunde).login == "tunde"


def test_what_was_settled_as_not_recorded_is_tried_anew_with_everything_still_there(qtbot, far, proxy, owner):
    far.filters.make.click()
    dialog = sheet(qtbot, MakeDialog)
    fill(dialog)
    proxy.stall()
    dialog.act.click()
    qtbot.waitUntil(lambda: dialog.lost, timeout=5000)
    qtbot.waitUntil(lambda: far.desk.settler.banner() is not None and "Not recorded" in far.desk.settler.banner().text, timeout=10_000)
    dialog.act.click()
    qtbot.waitUntil(lambda: not dialog.lost)
    assert dialog.trouble.words.text() == "It was not recorded. Look at it once more, and try again."
    assert dialog.inside.isEnabled() and dialog.name.text() == "Túndé Akínwùmí"
    dialog.act.click()
    sheet(qtbot, HandOver)
    assert len(found(owner, "tunde")) == 1


def test_the_login_of_somebody_who_left_is_not_given_to_another(qtbot, page, dialog, owner, town):
    create_staff_login(owner, new_id(), "folu", "Folu Ade", Role.SUPPORT, [], None, VERIFIER)
    revoke_staff(owner, new_id(), "folu", "left")
    fill(dialog, login="folu")
    dialog.act.click()
    qtbot.waitUntil(lambda: dialog.login_field.sentence.text().startswith("This login is taken"))


def test_the_sheets_are_named_uncut_and_large_enough(qtbot, page):
    page.filters.make.click()
    dialog = sheet(qtbot, MakeDialog)
    for way in (COUNTER, KNOWN):
        dialog.ways.choose(way)
        whole(page, f"staff-make-{way}", 40, sheet=dialog)
    dialog.ways.choose("new")
    fill(dialog)
    whole(page, "staff-make-new", 40, sheet=dialog)
    dialog.act.click()
    handed = sheet(qtbot, HandOver)
    whole(page, "staff-handover", 40, sheet=handed)
    assert QApplication.activeModalWidget() is handed
