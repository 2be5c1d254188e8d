"""The alarm of the trail is written down on this computer, and goes only when as much was verified and is right."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from admin_app.alarm import NAME, Found, KeptAlarm
from admin_app.audit.strip import Strip
from admin_app.audit.verdicts import wrong_lines
from admin_app.watch import TrailWatch
from core.audit import Head, KeptHeads, Verdict, Wrong
from core.base.errors import Refused
from tests.admin.audit.test_watch import copy, strip, verify

__all__ = ["copy", "strip"]

EDITED, CUT = Wrong("edited", 7, 40), Wrong("cut", 90)
BREAK = "UPDATE app.audit_events SET reason = 'Because' WHERE action = 'cancel_order'"
MEND = "UPDATE app.audit_events SET reason = 'Out of stock: no chicken left' WHERE action = 'cancel_order'"


def found(*wrong, since=0, upto=100, whole=False, stream="events", unnamed=0):
    verdict = Verdict(stream, since, Head(stream, upto, "ab" * 32), upto, len(wrong) + unnamed, list(wrong))
    return Found((verdict,), whole, datetime(2026, 3, 1, 9, 30, tzinfo=UTC))


@pytest.fixture
def again(qtbot, watch):
    """Start the program anew: `again()` returns its watch, over the same files."""
    made = []

    def again(kept=None):
        made.append(TrailWatch(watch.db, kept or watch.kept, watch.line))
        return made[-1]

    yield again
    for each in made:
        each.stop()
        qtbot.waitUntil(lambda each=each: not each.running)


def test_an_alarm_outlives_the_program_and_goes_when_as_much_is_right(qtbot, watch, again, lived, seal, rewrite):
    seal()
    rewrite(BREAK)
    verify(qtbot, watch)
    restarted = again()
    assert restarted.alarm == watch.alarm
    said = Strip(restarted)
    qtbot.addWidget(said)
    assert said.words.text() == "The audit trail is not what was sealed: 1 thing is wrong."
    assert said.wrong.text().endswith("of the trail was changed after it was sealed.")
    verify(qtbot, restarted)
    assert (watch.kept.folder / NAME).exists()
    rewrite(MEND)
    verify(qtbot, restarted)
    assert restarted.alarm is None
    assert not (watch.kept.folder / NAME).exists()
    assert again().alarm is None


def test_what_was_wrong_in_all_of_it_is_not_forgotten_by_a_new_start_and_a_shorter_look(qtbot, watch, again, lived, seal, rewrite):
    seal()
    verify(qtbot, watch)
    rewrite(BREAK)
    verify(qtbot, watch, whole=True)
    restarted = again()
    verify(qtbot, restarted)
    assert restarted.found.wrong == 0
    assert restarted.alarm.wrong == 1
    rewrite(MEND)
    verify(qtbot, restarted, whole=True)
    assert restarted.alarm is None


def test_what_an_earlier_start_found_is_said_on_every_page_at_once(qtbot, sign_in, config, lived, seal):
    seal()
    KeptAlarm(KeptHeads.of(config.data, config.server).folder).keep(found(EDITED, whole=True))
    session = sign_in("support")
    assert session.frame.alarm.isVisible()
    qtbot.waitUntil(lambda: session.watch.found is not None and not session.watch.running)
    assert session.frame.alarm.isVisible()  # the quick look is not as much


def test_while_it_looks_again_the_alarm_is_still_said(qtbot, watch, strip, lived, seal, rewrite):
    seal()
    rewrite(BREAK)
    verify(qtbot, watch)
    watch.verify()
    assert strip.words.text() == "The audit trail is not what was sealed: 1 thing is wrong."
    assert strip.wrong.isVisible()
    assert "Verifying from the last head" in strip.aside.text()
    qtbot.waitUntil(lambda: not watch.running)


def test_of_two_programs_of_one_account_neither_loses_what_the_other_found(qtbot, watch, again, lived, seal, rewrite):
    seal()
    one, other = again(), again()
    rewrite(BREAK)
    verify(qtbot, one)
    other.hear(Verdict("ledger", 0, Head("ledger", 1, "ab" * 32), 1, 1, [Wrong("deleted", 1, 1)]))
    assert {wrong.kind for each in other.alarm.verdicts for wrong in each.wrong} == {"edited", "deleted"}
    assert again().alarm == other.alarm


def test_each_database_has_an_alarm_of_its_own(qtbot, watch, again, lived, seal, rewrite, tmp_path):
    seal()
    rewrite(BREAK)
    verify(qtbot, watch)
    assert again(KeptHeads(tmp_path / "others")).alarm is None


def test_an_alarm_that_cannot_be_written_down_is_still_said_and_so_is_that(qtbot, watch, strip, lived, seal, rewrite):
    seal()
    rewrite(BREAK)
    watch.kept.folder.write_text("no folder")
    verify(qtbot, watch)
    assert watch.alarm.wrong == 1
    assert "It could not be written down, so leave this program open. The alarm of the trail cannot be kept" in strip.aside.text()


def test_an_alarm_that_cannot_be_taken_away_stays(qtbot, watch, strip, again, lived, seal, rewrite, monkeypatch):
    seal()
    rewrite(BREAK)
    verify(qtbot, watch)
    rewrite(MEND)
    (watch.kept.folder / NAME).unlink()
    (watch.kept.folder / NAME).mkdir()
    verify(qtbot, watch)
    assert watch.alarm
    assert "cannot be taken out of" in strip.aside.text()
    (watch.kept.folder / NAME).rmdir()


def test_a_file_that_cannot_be_read_is_an_alarm_until_everything_is_right(qtbot, watch, again, lived, seal):
    seal()
    watch.kept.folder.mkdir()
    (watch.kept.folder / NAME).write_text('{"whole": tr')
    restarted = again()
    said = Strip(restarted)
    qtbot.addWidget(said)
    assert said.words.text() == "The audit trail was not what was sealed, and what was wrong cannot be read here any more."
    verify(qtbot, restarted)
    assert restarted.alarm
    verify(qtbot, restarted, whole=True)
    assert restarted.alarm is None


def test_what_is_written_is_read_back(tmp_path):
    kept, alarm = KeptAlarm(tmp_path / "heads"), found(EDITED, CUT, since=3, whole=True, unnamed=4)
    assert kept.read() is None
    kept.keep(alarm)
    assert kept.read() == alarm
    assert kept.path.stat().st_mode & 0o077 == 0
    kept.forget()
    kept.forget()
    assert kept.read() is None


def test_a_file_that_cannot_be_written_is_refused_in_words(tmp_path):
    (tmp_path / "heads").write_text("no folder")
    with pytest.raises(Refused, match="The alarm of the trail cannot be kept in "):
        KeptAlarm(tmp_path / "heads").keep(found(EDITED))


@pytest.mark.parametrize(
    "look, is_enough",
    [
        (found(), True),
        (found(since=10), True),
        (found(since=11), False),
        (found(upto=99), False),
        (found(stream="ledger"), False),
        (replace(found(), verdicts=()), False),
    ],
    ids=["all", "as much", "begins later", "ends sooner", "of another stream", "nothing"],
)
def test_only_a_look_at_as_much_is_enough(look, is_enough):
    assert look.covers(found(EDITED, since=10)) is is_enough
    assert not look.covers(found(EDITED, since=10, whole=True))
    assert replace(look, whole=True).covers(found(EDITED, since=10, whole=True)) is is_enough


def test_a_look_may_begin_where_the_first_thing_was_wrong():
    """What was right before it was kept as a head, so the next quick look begins there."""
    alarm = found(CUT, EDITED, since=0)
    assert found(since=6).covers(alarm)
    assert not found(since=7).covers(alarm)  # it would not look at the row itself


def test_what_a_shorter_look_finds_is_told_beside_what_was_wrong_before():
    before, now = found(EDITED, CUT, whole=True, upto=80), found(CUT, since=50)
    both = now.beside(before)
    assert (both.wrong, both.whole, both.at) == (2, True, now.at)
    assert (both.verdicts[0].since, both.verdicts[0].head.position) == (0, 100)
    assert len(wrong_lines(both)) == 2
    assert found(CUT).beside(found(EDITED, since=20)) == found(CUT)  # it looked there, too
    assert now.beside(None) == now
    assert [each.stream for each in found(CUT, stream="ledger").beside(before).verdicts] == ["ledger", "events"]
