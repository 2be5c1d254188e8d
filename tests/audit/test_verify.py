"""Verifying: who may, what is refused, how far one look comes, and that both verifiers walk the same way."""

import pytest

from core.audit import Head, check, first_head, seal_trail, verify_trail
from core.base.errors import Forbidden, Invalid
from tests.support.verbs import EVERYBODY

MAY_VERIFY = {"owner", "finance", "support", "auditor", "worker"}


def test_the_office_and_the_worker_verify_and_nobody_else(town, seal, login):
    seal()
    for who in EVERYBODY:
        db = login(who)
        if who in MAY_VERIFY:
            assert verify_trail(db, "events", 0, "").upto > 0
        else:
            with pytest.raises(Forbidden):
                verify_trail(db, "events", 0, "")


def test_only_the_worker_seals(town, login):
    for who in set(EVERYBODY) - {"worker"}:
        with pytest.raises(Forbidden):
            seal_trail(login(who))


@pytest.mark.parametrize(("stream", "since"), [(None, 0), ("", 0), ("nothing", 0), ("events", None), ("events", -1), ("events", 2**62)])
def test_what_is_no_place_in_a_stream_is_refused(auditor, stream, since):
    with pytest.raises(Invalid):
        verify_trail(auditor, stream, since, "")


@pytest.mark.parametrize("head", [None, "", "00", "z" * 64, "f" * 64])
def test_a_head_that_is_not_that_of_its_position_is_wrong(auditor, town, seal, head):
    seal()
    step = verify_trail(auditor, "events", 0, head)
    assert [(each.kind, each.position) for each in step.wrong] == [("head", 0)]


@pytest.mark.parametrize("by_reader", [False, True])
def test_a_position_behind_the_end_is_wrong(auditor, town, seal, by_reader):
    end = seal()["events"].position
    *_, verdict = check(auditor, "events", since=Head("events", end + 10**6, "a" * 64), by_reader=by_reader)
    assert [(each.kind, each.position) for each in verdict.wrong] == [("cut", end + 10**6)]


@pytest.mark.parametrize("by_reader", [False, True])
def test_a_long_trail_is_walked_in_steps_of_fifty_thousand_rows_at_most(auditor, seal, by_reader, owner_connection):
    before = seal()["events"].position
    owner_connection.execute("""
        INSERT INTO app.audit_events (command_id, action, noun) SELECT gen_random_uuid(), 'x', 'health' FROM generate_series(1, 60000)
    """)
    end = seal()["events"].position
    steps = list(check(auditor, "events", by_reader=by_reader))
    assert [verdict.rows for verdict in steps] == [before, before + 50_000, end]
    assert {verdict.end for verdict in steps} == {end} and not steps[-1].found
    assert steps[-1].head == seal()["events"]


@pytest.mark.parametrize("by_reader", [False, True])
def test_where_nothing_was_ever_sealed_there_is_nothing_to_verify(auditor, by_reader):
    [verdict] = check(auditor, "ledger", by_reader=by_reader)
    assert (verdict.rows, verdict.found, verdict.head) == (0, 0, first_head("ledger"))


def test_letters_of_every_language_are_hashed_alike_by_both(seal, all_right, scene, owner_connection):
    for reason in ("Ẹ̀bà ọ̀gbọ̀nọ̀ – ₦5", "🍲", "e\u0301", " ", "5:abc-"):
        owner_connection.execute(
            "INSERT INTO app.audit_events (command_id, action, noun, reason) VALUES (gen_random_uuid(), 'x', 'y', %s)", [reason]
        )
    seal()
    all_right()


def test_a_line_of_ones_own_transaction_is_not_called_forged(town, seal, workplace, copy):
    end = seal()["events"]
    with workplace.bare("owner", copy) as connection, connection.transaction():
        connection.execute("SELECT api.create_kitchen(gen_random_uuid(), 'Ikeja', 'Ikeja district')")
        verify = "SELECT found, wrong FROM api.verify_trail('events', %s, %s)"
        assert connection.execute(verify, [end.position, end.head]).fetchone() == (0, [])


def test_where_nothing_is_new_the_reader_looks_only_once_for_what_was_written_in(auditor, town, seal):
    def looked(**since):
        *_, last = check(auditor, "events", by_reader=True, **since)
        assert not last.found
        return sum(each.times for each in auditor.counted().reads if each.name == "unsealed_rows")

    end = seal()["events"]
    assert looked(since=end) == 1
    assert looked() == 1 + 2
