"""How long the board takes to come, what it needs, and whether it stays smooth: against a bare window, and against 33 ms.

Linux only: it reads /proc.
"""

import multiprocessing
import os
import random
import signal
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

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.board_parts.load import Stage, change_stock, prepare, write_settings
from benchmarks.lab.report import Goal, options, tell
from core.base import config
from core.database.embedded import scratch_server
from core.qt import task, theme
from kitchen_app.session import Session, enter

PARTS = Path(__file__).parent / "board_parts"
RATE = 200  # changes a second
KEPT_UP = 0.95  # of them must have been written, or the run says nothing about the board
SETTLED = 1.0  # seconds after which a board that was just opened has drawn everything once
LONGEST_GAP = 33.0  # ms: two pictures of sixty a second


@dataclass
class Figures:
    """What was measured, one figure per repetition."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {"bare": [], "live": []})
    memory: dict[str, list[float]] = field(default_factory=lambda: {"bare": [], "live": []})
    gaps: list[float] = field(default_factory=list)
    written: list[float] = field(default_factory=list)  # changes a second that the server took

    def lines(self) -> list[str]:
        """Return every figure, in the order measured."""
        told = [f"{program}, seconds: {' '.join(f'{one:.2f}' for one in found)}" for program, found in self.seconds.items()]
        told += [f"{program}, MB: {' '.join(f'{one / 1024:.0f}' for one in found)}" for program, found in self.memory.items()]
        gaps, rates = " ".join(f"{gap:.0f}" for gap in self.gaps), " ".join(f"{rate:.0f}" for rate in self.written)
        return [*told, f"longest gap, ms: {gaps}", f"changes a second: {rates}"]


def main() -> int:
    """Measure and tell. Returns the exit code: 1 when a goal is missed."""
    asked = options(__doc__, seconds=5.0)
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    figures = _measure(asked.repetitions, asked.seconds, fast=asked.quick)
    return tell("board", asked, _goals(figures), figures.lines())


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
    words = [sys.executable, "-m", "core.cli", "worker"]
    with (
        tempfile.TemporaryDirectory() as data,
        subprocess.Popen(words, env=os.environ | {"RACHEL_DATA": data}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as worker,
    ):
        try:
            assert worker.stdout
            worker.stdout.readline()  # it is ready
            yield
        finally:
            worker.kill()


def _measure_start(program: str, figures: Figures) -> None:
    """Start a program, take the time until it says that it shows the stock, and what memory it took at most until then."""
    began = time.monotonic()
    with subprocess.Popen([sys.executable, PARTS / f"{program}.py"], stdout=subprocess.PIPE, text=True) as process:
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
    """Let the UI thread run until `over()`, and return the longest time, in ms, between two turns of a timer of 1 ms.

    A signal to stop ends the loop first: raised inside Qt it would be lost.
    """
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
    stops = [signal.SIGINT, signal.SIGTERM]
    before = [signal.signal(stop, lambda *_: loop.exit(1)) for stop in stops]
    stopped = loop.exec()
    timer.stop()
    for stop, handler in zip(stops, before, strict=True):
        signal.signal(stop, handler)
    if stopped:
        raise KeyboardInterrupt
    return longest * 1000


def _goals(figures: Figures) -> list[Goal]:
    def ratio(found: dict[str, list[float]]) -> float:
        return median(found["live"]) / median(found["bare"])

    kept_up = median(figures.written) >= KEPT_UP * RATE
    return [
        Goal.at_most("start to live board / bare window with one query, time", 1.3, ratio(figures.seconds)),
        Goal.at_most("start to live board / bare window with one query, memory", 1.5, ratio(figures.memory)),
        Goal.at_most(f"longest gap of the UI thread at {RATE} changes a second / 33 ms", 1.0, median(figures.gaps) / LONGEST_GAP, kept_up),
    ]


if __name__ == "__main__":
    raise SystemExit(main())
