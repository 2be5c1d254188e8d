"""run() answers on the UI thread, and says nothing to a closed window or a closing program."""

import threading

import pytest
from PySide6.QtWidgets import QWidget

from core.qt import task
from core.qt.task import run


@pytest.fixture
def owner(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def test_work_leaves_the_ui_thread_and_the_answer_comes_back_to_it(qtbot, owner):
    seen = {}

    def work():
        seen["work"] = threading.get_ident()
        return 42

    def then(answer):
        seen["then"], seen["answer"] = threading.get_ident(), answer

    run(owner, work, then=then, failed=pytest.fail)
    qtbot.waitUntil(lambda: "answer" in seen)
    assert seen["work"] != seen["then"] == threading.get_ident()
    assert seen["answer"] == 42


def test_an_error_is_handed_over_on_the_ui_thread_and_not_raised_in_the_pool(qtbot, owner):
    heard = []
    run(owner, lambda: 1 / 0, then=pytest.fail, failed=lambda error: heard.append((error, threading.get_ident())))
    qtbot.waitUntil(lambda: len(heard) == 1)
    error, thread = heard[0]
    assert isinstance(error, ZeroDivisionError)
    assert thread == threading.get_ident()


def test_a_closed_window_hears_nothing(qtbot):
    gate, heard = threading.Event(), []
    closed = QWidget()
    run(closed, gate.wait, then=heard.append, failed=heard.append)
    closed.deleteLater()
    del closed
    qtbot.wait(50)
    gate.set()
    assert task.wait()
    qtbot.wait(50)
    assert heard == []


def test_a_closing_program_drops_the_answers_that_are_still_under_way(qtbot, owner):
    gate, heard = threading.Event(), []
    run(owner, gate.wait, then=heard.append, failed=heard.append)
    task.close()
    try:
        gate.set()
        assert task.wait()
        qtbot.wait(50)
    finally:
        task._courier().closing = False
    assert heard == []


def test_no_more_work_runs_at_once_than_there_are_connections(qtbot, owner):
    gate, done = threading.Event(), []
    running = []

    def work():
        running.append(1)
        gate.wait(5)

    for _ in range(task.THREADS + 3):
        run(owner, work, then=done.append, failed=pytest.fail)
    qtbot.waitUntil(lambda: len(running) == task.THREADS)
    qtbot.wait(50)
    assert len(running) == task.THREADS
    gate.set()
    qtbot.waitUntil(lambda: len(done) == task.THREADS + 3)


class Knot:
    """Garbage that only Python's collector finds; it notes the thread in which it ends."""

    def __init__(self, ends):
        self.ends, self.itself = ends, self

    def __del__(self):
        self.ends.append(threading.get_ident())


def test_garbage_is_collected_in_the_ui_thread_alone(qtbot, owner):
    ends = []
    run(owner, lambda: len([Knot(ends) for _ in range(20_000)]), then=lambda _: None, failed=pytest.fail)
    qtbot.waitUntil(lambda: len(ends) == 20_000)
    assert set(ends) == {threading.get_ident()}


class Held:
    """Something a job was given, such as the window that asked; it notes the thread in which it ends."""

    def __init__(self, ends):
        self.ends = ends

    def __del__(self):
        self.ends.append(threading.get_ident())


def test_what_a_job_was_given_ends_in_the_ui_thread_alone(qtbot, owner):
    ends = []

    def ask():
        held = Held(ends)
        run(owner, lambda: held.ends, then=lambda _: None, failed=pytest.fail)

    for _ in range(500):
        ask()
    qtbot.waitUntil(lambda: len(ends) == 500)
    assert set(ends) == {threading.get_ident()}
