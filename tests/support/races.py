"""What all races share: how often, and how their answers are counted."""

from collections import Counter
from typing import Any

REPEATS = 40  # a fault that shows in one race of twenty-five stays hidden in a single one


def tally(answers: list[Any]) -> dict[str, int]:
    """Count who was done and who was refused how: {"done": 5, "Short": 5}."""
    return Counter(type(answer).__name__ if isinstance(answer, Exception) else "done" for answer in answers)
