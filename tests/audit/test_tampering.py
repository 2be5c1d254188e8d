"""Tampering: whatever a superuser does to what was sealed is found, by the server's verifier and by the independent one alike."""

import pytest

from core.audit import Head, verify_trail
from tests.audit.conftest import spoiled

copy = spoiled
ROW = "(SELECT row_id FROM app.leaves WHERE stream = 'events' AND position = 12)"
NEXT = "(SELECT row_id FROM app.leaves WHERE stream = 'events' AND position = 13)"
MOVE_UP = (
    "UPDATE app.leaves SET position = -position WHERE stream = 'events' AND position > 12",
    "UPDATE app.leaves SET position = -position - 1 WHERE position < 0",
)
LOOSEN = "ALTER TABLE app.leaves DROP CONSTRAINT leaves_position_check"
DELETE_BOTH = (f"DELETE FROM app.audit_events WHERE id = {ROW}", "DELETE FROM app.leaves WHERE stream = 'events' AND position = 12")
REWRITE = """
UPDATE app.audit_events SET reason = 'rewritten' WHERE id = (SELECT row_id FROM app.leaves WHERE stream = 'events' AND position = 12);
DELETE FROM app.leaves WHERE stream = 'events';
DELETE FROM app.seals WHERE stream = 'events' AND position > 0
"""
CHANGED = {  # what of a row, and how
    "the reason of a row": "reason = 'Because'",
    "who did it": "person_id = gen_random_uuid()",
    "the login": "login = 'chidi'",
    "a microsecond of its time": "at = at + interval '1 microsecond'",
    "nothing made an empty text": "reason = ''",
    "what was afterwards": 'after = \'{"state": "delivered"}\'',
    "its transaction": "xid = '3'",
}


@pytest.mark.parametrize("what", CHANGED)
def test_a_changed_row_is_found_by_its_number(lived, tamper, wrong, owner_connection, what):
    [row_id] = owner_connection.execute(f"SELECT {ROW}").fetchone()
    tamper(f"UPDATE app.audit_events SET {CHANGED[what]} WHERE id = {row_id}")
    assert wrong() == {("edited", row_id)}


def test_a_deleted_row_is_found_by_its_number(lived, tamper, wrong, owner_connection):
    [row_id] = owner_connection.execute(f"SELECT {ROW}").fetchone()
    tamper(f"DELETE FROM app.audit_events WHERE id = {row_id}")
    assert wrong() == {("deleted", row_id)}


def test_a_row_that_was_deleted_with_its_leaf_leaves_a_gap(lived, tamper, wrong):
    tamper(*DELETE_BOTH)
    assert ("gap", None) in wrong()


def test_a_gap_that_was_closed_up_is_found_by_the_head(lived, tamper, wrong):
    tamper(*DELETE_BOTH, LOOSEN, *MOVE_UP)
    assert {kind for kind, _ in wrong()} & {"gap", "head"}


def test_two_rows_in_each_others_place_are_found(lived, tamper, wrong, owner_connection):
    one, other = (owner_connection.execute(f"SELECT {row}").fetchone()[0] for row in (ROW, NEXT))
    tamper(
        f"UPDATE app.leaves SET row_id = -1 WHERE stream = 'events' AND row_id = {one}",
        f"UPDATE app.leaves SET row_id = {one} WHERE stream = 'events' AND row_id = {other}",
        f"UPDATE app.leaves SET row_id = {other} WHERE stream = 'events' AND row_id = -1",
    )
    assert wrong() == {("edited", one), ("edited", other)}


def test_a_row_changed_with_its_leaf_is_found_by_the_head(lived, tamper, wrong):
    tamper(
        f"UPDATE app.audit_events SET reason = 'Because' WHERE id = {ROW}",
        "UPDATE app.leaves SET leaf = (SELECT h.leaf FROM app.hashed_rows AS h WHERE h.stream = 'events' AND h.id = row_id)"
        " WHERE stream = 'events' AND position = 12",
    )
    assert wrong() == {("head", None)}


def test_a_tail_that_was_cut_off_is_found_by_a_head_that_was_kept(lived, seal, tamper, wrong):
    kept = seal()["events"]
    position = lived["events"].position
    tamper(
        f"DELETE FROM app.audit_events WHERE id IN (SELECT row_id FROM app.leaves WHERE stream = 'events' AND position > {position})",
        f"DELETE FROM app.leaves WHERE stream = 'events' AND position > {position}",
        f"DELETE FROM app.seals WHERE stream = 'events' AND position > {position}",
    )
    assert wrong() == set()
    assert wrong(kept=[kept]) == {("cut", None)}
    assert wrong(since=kept) == {("cut", None)}


def test_history_rewritten_throughout_is_found_by_a_head_that_was_kept_and_by_nothing_else(lived, seal, tamper, wrong):
    tamper(REWRITE)
    seal()
    assert wrong() == set()  # why a head must leave the machine
    assert wrong(kept=[lived["events"]]) == {("head", None)}
    assert ("head", None) in wrong(since=lived["events"])


def test_a_head_known_by_its_printed_code_finds_it_as_well(lived, seal, tamper, wrong):
    printed = Head("events", lived["events"].position, lived["events"].head[:25])
    assert wrong(kept=[printed]) == wrong(since=printed) == set()
    tamper(REWRITE)
    seal()
    assert wrong(kept=[printed]) == {("head", None)}


def test_a_row_written_in_below_what_was_sealed_is_found(lived, tamper, wrong, owner_connection):
    tamper(f"""
        INSERT INTO app.audit_events (xid, command_id, action, noun)
        SELECT xid, command_id, 'x', 'orders' FROM app.audit_events WHERE id = {ROW}
    """)
    [row_id] = owner_connection.execute("SELECT max(id) FROM app.audit_events").fetchone()
    assert wrong() == {("inserted", row_id)}


def test_a_row_written_in_before_the_first_is_found_wherever_somebody_says_that_sealing_began(lived, tamper, wrong):
    tamper(
        "INSERT INTO app.audit_events (id, xid, command_id, action, noun) OVERRIDING SYSTEM VALUE"
        " VALUES (1000000000, '3', gen_random_uuid(), 'x', 'orders')",
        "UPDATE app.seals SET xid = '5' WHERE stream = 'events' AND position = 0",
    )
    assert wrong() == {("inserted", 10**9)}


def test_a_row_written_today_that_says_it_is_of_yesterday_is_found(lived, seal, tamper, wrong, owner_connection):
    values = "(clock_timestamp() - interval '1 day', gen_random_uuid(), 'x', 'orders')"
    tamper(f"INSERT INTO app.audit_events (at, command_id, action, noun) VALUES {values}")
    seal()
    [row_id] = owner_connection.execute("SELECT max(id) FROM app.audit_events").fetchone()
    assert wrong() == {("misdated", row_id)}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE app.entries SET amount = amount + 100 WHERE transfer_id = {row}",
        "UPDATE app.transfers SET person_id = gen_random_uuid() WHERE id = {row}",
        "UPDATE app.transfers SET reference = reference || '0' WHERE id = {row}",
        "DELETE FROM app.entries WHERE id = (SELECT max(id) FROM app.entries WHERE transfer_id = {row})",
    ],
)
def test_money_that_was_changed_is_found_by_its_transfer(lived, tamper, wrong, owner_connection, change):
    [row] = owner_connection.execute("SELECT row_id FROM app.leaves WHERE stream = 'ledger' AND position = 4").fetchone()
    tamper(change.format(row=row))
    assert wrong("ledger") == {("edited", row)}
    tamper(f"DELETE FROM app.entries WHERE transfer_id = {row}", f"DELETE FROM app.transfers WHERE id = {row}")
    assert wrong("ledger") == {("deleted", row)}


def test_from_a_kept_head_only_what_came_after_it_is_looked_at(lived, tamper, wrong):
    tamper(f"UPDATE app.audit_events SET reason = 'Because' WHERE id = {ROW}")
    assert wrong(since=lived["events"]) == set()
    assert wrong() != set()


def test_a_hundred_wrong_rows_are_named_and_all_of_them_counted(lived, seal, tamper, auditor, owner_connection):
    many = "INSERT INTO app.audit_events (command_id, action, noun) SELECT gen_random_uuid(), 'x', 'y' FROM generate_series(1, 150)"
    owner_connection.execute(many)
    head = seal()["events"]
    tamper("UPDATE app.audit_events SET reason = 'Because' WHERE action = 'x'")
    step = verify_trail(auditor, "events", lived["events"].position, lived["events"].head)
    assert (step.upto, step.found, len(step.wrong)) == (head.position, 150, 100)


def test_seals_that_were_taken_out_do_not_end_the_verification_early(lived, seal, worker, tamper, wrong, owner_connection):
    many = "INSERT INTO app.audit_events (command_id, action, noun) SELECT gen_random_uuid(), 'x', 'y' FROM generate_series(1, 60000)"
    owner_connection.execute(many)
    end = seal()["events"].position
    tamper(f"DELETE FROM app.seals WHERE stream = 'events' AND position > {end - 60_000} AND position < {end}")
    assert wrong(since=lived["events"]) == {("gap", None)}
