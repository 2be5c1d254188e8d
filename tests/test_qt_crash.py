"""What was not foreseen: written down without personal data, told once with a number, and the program goes on. Each in its own process."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

START = """
import sys, threading
from pathlib import Path
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QApplication
from core.qt import crash, theme
from core.qt.widgets import button, column, page
from core.qt.rehearsal import picture
app = QApplication([])
theme.apply(app, False)
caught = crash.install(Path(sys.argv[1]), "kitchen", "0.1.0")
def slot():
    secret = "Ngozi Eze +2348031234567"
    raise ValueError(secret)
push = button("Save", "primary")
push.clicked.connect(slot)
window = page(column(push))
window.resize(900, 600)
window.show()
def later(ms, act):
    QTimer.singleShot(ms, act)
"""
OVER = """
later(1500, app.quit)
app.exec()
print("ended by itself")
"""


@pytest.fixture
def program(tmp_path):
    """Run a little program: `program("later(10, push.click)")` returns its end and the lines of its log."""

    def program(acts):
        told = [sys.executable, "-c", START + acts + OVER, str(tmp_path / "data")]
        root = Path(__file__).parents[1]
        env = os.environ | {"PYTHONPATH": str(root), "QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(told, env=env, cwd=tmp_path, capture_output=True, text=True, timeout=60)
        log = tmp_path / "data" / "logs" / "kitchen.log"
        lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []
        return done, lines

    return program


def test_an_error_in_a_slot_is_told_once_and_the_program_goes_on(program):
    done, lines = program("""
later(10, push.click)
later(300, push.click)
later(800, lambda: print("dialogs", sum(type(w).__name__ == "CrashDialog" for w in app.topLevelWidgets()), flush=True))
later(900, lambda: caught.dialog.accept())
later(1000, lambda: print("enabled", push.isEnabled(), caught.dialog, flush=True))
""")
    assert done.returncode == 0
    assert done.stdout.splitlines() == ["dialogs 1", "enabled True None", "ended by itself"]
    errors = [line for line in lines if line["level"] == "ERROR"]
    assert [line["error"] for line in errors] == ["ValueError", "ValueError"]
    assert errors[0]["id"] != errors[1]["id"]


def test_its_line_names_the_place_and_no_person(program, tmp_path):
    _, lines = program("later(10, push.click)")
    [line] = [line for line in lines if line["level"] == "ERROR"]
    assert line["program"] == "kitchen" and line["version"] == "0.1.0"
    [place] = line["through"]
    assert place.startswith("<string>:") and place.endswith(" slot")
    written = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "data" / "logs").iterdir())
    assert "Ngozi" not in written and "+234" not in written


def test_the_dialog_holds_the_number_of_its_line_and_copies_details_without_secrets(program):
    done, lines = program("""
from PySide6.QtWidgets import QLabel, QPushButton
later(10, push.click)
def look():
    shown = [label.text() for label in caught.dialog.findChildren(QLabel)]
    copy = next(each for each in caught.dialog.findChildren(QPushButton) if each.text() == "Copy details")
    copy.click()
    import json
    print(json.dumps([shown, app.clipboard().text()]), flush=True)
later(500, look)
""")
    shown, copied = json.loads(done.stdout.splitlines()[0])
    [line] = [line for line in lines if line["level"] == "ERROR"]
    assert line["id"] in shown
    assert line["id"] in copied and "ValueError" in copied and "Ngozi" not in copied


def test_an_error_in_another_thread_is_caught_too(program):
    done, lines = program("""
thread = threading.Thread(target=slot, name="feed")
later(10, lambda: thread.start())
later(600, lambda: print("dialog", caught.dialog is not None, flush=True))
""")
    assert done.stdout.splitlines() == ["dialog True", "ended by itself"]
    assert [line["error"] for line in lines if line["level"] == "ERROR"] == ["ValueError"]


def test_what_qt_says_is_written_down(program):
    _, lines = program('qWarning("a layout is unhappy")')
    assert "Qt: a layout is unhappy" in {line["said"] for line in lines if line["level"] == "WARNING"}


def test_the_logs_are_closed_to_others(program, tmp_path):
    program("later(10, push.click)")
    logs = tmp_path / "data" / "logs"
    assert {path.name for path in logs.iterdir()} == {"kitchen.log", "kitchen-fatal.log"}
    if os.name != "nt":
        assert logs.stat().st_mode & 0o077 == 0


def test_a_picture_of_the_dialog(program):
    build = Path(__file__).parents[1] / "build" / "pictures"
    build.mkdir(parents=True, exist_ok=True)
    target = build / "crash-light.png"
    target.unlink(missing_ok=True)
    program(f"later(10, push.click)\nlater(700, lambda: picture().save({str(target)!r}))")
    assert target.exists()
