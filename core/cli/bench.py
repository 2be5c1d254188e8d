"""`rachel bench`: measure what is claimed to be fast, each claim on a server of its own."""

import argparse
import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core.cli.arguments import add_command, offer_json
from core.cli.outcome import DONE, WRONG, NotReady, Usage
from core.cli.terminal import say, tell

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
PATIENCE = 60  # seconds in which a benchmark that was told to stop removes its server
DESCRIPTION = """Run the files of benchmarks/, each on a scratch server of its own, and print goals, thresholds and what was measured.
Takes about half an hour. A figure needs a machine that does nothing else. Progress and raw figures go to stderr.
A missed goal, or a benchmark without a result, ends it with code 1."""


class NoResult(Exception):
    """A benchmark failed or hung; the message says which of them."""


def add_to(commands: Any) -> None:
    """Add `bench` to the command line."""
    parser = add_command(commands, "bench", "measure what is claimed to be fast", DESCRIPTION, run)
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these (board, orders …)")
    parser.add_argument("--quick", action="store_true", help="a smoke test of half a minute: its ratios mean nothing")
    parser.add_argument(
        "--deadline", type=float, default=1800.0, metavar="SECONDS", help="stop a benchmark that has no result by then (1800)"
    )
    offer_json(parser)


def run(chosen: argparse.Namespace) -> int:
    """Measure and tell. Returns the exit code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # else the benchmark and its server would go on without us
    results: list[dict[str, Any]] = []
    failed: dict[str, str] = {}
    for file in _files(chosen.names):
        say(f"{file.stem} …")
        try:
            results.append(_measure(file, ["--json", *(["--quick"] if chosen.quick else [])], chosen.deadline))
        except NoResult as failure:
            failed[file.stem] = str(failure)
    goals = [goal for result in results for goal in result["goals"]]
    missed = [goal["goal"] for goal in goals if not goal["met"]]
    sentences = [line for result in results for line in (f"{result['name']}, runs: {result['runs']}", *table(result["goals"]), "")]
    sentences += [f"FAILED  {name}: {why}" for name, why in failed.items()]
    met = f"{len(goals) - len(missed)} of {len(goals)} goals are met."
    tell({"benchmarks": results, "missed": missed, "failed": failed}, [*sentences, met], chosen.json)
    return WRONG if missed or failed else DONE


def table(goals: Sequence[dict[str, Any]]) -> list[str]:
    """Return goals as a table for people: what was promised, the threshold, what was measured, and met or MISSED."""
    width = max((len(goal["goal"]) for goal in goals), default=0)
    rows = [f"{goal['goal']:<{width}}  {goal['threshold']:>9g}  {goal['measured']:>8g}" for goal in goals]
    ends = ["met" if goal["met"] else "MISSED" for goal in goals]
    return [f"{'goal':<{width}}  threshold  measured", *(f"{row}  {end}" for row, end in zip(rows, ends, strict=True))]


def _files(names: Sequence[str]) -> list[Path]:
    files = {file.stem: file for file in sorted(BENCHMARKS.glob("*.py"))}
    if not files:
        raise NotReady("The benchmarks are part of the project's folder, and this program was installed without it.")
    if unknown := [name for name in names if name not in files]:
        raise Usage(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join(files)}.")
    return [file for name, file in files.items() if name in names or not names]


def _measure(file: Path, options: list[str], deadline: float) -> dict[str, Any]:
    """Run one benchmark and return what it told. It has a group of its own: Ctrl-C reaches it once, through us, while it cleans up."""
    group: dict[str, Any] = {} if sys.platform == "win32" else {"process_group": 0}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        benchmark = subprocess.Popen([sys.executable, file, *options], stdout=said, **group)
        try:
            code = benchmark.wait(deadline)
        except subprocess.TimeoutExpired:
            _stop(benchmark)
            raise NoResult(f"It had no result after {deadline:,g} seconds.") from None
        except KeyboardInterrupt:
            say(f"Stopping {file.stem} …")
            _stop(benchmark)
            raise
        said.seek(0)
        try:
            return dict(json.load(said))
        except ValueError:
            raise NoResult(f"It ended with code {code} and without a result.") from None


def _stop(benchmark: subprocess.Popen[bytes]) -> None:
    """Let it remove its server; where it hangs in that, too, the next scratch server removes what is left."""
    benchmark.terminate()
    try:
        benchmark.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        benchmark.kill()
        benchmark.wait()
