"""Those who watch, under attack: no captured login makes checks, trail or freeze say what is not so, or posts past them."""

import pytest

from core.audit import STREAMS, check, seal_trail
from core.base.errors import Forbidden
from core.base.identifiers import new_id
from core.health import check_runs, freeze, record_checks
from core.proposals import approve_proposal, confirm_proposal, preview_release
from core.staff import Role
from tests.support.freezing import WHY, freeze_money, propose_release, release, tampered
from tests.support.refunds import name_approvers

BUYING = """
SELECT id FROM api.place_order(gen_random_uuid(), '{yaba}', '{customer}', ARRAY['{water}'::uuid], ARRAY[1], '', 'wallet')
"""
LEVELS = ["repeatable read", "serializable"]


def test_a_captured_worker_tells_no_figures_and_writes_no_run_no_seal_and_no_freeze(scene, attempt, auditor):
    freeze_money(scene)
    runs = check_runs(auditor)
    assert attempt("worker", ["SELECT id FROM api.record_checks('{}'::jsonb)", "SELECT api.seal_trail('events')"]) == {"42883"}
    assert attempt("worker", [
        "INSERT INTO app.check_runs (at, took_ms, checks, red, froze) VALUES (now(), 1, 29, '{}', false)",
        "UPDATE app.check_runs SET red = '{}'",
        "DELETE FROM app.check_runs",
        "UPDATE app.freezes SET released_at = now()",
        "DELETE FROM app.freezes",
        "SELECT app.release_as_administrator('all is well')",
        "SELECT app.release_money(NULL, '{}', 'all is well', NULL)",
        "SELECT app.freeze_money(NULL, '{}', '{\"I02\": 1}', 'x')",
        f"SELECT id FROM api.preview_release(gen_random_uuid(), '{freeze(auditor).id}')",
        "SELECT id FROM api.confirm_proposal(gen_random_uuid(), 'x', 'x', 'x')",
        f"SELECT id FROM api.approve_proposal(gen_random_uuid(), '{new_id()}', 'x')",
        "INSERT INTO app.seals (stream, position, head, xid, row_id, newest) VALUES ('events', 99, sha256('x'), '0', 0, now())",
        "SELECT app.seal('events')",
    ]) == {"42501"}  # fmt: skip
    assert check_runs(auditor) == runs and freeze(auditor)


@pytest.mark.parametrize("level", LEVELS)
def test_no_run_is_counted_in_a_picture_from_before_the_mistake(scene, bare, auditor, level, ended):
    with bare("worker") as captured, tampered(scene):
        captured.execute(f"BEGIN ISOLATION LEVEL {level}; SELECT count(*) FROM api.queues")
        assert ended(captured, "SELECT id FROM api.record_checks()") == "RF001"
    assert check_runs(auditor) == []


def test_a_transaction_that_was_open_before_the_mistake_counts_what_is_there_now(scene, bare, auditor):
    with bare("worker") as captured:
        captured.execute("BEGIN; SELECT count(*) FROM api.check_runs")
        with tampered(scene):
            captured.execute("SELECT id FROM api.record_checks(); COMMIT")
    assert [run.red for run in check_runs(auditor)] == [{"I02": 1}]
    assert freeze(auditor)


def test_a_run_that_is_taken_back_hides_nothing_from_the_next_one(scene, bare, worker, auditor):
    with bare("worker") as captured, tampered(scene):
        for end in ("ROLLBACK", "ROLLBACK TO before; COMMIT"):
            captured.execute("BEGIN; SAVEPOINT before; SELECT id FROM api.record_checks()")
            captured.execute(end)
        assert check_runs(auditor) == [] and freeze(auditor) is None
        assert record_checks(worker).froze


def test_seals_that_are_taken_back_and_made_again_are_the_same_chain(scene, bare, worker, auditor, ended):
    scene.order()
    with bare("worker") as captured:
        captured.execute("BEGIN; SAVEPOINT before; SELECT api.seal_trail(); ROLLBACK TO before; SELECT api.seal_trail(); COMMIT")
        scene.order()
        captured.execute("BEGIN; SELECT api.seal_trail(); ROLLBACK")
        for level in LEVELS:
            captured.execute(f"BEGIN ISOLATION LEVEL {level}")
            assert ended(captured, "SELECT api.seal_trail()") == "RF001"
            captured.execute("ROLLBACK")
    while seal_trail(worker):
        pass
    for stream in STREAMS:
        *_, last = check(auditor, stream, [])
        assert last.wrong == []


def test_no_person_alone_ends_a_freeze_under_any_login(scene, hire, auditor, owner_connection):
    [[person_id]] = owner_connection.execute("SELECT person_id FROM app.staff WHERE login = 'gbenga'").fetchall()
    second = hire("gbenga.two", Role.FINANCE_ADMIN, person_id=person_id)
    name_approvers(owner_connection, "ada", "gbenga")
    waiting = propose_release(scene)
    for desk in (scene.desk("finance"), second):
        with pytest.raises(Forbidden):
            approve_proposal(desk, new_id(), waiting.id, waiting.digest)
    assert freeze(auditor)


@pytest.mark.usefixtures("approvers")
def test_a_token_of_somebody_else_or_of_another_freeze_ends_nothing(scene, auditor):
    first = preview_release(scene.desk("finance"), new_id(), freeze_money(scene).id)
    for thief in ("owner", "support", "manager"):
        with pytest.raises(Forbidden):
            confirm_proposal(scene.desk(thief), new_id(), first.token, *WHY)
    scene.refill()
    release(scene)
    second = freeze_money(scene)
    assert confirm_proposal(scene.desk("finance"), new_id(), first.token, *WHY).outcome == "impact_changed"
    assert freeze(auditor) == second


@pytest.mark.usefixtures("approvers")
def test_what_was_agreed_to_once_does_not_end_the_next_freeze(scene, owner, auditor):
    agreed = release(scene)
    again = freeze_money(scene)
    scene.refill()
    assert approve_proposal(owner, new_id(), agreed.id, agreed.digest).outcome == "replayed"
    assert freeze(auditor) == again


def test_no_shape_of_a_transaction_posts_while_money_is_frozen(scene, bare, auditor, ended):
    town = scene.town
    buying = BUYING.format(yaba=town.yaba, customer=town.customer, water=town.water)
    with bare("ordering") as early, bare("ordering") as late:
        early.execute("BEGIN; SELECT count(*) FROM api.compat")
        freeze_money(scene)
        for deferral in ("ALL IMMEDIATE", "ALL DEFERRED"):
            early.execute(f"SAVEPOINT here; SET CONSTRAINTS {deferral}")
            assert ended(early, buying) == "RF423"
            early.execute("ROLLBACK TO here")
        early.execute("COMMIT")
        for begin in ("BEGIN", "BEGIN; SET CONSTRAINTS ALL DEFERRED", "BEGIN; SET LOCAL lock_timeout = 0"):
            late.execute(begin)
            assert ended(late, buying) == "RF423"
            late.execute("ROLLBACK")
        for level in LEVELS:
            late.execute(f"BEGIN ISOLATION LEVEL {level}")
            assert ended(late, buying) == "RF001"
            late.execute("ROLLBACK")
    assert freeze(auditor)
