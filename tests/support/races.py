"""What all races share: how often, and how their answers are counted."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from core.base.errors import Offline, Refused

REPEATS = 40  # a fault that shows in one race of twenty-five stays hidden in a single one


def tally(answers: list[Any]) -> dict[str, int]:
    """Count who was done and who was refused how: {"done": 5, "Short": 5}."""
    return Counter(type(answer).__name__ if isinstance(answer, Exception) else "done" for answer in answers)


def let_loose(chance: random.Random, n: int, work: Callable[[int], Any]) -> list[Any]:
    """Call work(0) … work(n - 1) from the same moment on, and return what each got or raised."""
    barrier = threading.Barrier(n)
    delays = [chance.random() / 2000 for _ in range(n)]

    def run(number: int) -> Any:
        barrier.wait(10)
        time.sleep(delays[number])
        try:
            return work(number)
        except (Refused, Offline) as refused:
            return refused

    with ThreadPoolExecutor(n) as callers:
        return list(callers.map(run, chance.sample(range(n), n)))
