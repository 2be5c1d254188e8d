"""Runs: every way of every kind of work once a repetition, in a new order each time, and what that makes of them as ratios."""

import random
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.lab.load import Outcome
from benchmarks.lab.report import Goal

FLOOR, STRETCH = 0.80, 0.90  # what a Python twin must reach of pgbench, and what would be better


@dataclass(frozen=True)
class Case:
    """One way to do one kind of work: `how` is pgbench, twin, version checks or ORM."""

    what: str
    clients: int
    how: str
    run: Callable[[], Outcome]


Results = dict[tuple[str, int], dict[str, Outcome]]  # of one repetition: what and clients, then how


@dataclass
class Runs:
    """What each repetition measured."""

    cases: Sequence[Case]
    repetitions: list[Results] = field(default_factory=list)
    losses: dict[str, list[float]] = field(default_factory=dict)

    def interleave(self, repetitions: int, check: Callable[[], None]) -> None:
        """Run every case once a repetition, in a new order each time, so that noise falls on all alike. `check` voids a run."""
        for repetition in range(1, repetitions + 1):
            results: Results = {(case.what, case.clients): {} for case in self.cases}
            for case in random.sample(self.cases, len(self.cases)):
                results[case.what, case.clients][case.how] = case.run()
                check()
            self.repetitions.append(results)
            print(f"repetition {repetition} of {repetitions}", file=sys.stderr, flush=True)

    def note_loss(self, what: str, lost: float) -> None:
        """Keep which share was lost of a burst that no goal is about, once a repetition."""
        self.losses.setdefault(what, []).append(lost)

    def ratios(self, what: str, clients: int, how: str, to: str) -> list[float]:
        """Return one way's rate as a fraction of another's, repetition by repetition."""
        return [_ratio(results[what, clients], how, to) for results in self.repetitions]

    def ahead_of(self, rival: str, threshold: float, what: str) -> Goal:
        """Return the goal that the twin does so many times what the rival does, with as many clients as that was given."""
        [clients] = [case.clients for case in self.cases if (case.what, case.how) == (what, rival)]
        ratio = statistics.median(self.ratios(what, clients, "twin", rival))
        return Goal.at_least(f"twin / {rival}, {what}, clients: {clients}", threshold, ratio)

    def keeping_up(self) -> list[Goal]:
        """Return a goal for each kind of work and number of clients: the twin keeps up with pgbench."""
        both = [(case.what, case.clients) for case in self.cases if case.how == "twin"]
        return [
            Goal.at_least(
                f"twin / pgbench (stretch {STRETCH}), {what}, clients: {clients}",
                FLOOR, statistics.median(self.ratios(what, clients, "twin", "pgbench")),
            )
            for what, clients in both
        ]  # fmt: skip

    def lines(self) -> list[str]:
        """Return every figure: of each case the fraction of pgbench's rate, repetition by repetition, and what it lost."""
        told = [f"{'rate as a fraction of pgbench':<50} {'clients':>7}  {'':<15} {'median':>6}  {'lost':>6}  each"]
        for case in sorted(self.cases, key=lambda case: (case.what, case.clients, case.how)):
            ratios = self.ratios(case.what, case.clients, case.how, "pgbench")
            lost = statistics.median(results[case.what, case.clients][case.how].lost for results in self.repetitions)
            each = " ".join(f"{ratio:.2f}" for ratio in ratios)
            told.append(f"{case.what:<50} {case.clients:>7}  {case.how:<15} {statistics.median(ratios):>6.2f}  {lost:>6.1%}  {each}")
        return told + [f"{what:<74}  {statistics.median(lost):>14.1%}" for what, lost in self.losses.items()]


def _ratio(ways: dict[str, Outcome], how: str, to: str) -> float:
    """Who ended nothing inside the window counts as one that ends one a second."""
    return ways[how].rate / max(1.0, ways[to].rate)
