"""Wallets: top-ups and orders paid from one wallet, the Python twin against pgbench calling the same verb, version checks beside it."""

from contextlib import closing

from benchmarks.lab.load import at_once
from benchmarks.lab.mixes import Orders, TopUps
from benchmarks.lab.report import Goal, Options, options, tell
from benchmarks.lab.runs import Runs
from benchmarks.lab.stage import CUSTOMER, TOP_UP, Stage, counted_id, stage
from benchmarks.lab.ways import cases, crowd, rivals
from core import wallets

BURST = 50


def main() -> int:
    """Measure and tell. Returns the exit code: 1 when a goal is missed."""
    asked = options(__doc__)
    with stage(asked.quick) as town:
        runs = Runs(cases([TopUps(town), TopUps(town, one_wallet=True), Orders(town, one_wallet=True)], asked))
        runs.interleave(asked.repetitions, town.check)
        goals = runs.keeping_up() + burst(town, asked, runs)
        town.check()
    return tell("wallets", asked, goals, runs.lines())


def burst(town: Stage, asked: Options, runs: Runs) -> list[Goal]:
    """Let fifty payments into one wallet at once; beside it, what the rival loses."""
    mix, credited, refused = TopUps(town, one_wallet=True), [], []
    for _ in range(asked.repetitions):
        mix.prepare(BURST, 1)
        before = balance(town)
        with crowd(town, mix.who, BURST) as programs:
            answers = at_once([mix.operation(program, client) for client, program in enumerate(programs)])
        credited.append((balance(town) - before) // TOP_UP)
        refused.append(BURST - answers["done"])
        mix.prepare(BURST, 1)
        with rivals(town, BURST) as connections:
            answers = at_once([mix.rival(connection, client) for client, connection in enumerate(connections)])
        runs.note_loss(f"{BURST} top-ups of one wallet at once, version checks", 1 - answers["done"] / BURST)
    goal = f"{BURST} top-ups of one wallet at once"
    return [Goal.exactly(f"{goal}, credited", BURST, credited), Goal.exactly(f"{goal}, refused or sent again", 0, refused)]


def balance(town: Stage) -> int:
    """Return what is in the one wallet, in kobo."""
    with closing(town.connect("owner")) as owner:
        found = wallets.wallet(owner, counted_id(CUSTOMER, 1))
    return found.balance if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
