"""Forged: rows that no verb wrote, and times that are none, are found by both verifiers, and no program falls over them."""

import pytest

from core.audit import TrailFilter, Wrong, heads, trail, verify_trail
from core.base.days import LAGOS
from core.base.times import Endless
from core.health import queues
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
SEALED = "(SELECT min(xid) FROM app.audit_events)"
TABLES = {"events": "app.audit_events", "ledger": "app.transfers"}
NO_TRANSACTION = "ALTER TABLE {} ALTER COLUMN xid DROP NOT NULL"
NO_NUMBER = (
    "ALTER TABLE app.audit_events DROP CONSTRAINT audit_events_pkey",
    "ALTER TABLE app.audit_events ALTER COLUMN id DROP IDENTITY",
    "ALTER TABLE app.audit_events ALTER COLUMN id DROP NOT NULL",
    "CREATE SEQUENCE app.numbers START 100000; GRANT USAGE ON SEQUENCE app.numbers TO r_audit",
    "ALTER TABLE app.audit_events ALTER COLUMN id SET DEFAULT nextval('app.numbers')",
)
LEAVES = {  # that somebody puts in beside the row: at a position to which no seal comes
    "far behind the last seal": 5_000_000, "right behind it": "(SELECT max(position) + 1 FROM app.leaves)", "at 0": 0, "below 0": -7,
}  # fmt: skip
LEAF = "INSERT INTO app.leaves (stream, position, row_id, leaf) VALUES ('{stream}', {position}, {row_id}, sha256('x'))"
ANY_PLACE = "ALTER TABLE app.leaves DROP CONSTRAINT leaves_position_check"
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


@pytest.mark.parametrize("stream", FORGE)
@pytest.mark.parametrize("where", LEAVES)
def test_a_row_that_brings_its_own_leaf_is_not_taken_for_a_sealed_one(lived, seal, tamper, wrong, auditor, stream, where):
    kept = seal()[stream]
    leaf = LEAF.format(stream=stream, position=LEAVES[where], row_id=10**9)
    tamper(ANY_PLACE, FORGE[stream].format(id=10**9, xid=SEALED), leaf)
    assert wrong(stream) == {("inserted", 10**9), ("forged", 10**9)}
    assert Wrong("forged", kept.position, 10**9) in verify_trail(auditor, stream, kept.position, kept.head).wrong


def test_a_leaf_of_no_row_is_told_as_well_and_the_office_shows_no_position_of_it(lived, tamper, wrong, auditor, owner_connection):
    tamper(ANY_PLACE, LEAF.format(stream="events", position=5_000_000, row_id=10**9))
    assert wrong() == {("forged", 10**9)}
    tamper(EVENT.format(id=10**9, xid=SEALED))
    [line] = trail(auditor, TrailFilter(ids=[10**9]))
    assert line.position is None
    assert ("seals", 1) in [(each.name, each.stuck) for each in queues(auditor)]


def test_strange_leaves_are_looked_for_by_the_index_however_many_there_are(lived, seal, owner_connection, auditor):
    many = "INSERT INTO app.audit_events (command_id, action, noun) SELECT gen_random_uuid(), 'x', 'y' FROM generate_series(1, 20000)"
    owner_connection.execute(many)
    seal()
    owner_connection.execute("ANALYZE app.audit_events; ANALYZE app.leaves")
    read = "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables WHERE relname IN ('audit_events', 'leaves')"
    with owner_connection.transaction():
        owner_connection.execute("SELECT app.forged_rows('events')")
        assert owner_connection.execute(read).fetchone()[0] < 100


@pytest.mark.parametrize("stream", FORGE)
def test_a_row_without_a_transaction_is_found_and_counted_among_what_is_stuck(lived, seal, tamper, wrong, auditor, stream):
    tamper(NO_TRANSACTION.format(TABLES[stream]), FORGE[stream].format(id=10**9, xid="NULL"))
    assert wrong(stream) == {("forged", 10**9)}
    assert ("seals", 1) in [(each.name, each.stuck) for each in queues(auditor)]
    seal()
    assert wrong(stream) == {("forged", 10**9)}


def test_a_row_without_a_number_is_found_and_sealing_goes_on_beside_it(lived, scene, seal, tamper, wrong, rachel):
    before = seal()["events"].position
    tamper(*NO_NUMBER, EVENT.format(id="NULL", xid="pg_current_xact_id()").replace("OVERRIDING SYSTEM VALUE", ""))
    assert wrong() == {("forged", None)}
    scene.order()
    assert seal()["events"].position > before
    assert wrong() == {("forged", None)}
    for by in ([], ["--by-server"]):
        assert "a row without a number was written in" in rachel("audit", "verify", *by).out


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


@pytest.mark.parametrize("time", ["infinity", "-infinity", "20000-01-01 00:00:00+00", "4714-11-24 00:00:00+00 BC"])
def test_such_a_time_is_still_what_the_server_said_in_another_zone(time):
    for moved in (Endless.of(time).astimezone(LAGOS), Endless.of(time).astimezone(LAGOS).astimezone()):
        assert moved.told == time


@pytest.mark.parametrize("stream", FORGE)
def test_where_every_seal_was_taken_out_it_is_said_in_words(lived, tamper, wrong, rachel, worker, stream):
    tamper(f"DELETE FROM app.seals WHERE stream = '{stream}'")
    assert ("cut", None) in wrong(stream)
    ran = rachel("audit", "verify")
    assert ran.code == 1 and "the trail ends before position 0" in ran.out
    assert [each.stream for each in heads(worker)] == [each for each in FORGE if each != stream]
