"""Refunds: 10,000 orders by 500 against one call for each of them, and what those who order meanwhile feel of it."""

import random
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from statistics import median

from benchmarks.lab.load import Outcome, Window, python_clients
from benchmarks.lab.mixes import Orders
from benchmarks.lab.refunding import Ran, Refund, by_set, confirm, confirm_uncooked, keep_waiting, one_by_one, prepare, under_way, waiting
from benchmarks.lab.report import Goal, options, tell
from benchmarks.lab.stage import Stage, stage
from benchmarks.lab.ways import FEW, SOME

AHEAD = 30.0  # times the rate of one call for each order
LINEAR = 1.1  # times what a line takes in a refund of a tenth of the size
REAPER, SAFE = 10.0, 0.5  # seconds that a transaction may last, and which share of them a confirmation may take
UNDISTURBED = 0.75  # of the rate of orders without a refund
A_SECOND = 10_000  # lines to keep waiting: more than any machine here has run


@dataclass(frozen=True)
class Measured:
    """A refund, and the seconds in which the rest of it was run."""

    refund: Refund
    rest: float

    @property
    def whole(self) -> float:
        """Return the seconds that it took from the click to the last line."""
        return self.refund.confirm + self.rest


@dataclass
class Figures:
    """What was measured, one figure a repetition."""

    by_set: list[Measured] = field(default_factory=list)
    small: list[Measured] = field(default_factory=list)  # a tenth of the size
    one_by_one: list[Measured] = field(default_factory=list)
    alone: list[Outcome] = field(default_factory=list)
    beside: list[Outcome] = field(default_factory=list)
    ran: list[Ran] = field(default_factory=list)  # beside orders
    uncooked: list[Outcome] = field(default_factory=list)
    given_up: list[int] = field(default_factory=list)  # lines of orders nobody cooks yet that were refunded beside orders

    def ahead(self) -> list[float]:
        """Return how many times faster the rest of a refund is run by 500: equal work, the same number of lines."""
        return [one.rest / by_set.rest for one, by_set in zip(self.one_by_one, self.by_set, strict=True)]

    def ahead_of_all(self) -> list[float]:
        """Return how many times faster a whole refund is, its confirmation counted, than one call each that nobody had to confirm."""
        both = zip(self.one_by_one, self.by_set, strict=True)
        return [one.rest / one.refund.left / (by_set.whole / by_set.refund.lines) for one, by_set in both]

    def growth(self) -> list[float]:
        """Return how many times what a line of a small refund takes one of a large refund takes."""
        both = zip(self.by_set, self.small, strict=True)
        return [large.whole / large.refund.lines / (small.whole / small.refund.lines) for large, small in both]

    def rates(self, beside: Sequence[Outcome]) -> list[float]:
        return [one.rate / max(1.0, alone.rate) for one, alone in zip(beside, self.alone, strict=True)]

    def delays(self, beside: Sequence[Outcome]) -> list[float]:
        return [one.p99 / alone.p99 for one, alone in zip(beside, self.alone, strict=True)]

    def lines(self) -> list[str]:
        """Return every figure, in the order measured. Seconds of a busy disk: only their ratios mean something."""
        told: list[tuple[str, Sequence[float]]] = [
            ("preview, s", [one.refund.preview for one in self.by_set]),
            ("confirmation with the first 500, s", [one.refund.confirm for one in self.by_set]),
            ("the rest by 500, s", [one.rest for one in self.by_set]),
            ("the rest by one call each, s", [one.rest for one in self.one_by_one]),
            ("by 500 / one call each, the rest, rate", self.ahead()),
            ("the same of all lines, the confirmation counted for by 500 alone", self.ahead_of_all()),
            ("a line of a large refund / of a small one, time", self.growth()),
            ("orders beside a refund / without one, rate", self.rates(self.beside)),
            ("the same, p99", self.delays(self.beside)),
            ("orders beside a refund of orders nobody cooks yet / without one, rate", self.rates(self.uncooked)),
            ("the same, p99", self.delays(self.uncooked)),
            ("lines refunded beside orders", [ran.lines for ran in self.ran]),
            ("lines refunded beside orders, of orders nobody cooks yet", self.given_up),
        ]
        return [f"{what:<70} {median(each):>8.2f}  each {' '.join(f'{one:.2f}' for one in each)}" for what, each in told]


@dataclass(frozen=True)
class Work:
    """What is measured, once each a repetition."""

    town: Stage
    window: Window
    lines: int  # of a large refund
    kept: int  # lines that wait, so that a refund never ends beside orders
    clients: int  # who order meanwhile
    figures: Figures = field(default_factory=Figures)

    def parts(self) -> list[Callable[[], None]]:
        return [self.by_set, self.small, self.one_by_one, self.alone, self.beside, self.uncooked]

    def by_set(self) -> None:
        self.figures.by_set.append(self._run(by_set, self.lines))

    def small(self) -> None:
        self.figures.small.append(self._run(by_set, self.lines // 10))

    def one_by_one(self) -> None:
        self.figures.one_by_one.append(self._run(one_by_one, self.lines))

    def _run(self, way: Callable[[Stage, Refund], float], lines: int) -> Measured:
        refund = confirm(self.town, lines)
        return Measured(refund, way(self.town, refund))

    def alone(self) -> None:
        keep_waiting(self.town, self.kept, self.lines)
        self.figures.alone.append(self._orders())

    def beside(self) -> None:
        keep_waiting(self.town, self.kept, self.lines)
        with under_way(self.town) as ran:
            self.figures.beside.append(self._orders())
        self.figures.ran.append(ran)

    def uncooked(self) -> None:
        """Refund what others ordered: these orders end, and their stock is free again, while more is ordered from the same shelves."""
        refund = confirm_uncooked(self.town, self.lines // 3)  # an order has three lines at most
        with under_way(self.town):
            self.figures.uncooked.append(self._orders())
        with self.town.behind() as admin:
            self.figures.given_up.append(refund.left - waiting(admin, refund.id))
        by_set(self.town, refund)

    def _orders(self) -> Outcome:
        mix = Orders(self.town)
        with closing(self.town.connect(mix.who, self.clients)) as database:
            return python_clients([mix.operation(database, client) for client in range(self.clients)], self.window)


def main() -> int:
    """Measure and tell. Returns the exit code: 1 when a goal is missed."""
    asked = options(__doc__, seconds=3.0)
    window, lines = Window.of(asked), 600 if asked.quick else 10_000
    with stage(asked.quick) as town:
        prepare(town, lines)
        before = town.deadlocks()
        work = Work(town, window, lines, 1 if asked.quick else round(A_SECOND * window.whole), FEW if asked.quick else SOME)
        for repetition in range(1, asked.repetitions + 1):
            for part in random.sample(work.parts(), len(work.parts())):
                part()
            town.check()
            print(f"repetition {repetition} of {asked.repetitions}", file=sys.stderr, flush=True)
        deadlocks = town.deadlocks() - before
    return tell("refunds", asked, goals(work, deadlocks), work.figures.lines())


def goals(work: Work, deadlocks: int) -> list[Goal]:
    """Judge what was measured. Orders beside refunds say nothing where these were over before."""
    figures, lines, clients = work.figures, work.lines, f"clients: {work.clients}"
    confirmation = median(one.refund.confirm for one in figures.by_set)
    lost = [outcome.lost for outcome in [*figures.beside, *figures.uncooked]]
    always = all(ran.always for ran in figures.ran)
    return [
        Goal.at_least(f"refund of {lines:,} by 500 / one call each, rate", AHEAD, median(figures.ahead())),
        Goal.at_most(f"a line of {lines:,} / of {lines // 10:,}, time", LINEAR, median(figures.growth())),
        Goal.at_most(f"confirmation of {lines:,} lines / the {REAPER:g} s of the reaper", SAFE, confirmation / REAPER),
        Goal.at_least(f"orders beside a refund / without one, rate, {clients}", UNDISTURBED, median(figures.rates(figures.beside)), always),
        Goal.exactly(f"orders beside refunds, share lost, {clients}", 0, lost),
        Goal.exactly("orders beside refunds, deadlocks", 0, [deadlocks]),
    ]


if __name__ == "__main__":
    raise SystemExit(main())
