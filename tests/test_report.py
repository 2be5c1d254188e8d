"""`rachel report`: one day as figures and as a page that anybody can check; a day with nothing in it; no room on the disk."""

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta

import pytest

from core.audit import Key
from core.base.days import LAGOS
from core.base.identifiers import new_id
from core.health import read_day
from core.orders import State, cancel_order
from tests.support import command_line
from tests.support.refunds import refund


@pytest.fixture
def rachel(qapp, capsys, monkeypatch, tmp_path, workplace, copy):
    """`rachel` in this process: `qapp` is there first, for a page makes an application without windows, which no later test could use."""
    command_line.sign_in(monkeypatch, tmp_path, workplace, copy)
    return command_line.rachel_for(capsys)


@pytest.fixture
def today():
    return datetime.now(UTC).astimezone(LAGOS).date()


@pytest.fixture
def lived(scene, support):
    """Two orders at Yaba, one of which was refunded, and one that was cancelled before anybody cooked it."""
    scene.order(State.ACCEPTED)
    refund(support, scene.order(State.ACCEPTED, State.PREPARING).id)
    cancel_order(scene.ordering, new_id(), scene.order().id, 1, "changed their mind")


def test_a_day_has_its_orders_money_and_acts_and_no_other_days(lived, auditor, today):
    day = read_day(auditor, today)
    assert [(each.kitchen, each.state, each.orders, each.total, each.went_back) for each in day.orders] == [
        ("Yaba", "accepted", 1, 250_000, 0), ("Yaba", "cancelled", 1, 250_000, 250_000), ("Yaba", "preparing", 1, 250_000, 250_000)
    ]  # fmt: skip
    assert {each.kind: (each.times, each.amount) for each in day.money} == {
        "top_up": (5, 500_000_000), "payment": (3, -750_000), "reversal": (1, 250_000), "refund": (1, 250_000)
    }  # fmt: skip
    assert [(each.kind, each.made_by, each.approved_by, each.times, each.total, each.done) for each in day.acts] == [
        ("refund", "Funmi Ade", None, 1, 250_000, 250_000)
    ]  # fmt: skip
    yesterday = read_day(auditor, today - timedelta(days=1))
    assert (yesterday.orders, yesterday.money, yesterday.acts) == ([], [], [])


def test_the_page_its_signature_and_the_figures_are_written(rachel, lived, today, tmp_path):
    ran = rachel("report", "--day", today, "--out", tmp_path / "reports", "--json")
    assert ran.code == 0, ran.err
    page, figures = (tmp_path / "reports" / f"rachel-{today}.{kind}" for kind in ("pdf", "json"))
    assert page.read_bytes().startswith(b"%PDF-") and page.stat().st_size > 10_000
    assert json.loads(figures.read_text()) == ran.result
    assert ran.result["ok"] and ran.result["promises"]["broken"] == [] and set(ran.result["heads"]) == {"events", "ledger"}


@pytest.mark.skipif(shutil.which("openssl") is None, reason="checks with openssl")
def test_whoever_has_the_key_checks_the_page_with_openssl_and_a_changed_page_fails(rachel, lived, today, tmp_path):
    rachel("report", "--day", today, "--out", tmp_path)
    page, key = tmp_path / f"rachel-{today}.pdf", tmp_path / "key.pem"
    key.write_text(rachel("audit", "key").out)
    words = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", key, "-rawin", "-in", page, "-sigfile", f"{page}.sig"]
    assert subprocess.run(words, capture_output=True, check=False).returncode == 0
    page.write_bytes(page.read_bytes() + b" ")
    assert subprocess.run(words, capture_output=True, check=False).returncode != 0


def test_without_a_day_it_is_yesterday_and_a_quiet_day_says_so(rachel, town, today, tmp_path):
    ran = rachel("report", "--out", tmp_path)
    assert ran.code == 0, ran.err
    assert (tmp_path / f"rachel-{today - timedelta(days=1)}.pdf").exists()
    assert "promises hold." in ran.out


def test_a_day_that_is_still_to_come_is_refused(rachel, today):
    ran = rachel("report", "--day", today + timedelta(days=1))
    assert ran.code == 2 and "is still to come" in ran.err


def test_a_folder_that_cannot_be_written_is_named(rachel, town, tmp_path):
    (tmp_path / "file").write_text("")
    ran = rachel("report", "--out", tmp_path / "file")
    assert ran.code == 3 and "cannot be written" in ran.err


def test_what_cannot_be_signed_leaves_no_page_and_no_figures_behind(rachel, town, today, tmp_path):
    key = tmp_path / "data" / "heads" / "key.pem"
    key.parent.mkdir(parents=True)
    key.write_text("no key")
    ran = rachel("report", "--day", today, "--out", tmp_path / "reports")
    assert ran.code == 3 and "key" in ran.err
    assert list((tmp_path / "reports").iterdir()) == []


def test_as_a_program_of_its_own_without_a_display_it_draws_as_well(rachel, town, today, tmp_path, monkeypatch):
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    running = command_line.start("report", "--day", today, "--out", tmp_path)
    said = running.communicate(timeout=120)
    assert running.returncode == 0, said
    assert (tmp_path / f"rachel-{today}.pdf").read_bytes().startswith(b"%PDF-")


def test_a_key_signs_what_it_is_given_alone(tmp_path):
    key = Key.of(tmp_path / "key.pem")
    assert key.sign_bytes(b"a") == key.sign_bytes(b"a") != key.sign_bytes(b"b")
