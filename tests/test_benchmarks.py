"""The benchmarks still run, and say what they measured in the form that was agreed. The figures of so short a run say nothing."""

import json
import subprocess
import sys
from pathlib import Path

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


def test_the_boards_benchmark_says_each_goal_its_threshold_what_was_measured_and_whether_it_was_met():
    words = [sys.executable, BENCHMARKS / "board.py", "--quick", "--json"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told.keys() == {"name", "runs", "goals"}
    assert (told["name"], told["runs"], len(told["goals"])) == ("board", 1, 3)
    for goal in told["goals"]:
        assert goal.keys() == {"goal", "threshold", "measured", "met"}
        assert goal["measured"] > 0 and isinstance(goal["met"], bool)
