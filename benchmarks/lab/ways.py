"""The ways that are compared: pgbench, the Python twin and its two rivals, all with the same mix on the same tables."""

import math
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from itertools import cycle, islice

from benchmarks.lab.load import Outcome, Window, at_once, pgbench, python_clients
from benchmarks.lab.mixes import Connection, Orders, TopUps
from benchmarks.lab.orm import factory
from benchmarks.lab.report import Options
from benchmarks.lab.runs import Case
from benchmarks.lab.stage import Stage
from core import health
from core.database.gateway import Database

Mix = Orders | TopUps
MANY, SOME, FEW = 16, 8, 4  # clients, where version checks are measured, where the ORM is, and in a smoke test
CHECKS, ORM = "version checks", "ORM"
A_SECOND = 10_000  # top-ups to prepare: more than any machine here has done


def cases(mixes: Sequence[Mix], asked: Options) -> list[Case]:
    """Return every mix, with every number of clients, by pgbench and by the twin; with 16 clients by version checks, too."""
    window, found = Window.of(asked), []
    for mix in mixes:
        for clients in (FEW,) if asked.quick else (1, SOME, MANY):
            found.append(Case(mix.name, clients, "pgbench", partial(by_pgbench, mix, clients, window)))
            found.append(Case(mix.name, clients, "twin", partial(by_twin, mix, clients, window)))
        most = FEW if asked.quick else MANY
        found.append(Case(mix.name, most, CHECKS, partial(by_version_checks, mix, most, window)))
    return found


def orm_cases(mixes: Sequence[Orders], asked: Options) -> list[Case]:
    """Return every mix by the ORM, with as many clients as its goal is about."""
    clients = FEW if asked.quick else SOME
    return [Case(mix.name, clients, ORM, partial(by_orm, mix, clients, Window.of(asked))) for mix in mixes]


def by_pgbench(mix: Mix, clients: int, window: Window) -> Outcome:
    _prepare(mix, clients, window)
    return pgbench(mix.stage, mix.who, mix.script(), clients, window)


def by_twin(mix: Mix, clients: int, window: Window) -> Outcome:
    """Share one gateway between all clients, as a service does."""
    _prepare(mix, clients, window)
    with closing(mix.stage.connect(mix.who, clients)) as database:
        return python_clients([mix.operation(database, client) for client in range(clients)], window)


def by_version_checks(mix: Mix, clients: int, window: Window) -> Outcome:
    _prepare(mix, clients, window)
    with rivals(mix.stage, clients) as connections:
        return python_clients([mix.rival(connection, client) for client, connection in enumerate(connections)], window)


def by_orm(mix: Orders, clients: int, window: Window) -> Outcome:
    _prepare(mix, clients, window)
    with factory(mix.stage, clients) as session:
        return python_clients([mix.orm_rival(session) for _ in range(clients)], window)


def _prepare(mix: Mix, clients: int, window: Window) -> None:
    mix.stage.wait_until_left()
    seconds = math.ceil(window.whole) + 1  # pgbench knows whole seconds only, and ends after the bell
    mix.prepare(clients, math.ceil(A_SECOND * seconds / clients))


@contextmanager
def rivals(stage: Stage, many: int) -> Iterator[list[Connection]]:
    """Open connections of the owner of the tables, one for each client."""
    with ExitStack() as ends:
        connections = [ends.enter_context(stage.behind()) for _ in range(many)]
        for connection in connections:
            connection.prepare_threshold = 0  # at once, as the gateway does
        yield connections


@contextmanager
def crowd(stage: Stage, who: str, many: int) -> Iterator[list[Database]]:
    """Sign in so many programs, by the three logins of a service in turn, each with a connection that is open and warm."""
    stage.wait_until_left()
    with ExitStack() as ends:
        programs = [ends.enter_context(closing(stage.connect(login))) for login in islice(cycle([who, f"{who}2", f"{who}3"]), many)]
        at_once([partial(health.compat, program) for program in programs])
        yield programs
