"""Forged: rows that no verb wrote, and times that are none, are found by both verifiers, and no program falls over them."""

import pytest

from core.audit import heads, trail
from core.base.times import Endless
from tests.audit.conftest import spoiled
from tests.support.command_line import rachel_for, sign_in

copy = spoiled
AHEAD = "(pg_snapshot_xmax(pg_current_snapshot())::text::bigint + 1000000)::text::xid8"
EVENT = """
INSERT INTO app.audit_events (id, xid, command_id, action, noun) OVERRIDING SYSTEM VALUE VALUES ({id}, {xid}, gen_random_uuid(), 'x', 'y')
"""
TRANSFER = """
INSERT INTO app.transfers (id, xid, kind, reference, command_id) OVERRIDING SYSTEM VALUE
VALUES ({id}, {xid}, 'top_up', 'forged', gen_random_uuid())
"""
FORGE = {"events": EVENT, "ledger": TRANSFER}
NUMBERS = {  # of a row and of its transaction
    "a transaction that is not yet": (10**9, AHEAD),
    "the number 0": (0, "pg_current_xact_id()"),
    "a number below 0": (-5, "pg_current_xact_id()"),
    "a number below 0, of the first transaction of all": (-5, "'0'"),
    "a number below 0, of a transaction that was sealed": (-5, "'3'"),
    "a number below 0, of a transaction that is not yet": (-5, AHEAD),
}
TIMES = ("NULL", "'infinity'", "'-infinity'", "'20000-01-01 UTC'", "'4714-11-24 00:00:00 UTC BC'", "'294276-12-31 23:59:59 UTC'")
LOOSEN = "ALTER TABLE app.seals ALTER COLUMN {0} DROP NOT NULL"
END = "(SELECT max(position) FROM app.seals WHERE stream = 'events')"


@pytest.fixture
def rachel(capsys, monkeypatch, tmp_path, workplace, copy):
    sign_in(monkeypatch, tmp_path, workplace, copy)
    return rachel_for(capsys)


@pytest.mark.parametrize("stream", FORGE)
@pytest.mark.parametrize("what", NUMBERS)
def test_a_row_under_a_number_that_was_never_given_out_is_found_at_once_and_after_sealing(lived, seal, tamper, wrong, stream, what):
    number, xid = NUMBERS[what]
    kept = seal()[stream]
    tamper(FORGE[stream].format(id=number, xid=xid))
    assert wrong(stream) == {("forged", number)}
    assert wrong(stream, since=kept) == {("forged", number)}
    seal()
    assert wrong(stream) == {("forged", number)}


def test_the_command_line_says_which_rows_are_forged(lived, tamper, rachel):
    tamper(EVENT.format(id=-5, xid=AHEAD))
    for by in ([], ["--by-server"], ["--quick"]):
        ran = rachel("audit", "verify", *by)
        assert ran.code == 1
        assert "row -5 was written in under a number, or a transaction's number, that the server never gave out" in ran.out


@pytest.mark.parametrize("column", ["at", "newest"])
@pytest.mark.parametrize("time", TIMES)
def test_a_seal_without_a_time_or_with_one_that_cannot_be_is_told_by_its_position(lived, seal, tamper, wrong, rachel, column, time):
    tamper(LOOSEN.format(column), f"UPDATE app.seals SET {column} = {time} WHERE stream = 'events' AND position = {END}")
    assert wrong() == {("untimed", None)}
    position = seal()["events"].position
    for by in ([], ["--by-server"]):
        ran = rachel("audit", "verify", *by)
        assert (ran.code, ran.err) == (1, "")
        assert f"the seal at position {position} bears no time, or one that cannot be" in ran.out
    assert rachel("audit", "head").code == 0


@pytest.mark.parametrize("time", TIMES)
def test_a_line_with_such_a_time_is_sealed_like_any_other_and_told_by_its_number(lived, scene, seal, tamper, wrong, owner_connection, time):
    loosen = "ALTER TABLE app.audit_events ALTER COLUMN at DROP NOT NULL"
    tamper(loosen, f"INSERT INTO app.audit_events (at, command_id, action, noun) VALUES ({time}, gen_random_uuid(), 'x', 'y')")
    [row_id] = owner_connection.execute("SELECT max(id) FROM app.audit_events").fetchone()
    seal()
    scene.order()
    seal()  # what comes after it is not called false
    assert wrong() == {("misdated", row_id)}


@pytest.mark.parametrize("time", TIMES[1:])
def test_pages_go_on_behind_a_time_that_no_program_can_count_with(lived, tamper, auditor, time):
    tamper(f"""
        INSERT INTO app.audit_events (at, command_id, action, noun) SELECT {time}, gen_random_uuid(), 'x', 'y' FROM generate_series(1, 5)
    """)
    for oldest_first in (False, True):
        last, seen = None, []
        while page := trail(auditor, last=last, limit=2, oldest_first=oldest_first):
            seen += page
            last = (page[-1].at, page[-1].id)
            assert len(seen) < 1000
        assert len({line.id for line in seen}) == len(seen) == len(trail(auditor, limit=1000))
        assert sum(isinstance(line.at, Endless) for line in seen) == 5


@pytest.mark.parametrize("stream", FORGE)
def test_where_every_seal_was_taken_out_it_is_said_in_words(lived, tamper, wrong, rachel, worker, stream):
    tamper(f"DELETE FROM app.seals WHERE stream = '{stream}'")
    assert ("cut", None) in wrong(stream)
    ran = rachel("audit", "verify")
    assert ran.code == 1 and "the trail ends before position 0" in ran.out
    assert [each.stream for each in heads(worker)] == [each for each in FORGE if each != stream]
