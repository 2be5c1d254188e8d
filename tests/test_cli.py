"""`rachel` itself: help, exit codes, first installation, and what is left behind when it is stopped."""

import os
import re
import signal

import pytest

from core import kitchens, orders
from core.base.config import load, sign_in
from core.cli.replay_stage import Stage
from core.cli.terminal import Progress
from core.cli.workplace import workplace
from core.database.embedded import scratch_server
from tests.support import command_line

MANY = b"order_id,item,unit_price\n" + b"".join(b"%d,Egusi,5\n" % number for number in range(20_000))


@pytest.fixture
def rachel(capsys, monkeypatch, tmp_path):
    """Run `rachel` on a machine that knows nothing yet."""
    monkeypatch.setenv("RACHEL_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.delenv("RACHEL_SIGN_INS", raising=False)
    (tmp_path / "config.toml").touch()
    return command_line.rachel_for(capsys)


@pytest.fixture(scope="module")
def cluster():
    """Run a PostgreSQL that nobody has prepared yet, and that keeps what it acknowledged when it is killed."""
    with scratch_server() as cluster:
        yield cluster


@pytest.fixture
def prepared(rachel, cluster, tmp_path, monkeypatch):
    """Prepare that PostgreSQL with `rachel init`, and point this machine at it. The arguments for the administrator."""
    secret = tmp_path / "password"
    secret.touch(mode=0o600)
    secret.write_text(f"{cluster.superuser.password}\n", encoding="utf-8")
    arguments = ["--host", "127.0.0.1", "--port", cluster.port, "--password-file", secret]
    ran = rachel("init", *arguments, "--database", f"db{os.getpid()}", "--sign-ins", cluster.home / "sign-ins.toml", "--json")
    assert ran.code == 0, ran.err
    monkeypatch.setenv("RACHEL_SIGN_INS", str(cluster.home / "sign-ins.toml"))
    for name, value in (("HOST", "127.0.0.1"), ("PORT", cluster.port), ("DATABASE", f"db{os.getpid()}")):
        monkeypatch.setenv(f"RACHEL_{name}", str(value))
    return arguments


@pytest.fixture
def orders_file(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_bytes(MANY)
    return path


def wait_for(said, stream):
    """Read what a program says until it says this."""
    heard = ""
    while said not in heard:
        line = stream.readline()
        assert line, heard
        heard += line
    return heard


@pytest.mark.parametrize("command", ["", "init", "upgrade", "worker", "import menu", "replay"])
def test_help_tells_the_exit_codes(rachel, command):
    ran = rachel(*command.split(), "--help")
    assert ran.code == 0
    assert "cannot begin or go on: no server, no sign-in" in ran.out


def test_the_demo_reads_its_own_arguments(rachel):
    ran = rachel("demo", "--help")
    assert (ran.code, "--offscreen" in ran.out) == (0, True)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["demo", "--nonsense"],
        ["cook"],
        ["import"],
        ["replay"],
        ["replay", "/nowhere/orders.csv"],
        ["replay", "/tmp", "--scratch"],
        ["replay", "orders.csv", "--stock-percent", "-1"],
        ["replay", "orders.csv", "--stock-percent", "1.5"],
        ["import", "menu", os.devnull],
        ["init"],
    ],
)
def test_what_makes_no_sense_ends_with_code_2_and_nothing_on_stdout(rachel, arguments):
    ran = rachel(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err


def test_a_machine_without_sign_ins_is_told_what_to_do(rachel, orders_file):
    ran = rachel("replay", orders_file)
    assert (ran.code, ran.out) == (3, "")
    assert "No sign-in for [owner] and [ordering] and [worker]" in ran.err
    assert "--scratch" in ran.err
    assert "rachel init" in ran.err


def test_the_worker_runs_with_its_own_sign_in_until_it_is_stopped(rachel, prepared):
    process = command_line.start("worker")
    wait_for("The worker is ready", process.stdout)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert process.returncode == 0


def test_a_worker_without_a_sign_in_is_told_what_to_do(rachel):
    ran = rachel("worker")
    assert (ran.code, "No sign-in for [worker]" in ran.err) == (3, True)


def test_init_writes_the_sign_ins_once_closed_to_others(rachel, prepared, cluster):
    written = cluster.home / "sign-ins.toml"
    assert written.stat().st_mode & 0o777 == 0o600
    assert {purpose: sign_in(purpose).login for purpose in ("owner", "ordering", "webhook", "worker")} == {
        "owner": "owner", "ordering": "ordering", "webhook": "webhook", "worker": "worker",
    }  # fmt: skip
    before = written.read_bytes()
    ran = rachel("init", *prepared, "--json")
    assert (ran.code, ran.result["made"], ran.result["sign_ins"]) == (0, [], None)
    assert written.read_bytes() == before
    assert not list(cluster.home.glob("sign-ins-*"))


def test_upgrade_says_whether_there_was_anything_to_do(rachel, prepared, cluster):
    ran = rachel("upgrade", *prepared)
    assert (ran.code, ran.out) == (0, f"{load().server.database} on 127.0.0.1:{cluster.port} was up to date already.\n")


def test_a_password_file_that_others_may_read_is_refused(rachel, prepared):
    prepared[-1].chmod(0o644)
    ran = rachel("upgrade", *prepared)
    assert (ran.code, "Run: chmod 600" in ran.err) == (2, True)


def test_a_wrong_password_and_a_server_that_is_not_there_are_told_apart(rachel, prepared, orders_file, monkeypatch):
    prepared[-1].write_text("wrong", encoding="utf-8")
    refused = rachel("upgrade", *prepared)
    assert (refused.code, "refused this login" in refused.err) == (3, True)
    monkeypatch.setenv("RACHEL_PORT", "1")
    absent = rachel("replay", orders_file)
    assert (absent.code, absent.err) == (3, "The server does not answer.\n")


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_scratch_replay_says_how_far_it_came_and_leaves_nothing_behind(orders_file, sent):
    process = command_line.start("replay", orders_file, "--scratch", "--json")
    wait_for("of 20,000 orders were sent.", process.stderr)
    server, folder = command_line.server_of(process)
    process.send_signal(sent)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, "")
    assert "Stopped: " in err
    assert "Nothing is kept of a scratch database." in err
    assert "Traceback" not in err
    assert not server.exists()
    assert not folder.parent.exists()


@pytest.mark.parametrize("how", ["Ctrl-C", "server killed"])
def test_a_replay_that_ends_early_keeps_what_it_recorded_and_says_so(rachel, prepared, cluster, tmp_path, how):
    path = tmp_path / "orders.csv"
    path.write_bytes(MANY.replace(b"Egusi", how.encode()))  # another file, another kitchen
    process = command_line.start("replay", path)
    wait_for("of 20,000 orders were sent.", process.stderr)
    if how == "Ctrl-C":
        process.send_signal(signal.SIGINT)
    else:
        cluster.kill()
        cluster.start()
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (130 if how == "Ctrl-C" else 3, "")
    assert "The same replay again goes on, and records nothing twice." in err
    said = int(re.search(r"Stopped: ([0-9,]+) of 20,000", err)[1].replace(",", ""))
    with workplace(False, "owner") as [owner]:
        [kitchen] = [each for each in kitchens.kitchens(owner) if each.id == Stage.of(path.read_bytes(), b"", 100).kitchen_id]
        recorded = len(orders.orders(owner, kitchen_id=kitchen.id, limit=20_000))
    assert recorded - said in (0, 1)  # the last one may have arrived while nobody was there to hear of it


def test_progress_is_told_every_other_second_and_not_for_each_step(capsys, monkeypatch):
    progress = Progress(3, "plates")
    progress.step()
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(Progress, "EVERY", 0)
    progress.step()
    assert capsys.readouterr().err == "2 of 3 plates.\n"
