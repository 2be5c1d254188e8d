"""`rachel verify`: every promise asked, in a table or as JSON; a broken one is named, with what to do next."""

import signal
from pathlib import Path

import pytest

from core.base.config import write_sign_ins
from core.cli.verify import ADVICE
from core.health import Area, invariants, record_checks
from tests.support import command_line
from tests.support.freezing import freeze_money, tampered


@pytest.fixture
def rachel(capsys, monkeypatch, tmp_path, workplace, copy):
    """Run `rachel` on a machine that has the sign-ins of this test's database."""
    command_line.sign_in(monkeypatch, tmp_path, workplace, copy)
    return command_line.rachel_for(capsys)


@pytest.fixture
def signed_in_as(rachel, workplace, tmp_path):
    """Leave this machine one sign-in alone: `signed_in_as("owner", "cook")`, where the file says [owner] and it is the cook's."""

    def signed_in_as(purpose, who):
        (tmp_path / "sign-ins.toml").unlink()
        write_sign_ins(tmp_path / "sign-ins.toml", {purpose: workplace.sign_ins[who]})

    return signed_in_as


@pytest.fixture
def spoil(owner_connection):
    """Break a promise as only a superuser can, and mend it when the test is over: `spoil(statement, mending)`."""
    mendings = []

    def send(statement):
        with owner_connection.transaction():
            owner_connection.execute("SET LOCAL session_replication_role = replica")
            owner_connection.execute(statement)

    def spoil(statement, mending):
        send(statement)
        mendings.append(mending)

    yield spoil
    for mending in mendings:
        send(mending)


@pytest.fixture
def dearer(scene, spoil):
    """Make two orders dearer than their totals."""
    scene.order()
    scene.order()
    spoil("UPDATE app.order_lines SET unit_price = unit_price + 1", "UPDATE app.order_lines SET unit_price = unit_price - 1")


def test_json_says_whether_all_is_well_and_each_check_and_nothing_else(rachel, scene, owner):
    scene.order()
    ran = rachel("verify", "--json")
    assert ran.code == 0
    assert ran.result == {"ok": True, "checks": [{"name": each.name, "ok": True, "violations": 0} for each in invariants(owner)]}
    assert ran.err == ""


def test_the_table_has_a_line_for_each_promise_and_ends_with_a_sentence(rachel, scene, owner):
    scene.order()
    ran = rachel("verify")
    *lines, nothing, last = ran.out.splitlines()
    assert [(line.split()[:2], line.split("ok  ")[1]) for line in lines] == [([each.name, "ok"], each.title) for each in invariants(owner)]
    assert (ran.code, nothing, last) == (0, "", f"All {len(lines)} promises hold.")


def test_a_broken_promise_is_named_with_its_rows_and_ends_with_1(rachel, dearer):
    ran = rachel("verify", "--json")
    assert ran.code == 1
    assert ran.result["ok"] is False
    assert [check for check in ran.result["checks"] if not check["ok"]] == [{"name": "I16", "ok": False, "violations": 2}]


def test_a_broken_promise_says_what_to_do_next_and_whom_to_call(rachel, dearer):
    ran = rachel("verify")
    assert ran.code == 1
    assert "I16         2 rows  The total of each order is the sum of its lines" in ran.out
    assert "promises is broken: I16.\nOrders and shelves: the kitchens go on;" in ran.out
    assert "Money:" not in ran.out
    assert ran.out.endswith("then call whoever runs the database: docs/server.md, “When a promise is broken”.\n")


def test_where_money_is_wrong_it_says_whether_it_is_frozen(rachel, scene, spoil):
    scene.order()
    spoil(
        "UPDATE app.accounts SET balance = balance + 1 WHERE version > 0", "UPDATE app.accounts SET balance = balance - 1 WHERE version > 0"
    )
    said = rachel("verify").out
    assert "broken: I02.\nMoney is not frozen: start the worker, it freezes it at once.\n" in said
    assert "\nMoney: pay nothing back by hand" in said


def test_what_was_broken_before_is_told_apart_from_what_is_new(rachel, scene, worker, owner):
    scene.order()
    with tampered(scene):
        record_checks(worker)
        assert "Not new" not in rachel("verify").out  # it is frozen by this
        scene.admin.execute("UPDATE app.people SET approver_since = NULL; SELECT app.release_as_administrator('it is explained')")
        released = rachel("verify").out
        assert "Money is not frozen" not in released and "\nNot new, and no reason to freeze before there is more of it: I02.\n" in released
        with tampered(scene):
            assert "Money is not frozen: start the worker" in rachel("verify").out


def test_while_money_is_frozen_it_says_since_when_even_when_all_holds_again(rachel, scene):
    freeze_money(scene)
    *_, holds, frozen = rachel("verify").out.splitlines()
    assert holds.startswith("All ") and frozen.startswith("Money has been frozen since 20")


def test_every_promise_is_about_something_that_has_advice(owner):
    assert {each.area for each in invariants(owner)} == ADVICE.keys() == set(Area)


def test_the_guide_explains_what_the_last_sentence_points_to():
    guide = (Path(__file__).parents[1] / "docs" / "server.md").read_text(encoding="utf-8")
    assert "### When a promise is broken\n" in guide


def test_where_the_worker_runs_its_sign_in_is_enough(rachel, signed_in_as):
    signed_in_as("worker", "worker")
    assert rachel("verify").code == 0


def test_where_both_are_there_it_reads_as_the_worker_whose_statements_may_take_their_time(rachel, workplace, tmp_path):
    (tmp_path / "sign-ins.toml").unlink()
    write_sign_ins(tmp_path / "sign-ins.toml", {"owner": workplace.sign_ins["cook"], "worker": workplace.sign_ins["worker"]})
    assert rachel("verify").code == 0


def test_who_may_not_know_how_the_business_fares_is_refused(rachel, signed_in_as):
    signed_in_as("owner", "cook")
    ran = rachel("verify", "--json")
    assert (ran.code, ran.out, ran.err) == (3, "", "This login may not do that.\n")


def test_without_a_sign_in_it_says_which_one_it_needs(rachel, signed_in_as):
    signed_in_as("ordering", "ordering")
    ran = rachel("verify")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("No sign-in for [owner]")


def test_a_server_that_is_away_is_no_verdict(rachel, monkeypatch):
    monkeypatch.setenv("RACHEL_PORT", "1")
    ran = rachel("verify", "--json")
    assert (ran.code, ran.out, ran.err) == (3, "", "The server does not answer.\n")


def test_a_scratch_town_of_two_hundred_orders_keeps_every_promise(rachel, monkeypatch):
    monkeypatch.delenv("RACHEL_SIGN_INS")
    ran = rachel("verify", "--scratch", "--seed", 7, "--json")
    assert ran.code == 0, ran.err
    assert ran.result["ok"] is True
    assert ran.err.startswith("Seed 7.\n")
    [told] = [line for line in ran.err.splitlines() if line.startswith("200 orders: ")]
    for state in ("delivered", "cancelled", "expired", "preparing", "awaiting payment"):
        assert f" {state}" in told


def test_stopped_by_ctrl_c_it_leaves_nothing():
    process = command_line.start("verify", "--scratch")
    while process.stderr.readline() != "The town is open.\n":
        assert process.poll() is None
    server, folder = command_line.server_of(process)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert err.endswith("of 200 orders were placed. Nothing is kept of a scratch database.\n")
    assert not server.exists()
    assert not folder.exists()


def test_a_seed_without_a_scratch_database_is_a_misunderstanding_and_said(rachel):
    ran = rachel("verify", "--seed", "7")
    assert ran.code == 2
    assert "--seed belongs to --scratch" in ran.err
