"""The watch over the trail: from this machine's last head, off the UI thread, calm where all is right and loud where it is not."""

import pytest
from PySide6.QtCore import Qt

from admin_app.audit import AuditPage
from admin_app.audit.strip import Strip
from admin_app.overview import OverviewPage
from core.audit import KeptHeads
from core.base.errors import Refused
from core.base.identifiers import new_id
from core.qt.line import clock
from core.stock import receive_stock
from tests.admin.conftest import page


@pytest.fixture
def copy(workplace):
    """This test's own database; what is done to it breaks promises, on purpose, so they are not looked at afterwards."""
    name = workplace.copy(with_town=True)
    yield name
    workplace.drop(name)


@pytest.fixture
def strip(qtbot, watch):
    strip = Strip(watch)
    qtbot.addWidget(strip)
    strip.resize(1100, 60)
    strip.show()
    return strip


def verify(qtbot, watch, whole=False):
    watch.verify(whole)
    assert watch.running
    qtbot.waitUntil(lambda: not watch.running)


def test_the_first_time_all_of_it_is_verified_and_the_heads_are_kept(qtbot, watch, strip, lived, seal):
    seal()
    assert strip.words.text() == "Not verified since you signed in."
    verify(qtbot, watch)
    assert strip.words.text().startswith("Right: all ")
    kept = watch.kept.newest()
    assert strip.aside.text() == f"{kept['events'].head.code} · {kept['ledger'].head.code}"


def test_after_that_only_what_is_new_is_verified(qtbot, watch, strip, lived, seal, scene):
    seal()
    verify(qtbot, watch)
    verify(qtbot, watch)
    assert strip.words.text().startswith("Right: this computer's last head still holds")
    scene.order()
    seal()
    verify(qtbot, watch)
    assert strip.words.text().startswith("Right: 2 new rows since")  # of the trail and of the ledger
    assert len(list(watch.kept.folder.glob("*.jsonl"))) == 1


def test_everything_is_read_here_and_every_kept_head_must_hold(qtbot, watch, strip, lived, seal):
    seal()
    verify(qtbot, watch)
    strip.everything.click()
    qtbot.waitUntil(lambda: not watch.running)
    assert "read here, are what was sealed" in strip.words.text()


def test_what_was_changed_is_said_with_its_line_and_no_head_is_kept(qtbot, watch, strip, lived, seal, rewrite, owner_connection):
    seal()
    rewrite("UPDATE app.audit_events SET reason = 'Because' WHERE action = 'cancel_order'")
    [line] = owner_connection.execute("SELECT id FROM app.audit_events WHERE action = 'cancel_order'").fetchone()
    for whole in (False, True):
        verify(qtbot, watch, whole)
        assert strip.words.text() == "The audit trail is not what was sealed: 1 thing is wrong."
        assert strip.wrong.text() == f"Line {line} of the trail was changed after it was sealed."
    assert watch.kept.newest().keys() == {"ledger"}


def test_a_trail_that_was_cut_or_written_anew_is_known_by_the_kept_head(qtbot, watch, strip, lived, seal, rewrite):
    seal()
    verify(qtbot, watch)
    rewrite("DELETE FROM app.seals WHERE stream = 'events' AND position > 0")
    verify(qtbot, watch)
    assert watch.alarm
    assert "where this computer has seen more" in strip.wrong.text()


def test_what_was_wrong_in_all_of_it_is_not_forgotten_by_a_shorter_look(qtbot, watch, lived, seal, rewrite):
    seal()
    verify(qtbot, watch)
    rewrite("UPDATE app.audit_events SET reason = 'Because' WHERE action = 'cancel_order'")  # below the head that was kept
    verify(qtbot, watch)
    assert watch.alarm is None
    verify(qtbot, watch, whole=True)
    assert watch.alarm
    verify(qtbot, watch)
    assert watch.alarm


def test_it_can_be_stopped_and_goes_on_from_there(qtbot, watch, strip, lived, seal, owner_connection):
    before = seal()["events"].position
    many = "INSERT INTO app.audit_events (command_id, action, noun) SELECT gen_random_uuid(), 'x', 'y' FROM generate_series(1, 60000)"
    owner_connection.execute(many)
    end = seal()["events"].position
    watch._stepped.connect(watch.stop, Qt.ConnectionType.DirectConnection)  # at its first step
    verify(qtbot, watch)
    assert (watch.stopped, watch.found, watch.alarm) == (True, None, None)
    assert "Stopped before the end" in strip.words.text()
    assert [head.head.position for head in watch.kept.newest().values()] == [before]
    watch._stepped.disconnect(watch.stop)
    verify(qtbot, watch)
    assert {verdict.stream: verdict.since for verdict in watch.found.verdicts} == {"events": before, "ledger": 0}
    assert watch.kept.newest()["events"].head.position == end


def test_while_it_runs_it_can_be_stopped_and_not_begun_again(watch, strip, lived, seal):
    watch.verify()
    assert (strip.stop.isVisible(), strip.verify.isVisible(), strip.everything.isVisible()) == (True, False, False)
    watch.verify()
    assert watch.running


def test_where_the_line_is_down_it_says_so_and_alarms_nobody(qtbot, watch, strip, owner_connection):
    owner_connection.execute("REVOKE SELECT ON api.seals FROM support")
    verify(qtbot, watch)
    assert strip.words.text().startswith("The trail could not be verified.")
    assert watch.alarm is None


def test_after_sign_in_it_is_verified_quietly_and_the_head_is_kept(qtbot, sign_in, config, lived, seal):
    seal()
    session = sign_in("support")
    qtbot.waitUntil(lambda: session.watch.found is not None)
    assert session.frame.alarm.isHidden()
    assert KeptHeads.of(config.data, config.server).newest().keys() == {"events", "ledger"}
    assert page(session, AuditPage).strip.words.text().startswith("Right: all ")


def test_what_is_wrong_is_said_on_every_page_and_leads_to_the_trail(qtbot, sign_in, lived, seal, rewrite):
    seal()
    rewrite("UPDATE app.audit_events SET reason = 'Because' WHERE action = 'cancel_order'")
    session = sign_in("finance")
    qtbot.waitUntil(session.frame.alarm.isVisible)
    assert page(session, OverviewPage).isVisible()
    session.frame.alarm.act.click()
    assert page(session, AuditPage).isVisible()


def test_a_kitchens_manager_reads_no_trail_and_verifies_none(sign_in, lived):
    assert sign_in("manager").watch is None


def test_an_alarm_says_what_to_do_and_a_later_look_that_came_to_no_end_is_said_beside_it(
    qtbot, watch, strip, lived, seal, rewrite, owner_connection
):
    seal()
    rewrite("UPDATE app.audit_events SET reason = 'Because' WHERE action = 'cancel_order'")
    verify(qtbot, watch)
    found = f"Found {clock(watch.alarm.at)}."
    keep = "Change nothing. Call whoever runs the server. Do not clean up or reinstall this computer: it keeps the proof."
    assert strip.aside.text() == f"{keep} {found}"
    watch._ended((None, watch.alarm))
    assert strip.aside.text() == f"{keep} {found} The last verification was stopped before the end."
    watch._failed(Refused("The disk is full."))
    assert strip.words.text() == "The audit trail is not what was sealed: 1 thing is wrong."
    assert strip.aside.text() == f"{keep} {found} The last verification failed. The disk is full."


def test_where_a_head_cannot_be_kept_it_could_not_be_verified(qtbot, watch, strip, lived, seal):
    seal()
    watch.kept.folder.write_text("no folder")
    verify(qtbot, watch)
    assert strip.words.text().startswith("The trail could not be verified. The heads of the trail cannot be read")


def test_one_new_row_is_one(qtbot, watch, strip, lived, seal, cook, scene):
    seal()
    verify(qtbot, watch)
    receive_stock(cook, new_id(), scene.town.rice, 1, "")
    seal()
    verify(qtbot, watch)
    assert strip.words.text().startswith("Right: 1 new row since this computer's last head is what was sealed")
