"""`rachel doctor` where the server would not count the promises: it says so, and looks at everything else."""

import pytest

from core.base.errors import Unanswered
from core.cli import doctor_findings as findings
from tests.support import command_line
from tests.support.freezing import freeze_money
from tests.support.many import cook_many


@pytest.fixture
def rachel(capsys, monkeypatch, tmp_path, workplace, copy):
    """Run `rachel` on a machine that has the sign-ins of this test's database."""
    command_line.sign_in(monkeypatch, tmp_path, workplace, copy)
    return command_line.rachel_for(capsys)


def test_promises_that_the_server_would_not_count_are_said_so_and_everything_else_is_looked_at(rachel, scene, seal, owner_connection):
    cook_many(owner_connection, 1500)
    seal()
    owner_connection.execute("ALTER ROLE worker SET temp_file_limit = 0; ALTER ROLE worker SET work_mem = '256kB'")
    try:
        ran = rachel("doctor", "--json")
    finally:
        owner_connection.execute("ALTER ROLE worker RESET ALL")
    assert (ran.code, ran.err) == (1, "")
    [said] = [each for each in ran.result["findings"] if each["name"] == "Promises"]
    assert said["mark"] == "act" and said["figure"].startswith("not counted: This needs more room than the server gives to one request.")
    assert "rachel verify" in said["do"] and {"Checks", "Worker", "Disk", "fsync"} <= {each["name"] for each in ran.result["findings"]}


def test_promises_that_nobody_could_count_are_no_reason_to_be_silent_about_a_freeze(scene):
    said = findings.uncounted(Unanswered("lost"), freeze_money(scene))
    assert said.figure == "not counted: the server did not answer in time" and "Money has been frozen since" in said.do
