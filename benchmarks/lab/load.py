"""Loads: Python clients, the server's own pgbench, and bursts. What is counted is what succeeded inside the window."""

import math
import os
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.lab.report import Options
from benchmarks.lab.stage import PROGRAM, Stage, Void
from core.base.errors import Offline, Refused
from core.database.binaries import installation

Operation = Callable[[], object]  # one order or one top-up; raises one of FAILURES when it was not done


class GaveUp(Exception):
    """The rival scheme tried as often as it may."""


FAILURES = (Refused, Offline, GaveUp)


@dataclass(frozen=True)
class Window:
    """How long each client works: `warm_up` seconds that do not count, in which plans are made, then `seconds` that do."""

    seconds: float
    warm_up: float = 1.0

    @classmethod
    def of(cls, asked: Options) -> "Window":
        return cls(asked.seconds, warm_up=0.1 if asked.quick else 1.0)

    @property
    def whole(self) -> float:
        return self.warm_up + self.seconds


@dataclass(frozen=True)
class Outcome:
    """What a load did inside its window: successes a second, which share of what was tried was lost, and how long the slow ones took."""

    rate: float
    lost: float
    p99: float  # seconds: of a hundred successes one took longer

    @classmethod
    def of(cls, done: Sequence[float], tried: int, window: Window) -> "Outcome":
        """Take what was done, each with the seconds it took, of so many tries."""
        slow = sorted(done)[math.ceil(len(done) * 0.99) - 1] if done else math.nan
        return cls(len(done) / window.seconds, 1 - len(done) / max(1, tried), slow)


def python_clients(operations: Sequence[Operation], window: Window) -> Outcome:
    """Let one thread repeat each of the operations, all in this process, as in a service."""
    barrier = threading.Barrier(len(operations))

    def client(operation: Operation) -> list[tuple[str, float]]:
        ended: list[tuple[str, float]] = []
        barrier.wait(30)
        counts = time.perf_counter() + window.warm_up
        over = counts + window.seconds
        while (began := time.perf_counter()) < over:
            answer = _tried(operation)
            if counts < (now := time.perf_counter()) <= over:
                ended.append((answer, now - began))
        return ended

    with ThreadPoolExecutor(len(operations)) as clients:
        ended = [each for mine in clients.map(client, operations) for each in mine]
    return Outcome.of([seconds for answer, seconds in ended if answer == "done"], len(ended), window)


def at_once(operations: Sequence[Operation]) -> Counter[str]:
    """Let every operation start at the same moment, each in a thread of its own. Count what became of them: done, Short …"""
    barrier = threading.Barrier(len(operations))

    def client(operation: Operation) -> str:
        barrier.wait(30)
        return _tried(operation)

    with ThreadPoolExecutor(len(operations)) as clients:
        return Counter(clients.map(client, operations))


def _tried(operation: Operation) -> str:
    try:
        operation()
    except FAILURES as failure:
        return type(failure).__name__
    return "done"


def pgbench(stage: Stage, who: str, script: str, clients: int, window: Window) -> Outcome:
    """Run the limit: pgbench of the server's own package, prepared statements, this script. A client that breaks off voids the run."""
    it = stage.sign_ins[who]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "script").write_text(script, encoding="utf-8")
        command: list[str | Path] = [
            installation() / "bin" / "pgbench", "-n", "-M", "prepared", "-f", f"{folder}/script", "-D", "number=0",
            "-c", str(clients), "-j", str(min(clients, 2)), "-T", str(math.ceil(window.whole)), "-l", f"--log-prefix={folder}/log",
            "-h", stage.server.host, "-p", str(stage.server.port), "-U", it.login, stage.server.database,
        ]  # fmt: skip
        done = subprocess.run(command, env=os.environ | {"PGPASSWORD": it.password, "PGAPPNAME": PROGRAM}, text=True, capture_output=True)
        if done.returncode:
            raise Void(f"pgbench: {done.stderr.strip()[-500:]}")
        return _logged([line for log in Path(folder).glob("log*") for line in log.read_text(encoding="utf-8").splitlines()], window)


def _logged(lines: list[str], window: Window) -> Outcome:
    """Count what pgbench's log says of the window. Its columns: client, number, microseconds (or "failed"), script, end (s, µs)."""
    rows = [line.split() for line in lines]
    ends = [int(row[4]) + int(row[5]) / 1e6 for row in rows]
    counts = min(ends) + window.warm_up
    inside = [row[2] for row, end in zip(rows, ends, strict=True) if counts < end <= counts + window.seconds]
    return Outcome.of([int(took) / 1e6 for took in inside if took.isdigit()], len(inside), window)
