"""What is done about a refund that was confirmed: stopping, resuming, withdrawing. Each says first what it does, and is asked once."""

from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from admin_app import asked
from core.base.identifiers import new_id
from core.base.money import naira
from core.database.pending import Kept
from core.proposals import Progress, proposal, stop_proposal
from core.qt.settle import RECORDED
from core.refunds import run_refund
from core.staff import Role
from tests.support.many import all_of_yaba
from tests.support.proposing import by_card
from tests.support.refund_views import button, calm, press, words, write
from tests.support.refunds import confirm, preview

SOON = 8_000  # ms
WATER = 30_000  # kobo


def test_nothing_is_stopped_before_it_was_said_what_stays_done_and_what_stays_set_aside(show_run, running, support):
    view = show_run(running)
    press(view, "Stop …")
    said = words(view)
    assert {"Stop this refund?", "₦150,000.00 on 500 lines stays refunded."} <= set(said)
    assert "₦30,000.00 on 100 lines stays set aside: nobody else can refund it until this is resumed or withdrawn." in said
    assert proposal(support, running.id).state == Progress.RUNNING
    assert not view.foot.asking.go.hasFocus() and not view.foot.asking.go.isDefault()


def test_escape_goes_back_and_stops_nothing(show_run, running, support):
    view = show_run(running)
    press(view, "Stop …")
    QTest.keyClick(view.windowHandle(), Qt.Key.Key_Escape)
    assert "Stop this refund?" not in words(view) and button(view, "Stop …").hasFocus()
    assert proposal(support, running.id).state == Progress.RUNNING


def test_a_stopped_refund_stands_still_and_is_resumed_with_its_figure(qtbot, show_run, running, worker):
    view = show_run(running)
    press(view, "Stop …")
    press(view, "Stop the other ₦30,000.00")
    qtbot.waitUntil(lambda: "500 of 600 lines done, then it was stopped." in words(view))
    assert run_refund(worker, running.id) == 0
    press(view, "Resume …")
    assert "₦30,000.00 on 100 lines goes on being refunded, as it was confirmed." in words(view)
    press(view, "Refund the other ₦30,000.00")
    qtbot.waitUntil(lambda: "Running" in words(view))
    assert run_refund(worker, running.id) == 100


def test_withdrawing_the_rest_asks_why_and_what_ran_stays_run(qtbot, show_run, running, support, scene):
    stop_proposal(support, new_id(), running.id)
    view = show_run(running)
    press(view, "Withdraw the rest …")
    assert "₦30,000.00 on 100 lines becomes free again: it can be refunded by another proposal." in words(view)
    assert not button(view, "Withdraw ₦30,000.00").isEnabled() and "Say why in a few words first." in words(view)
    write(view.foot.asking.reason, "They were cooked after all")
    press(view, "Withdraw ₦30,000.00")
    qtbot.waitUntil(lambda: "500 of 600 lines done, then the rest was withdrawn." in words(view))
    assert any(said.startswith("Withdrawn by Funmi Ade, ") for said in words(view)) and "“They were cooked after all”" in words(view)
    scene.refill()
    assert all_of_yaba(support, scene).total == 100 * WATER


def test_what_still_waits_is_withdrawn_by_its_maker_alone(qtbot, show_run, waiting, support):
    other = show_run(waiting, "finance")
    assert "Only Funmi Ade, who made it, can withdraw it." in words(other)
    view = show_run(waiting)
    press(view, "Withdraw …")
    write(view.foot.asking.reason, "Not the right order")
    press(view, "Withdraw ₦2,500.00")
    qtbot.waitUntil(lambda: {"Withdrawn", "Nothing of it ran."} <= set(words(view)))
    assert proposal(support, waiting.id).ended_by == "Funmi Ade"


def test_a_colleague_reads_who_could_stop_it(show_run, running, hire, refill):
    hire("sade", Role.SUPPORT)
    refill()
    for who in ("sade", "auditor"):
        said = words(show_run(running, who))
        assert "Funmi Ade, who made it, or somebody of finance can stop it." in said and "Stop …" not in said


def test_what_somebody_else_did_meanwhile_is_said_where_one_acts(qtbot, show_run, running, login):
    view = show_run(running)
    press(view, "Stop …")
    stop_proposal(login("finance"), new_id(), running.id)
    press(view, "Stop the other")
    qtbot.waitUntil(lambda: "Stopped" in words(view))
    assert "This is stopped by now." in words(view) or button(view, "Resume …").isEnabled()


def test_five_quick_clicks_ask_once(qtbot, show_run, running, owner_connection):
    view = show_run(running)
    press(view, "Stop …")
    for _ in range(5):
        view.foot.asking.go.click()
    qtbot.waitUntil(lambda: "Stopped" in words(view))
    asked = "SELECT count(*) FROM app.commands WHERE verb = 'stop_proposal'"
    assert owner_connection.execute(asked).fetchone() == (1,)


def test_a_stop_whose_answer_was_lost_is_being_checked_and_then_known(qtbot, show_run, running, proxy, scene, support):
    other = confirm(support, preview(support, by_card(scene).id))
    view = show_run(running, "finance", port=proxy.port)
    stop_proposal(view.desk.db, new_id(), other.id)  # one message is enough from now on
    press(view, "Stop …")
    proxy.mute = True
    press(view, "Stop the other")
    qtbot.waitUntil(lambda: proposal(support, running.id).state == Progress.STOPPED, timeout=SOON)
    proxy.cut()
    qtbot.waitUntil(lambda: "Being checked" in [push.text() for push in (view.foot.asking.go,)], timeout=SOON)
    assert not view.foot.asking.go.isEnabled() and any("Do not do it again." in each for each in words(view))
    proxy.mute = False
    qtbot.waitUntil(lambda: "Stopped" in words(view), timeout=SOON)
    assert [doubt.state for doubt in view.desk.settler.doubts] == [RECORDED]
    assert view.desk.names == {running.id: "Refund of ₦180,000.00"}


def test_another_refund_takes_the_place_of_the_first(qtbot, show_run, running, scene, support):
    other = confirm(support, preview(support, by_card(scene).id))  # it runs too
    view = show_run(running)
    press(view, "Stop …")
    view.show_proposal(other.id)
    qtbot.waitUntil(lambda: f"Refund of {naira(other.total)}" in words(view))
    calm(qtbot, view)
    assert len(view.lines.model.rows) == 1 and "Stop this refund?" not in words(view)


def test_it_is_worked_by_keyboard_alone(qtbot, show_run, running, support):
    view = show_run(running)
    key = partial(QTest.keyClick, view.windowHandle())
    button(view, "Stop …").setFocus()
    key(Qt.Key.Key_Return)
    assert view.foot.asking.back.hasFocus()
    key(Qt.Key.Key_Backtab)
    assert view.foot.asking.go.hasFocus()
    key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: proposal(support, running.id).state == Progress.STOPPED)


def test_what_a_killed_program_asked_about_a_refund_is_named_by_its_total(running, support):
    kept = Kept(new_id(), "stop_proposal", {"proposal_id": str(running.id)}, datetime.now(UTC))
    assert asked.sentence(kept.verb, kept.args, asked.names_of(support, [kept])) == "Refund of ₦180,000.00: stopped"
