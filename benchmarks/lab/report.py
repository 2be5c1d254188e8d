"""How every benchmark is called and how it tells: its options, its goals, a table for people or one line of JSON."""

import argparse
import json
import os
import platform
import signal
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType

from core.cli.bench import table


@dataclass(frozen=True)
class Options:
    """What the command line asked for."""

    seconds: float
    repetitions: int
    quick: bool
    json: bool


def options(description: str | None, seconds: float = 2.0) -> Options:
    """Read the command line. From now on SIGTERM ends it as Ctrl-C does, so that no server is left behind."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--seconds", type=float, default=seconds, metavar="S", help=f"that count in each run ({seconds:g})")
    parser.add_argument("--repetitions", type=int, default=5, metavar="N", help="of every run (5; a figure needs that many)")
    parser.add_argument("--quick", action="store_true", help="a smoke test of some seconds, nothing durable: its ratios mean nothing")
    parser.add_argument("--json", action="store_true", help="print the result as one line of JSON; the figures go to stderr")
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if chosen.json:
        sys.excepthook = _tell_failure
    if chosen.quick:
        return Options(seconds / 10, 1, True, chosen.json)
    return Options(chosen.seconds, chosen.repetitions, False, chosen.json)


def _tell_failure(kind: type[BaseException], failure: BaseException, _trace: TracebackType | None) -> None:
    """Say in one line why there is no result. Without --json the whole trace is shown."""
    why = "stopped" if kind is KeyboardInterrupt else f"{kind.__name__}: {failure}"
    print(f"{Path(sys.argv[0]).stem}: {why}", file=sys.stderr)


@dataclass(frozen=True)
class Goal:
    """A promise about speed, losses or memory."""

    goal: str
    threshold: float
    measured: float
    met: bool

    @classmethod
    def at_least(cls, goal: str, threshold: float, measured: float, valid: bool = True) -> "Goal":
        return cls(f"{goal}: at least", threshold, round(measured, 3), valid and measured >= threshold)

    @classmethod
    def at_most(cls, goal: str, threshold: float, measured: float, valid: bool = True) -> "Goal":
        return cls(f"{goal}: at most", threshold, round(measured, 3), valid and measured <= threshold)

    @classmethod
    def exactly(cls, goal: str, threshold: int, measured: Sequence[float]) -> "Goal":
        """Every repetition must measure it; the one furthest off is told."""
        worst = max(measured, key=lambda one: abs(one - threshold))
        return cls(f"{goal}: exactly", threshold, worst, worst == threshold)


def tell(name: str, asked: Options, goals: Sequence[Goal], figures: Sequence[str]) -> int:
    """Print the result, and the raw figures before it. Returns the exit code: 1 when a goal is missed."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    machine = f"{os.cpu_count()} cores{load}, Python {platform.python_version()}"
    aside = sys.stderr if asked.json else sys.stdout
    print(f"{name}: {asked.repetitions} repetitions, {machine}", *figures, "", sep="\n", file=aside)
    told = [asdict(goal) for goal in goals]
    if asked.json:
        print(json.dumps({"name": name, "runs": asked.repetitions, "goals": told}))
    else:
        print(*table(told), sep="\n")
    return 0 if all(goal.met for goal in goals) else 1
