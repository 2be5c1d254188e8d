"""Orders paid from wallets: the Python twin against pgbench calling the same verb, against version checks with retries, and an ORM."""

import random
from functools import partial
from uuid import UUID

from benchmarks.lab.load import Window, at_once, python_clients
from benchmarks.lab.mixes import Orders
from benchmarks.lab.report import Goal, Options, options, tell
from benchmarks.lab.runs import Runs
from benchmarks.lab.stage import CUSTOMER, DISH, KITCHEN, Stage, counted_id, dish_number, stage
from benchmarks.lab.ways import CHECKS, MANY, ORM, cases, crowd, orm_cases, rivals
from core.base.identifiers import new_id
from core.database.gateway import Database
from core.orders import place_order

LOW, HOT = 2.5, 4.0  # times the rate of version checks with 16 clients: 1 to 3 of 1,000 dishes, one dish
MAPPED = 10.0  # times the rate of an ORM with 8
PORTIONS, BUYERS, CROWD = 5, 50, 64


def main() -> int:
    """Measure and tell. Returns the exit code: 1 when a goal is missed."""
    asked = options(__doc__)
    with stage(asked.quick) as town:
        low, hot = Orders(town), Orders(town, one_dish=True)
        runs = Runs(cases([low, hot], asked) + orm_cases([low, hot], asked))
        runs.interleave(asked.repetitions, town.check)
        goals = runs.keeping_up()
        for mix, threshold in ((low, LOW), (hot, HOT)):
            goals.append(runs.ahead_of(CHECKS, threshold, mix.name))
            goals.append(runs.ahead_of(ORM, MAPPED, mix.name))
        goals += [*scarce(town, asked), crowded(town, asked, runs), *crossing(town, asked)]
        town.check()
    return tell("orders", asked, goals, runs.lines())


def scarce(town: Stage, asked: Options) -> list[Goal]:
    """Let fifty buy the last five portions at once."""
    sold, refused = [], []
    for _ in range(asked.repetitions):
        dish_id = town.add_scarce_dish(PORTIONS)
        with crowd(town, "ordering", BUYERS) as programs:
            answers = at_once([partial(order, town, program, [dish_id]) for program in programs])
        sold.append(answers["done"])
        refused.append(answers["Short"])
    goal = f"{BUYERS} orders at once of {PORTIONS} portions"
    return [Goal.exactly(f"{goal}, sold", PORTIONS, sold), Goal.exactly(f"{goal}, refused as short", BUYERS - PORTIONS, refused)]


def crowded(town: Stage, asked: Options, runs: Runs) -> Goal:
    """Let sixty-four order one dish at once, of which there is plenty; beside it, what the rival loses."""
    mix, lost = Orders(town, one_dish=True), []
    for _ in range(asked.repetitions):
        with crowd(town, mix.who, CROWD) as programs:
            answers = at_once([mix.operation(program, client) for client, program in enumerate(programs)])
        lost.append(CROWD - answers["done"])
        with rivals(town, CROWD) as connections:
            answers = at_once([mix.rival(connection, client) for client, connection in enumerate(connections)])
        runs.note_loss(f"{CROWD} orders at once of one dish, version checks", 1 - answers["done"] / CROWD)
    return Goal.exactly(f"{CROWD} orders at once of one dish, lost", 0, lost)


def crossing(town: Stage, asked: Options) -> list[Goal]:
    """Let sixteen order three of six dishes each, named in any order: whoever locks in that order meets the others head-on."""
    dishes, before = [counted_id(DISH, dish_number(1, dish)) for dish in range(1, 7)], town.deadlocks()
    with crowd(town, "ordering", MANY) as programs:
        work = [partial(order_some, town, program, dishes) for program in programs]
        outcome = python_clients(work, Window(asked.seconds * asked.repetitions, warm_up=0))
    goal = "orders of overlapping dishes named in random order"
    return [Goal.exactly(f"{goal}, deadlocks", 0, [town.deadlocks() - before]), Goal.exactly(f"{goal}, share lost", 0, [outcome.lost])]


def order_some(town: Stage, program: Database, dishes: list[UUID]) -> None:
    order(town, program, random.sample(dishes, 3))


def order(town: Stage, program: Database, dish_ids: list[UUID]) -> None:
    """Order a portion of each from the first kitchen, for any customer."""
    customer_id = counted_id(CUSTOMER, random.randint(1, town.customers))
    place_order(program, new_id(), counted_id(KITCHEN, 1), customer_id, dish_ids, [1] * len(dish_ids), "")


if __name__ == "__main__":
    raise SystemExit(main())
