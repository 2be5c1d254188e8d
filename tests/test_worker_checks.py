"""The worker checks every promise when it begins, and then every few minutes, and logs what it finds."""

import threading

from core.health import check_runs, freeze
from core.worker.checks import Checks
from tests.support.freezing import tampered
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
