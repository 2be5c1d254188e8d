"""`rachel doctor`: what it finds, how it is marked, what it says to do, and how it ends."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core import health
from core.audit import seal_trail
from core.base.config import Server, write_sign_ins
from core.cli import doctor_findings as findings
from core.cli.doctor import examine
from core.cli.doctor_meter import meter
from core.cli.workplace import signed_in
from core.database.embedded import scratch_server
from core.database.install import init
from core.database.limits import LIMITS
from core.health import OpenProgram, ServerLogin
from core.health.machine import Space
from core.health.meter import State, look, read_meter
from core.health.triggers import TRIGGERS
from core.worker.load import Watch
from tests.support import command_line

HERE = Server("127.0.0.1", 5432, "rachel")
TUNED = {"client_connection_check_interval": "1000", "idle_session_timeout": "43200000", "idle_in_transaction_session_timeout": "15000",
         "temp_file_limit": "1048576", "log_parameter_max_length": "0", "log_parameter_max_length_on_error": "0"}  # fmt: skip
SOUND = TUNED | {
    "fsync": "on", "full_page_writes": "on", "autovacuum": "on", "track_counts": "on", "track_activities": "on",
    "max_prepared_transactions": "0", "synchronous_commit": "on",
    "data_checksums": "on", "password_encryption": "scram-sha-256", "ssl": "on", "archive_mode": "off",
}  # fmt: skip
ADA = ServerLogin("ada", True, False, False, False, False, False, 10, True, True)
POSTGRES = ServerLogin("postgres", True, True, True, True, True, True, -1, False, False)


@pytest.fixture
def rachel(capsys, monkeypatch, tmp_path, workplace, copy):
    """Run `rachel` on a machine that has the sign-ins of this test's database."""
    command_line.sign_in(monkeypatch, tmp_path, workplace, copy)
    return command_line.rachel_for(capsys)


@pytest.fixture
def facts(auditor):
    return health.server(auditor)


def marks(found):
    return {each.name: each.mark for each in found}


def finding(ran, name):
    [found] = [each for each in ran.result["findings"] if each["name"] == name]
    return found


def test_a_server_that_forgets_what_it_acknowledged_ends_it_with_1_and_says_what_to_set(rachel, town):
    """The tests' server is such a one."""
    ran = rachel("doctor", "--json")
    assert (ran.code, ran.err, ran.result["ok"]) == (1, "", False)
    assert finding(ran, "fsync") == {
        "name": "fsync", "mark": "act", "figure": "off", "do": "Set fsync = on in postgresql.conf, then restart PostgreSQL."
    }  # fmt: skip
    assert {finding(ran, name)["mark"] for name in ("full_page_writes", "autovacuum", "synchronous_commit")} == {"act"}
    assert finding(ran, "Promises")["mark"] == "ok"
    assert finding(ran, "Backups")["figure"].startswith("no backup is configured here")


def test_for_a_person_each_finding_is_a_line_with_what_to_do_below_it(rachel, town):
    ran = rachel("doctor")
    lines = ran.out.splitlines()
    [at] = [number for number, line in enumerate(lines) if line.startswith("act   fsync ")]
    assert lines[at + 1].strip() == "-> Set fsync = on in postgresql.conf, then restart PostgreSQL."
    assert ran.code == 1
    assert lines[-2] == ""
    assert lines[-1].endswith("are well. `rachel doctor --json` is for scripts.")


def test_every_trigger_of_the_meter_is_among_the_findings(rachel, town):
    found = rachel("doctor", "--json").result["findings"]
    assert [each["name"] for each in found if each["name"][0] == "T" and each["name"][1].isdigit()] == [
        f"{each.key} {each.title}" for each in TRIGGERS
    ]


def test_a_durable_server_with_a_worker_has_nothing_to_act_on():
    with scratch_server() as cluster:
        server = cluster.server("rachel")
        made = init(server, cluster.superuser, "ada", "Ada Eze")
        with signed_in(server, made["worker"]) as worker:
            watch = Watch(worker, iter([0.0, 61.0, 61.0]).__next__)
            watch.look()
            health.record_checks(worker)
            seal_trail(worker)
        with signed_in(server, made["owner"]) as owner:
            found = examine(owner, server)
    assert [each for each in found if each.mark == "act"] == []
    looks = {each.name for each in found if each.mark == "look"}
    assert looks - {"Disk"} == {"Backups", "ssl", "T1 The server's processor", "T6 Writing the log"}


def test_where_the_worker_runs_its_sign_in_is_enough(rachel, town, workplace, tmp_path):
    (tmp_path / "sign-ins.toml").unlink()
    write_sign_ins(tmp_path / "sign-ins.toml", {"worker": workplace.sign_ins["worker"]})
    assert rachel("doctor", "--json").result["findings"]


def test_who_may_not_know_how_the_server_fares_is_refused(rachel, town, workplace, tmp_path):
    (tmp_path / "sign-ins.toml").unlink()
    write_sign_ins(tmp_path / "sign-ins.toml", {"owner": workplace.sign_ins["cook"]})
    ran = rachel("doctor", "--json")
    assert (ran.code, ran.out, ran.err) == (3, "", "This login may not do that.\n")


def test_a_broken_promise_is_named_with_what_to_stop(auditor):
    found = [replace(each, violations=2) if each.name == "I06" else each for each in health.invariants(auditor)]
    said = findings.promises(found, None, {"I06": 1})
    assert (said.mark, said.figure) == ("act", f"1 of {len(found)} promises is broken: I06.")
    assert said.do.startswith("Money is not frozen: start the worker")


@pytest.mark.parametrize("name", SOUND)
def test_each_setting_that_is_not_as_it_should_be_is_found_and_alone(name):
    wrong = {"synchronous_commit": "off", "password_encryption": "md5"}.get(name, "-1" if name in LIMITS else "off")
    found = marks(findings.settings(SOUND | {name: wrong}, HERE))
    others = {each for each, mark in found.items() if mark != "ok"}
    assert others == ({name} if name != "archive_mode" else set())


def test_what_init_set_is_said_with_the_name_of_the_database():
    [found] = [each for each in findings.settings(SOUND | {"temp_file_limit": "-1"}, HERE) if each.mark != "ok"]
    assert found.do == "As administrator: ALTER DATABASE \"rachel\" SET temp_file_limit = '1GB'."


def test_a_clock_that_is_six_seconds_off_is_found(facts):
    assert findings.clock(facts, facts.answered_at + timedelta(seconds=6)).figure == "6.0 s behind this machine's"
    assert findings.clock(facts, facts.answered_at + timedelta(seconds=6)).mark == "look"
    assert findings.clock(facts, facts.answered_at - timedelta(seconds=4)).mark == "ok"


def test_before_sixteen_the_version_is_looked_at(facts):
    assert findings.version(replace(facts, version=150_020)).mark == "look"
    assert findings.version(replace(facts, version=160_004)).figure.startswith("PostgreSQL 16.4, since ")


def test_a_disk_that_fills_up_is_found_and_one_that_cannot_be_seen_is_not_called_well(facts, monkeypatch):
    monkeypatch.setattr(findings, "is_here", lambda backend: False)
    assert findings.disk(facts).mark == "look"
    monkeypatch.setattr(findings, "is_here", lambda backend: True)
    for space, mark in ((None, "look"), (Space(9, 100), "act"), (Space(19, 100), "look"), (Space(20, 100), "ok")):
        monkeypatch.setattr(findings, "free_space", lambda backend, space=space: space)
        assert findings.disk(facts).mark == mark


@pytest.mark.parametrize(
    ("role", "name", "mark"),
    [
        (replace(POSTGRES, login="boss"), "Administrators", "look"),
        (replace(ADA, is_superuser=True), "Roles with powers of their own", "act"),
        (replace(ADA, makes_roles=True), "Roles with powers of their own", "act"),
        (replace(ADA, makes_databases=True), "Roles with powers of their own", "act"),
        (replace(ADA, sees_all_rows=True), "Roles with powers of their own", "act"),
        (replace(ADA, replicates=True), "Roles with powers of their own", "act"),
        (replace(POSTGRES, login="hidden", may_sign_in=False), "Roles with powers of their own", "act"),
        (replace(ADA, login="app", is_known=False, is_active=False), "Logins that are not ours", "look"),
        (replace(ADA, is_active=False), "Logins of who left", "act"),
    ],
)
def test_a_login_with_powers_or_without_a_reason_is_found(role, name, mark):
    found = {each.name: each for each in findings.powers([POSTGRES, role])}
    assert (found[name].mark, role.login in found[name].figure) == (mark, True)


def test_what_init_made_is_as_it_should_be(owner, town):
    found = findings.powers(health.logins(owner))
    assert {each.name: (each.mark, each.figure) for each in found} == {
        "Administrators": ("ok", "postgres"),
        "Roles with powers of their own": ("ok", "none"),
        "Logins that are not ours": ("ok", "none"),
        "Logins of who left": ("ok", "none"),
    }


def test_people_who_together_can_take_every_connection_are_found_until_some_are_reserved(facts):
    many = [replace(ADA, login=f"p{number}") for number in range(28)]
    assert findings.connections(replace(facts, max_connections=300), many, {}).mark == "ok"
    many.append(replace(ADA, login="one more"))
    assert findings.connections(replace(facts, max_connections=300), many, {}).mark == "look"
    assert findings.connections(replace(facts, max_connections=300), many, {"reserved_connections": "5"}).mark == "ok"
    assert findings.connections(facts, [replace(ADA, connection_limit=-1)], {}).mark == "act"


def test_programs_that_are_too_old_or_behind_are_found():
    new, behind = OpenProgram("rachel-kitchen", "1.4.0", 5, 1, False, False), OpenProgram("rachel-kitchen", "1.3.0", 5, 0, False, True)
    other, old = OpenProgram("", "", 3, 0, False, False), OpenProgram("rachel-admin", "0.9.0", 2, 0, True, True)
    assert findings.versions([new, other], "1.4.0").mark == "ok"
    assert findings.versions([new, behind], "1.4.0").mark == "look"
    assert findings.versions([new, behind, old], "1.4.0").mark == "act"
    assert findings.versions([other], "1.4.0").figure.startswith("none is open")


def test_without_a_worker_it_says_how_to_start_one_and_waits_for_one_that_has_just_begun(auditor, worker, town):
    seen = look(auditor)
    assert "systemctl start rachel-worker" in findings.worker(seen, []).do
    assert findings.worker(seen, [OpenProgram("rachel-worker", "1.4.0", 3, 0, False, False)]).mark == "look"
    watch = Watch(worker, iter([0.0, 61.0, 61.0]).__next__)
    watch.look()
    assert findings.worker(look(auditor), []).mark == "ok"


def test_a_backup_that_is_not_there_is_said_plainly_and_an_archive_that_fails_is_an_alarm(facts):
    assert findings.backups(facts, SOUND).mark == "look"
    assert "docs/server.md, “Backups”" in findings.backups(facts, SOUND).do
    assert findings.backups(facts, {"archive_mode": "off"}).figure.endswith("the log is not archived either (archive_mode is off)")
    on, at = {"archive_mode": "on"}, datetime(2026, 3, 12, 9, 5, tzinfo=UTC)
    assert findings.backups(facts, on).figure.endswith("archive_mode is on, and nothing of the log was archived yet")
    kept = replace(facts, archived_at=at, answered_at=at + timedelta(hours=23))
    assert findings.backups(kept, on).figure.endswith("the log is archived, last 2026-03-12 09:05 UTC")
    assert "over a day ago" in findings.backups(replace(kept, answered_at=at + timedelta(hours=25)), on).figure
    failed = findings.backups(replace(kept, archive_failed_at=at + timedelta(minutes=1)), on)
    said = "archiving the log failed 2026-03-12 09:06 UTC, and was done last 2026-03-12 09:05 UTC"
    assert (failed.mark, failed.figure) == ("act", said)
    assert findings.backups(replace(facts, archive_failed_at=at), on).figure.endswith("and was done last never")
    assert findings.backups(replace(kept, archive_failed_at=at - timedelta(minutes=1)), on).mark == "look"


def test_a_lever_that_is_due_is_named_first_with_those_that_come_after_it(auditor, town):
    readings = [replace(each, state=State.ACT, days=4) if each.trigger.key == "T5" else each for each in read_meter(look(auditor))]
    [found] = [each for each in meter(readings) if each.name.startswith("T5")]
    assert found.mark == "act"
    assert found.do.startswith("Close idle ones sooner; then: More memory, and a higher max_connections; then: ")
    assert found.figure.endswith("of the connections (70 %); above on 4 of the last 7 days")


def test_what_each_program_counts_for_itself_is_no_finding_of_the_doctors(auditor, town):
    [found] = [each for each in meter(read_meter(look(auditor))) if each.name.startswith("T2")]
    assert (found.mark, found.figure) == ("ok", "? ms for 95 of 100 reads (100 ms; each program counts its own)")
