"""The audit trail: pages of two million lines at any depth, words, counts, what sealing costs an order, how fast it is verified."""

import random
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from benchmarks.lab.load import Window, python_clients
from benchmarks.lab.long_trail import COMMON, RARE, kitchen, lengthen, middle, person, spent
from benchmarks.lab.mixes import Orders
from benchmarks.lab.report import Goal, options, tell
from benchmarks.lab.stage import Stage, refill_budgets, stage
from core.audit import STREAMS, TrailFilter, TrailLine, count_trail, find_trail, first_head, seal_trail, trail, verify_trail
from core.audit.reader import read_trail
from core.database.gateway import Database

DEEP, AHEAD, CHEAP = 1.5, 20.0, 0.97  # of a first page's time; of a deep page by keyset; of the orders' processor time without sealing
PAGE, TIMES = 201, 9  # lines; how often a page is read in each repetition
STEPS = 4  # of 50,000 rows, verified in each repetition
OFFSET = """api.trail WHERE id = ANY (ARRAY(
    SELECT t.id FROM api.trail AS t ORDER BY t.at DESC, t.id DESC OFFSET %(deep)s LIMIT %(page)s)) ORDER BY at DESC, id DESC"""
FILTERS = {
    "all": TrailFilter(), "a person": TrailFilter(person_id=person(1)), "an action": TrailFilter(action="cancel_order"),
    "a person and an action": TrailFilter(person_id=person(1), action="start_cooking"), "a kitchen": TrailFilter(kitchen_id=kitchen()),
}  # fmt: skip


@dataclass(frozen=True)
class Work:
    """What is measured, each once a repetition; `figures` has what it took by its name: seconds, or what the name says."""

    town: Stage
    window: Window
    lines: int
    db: Database
    last: Any  # (at, id) in the middle
    figures: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def parts(self) -> list[Callable[[], None]]:
        return [self.pages, self.words, self.verified, self.orders]

    def pages(self) -> None:
        for name, wanted in FILTERS.items():
            self._time(f"first page, {name}", lambda wanted=wanted: trail(self.db, wanted, limit=PAGE))
            self._time(f"deep page, {name}", lambda wanted=wanted: trail(self.db, wanted, self.last, PAGE))
            self._time(f"count to 10,001, {name}", lambda wanted=wanted: count_trail(self.db, wanted))
        deep = self.lines // 2
        self._time("deep page by OFFSET", lambda: self.db.rows(TrailLine, OFFSET, deep=deep, page=PAGE), times=1)

    def words(self) -> None:
        for name, word in (("a rare word", RARE), ("a common word", COMMON)):
            with self.town.behind() as admin:
                refill_budgets(admin)
            self._time(f"find {name}", lambda word=word: find_trail(self.db, word, None, None, None, None, None))

    def verified(self) -> None:
        for name, look in (("the server's", verify_trail), ("the reader", read_trail)):
            with self.town.behind() as admin:
                refill_budgets(admin)
            head, began = first_head("events"), time.perf_counter()
            position, known = head.position, head.head
            for _ in range(STEPS):
                step = look(self.db, "events", position, known)
                assert step.found == 0, step.wrong[:3]
                position, known = step.upto, step.head
            self.figures[f"rows a second, {name}"].append(position / (time.perf_counter() - began))

    def orders(self) -> None:
        for name, sealing in random.sample([("on", True), ("off", False)], 2):
            seal_all(self.town)
            before = spent(self.town)
            done = self._ordered(sealing)
            self.figures[f"processor time of an order, sealing {name}, ms"].append(1000 * (spent(self.town) - before) / max(1, done))
        seal_all(self.town)

    def _ordered(self, sealing: bool) -> int:
        """Let eight clients order, and return how many orders there were, those of the warm-up included."""
        mix, done = Orders(self.town), [0]
        with closing(self.town.connect(mix.who, 8)) as database, Sealing(self.town) if sealing else nullcontext():
            operations = [_counted(mix.operation(database, client), done) for client in range(8)]
            python_clients(operations, self.window)
        return done[0]

    def _time(self, name: str, read: Callable[[], Any], times: int = TIMES) -> None:
        took = []
        for _ in range(times):
            began = time.perf_counter()
            read()
            took.append(time.perf_counter() - began)
        self.figures[name].append(median(took))


class Sealing:
    """Seals every second, as the worker does, until it is left."""

    def __init__(self, town: Stage) -> None:
        self.town, self.over = town, threading.Event()
        self.thread = threading.Thread(target=self._go_on)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()

    def _go_on(self) -> None:
        with closing(self.town.connect("worker")) as worker:
            while not self.over.wait(1):
                seal_trail(worker)
            seal_trail(worker)


def _counted(order: Callable[[], object], done: list[int]) -> Callable[[], object]:
    def counted() -> None:
        order()
        done[0] += 1

    return counted


def seal_all(town: Stage) -> None:
    with closing(town.connect("worker")) as worker:
        while seal_trail(worker):
            pass


def main() -> int:
    """Measure and tell. Returns the exit code: 1 when a goal is missed."""
    asked = options(__doc__, seconds=5.0)
    lines = 20_000 if asked.quick else 2_000_000
    with stage(asked.quick) as town, closing(town.connect("owner")) as owner:
        lengthen(town, lines)
        seal_all(town)
        print(f"{lines:,} lines, sealed", file=sys.stderr, flush=True)
        work = Work(town, Window.of(asked), lines, owner, middle(town))
        for repetition in range(1, asked.repetitions + 1):
            for part in random.sample(work.parts(), len(work.parts())):
                part()
            print(f"repetition {repetition} of {asked.repetitions}", file=sys.stderr, flush=True)
        town.check()
    return tell("audit", asked, goals(work), told(work))


def goals(work: Work) -> list[Goal]:
    lines = f"{work.lines:,} lines"
    deep = max(median(ratios(work, f"deep page, {name}", f"first page, {name}")) for name in FILTERS)
    ahead = median(ratios(work, "deep page by OFFSET", "deep page, all"))
    spent_of = "processor time of an order, sealing {}, ms"
    return [
        Goal.at_most(f"a page half way down / the first page, the worst filter, time, {lines}", DEEP, deep),
        Goal.at_least(f"a page half way down by OFFSET / by keyset, time, {lines}", AHEAD, ahead),
        Goal.at_least(
            "server's processor time of an order without sealing / with it", CHEAP,
            median(ratios(work, spent_of.format("off"), spent_of.format("on"))),
        ),
    ]  # fmt: skip


def ratios(work: Work, what: str, to: str) -> list[float]:
    return [one / other for one, other in zip(work.figures[what], work.figures[to], strict=True)]


def told(work: Work) -> list[str]:
    """Return every figure: pages, counts and words in milliseconds."""
    found = []
    for name, each in sorted(work.figures.items()):
        shown = each if "a second" in name or name.endswith("ms") else [1000 * one for one in each]
        found.append(f"{name:<60} {median(shown):>12,.2f}  each {' '.join(f'{one:,.2f}' for one in shown)}")
    return [*found, f"streams sealed: {', '.join(STREAMS)}"]


if __name__ == "__main__":
    raise SystemExit(main())
