"""What waits on the server, as `rachel doctor` tells it: kicks for whoever listens, and checks. Seals: tests/audit/test_waiting.py."""

from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest

from core import health
from core.base.errors import Illegal
from core.cli import doctor_findings, doctor_waiting
from core.cli.doctor import examine
from core.worker.load import Watch


@pytest.fixture
def captured(workplace, copy):
    """Whoever has the worker's password, without our program; they lifted their limits."""
    with workplace.bare("worker", copy) as connection:
        connection.execute("SET idle_in_transaction_session_timeout = 0")
        yield connection


@pytest.mark.parametrize(("thousandths", "mark"), [(0, "ok"), (99, "ok"), (100, "look"), (500, "act")])
def test_a_queue_for_kicks_that_fills_is_told_before_it_is_full(auditor, thousandths, mark):
    found = doctor_waiting.kicks(replace(health.server(auditor), kick_queue=thousandths))
    assert (found.mark, found.figure) == (mark, f"{thousandths / 10:.1f} % of the queue for kicks is used")


def test_checks_that_nobody_ran_for_a_quarter_of_an_hour_are_to_be_acted_on(auditor, worker, town):
    assert doctor_findings.checks([], health.server(auditor).answered_at, works=False).mark == "act"
    health.record_checks(worker)
    runs = health.check_runs(auditor, 1)
    assert doctor_findings.checks(runs, runs[0].at + timedelta(minutes=14), works=True).mark == "ok"
    late = doctor_findings.checks(runs, runs[0].at + timedelta(minutes=15), works=False)
    assert late.mark == "act" and "not frozen" in late.do and "Start a worker" in late.do


def test_who_keeps_the_workers_turn_is_found_and_ended_by_what_the_doctor_says(
    auditor, worker, captured, town, workplace, copy, owner_connection
):
    Watch(worker, iter([0.0, 61.0, 61.0]).__next__).look()  # a worker runs
    captured.execute("BEGIN; SELECT FROM api.record_checks(); SELECT FROM api.end_overdue()")
    with pytest.raises(Illegal, match="are being run already"):
        health.record_checks(worker)
    [late] = [each for each in examine(auditor, workplace.cluster.server(copy)) if each.name == "Checks"]
    assert (late.mark, late.figure) == ("act", "no worker ever had them checked")
    asked = late.do[late.do.index("SELECT"):late.do.index(";")]  # fmt: skip
    found = {(pid, login) for pid, login, _ in owner_connection.execute(asked).fetchall()}
    assert found == {(captured.info.backend_pid, "worker")}
    owner_connection.execute("SELECT pg_terminate_backend(%s, 5000)", [captured.info.backend_pid])
    with pytest.raises(psycopg.OperationalError):
        captured.execute("COMMIT")
    assert health.record_checks(worker).red == {}
