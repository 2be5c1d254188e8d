"""The worker checks every promise when it begins, and then every few minutes, and logs what it finds."""

import threading
import time
from contextlib import closing

import pytest

from core.base.config import Server
from core.base.errors import Exhausted, Offline, Unanswered
from core.database.gateway import Database
from core.health import check_runs, freeze
from core.worker.checks import Checks
from tests.support.freezing import tampered
from tests.support.many import cook_many
from tests.support.waiting import wait_until
from tests.support.workers import logged, worker


def test_it_checks_at_its_start_and_logs_what_it_found(scene, workplace, copy, auditor, tmp_path):
    with tampered(scene), worker(workplace.cluster.server(copy), workplace.sign_ins["worker"], tmp_path):
        wait_until(lambda: freeze(auditor) is not None)
        wait_until(lambda: [line for line in logged(tmp_path) if line["job"] == "checks"])
    [run] = check_runs(auditor)
    [line] = [line for line in logged(tmp_path) if line["job"] == "checks"]
    assert (line["event"], line["red"], line["froze"], line["checks"]) == ("checked", {"I02": 1}, True, run.checks)


def test_it_checks_again_and_again_until_it_is_told_to_stop(scene, worker, auditor, monkeypatch):
    monkeypatch.setattr("core.worker.checks.LOOK_EVERY", 0.01)
    stopping, runs = threading.Event(), []
    for run in Checks(worker).keep_looking(stopping):
        runs.append(run)
        if len(runs) == 3:
            stopping.set()
    assert check_runs(auditor) == runs[::-1]


def test_after_a_run_that_froze_it_looks_again_soon_so_that_i28_knows_by_number_what_came_later(scene, worker, auditor, monkeypatch):
    monkeypatch.setattr("core.worker.checks.LOOK_AFTER_FREEZING", 0.01)
    stopping, runs = threading.Event(), []
    shut = "SELECT shut_xid IS NOT NULL FROM app.freezes"
    with tampered(scene):
        for run in Checks(worker).keep_looking(stopping):
            runs.append((run.froze, scene.admin.execute(shut).fetchone()))
            if len(runs) == 2:
                stopping.set()
    assert runs == [(True, (False,)), (False, (True,))]


@pytest.fixture
def cramped(scene, owner_connection):
    """The worker's login has no room to sort in, and there is much to sort."""
    cook_many(owner_connection, 1500)
    owner_connection.execute("ALTER ROLE worker SET temp_file_limit = 0; ALTER ROLE worker SET work_mem = '64kB'")
    yield
    owner_connection.execute("ALTER ROLE worker RESET ALL")


def test_a_run_for_which_the_server_has_no_room_is_told_and_asked_again_only_after_a_while(cramped, login, auditor, monkeypatch):
    monkeypatch.setattr("core.worker.checks.LOOK_EVERY", 0.3)
    looks, began, stopping = [], time.monotonic(), threading.Event()
    for found in Checks(login("worker")).keep_looking(stopping):
        looks.append(type(found))
        if len(looks) == 3:
            began, waited = time.monotonic(), time.monotonic() - began
            stopping.set()
    assert looks == [Exhausted] * 3 and waited >= 0.6
    assert check_runs(auditor) == []


def test_a_worker_whose_run_was_refused_says_so_in_its_log_and_goes_on(cramped, workplace, copy, tmp_path):
    with worker(workplace.cluster.server(copy), workplace.sign_ins["worker"], tmp_path):
        wait_until(lambda: [line for line in logged(tmp_path) if line["job"] == "checks"])
    [line] = [line for line in logged(tmp_path) if line["job"] == "checks"]
    assert (line["event"], line["again_in"]) == ("not checked", 300.0)
    assert line["why"].startswith("This needs more room than the server gives to one request.")


def test_a_run_without_an_answer_is_told_and_one_that_was_never_asked_is_tried_again_at_once(login, town, held, proxy, copy):
    checks, stopping = Checks(login("worker", deadline=0.3)), threading.Event()
    with held("LOCK TABLE app.check_runs IN ACCESS EXCLUSIVE MODE"):
        looks = checks.keep_looking(stopping)
        assert type(next(looks)) is Unanswered
    nobody = Server("127.0.0.1", proxy.port, copy, sslmode="disable")
    proxy.close()
    with closing(Database.connect(nobody, "worker", "no matter")) as away, pytest.raises(Offline) as told:
        next(Checks(away).keep_looking(stopping))
    assert type(told.value) is Offline
