"""The kitchen program itself, killed (-9) with a change under way: its disk knows, its next start asks, shows, and sends nothing."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from typing import NamedTuple

import psycopg
import pytest

from core.base.config import write_sign_ins
from core.base.identifiers import new_id
from core.database.pending import Pending
from core.demo.programs import Program
from core.stock import receive_stock
from tests.support.waiting import wait_until

SETTINGS = """
counter = "Counter 1"
data = "{data}"
[server]
host = "127.0.0.1"
port = {port}
database = "{database}"
sslmode = "disable"
"""
ANSWERS_WAIT = "LOCK TABLE app.commands IN SHARE MODE"  # nobody is told what became of anything


class Change(NamedTuple):
    """What a person does at the counter: up to the last click, that click, what it is called, and how often it was done."""

    prepare: Callable[[Program], None]
    click: str
    words: str
    verb: str
    lock: str
    times: Callable[[], int]


@pytest.fixture
def start(workplace, copy, proxy, town, tmp_path):
    """Start the manager's program behind a line that the test can spoil, always on the same disk, and sign in."""
    running = []
    write_sign_ins(tmp_path / "sign-ins.toml", {"kitchen": workplace.sign_ins["manager"]})
    settings = SETTINGS.format(data=tmp_path / "data", port=proxy.port, database=copy)
    (tmp_path / "config.toml").write_text(settings, encoding="utf-8")
    ours = {"RACHEL_CONFIG": str(tmp_path / "config.toml"), "RACHEL_SIGN_INS": str(tmp_path / "sign-ins.toml")}

    def start():
        with (tmp_path / "program.log").open("w") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "kitchen_app", "--rehearse", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                encoding="utf-8", env=os.environ | ours | {"QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"},
            )  # fmt: skip
        running.append(Program("Counter 1", process, tmp_path / "program.log"))
        running[-1].do({"do": "wait", "text": "Sign in", "seconds": 30})
        running[-1].do({"do": "click", "text": "Sign in"})
        running[-1].do({"do": "wait", "text": "Live", "seconds": 20})
        return running[-1]

    yield start
    for program in running:
        program.process.kill()
        program.process.communicate()


@pytest.fixture
def disk(workplace, tmp_path):
    """What the manager's program keeps of what was not answered."""
    return tmp_path / "data" / "pending" / workplace.sign_ins["manager"].login


def add_rice(owner_connection, scene):
    def prepare(program):
        program.do({"do": "click", "text": "Stock"})
        sees(program, "Rice", 20)
        program.do({"do": "select", "text": "Rice"})
        program.do({"do": "click", "text": "Delivery"})
        program.do({"do": "type", "label": "How much came (kg)", "text": "20"})

    count = "SELECT count(*) FROM app.stock_movements WHERE kind = 'delivery' AND change = 20000"

    def times():
        return owner_connection.execute(count).fetchone()[0]

    return Change(prepare, "Add 20 kg", "Rice: Add 20 kg", "receive_stock", "SELECT FROM app.stock_items FOR NO KEY UPDATE", times)


def accept_order(owner_connection, scene):
    number = scene.order().number

    def prepare(program):
        sees(program, str(number))

    count = "SELECT count(*) FROM app.order_history WHERE state = 'accepted'"

    def times():
        return owner_connection.execute(count).fetchone()[0]

    lock = "SELECT FROM app.orders FOR NO KEY UPDATE"
    return Change(prepare, f"Accept order {number}", f"Order {number}: accepted", "advance_order", lock, times)


@pytest.fixture(params=[add_rice, accept_order], ids=lambda kind: kind.__name__)
def change(request, owner_connection, scene):
    return request.param(owner_connection, scene)


def kill(program):
    program.process.kill()
    program.process.wait()


def sees(program, text, seconds=10):
    program.do({"do": "wait", "text": text, "seconds": seconds})


def test_what_never_arrived_is_being_checked_then_not_recorded_with_what_was_asked_and_is_not_sent_by_itself(
    start, proxy, change, disk, held, owner_connection
):
    """C5, C4: killed before the request left; when the line lets it through at last, it does nothing."""
    program = start()
    change.prepare(program)
    proxy.hold_back()
    program.do({"do": "click", "text": change.click})
    wait_until(lambda: list(disk.glob("*.json")))
    [file] = disk.iterdir()
    told = json.loads(file.read_text(encoding="utf-8"))
    assert (told["verb"], stat.S_IMODE(file.stat().st_mode)) == (change.verb, 0o600)
    kill(program)
    with held(ANSWERS_WAIT) as wait:
        program = start()
        sees(program, f"Being checked: {change.words}")
        wait(1)
    sees(program, f"Not recorded: {change.words}")
    proxy.let_through()
    sees(program, "Live")
    [verb] = owner_connection.execute("SELECT verb FROM app.commands WHERE id = %s", [file.stem]).fetchone()
    assert (change.times(), verb) == (0, "settled")
    kill(program)  # before anybody has read it
    program = start()
    sees(program, f"Not recorded: {change.words}")
    assert change.times() == 0


def test_what_arrived_is_being_checked_then_recorded_with_what_was_asked_and_is_done_once(start, proxy, change, disk, held):
    """C5, C3: killed after the commit and before the answer."""
    program = start()
    change.prepare(program)
    with held(change.lock) as wait:
        program.do({"do": "click", "text": change.click})
        wait(1)  # it has arrived
        proxy.mute = True
    wait_until(lambda: change.times() == 1)
    kill(program)
    proxy.mute = False
    assert len(list(disk.iterdir())) == 1
    with held(ANSWERS_WAIT) as wait:
        program = start()
        sees(program, f"Being checked: {change.words}")
        wait(1)
    sees(program, f"Recorded: {change.words}")
    assert (change.times(), list(disk.iterdir())) == (1, [])


def test_a_command_is_through_to_the_disk_before_it_leaves(login, town, tmp_path):
    """C5: the file is synced, takes its name, the folder is synced; only then is anything sent."""
    steps = []
    cook = login("cook", pending=Pending(tmp_path / "pending"))

    def watch(frame, event, called):
        if event == "c_call" and called in (os.fsync, os.replace):
            steps.append((frame.f_code.co_name, called.__name__))
        elif event == "call" and frame.f_code is psycopg.Connection.execute.__code__:
            steps.append(("execute", "sent"))

    sys.setprofile(watch)
    try:
        receive_stock(cook, new_id(), town.rice, 500, "")
    finally:
        sys.setprofile(None)
    assert steps == [("keep", "fsync"), ("replace", "replace"), ("_sync_folder", "fsync"), ("execute", "sent")]
