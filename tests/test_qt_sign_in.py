"""Sign-in: Enter signs in, what was typed stays, every reason is said in words, and the keyring is used only where one works."""

import threading

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from core.base.config import Server, SignIn
from core.base.errors import Forbidden, Offline, Outdated
from core.qt import task, theme
from core.qt.keys import Keys
from core.qt.sign_in import SignInPage
from tests.support.looks import draw, faults

NGOZI = SignIn("ngozi", "right horse")


class InMemory(KeyringBackend):
    """A keyring that works, as the system's would."""

    priority = 1

    def __init__(self):
        self.kept = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError("there is none")


@pytest.fixture(autouse=True)
def ring():
    before = keyring.get_keyring()
    ring = InMemory()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


class Door:
    """What the program gives as `connect`: answers as it is told, and notes who came."""

    def __init__(self):
        self.answer = "the session"
        self.came = []
        self.open = threading.Event()
        self.open.set()

    def __call__(self, login, password):
        self.came.append((login, password))
        self.open.wait(5)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def door():
    return Door()


@pytest.fixture(params=["light", "dark"])
def dressed(request, qapp):
    theme.follow(qapp, request.param)
    return request.param


@pytest.fixture
def make(qtbot, dressed, door):
    def make(known=None, keys=None):
        page = SignInPage("Kitchen, Counter 1", "chef-hat", Server(), door, known, keys)
        qtbot.addWidget(page)
        page.resize(1366, 768)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        return page

    yield make
    door.open.set()
    task.wait()


def fill_in(qtbot, page, login="ngozi", password="right horse"):
    page.login.clear()
    page.password.clear()
    qtbot.keyClicks(page.login, login)
    qtbot.keyClicks(page.password, password)


def test_enter_signs_in_and_leaves_no_password_behind(qtbot, make, door):
    page = make()
    fill_in(qtbot, page, login="  ngozi ")
    with qtbot.waitSignal(page.signed_in) as told:
        qtbot.keyClick(page.password, Qt.Key.Key_Return)
    assert told.args == ["the session"]
    assert door.came == [("ngozi", "right horse")]
    assert page.password.text() == ""


def test_while_it_connects_it_says_so_and_nothing_can_be_sent_twice(qtbot, make, door, dressed):
    page = make(NGOZI)
    door.open.clear()
    page.go.click()
    assert page.go.text() == "Signing in…"
    assert not page.go.isEnabled() and page.progress.isVisible()
    page.go.click()
    draw(page, f"signing-in-{dressed}")
    with qtbot.waitSignal(page.signed_in):
        door.open.set()
    assert len(door.came) == 1


def test_a_wrong_password_is_said_under_it_and_what_was_typed_stays(qtbot, make, door, dressed):
    door.answer = Forbidden("The server refused this login. Check the name and the password.")
    page = make(NGOZI)
    page.go.click()
    qtbot.waitUntil(lambda: page.password_field.sentence.text() == str(door.answer))
    assert page.trouble.isHidden()
    assert (page.login.text(), page.password.text()) == ("ngozi", "right horse")
    assert page.password.hasFocus() and page.password.selectedText()
    draw(page, f"sign-in-wrong-{dressed}")
    qtbot.keyClick(page.password, Qt.Key.Key_A)
    assert page.password_field.sentence.isHidden()


@pytest.mark.parametrize(
    "reason",
    [
        Outdated("This program is too old for the server. Ask whoever looks after it for version 0.2.0."),
        Forbidden("This login is for the office. Use the office program.", {"why": "role"}),
    ],
    ids=["too old", "role"],
)
def test_too_old_and_the_wrong_role_are_said_above_the_button(qtbot, make, door, reason, dressed):
    door.answer = reason
    page = make(NGOZI)
    page.go.click()
    qtbot.waitUntil(page.trouble.isVisible)
    assert page.trouble.words.text() == str(reason)
    assert page.password_field.sentence.isHidden()
    draw(page, f"sign-in-refused-{dressed}")


def test_no_answer_is_told_from_no_and_it_tries_again_by_itself(qtbot, make, door, dressed):
    door.answer = Offline("The server does not answer.")
    page = make(NGOZI)
    page.go.click()
    qtbot.waitUntil(page.trouble.isVisible)
    assert page.trouble.words.text() == "The server does not answer. What you typed stays. Trying again in 10 s."
    assert page.go.text() == "Try now" and page.go.isEnabled()
    draw(page, f"sign-in-offline-{dressed}")
    door.answer = "the session"
    page._seconds = 1
    with qtbot.waitSignal(page.signed_in, timeout=3000):
        pass
    assert door.came == [("ngozi", "right horse")] * 2


def test_it_does_not_try_again_while_somebody_types(qtbot, make, door):
    door.answer = Offline("The server does not answer.")
    page = make(NGOZI)
    page.go.click()
    qtbot.waitUntil(page.trouble.isVisible)
    page._seconds = 1
    qtbot.keyClick(page.login, Qt.Key.Key_X)
    qtbot.wait(1200)
    assert len(door.came) == 1
    assert page.trouble.isHidden()


@pytest.mark.parametrize("login, password", [("", "right horse"), ("ngozi", "")])
def test_what_is_missing_is_asked_for_and_nothing_is_sent(qtbot, make, door, login, password):
    page = make()
    fill_in(qtbot, page, login, password)
    page.go.click()
    assert [field.sentence.text() for field in (page.login_field, page.password_field) if field.sentence.text()] == ["Type this first."]
    assert door.came == []


def test_the_password_can_be_shown(make):
    page = make(NGOZI)
    assert page.password.echoMode() is QLineEdit.EchoMode.Password
    page.secret.eye.click()
    assert page.password.echoMode() is QLineEdit.EchoMode.Normal


def test_where_a_keyring_works_it_is_remembered_and_filled_in_the_next_time(qtbot, make, ring):
    keys = Keys("kitchen", Server())
    page = make(keys=keys)
    qtbot.waitUntil(page.remember.isVisible)
    fill_in(qtbot, page)
    page.remember.setChecked(True)
    with qtbot.waitSignal(page.signed_in):
        page.go.click()
    qtbot.waitUntil(lambda: keys.recall() == NGOZI)
    again = make(keys=keys)
    qtbot.waitUntil(lambda: (again.login.text(), again.password.text()) == ("ngozi", "right horse"))
    assert again.remember.isChecked()
    again.remember.setChecked(False)
    with qtbot.waitSignal(again.signed_in):
        again.go.click()
    qtbot.waitUntil(lambda: ring.kept == {})


def test_where_there_is_no_keyring_it_does_not_offer_to_remember(qtbot, make):
    keyring.set_keyring(fail.Keyring())
    page = make(keys=Keys("kitchen", Server()))
    task.wait()
    qtbot.wait(50)
    assert page.remember.isHidden()


def test_everything_on_the_page_is_named_large_enough_and_uncut(qtbot, make, door, dressed):
    page = make(NGOZI, Keys("kitchen", Server()))
    qtbot.wait(50)
    draw(page, f"sign-in-{dressed}")
    assert faults(page, 48) == []
