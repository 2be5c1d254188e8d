"""The office program as it is started: a process of its own, driven from outside by its visible text."""

import json
import os
import subprocess
import sys

import pytest

from core.base.config import SignIn, write_sign_ins


@pytest.fixture
def start(workplace, copy, tmp_path):
    """Start it with a person's sign-in filled in: `start("support")`; `do(…)` takes a step and returns the answer."""
    running = []

    def start(who, password=None):
        it = workplace.sign_ins[who]
        write_sign_ins(tmp_path / "sign-ins.toml", {"admin": SignIn(it.login, password or it.password)})
        (tmp_path / "config.toml").write_text(f'theme = "dark"\ndata = "{tmp_path / "data"}"\n[server]\nport = {workplace.cluster.port}\n')
        known = {"RACHEL_CONFIG": tmp_path / "config.toml", "RACHEL_SIGN_INS": tmp_path / "sign-ins.toml", "RACHEL_DATABASE": copy}
        environment = {**os.environ, **{name: str(value) for name, value in known.items()}, "QT_QPA_PLATFORM": "offscreen"}
        running.append(
            subprocess.Popen(
                [sys.executable, "-m", "admin_app", "--rehearse", "-"],
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        return lambda **step: take(running[-1], step)

    yield start
    for process in running:
        process.stdin.close()
        assert process.wait(10) == 0
        process.stdout.close()


def take(process, step):
    process.stdin.write(json.dumps(step) + "\n")
    process.stdin.flush()
    answer = json.loads(process.stdout.readline())
    assert answer["ok"], answer
    return answer


def test_somebody_signs_in_looks_round_and_signs_out(start, town):
    do = start("support")
    do(do="wait", text="Sign in")
    do(do="click", text="Sign in")
    do(do="wait", text="No worker checks the promises", seconds=20)
    do(do="click", text="Placed")
    do(do="wait", text="Nothing found")
    do(do="click", text="Clear filters")
    do(do="wait", text="No orders yet")
    do(do="click", text="Stock")
    do(do="wait", text="Chicken")
    do(do="select", text="Chicken")
    do(do="wait", text="Opening stock")
    do(do="press", key="Escape")
    do(do="type", label="Search stock", text="rice")
    do(do="gone", text="Chicken")
    do(do="press", key="F5")
    do(do="wait", text="Live")
    do(do="click", text="Funmi Ade")
    do(do="click", text="Sign out")
    do(do="wait", text="Password")
    do(do="click", text="Sign in")
    do(do="quit")


def test_a_cook_is_told_that_this_is_the_office_and_stays_at_the_door(start):
    do = start("cook")
    do(do="click", text="Sign in")
    do(do="wait", text="This is the office program, and chidi is no office login. In a kitchen, start the kitchen program.", seconds=20)
    do(do="quit")


def test_a_wrong_password_is_said_under_the_password(start):
    do = start("support", "not this one")
    do(do="click", text="Sign in")
    do(do="wait", text="password", seconds=20)
    assert "Orders" not in do(do="texts")["texts"]
    do(do="quit")


def test_settings_that_cannot_be_read_end_it_with_a_sentence(tmp_path):
    (tmp_path / "config.toml").write_text("theme = 'purple'")
    environment = {**os.environ, "RACHEL_CONFIG": str(tmp_path / "config.toml"), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "admin_app", "--rehearse", "-"]
    ended = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 2
    assert 'theme = "purple"' in ended.stderr
