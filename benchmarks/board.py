"""How long the board takes to come, what it needs, and whether it stays smooth: against a bare window, and against 33 ms.

.venv/bin/python benchmarks/board.py [--json] [--quick] [--repetitions 5]
"""

import argparse
import json
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from board_load import Stage, change_stock, prepare, write_settings
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from core.base import config
from core.database.embedded import scratch_server
from core.qt import task, theme
from kitchen_app.session import Session, enter

HERE = Path(__file__).parent
WORKER = "import sys; from core.cli import main; sys.exit(main())"
RATE = 200  # changes a second
KEPT_UP = 0.95  # of them must have been written, or the run says nothing about the board
SETTLED = 1.0  # seconds after which a board that was just opened has drawn everything once
LONGEST_GAP = 33.0  # ms: two pictures of sixty a second


@dataclass
class Figures:
    """What was measured, one figure per repetition."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {"board_bare": [], "board_live": []})
    memory: dict[str, list[float]] = field(default_factory=lambda: {"board_bare": [], "board_live": []})
    gaps: list[float] = field(default_factory=list)
    written: list[float] = field(default_factory=list)  # changes a second that the server took


def main() -> int:
    chosen = _parser().parse_args()
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    runs, seconds = (1, 1.0) if chosen.quick else (chosen.repetitions, 5.0)
    figures = _measure(runs, seconds, fast=chosen.quick)
    goals = _goals(figures)
    if chosen.json:
        print(json.dumps({"name": "board", "runs": runs, "goals": goals}))
    else:
        _tell(goals, figures)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Measure the kitchen's board against a bare window, and its longest gap.")
    parser.add_argument("--json", action="store_true", help="print the goals as one line of JSON")
    parser.add_argument("--quick", action="store_true", help="once and short, on a server that keeps nothing: says only that it works")
    parser.add_argument("--repetitions", type=int, default=5, metavar="N", help="how often everything is measured (5)")
    return parser


def _measure(runs: int, seconds: float, fast: bool) -> Figures:
    """Measure everything once per repetition, in a new order each time."""
    figures, processes = Figures(), ProcessPoolExecutor(1, multiprocessing.get_context("fork"))
    with tempfile.TemporaryDirectory() as folder, scratch_server(fast) as cluster, processes as writer:
        writer.submit(time.monotonic).result()  # it begins as a copy of us: now, while we have no windows and no threads
        app = QApplication([])
        stage, place = prepare(cluster), Path(folder)
        os.environ |= write_settings(stage, place)
        settings = config.load()
        theme.follow(app, settings.theme)
        with _worker():
            parts = [*figures.seconds, "gap"]
            for _ in range(runs):
                for part in random.sample(parts, len(parts)):
                    if part == "gap":
                        _measure_gap(stage, settings, writer, seconds, figures)
                    else:
                        _measure_start(part, figures)
    task.close()
    return figures


@contextmanager
def _worker() -> Iterator[None]:
    """Run the worker, whose kicks the board follows."""
    words = [sys.executable, "-c", WORKER, "worker"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as worker:
        try:
            assert worker.stdout
            worker.stdout.readline()  # it is ready
            yield
        finally:
            worker.kill()


def _measure_start(program: str, figures: Figures) -> None:
    """Start a program, take the time until it says that it shows the stock, and what memory it took at most until then."""
    began = time.monotonic()
    with subprocess.Popen([sys.executable, HERE / f"{program}.py"], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            if process.stdout.readline() != "shown\n":
                raise RuntimeError(f"{program} ended before it showed anything.")
            figures.seconds[program].append(time.monotonic() - began)
            figures.memory[program].append(_peak(process.pid))
        finally:
            process.kill()


def _peak(process: int) -> float:
    """Return the most memory a process had so far, in kB. (Linux; its rusage would count ours, which it began as a copy of.)"""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return float(status.split("VmHWM:")[1].split()[0])


def _measure_gap(stage: Stage, settings: config.Config, writer: ProcessPoolExecutor, seconds: float, figures: Figures) -> None:
    """Open the board here, let another process change the stock, and find the longest time in which nothing else could run."""
    entered = enter(settings, stage.sign_ins["kitchen"])
    session = Session(settings, entered, entered.kitchens[0])
    session.window.show()
    model = session.window.stock.shelf.model
    _watch(lambda: bool(model.items) and session.line.state == "live")
    opened = time.monotonic()
    _watch(lambda: time.monotonic() > opened + SETTLED)
    before = model.items
    written: Future[int] = writer.submit(change_stock, stage, RATE, seconds)
    figures.gaps.append(_watch(written.done))
    figures.written.append(written.result() / seconds)
    session.close()
    if model.items == before:
        raise RuntimeError("The board never heard of a change: the gap says nothing.")


def _watch(over: Callable[[], bool]) -> float:
    """Let the UI thread run until `over()`, and return the longest time, in ms, between two turns of a timer of 1 ms."""
    loop, timer = QEventLoop(), QTimer(timerType=Qt.TimerType.PreciseTimer)
    longest, last = 0.0, time.perf_counter()

    def turn() -> None:
        nonlocal longest, last
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
        if over():
            loop.quit()

    timer.timeout.connect(turn)
    timer.start(1)
    loop.exec()
    timer.stop()
    return longest * 1000


def _goals(figures: Figures) -> list[dict[str, object]]:
    def ratio(found: dict[str, list[float]]) -> float:
        return median(found["board_live"]) / median(found["board_bare"])

    kept_up = median(figures.written) >= KEPT_UP * RATE
    return [
        _goal("start to live board / bare window with one query: time", 1.3, ratio(figures.seconds)),
        _goal("start to live board / bare window with one query: memory", 1.5, ratio(figures.memory)),
        _goal(f"longest gap of the UI thread at {RATE} changes a second / 33 ms", 1.0, median(figures.gaps) / LONGEST_GAP, kept_up),
    ]


def _goal(goal: str, threshold: float, measured: float, valid: bool = True) -> dict[str, object]:
    return {"goal": goal, "threshold": threshold, "measured": round(measured, 2), "met": valid and measured <= threshold}


def _tell(goals: list[dict[str, object]], figures: Figures) -> None:
    for each in goals:
        print(f"{each['goal']}: {each['measured']} (at most {each['threshold']}): {'met' if each['met'] else 'MISSED'}")
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, medians of {len(figures.gaps)}. Raw, in the order measured:")
    for name, found in (("seconds", figures.seconds), ("kB", figures.memory)):
        for program, each in found.items():
            print(f"  {program}, {name}: {' '.join(f'{figure:.4g}' for figure in each)}")
    print(f"  longest gap, ms: {' '.join(f'{gap:.0f}' for gap in figures.gaps)}")
    print(f"  changes a second: {' '.join(f'{rate:.0f}' for rate in figures.written)}")


if __name__ == "__main__":
    sys.exit(main())
