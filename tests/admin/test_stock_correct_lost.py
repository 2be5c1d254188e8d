"""Many figures of stock at once, when something is in the way: a lost line, figures too old, a refusal. Nothing typed is lost."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from admin_app.stock import StockPage
from admin_app.stock.correct_columns import ENTRY
from core.base.identifiers import new_id
from core.database.gateway import Database
from core.proposals import confirm_proposal, preview_stock
from tests.support.correcting import NOTE, SOON, act, at, begin, check, fill, key, ready, said, table, type_down
from tests.support.refund_page import pass_time
from tests.support.refund_views import button, press, words


def test_figures_that_are_too_old_must_be_checked_again(qtbot, checked, refill, chickens):
    page = checked("38")
    fill(page)
    pass_time(page, minutes=5)
    assert "Nothing was corrected. Check again before you confirm." in words(page) and chickens() == 40
    assert any(each.startswith("As of ") and "no order would have been left short" in each for each in words(page))
    refill()
    press(page, "Check again")
    qtbot.waitUntil(lambda: act(page).text() == "Correct 1 item", timeout=SOON)
    press(page, "Correct 1 item")
    qtbot.waitUntil(lambda: chickens() == 38, timeout=SOON)


def test_without_a_connection_nothing_is_sent_and_what_was_typed_stays(checked, line):
    page = checked("38")
    fill(page)
    line._take("offline", line.now(), None)
    assert "No connection: nothing can be sent. What you typed stays." in words(page) and not act(page).isEnabled()
    line._take("live", line.now(), None)
    assert act(page).isEnabled() and page.correct.check.confirming.form.note.toPlainText() == NOTE


def test_where_it_cannot_be_checked_again_that_is_said_where_the_person_acted(qtbot, checked, owner_connection):
    page = checked("38")
    fill(page)
    pass_time(page, minutes=5)
    owner_connection.execute("REVOKE EXECUTE ON FUNCTION api.preview_stock FROM kitchen_manager")
    press(page, "Check again")
    qtbot.waitUntil(lambda: "This login may not do that." in words(page), timeout=SOON)
    assert button(page, "Check again").isEnabled()


def test_it_is_typed_checked_and_saved_by_keyboard_alone(qtbot, open_at_desk, town, chickens):
    page = open_at_desk(StockPage, "manager")
    window = page.windowHandle()
    page.correct_many.setFocus()
    QTest.keyClick(window, Qt.Key.Key_Return)
    ready(qtbot, page)
    type_down(page, "38")
    assert at(page) == ("Oil", "")
    QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.correct.check.isVisible, timeout=SOON)
    QApplication.processEvents()
    QTest.keyClick(window, Qt.Key.Key_Down)
    QTest.keyClick(window, Qt.Key.Key_Tab)
    for sign in NOTE:
        QTest.keyClick(window, sign)
    QTest.keyClick(window, Qt.Key.Key_Tab)
    assert act(page).hasFocus()
    QTest.keyClick(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: chickens() == 38, timeout=SOON)


def test_the_line_that_is_lost_while_it_is_looked_at_changes_nothing(qtbot, open_at_desk, town, login, pending, held, refill):
    page = open_at_desk(StockPage, "manager", db=login("manager", pending=pending, deadline=0.8))
    begin(qtbot, page)
    type_down(page, "38")
    with held("LOCK TABLE app.proposals IN EXCLUSIVE MODE"):
        press(page, "Check 1 item")
        lost = "The line was lost before the server answered. This was only a look: nothing was corrected. Look again."
        qtbot.waitUntil(lambda: lost in words(page), timeout=SOON)
    key(page, Qt.Key.Key_Up) if page.correct.enter.typing.table.editor else None
    assert said(page, ENTRY)[0] == ("38",)
    refill()
    check(qtbot, page)


@pytest.fixture
def bad_line(workplace, copy, proxy, pending, scene):
    """The manager's login over one line that loses answers; it has confirmed a correction before, so that one message is enough."""
    it = workplace.sign_ins["manager"]
    server = replace(workplace.cluster.server(copy), port=proxy.port)
    db = Database.connect(server, it.login, it.password, size=1, deadline=2.0, pending=pending)
    proposed = preview_stock(db, new_id(), [scene.item()], [900], [1])
    confirm_proposal(db, new_id(), proposed.token, "miscounted", "to begin with")
    scene.refill()
    yield db
    db.close()


def test_a_correction_whose_answer_was_lost_is_being_checked_and_then_known(qtbot, checked, proxy, bad_line, chickens):
    page = checked("38", db=bad_line)
    fill(page)
    proxy.mute = True
    press(page, "Correct 1 item")
    qtbot.waitUntil(lambda: chickens() == 38, timeout=SOON)
    proxy.cut()
    qtbot.waitUntil(lambda: act(page).text() == "Being checked", timeout=SOON)
    assert not act(page).isEnabled() and "Correct many …" not in words(page) and said(page, ENTRY)[0] == ("38",)
    proxy.mute = False
    with qtbot.waitSignal(page.said, timeout=2 * SOON) as toast:
        pass
    assert toast.args[0] == "1 item corrected" and "Correct many …" in words(page)


def test_one_that_never_arrived_is_told_to_have_done_nothing_and_can_be_sent_again(qtbot, checked, proxy, bad_line, chickens, refill):
    page = checked("38", db=bad_line)
    fill(page)
    proxy.stall()
    press(page, "Correct 1 item")
    qtbot.waitUntil(lambda: act(page).text() == "Being checked", timeout=SOON)
    known = "It was not recorded: nothing happened. Try again if it is still right."
    qtbot.waitUntil(lambda: known in words(page), timeout=2 * SOON)
    assert chickens() == 40 and page.correct.check.confirming.form.note.toPlainText() == NOTE
    refill()
    press(page, "Correct 1 item")
    qtbot.waitUntil(lambda: chickens() == 38, timeout=SOON)


def test_offline_nothing_is_checked_and_what_was_typed_stays(correct, line):
    page = correct()
    type_down(page, "38")
    line._take("offline", line.now(), None)
    assert "No connection: nothing can be checked. What you typed stays." in words(page) and not button(page, "Check ").isEnabled()
    QTest.keyClicks(table(page).editor, "4")
    line._take("live", line.now(), None)
    assert said(page, ENTRY) == [("38",), ("4",), ("",)] and button(page, "Check ").isEnabled()


def test_a_refusal_is_said_where_the_person_acted_and_what_was_typed_stays(qtbot, correct, owner_connection):
    page = correct()
    type_down(page, "38")
    owner_connection.execute("REVOKE EXECUTE ON FUNCTION api.preview_stock FROM kitchen_manager")
    press(page, "Check 1 item")
    qtbot.waitUntil(lambda: "This login may not do that." in words(page))
    assert said(page, ENTRY)[0] == ("38",) and button(page, "Check ").isEnabled()


def test_who_goes_on_typing_while_it_is_checked_is_not_taken_away(qtbot, correct, held, owner_connection):
    page = correct()
    type_down(page, "38")
    with held("LOCK TABLE app.proposals IN EXCLUSIVE MODE") as wait:
        press(page, "Check 1 item")
        assert "Checking …" in words(page)
        wait()
        table(page).begin()
        ready(qtbot, page)
        QTest.keyClicks(table(page).editor, "4")
        assert "Check 2 items" in words(page)
    qtbot.waitUntil(lambda: owner_connection.execute("SELECT count(*) FROM app.proposals").fetchone() == (1,))
    qtbot.wait(200)
    assert at(page) == ("Oil", "4")
