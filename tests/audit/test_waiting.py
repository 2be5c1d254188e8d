"""What waits for its seal: how much, since when, and what holds it up: no worker, a transaction that is left open, or a forger."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.audit import seal_trail
from core.base.identifiers import new_id
from core.cli import doctor_waiting
from core.cli.doctor_meter import meter
from core.health import oldest_transaction, queues
from core.health.meter import State, look, read_meter
from core.kitchens import create_kitchen
from core.stock import receive_stock
from core.worker.load import Watch
from tests.audit.conftest import spoiled

copy = spoiled
FORGED = """
INSERT INTO app.audit_events (xid, command_id, action, noun)
VALUES ((pg_snapshot_xmax(pg_current_snapshot())::text::bigint + 1000)::text::xid8, gen_random_uuid(), 'x', 'y')
"""
LEFT_OPEN = "SELECT api.receive_stock(gen_random_uuid(), %s, 5, '')"


@pytest.fixture
def waiting(auditor):
    """The line of the seals among what waits."""

    def waiting():
        [queue] = [each for each in queues(auditor) if each.name == "seals"]
        return queue

    return waiting


@pytest.fixture
def said(auditor):
    """What the doctor says of the seals."""
    return lambda: doctor_waiting.seals(look(auditor), oldest_transaction(auditor))


@pytest.fixture
def working(worker):
    """A worker kept a minute just now."""
    watch = Watch(worker, iter([0.0, 61.0, 61.0]).__next__)
    watch.look()


@pytest.fixture
def unsealed(town, seal, cook, tamper):
    """All is sealed but one event, which is of three minutes ago."""
    seal()
    receive_stock(cook, new_id(), town.rice, 5, "")
    tamper("UPDATE app.audit_events SET at = at - interval '3 minutes' WHERE id = (SELECT max(id) FROM app.audit_events)")


def test_a_row_counts_once_it_should_have_been_sealed(town, seal, cook, tamper, waiting, said):
    seal()
    receive_stock(cook, new_id(), town.rice, 5, "")
    assert (waiting().waiting, waiting().due_since, waiting().stuck) == (0, None, 0)
    assert said().mark == "ok"
    tamper("UPDATE app.audit_events SET at = at - interval '31 seconds' WHERE id = (SELECT max(id) FROM app.audit_events)")
    assert waiting().waiting == 1
    seal()
    assert (waiting().waiting, waiting().due_since) == (0, None)


@pytest.mark.parametrize("who", ["owner", "finance", "support", "auditor", "worker"])
def test_whoever_may_read_queues_sees_it_also_where_they_see_no_trail(unsealed, login, who):
    [queue] = [each for each in queues(login(who)) if each.name == "seals"]
    assert queue.waiting == 1


def test_transfers_wait_as_events_do(scene, seal, tamper, waiting):
    seal()
    scene.order()
    seen = "SELECT row_id FROM app.leaves WHERE stream = 'ledger'"
    tamper(f"UPDATE app.transfers SET at = at - interval '1 minute' WHERE id NOT IN ({seen})")
    assert waiting().waiting == 1


def test_without_a_worker_the_doctor_says_that_one_must_be_started(unsealed, said):
    assert said().mark == "act"
    assert said().figure.startswith("1 row waits for its seal, the oldest since ")
    assert said().do == "Until then they can be changed unseen. No worker seals them: systemctl start rachel-worker."


def test_with_a_worker_and_nothing_open_its_log_says_why(unsealed, working, said):
    assert said().do.endswith("Read why in the worker's log: journalctl -u rachel-worker.")


def test_a_transaction_that_is_left_open_holds_sealing_up_and_is_named_by_its_age_alone(
    unsealed, working, worker, auditor, owner, workplace, copy, town
):
    assert oldest_transaction(auditor).began_at is None
    with workplace.bare("cook", copy) as connection, connection.transaction():
        connection.execute(LEFT_OPEN, [town.rice])
        held = oldest_transaction(auditor)
        assert (held.transactions, held.left_open, held.prepared) == (1, 1, 0)
        seen = look(auditor)
        late = replace(held, began_at=seen.facts.answered_at - timedelta(minutes=2))
        assert "A transaction is open since " in doctor_waiting.seals(seen, late).do
        assert "pg_terminate_backend" in doctor_waiting.seals(seen, late).do
        create_kitchen(owner, new_id(), "Ikeja", "Ikeja district")
        assert (seal_trail(worker), seal_trail(worker)) == (1, 0)  # what came before it, and nothing of what came after it
    assert oldest_transaction(auditor).transactions == 0
    assert seal_trail(worker) == 2


def test_what_waits_for_a_second_commit_is_told_with_how_to_end_it(unsealed, working, auditor):
    seen = look(auditor)
    held = replace(oldest_transaction(auditor), transactions=1, prepared=1, began_at=seen.facts.answered_at - timedelta(hours=2))
    assert doctor_waiting.seals(seen, held).do.endswith("then ROLLBACK PREPARED.")


def test_rows_of_transactions_that_have_not_begun_need_a_person(unsealed, seal, tamper, waiting, said, auditor):
    seal()
    tamper(FORGED)
    assert (waiting().waiting, waiting().stuck) == (0, 1)
    assert said().mark == "act" and "rachel audit verify" in said().do
    [work] = [each for each in read_meter(look(auditor)) if each.trigger.key == "T8"]
    assert work.state == State.ACT


def test_work_that_waits_is_named_by_the_queue_that_is_oldest(unsealed, scene, auditor, owner_connection):
    def oldest():
        [work] = [each for each in read_meter(look(auditor)) if each.trigger.key == "T8"]
        [told] = meter([work])
        return work.figures[0].queue, told.figure

    owner_connection.execute("DELETE FROM app.outbox")
    queue, told = oldest()
    assert queue == "seals" and " s overdue, the oldest of seals (60 s)" in told
    receive_stock(scene.cook, new_id(), scene.town.rice, 5, "")
    owner_connection.execute("UPDATE app.outbox SET at = now() - interval '20 minutes'")
    assert oldest()[0] == "changes"


def test_it_is_read_from_where_sealing_stands_however_long_the_trail_is(town, seal, owner_connection):
    many = "INSERT INTO app.audit_events (command_id, action, noun) SELECT gen_random_uuid(), 'x', 'y' FROM generate_series(1, 20000)"
    owner_connection.execute(many)
    seal()
    owner_connection.execute("ANALYZE app.audit_events")
    with owner_connection.transaction():
        owner_connection.execute("SET SESSION AUTHORIZATION halima")
        assert owner_connection.execute("SELECT waiting FROM api.queues WHERE name = 'seals'").fetchone() == (0,)
        owner_connection.execute("RESET SESSION AUTHORIZATION")
        read = "SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables WHERE relname = 'audit_events'"
        assert owner_connection.execute(read).fetchone()[0] < 10
