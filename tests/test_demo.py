"""The demo: the made-up town makes sense, and the scripted shift goes through on real windows and a real server."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unicodedata
from contextlib import suppress
from pathlib import Path

import pytest

from core.database.embedded import Cluster
from core.demo import people, programs, shift, town
from core.demo.folder import NotOurs, claim
from core.demo.opening import customer_id, dish_id, item_id

KEYS = {item.key for item in town.ITEMS}
WRITTEN = [
    *(customer.name for customer in people.customers()), *(item.name for item in town.ITEMS), *(item.place for item in town.ITEMS),
    *(dish.name for dish in town.DISHES), *(person.name for person in town.STAFF), town.OWNER.name, *town.KITCHENS,
]  # fmt: skip


def test_two_hundred_customers_each_with_a_name_and_a_number_of_their_own():
    found = people.customers()
    assert len(found) == len({customer.name for customer in found}) == len({customer.phone for customer in found}) == 200


def test_what_is_written_is_written_in_one_way():
    assert [text for text in WRITTEN if unicodedata.normalize("NFC", text) != text or text.strip() != text] == []


def test_three_kitchens_in_two_districts_each_with_a_manager_and_a_cook():
    assert len(town.KITCHENS) == 3 and len(set(town.KITCHENS.values())) == 2
    assert set(town.MANAGERS) == set(town.COOKS) == set(town.BUSY) == set(town.KITCHENS)
    assert not set(town.COOKS.values()) & set(town.COUNTERS.values())


def test_recipes_take_what_lies_on_the_shelves_and_everything_there_is_used():
    assert {key for dish in town.DISHES for key in dish.takes} == KEYS


@pytest.mark.parametrize("dish", town.DISHES, ids=lambda dish: dish.name)
def test_a_portion_is_a_plausible_one(dish):
    weights = [amount for key, amount in dish.takes.items() if next(item for item in town.ITEMS if item.key == key).unit_size == 1000]
    assert sum(weights) <= 700
    assert 30_000 <= dish.price <= 1_000_000


@pytest.mark.parametrize("item", town.ITEMS, ids=lambda item: item.key)
def test_a_barcode_has_thirteen_digits_and_the_right_check(item):
    """The rule of EAN-13: all digits, each second one three times, are a multiple of ten."""
    digits = [int(digit) for digit in town.barcode(item)]
    assert len(digits) == 13
    assert (sum(digits[::2]) + 3 * sum(digits[1::2])) % 10 == 0


def test_no_two_things_have_the_same_barcode_or_id():
    assert len({town.barcode(item) for item in town.ITEMS}) == len(town.ITEMS)
    ids = [item_id(kitchen, item.key) for kitchen in town.KITCHENS for item in town.ITEMS]
    ids += [dish_id(kitchen, dish.name) for kitchen in town.KITCHENS for dish in town.DISHES]
    ids += [customer_id(customer) for customer in people.customers()]
    assert len(set(ids)) == len(ids)


def test_ids_are_the_same_in_every_run():
    assert str(item_id("Yaba kitchen", "rice")) == "28661881-a07e-5f12-b78c-932b5ecf5110"


def test_the_board_of_yaba_opens_with_something_low_and_something_nearly_gone():
    low = [item for item in town.ITEMS if town.opening_stock("Yaba kitchen", item) <= item.warn_at]
    assert 2 <= len(low) <= len(town.ITEMS) // 3


def test_a_shelf_warns_before_it_is_empty_and_is_never_more_than_full():
    assert [item.key for item in town.ITEMS if not 0 < item.warn_at < item.full_at or item.on_hand > item.full_at] == []


def test_one_customer_in_twenty_has_no_money_and_the_others_enough_for_a_meal():
    purses = [customer.purse for customer in people.customers()]
    assert purses.count(0) == 10 and 1_600_000 <= min(filter(None, purses)) < max(purses) <= 5_400_000
    assert purses[0]  # whoever orders for the shift


def test_the_shift_is_played_by_the_windows_there_are():
    assert tuple(window.name for window in programs.WINDOWS) == shift.WINDOWS
    assert {who for act in shift.SHIFT for who, _ in act.steps} == {*shift.WINDOWS, shift.TOWN}


@pytest.fixture
def home():
    """A folder's name that the server's own account can enter; pytest's are closed to it."""
    above = Path(tempfile.mkdtemp(prefix="rachel-demo-"))
    above.chmod(0o755)
    yield above / "demo"
    shutil.rmtree(above, ignore_errors=True)


def demo(home, *arguments):
    """Start the demo as a person does."""
    return subprocess.Popen(
        [sys.executable, "-m", "core.cli", "demo", *map(str, arguments)],
        env={**os.environ, "RACHEL_HOME": str(home)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip


def said_until(running, words):
    """Read what it says until a line holds these words, and return all of it."""
    said = []
    for line in running.stdout:
        said.append(line)
        if words in line:
            break
    return "".join(said)


def left_of(home):
    """Return the processes that still know the folder, from what the system tells of them."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if str(home).encode() in (process / "cmdline").read_bytes() + (process / "environ").read_bytes():
                found.append((process.name, (process / "cmdline").read_bytes()))
    return found


def gone(home, seconds=15):
    end = time.monotonic() + seconds
    while (home.exists() or left_of(home)) and time.monotonic() < end:
        time.sleep(0.1)
    return not home.exists() and not left_of(home)


def test_a_second_demo_is_told_of_the_first(home):
    with claim(home), pytest.raises(NotOurs, match="A demo is running .* already"):
        claim(home)


def test_what_a_power_cut_left_is_ended_and_removed(home):
    claim(home).close()
    cut = Cluster(home / "server", fast=True)
    cut.create()
    cut.start()
    (home / "programs").mkdir()
    (home / "programs" / "sign-ins.toml").touch()
    with claim(home):
        assert [path.name for path in home.iterdir()] == ["demo.lock"]
        assert left_of(home) == []


def test_a_folder_with_something_else_in_it_is_left_alone(home):
    home.mkdir()
    (home / "letters.txt").write_text("dear")
    with pytest.raises(NotOurs, match="holds something else"):
        claim(home)
    assert [path.name for path in home.iterdir()] == ["letters.txt"]


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="asks the system for its processes")
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_however_it_ends_nothing_of_it_is_left(home, tmp_path, end):
    with demo(home, "--offscreen", "--out", tmp_path) as running:
        assert "Everybody signs in" in said_until(running, "Everybody signs in")
        assert len(left_of(home)) >= 6
        running.send_signal(end)
        running.communicate()
    assert gone(home), left_of(home)


@pytest.mark.long
def test_the_shift_goes_through(home, tmp_path):
    """Two counters, the office, orders from new to delivered, taken back and cancelled; the server killed; no promise broken."""
    with demo(home, "--offscreen", "--for", "1", "--out", tmp_path) as running:
        said, _ = running.communicate(timeout=180)
    assert running.returncode == 0, said
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary["acts"] == [act.title for act in (shift.OPENING, *shift.SHIFT)]  # all, though the time was over long before
    assert (summary["conflicts"], summary["restarts"], summary["invariants_broken"], summary["orders_lost"]) == (1, 1, 0, 0)
    assert summary["orders"] >= 20
    assert (summary["placed"], summary["expired"], summary["failed"]) == (summary["orders"], 0, "")
    assert list(summary["refused"]) == ["short", "unfunded", "frozen"]
    assert summary["paid_by_card"] > 0 < summary["money"]["payments"]["kobo"] < summary["money"]["top_ups"]["kobo"]
    assert summary["money"]["reversals"]["naira"].startswith("₦")
    assert list(summary)[-1] == "invariants" and len(summary["invariants"]) >= 20
    assert {promise["violations"] for promise in summary["invariants"]} == {0}
    assert all((tmp_path / name).stat().st_size > 10_000 for name in summary["pictures"])
    assert gone(home), left_of(home)
