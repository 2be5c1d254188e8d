"""The benchmarks: each runs alone and tells its result in one form, and a run after which a promise is broken counts for nothing."""

import json
import os
import signal
import time
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.lab import orm, refunding, stage, version_checks
from benchmarks.lab.load import Window, _logged, python_clients
from benchmarks.lab.mixes import Orders, TopUps
from benchmarks.lab.report import Goal
from benchmarks.lab.stage import Stage, Void
from benchmarks.lab.ways import rivals
from core.base.identifiers import new_id
from core.cli import bench
from tests.support import command_line
from tests.support.waiting import wait_until

FORM = {"goal", "threshold", "measured", "met"}
CHANGED = """
SELECT (SELECT count(*) FROM app.orders WHERE refunded > 0), (SELECT count(*) FROM app.order_lines WHERE refunded = 1 AND reserved = 0),
    (SELECT count(*) FROM app.refund_lines WHERE state = 'done'), (SELECT count(*) FROM app.proposals WHERE state = 'done'),
    (SELECT sum(balance)::bigint FROM app.accounts), (SELECT sum(version) FROM app.accounts)
"""
LOSSLESS = ("sold", "refused", "lost", "deadlocks", "credited")  # these goals hold however slow the machine is


@pytest.fixture
def rachel(capsys):
    return command_line.rachel_for(capsys)


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """Let `rachel bench` find its files in an empty folder."""
    monkeypatch.setattr(bench, "BENCHMARKS", tmp_path)
    return tmp_path


@pytest.fixture
def small_town(workplace, copy, owner_connection):
    """One kitchen and one customer, with the ids that the benchmarks count."""
    town = Stage(workplace.cluster.server(copy), workplace.cluster.superuser, workplace.sign_ins, kitchens=1, customers=1, past=0)
    stage._fill(town, owner_connection)
    return town


@pytest.mark.long
def test_every_benchmark_tells_its_goals_in_one_form_and_none_loses_an_order_or_a_top_up(rachel):
    ran = rachel("bench", "--quick", "--json")
    assert ran.result["failed"] == {}
    told = ran.result["benchmarks"]
    assert [benchmark["name"] for benchmark in told] == ["audit", "board", "orders", "refunds", "wallets"]
    assert all(set(benchmark) == {"name", "runs", "goals"} and benchmark["runs"] == 1 for benchmark in told)
    goals = [goal for benchmark in told for goal in benchmark["goals"]]
    assert all(set(goal) == FORM and goal["measured"] >= 0 and isinstance(goal["met"], bool) for goal in goals)
    lossless = [goal for goal in goals if any(word in goal["goal"] for word in LOSSLESS)]
    assert len(lossless) == 9
    assert [goal for goal in lossless if not goal["met"]] == []
    assert ran.result["missed"] == [goal["goal"] for goal in goals if not goal["met"]]
    assert ran.code == (1 if ran.result["missed"] else 0)


def test_the_table_names_each_goal_its_threshold_what_was_measured_and_whether_it_was_met(rachel, folder):
    kept = {"goal": "a / b: at least", "threshold": 0.8, "measured": 0.934, "met": True}
    pretend(folder, "orders", [kept, {"goal": "lost: exactly", "threshold": 0, "measured": 2, "met": False}])
    ran = rachel("bench")
    assert ran.code == 1
    assert ran.out.splitlines() == [
        "orders, runs: 5",
        "goal             threshold  measured",
        "a / b: at least        0.8     0.934  met",
        "lost: exactly            0         2  MISSED",
        "",
        "1 of 2 goals are met.",
    ]


def test_a_benchmark_that_fails_or_hangs_is_named_and_the_others_still_run(rachel, folder):
    (folder / "breaks.py").write_text("raise SystemExit('This machine has no disk.')")
    (folder / "hangs.py").write_text("import time; time.sleep(60)")
    pretend(folder, "works", [])
    ran = rachel("bench", "--json", "--deadline", "1")
    assert ran.code == 1
    assert [benchmark["name"] for benchmark in ran.result["benchmarks"]] == ["works"]
    assert ran.result["failed"] == {
        "breaks": "It ended with code 1 and without a result.",
        "hangs": "It had no result after 1 seconds.",
    }


def test_only_the_named_benchmarks_run_and_an_unknown_name_is_refused_with_those_there_are(rachel, folder):
    for name in ("orders", "wallets"):
        pretend(folder, name, [])
    assert [benchmark["name"] for benchmark in rachel("bench", "wallets", "--json").result["benchmarks"]] == ["wallets"]
    ran = rachel("bench", "orders", "speed")
    assert (ran.code, ran.err) == (2, "There is no benchmark speed. There are: orders, wallets.\n")


def pretend(folder, name, goals) -> None:
    """Put a benchmark there that tells these goals at once."""
    told = json.dumps({"name": name, "runs": 5, "goals": goals})
    (folder / f"{name}.py").write_text(f"print({told!r})")


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the server's process in /proc")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_told_to_stop_takes_its_benchmark_and_leaves_no_server_behind(stop):
    with command_line.start("bench", "orders", "--quick") as program:
        wait_until(lambda: children(program.pid))
        [benchmark] = children(program.pid)
        wait_until(lambda: servers_of(benchmark))
        [server] = servers_of(benchmark)
        os.kill(program.pid, stop)
        program.communicate(timeout=40)
    assert program.returncode == 130
    assert not Path(f"/proc/{benchmark}").exists()
    assert not Path(f"/proc/{server}").exists()


def children(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def servers_of(process: int) -> list[int]:
    return [child for child in children(process) if Path(f"/proc/{child}/comm").read_text() == "postgres\n"]


def test_a_run_after_which_a_promise_is_broken_is_void(workplace, copy, owner_connection):
    town = Stage(workplace.cluster.server(copy), workplace.cluster.superuser, workplace.sign_ins, kitchens=0, customers=0, past=0)
    town.check()
    owner_connection.execute("INSERT INTO app.commands (id, verb, request_hash) VALUES (%s, 'place_order', '')", [new_id()])
    with pytest.raises(Void, match="I19 Every command has its answer.*: 1 rows"):
        town.check()
    owner_connection.execute("DELETE FROM app.commands")


def test_the_rivals_write_the_same_rows_as_the_verbs(small_town, owner_connection):
    mix, top_ups = Orders(small_town, one_dish=True), TopUps(small_town)
    top_ups.prepare(2, 1)

    def written(operation):
        return written_by(owner_connection, operation)

    with (
        closing(small_town.connect("ordering")) as ordering, closing(small_town.connect("worker")) as worker,
        rivals(small_town, 1) as [connection], orm.factory(small_town, 1) as session,
    ):  # fmt: skip
        by_verb = written(mix.operation(ordering, 0))
        assert by_verb["stock_movements"] == 1 and by_verb["entries"] == 2
        assert written(version_checks.orders(connection, mix.baskets())) == by_verb
        assert written(orm.orders(session, mix.baskets())) == by_verb
        assert written(top_ups.rival(connection, 1)) == written(top_ups.operation(worker, 0))


def test_one_call_for_each_order_writes_and_changes_the_same_rows_as_a_refund_by_500(small_town, owner_connection):
    refunding.prepare(small_town, 503)  # three are left for the worker, or for three calls
    by_set, one_by_one = (refunding.confirm(small_town, 503) for _ in range(2))
    changed = [owner_connection.execute(CHANGED).fetchone()]
    by_verb = written_by(owner_connection, lambda: refunding.by_set(small_town, by_set))
    changed.append(owner_connection.execute(CHANGED).fetchone())
    by_rival = written_by(owner_connection, lambda: refunding.one_by_one(small_town, one_by_one))
    changed.append(owner_connection.execute(CHANGED).fetchone())
    assert by_verb == {"transfers": 3, "entries": 6, "audit_events": 3, "outbox": 7}  # each order and its wallet, and the proposal once
    assert by_rival == by_verb
    by_verb, by_rival = ([after - before for before, after in zip(*both, strict=True)] for both in (changed[:2], changed[1:]))
    assert by_rival == by_verb == [3, 3, 3, 1, 3 * 5_000, 3]


def written_by(connection, operation) -> dict[str, int]:
    """Return how many rows of which tables an operation adds."""
    before = rows(connection)
    operation()
    return {table: many - before[table] for table, many in rows(connection).items() if many != before[table]}


def rows(connection) -> dict[str, int]:
    tables = [name for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'app'").fetchall()]
    return {table: connection.execute(f'SELECT count(*) FROM app."{table}"').fetchone()[0] for table in tables}


def test_a_goal_that_must_be_met_exactly_tells_the_worst_repetition():
    assert Goal.exactly("sold", 5, [5, 5, 6, 5]) == Goal("sold: exactly", 5, 6, False)
    assert Goal.exactly("sold", 5, [5, 5]).met


def test_what_pgbench_ended_outside_the_window_is_not_counted():
    log = ["0 1 900 0 100 0", "0 2 900 0 101 500000", "0 3 failed 0 102 0", "0 4 900 0 103 100000"]  # seconds 100, 101.5, 102, 103.1
    outcome = _logged(log, Window(2, warm_up=1))
    assert (outcome.rate, outcome.lost) == (0.5, 0.5)


def test_what_a_python_client_ended_outside_the_window_is_not_counted():
    naps = iter([0.05, 1, 2])  # the first ends in the warm-up, the last after the bell
    outcome = python_clients([lambda: time.sleep(next(naps))], Window(1.5, warm_up=0.5))
    assert (outcome.rate, outcome.lost) == (1 / 1.5, 0)
