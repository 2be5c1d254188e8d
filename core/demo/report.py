"""What the demo tells: on the terminal while it runs, and in summary.json when it is over."""

import json
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from core.base.config import Server, SignIn
from core.database.embedded import Cluster
from core.database.gateway import Database
from core.demo.programs import WINDOWS
from core.demo.town import OWNER, STAFF
from core.health import invariants
from core.orders import ListedOrder, orders

PAGE = 200


@dataclass(frozen=True)
class Findings:
    """What the database says when all is over: `lost` orders were answered and are not there."""

    orders: int
    lost: int
    broken: list[str]

    @property
    def good(self) -> bool:
        return not (self.lost or self.broken)

    def __str__(self) -> str:
        broken = f"broken: {', '.join(self.broken)}" if self.broken else "every promise holds"
        return f"{self.orders} orders in the database, {self.lost} lost; {broken}"


def say(sentence: str) -> None:
    print(sentence, flush=True)


def tell_start(cluster: Cluster, server: Server, last: str) -> None:
    """Say what runs, who is signed in as whom, and last what comes next or how to end it."""
    people = {person.login: f"{person.name}, {person.role.replace('_', ' ')} at {person.kitchen}" for person in STAFF}
    people[OWNER.login] = f"{OWNER.name}, the owner"
    say("")
    say("A made-up town is open. All of it runs on this computer, and nothing of it stays.")
    say(f"  Server     PostgreSQL on {server.host}:{server.port}, in {cluster.home}")
    say("  Worker     tells open windows to look again when something changed")
    say("  Orders     one every second or two, at three kitchens; cooks and markets keep up")
    for window in WINDOWS:
        say(f"  {window.name:<10} {people[window.login]}; the sign-in ({window.login}) is filled in")
    say(f"{last}\n")


def find(server: Server, owner: SignIn, answered: set[UUID]) -> Findings:
    """Look at everything once more as the owner. Raises Offline."""
    with closing(Database.connect(server, owner.login, owner.password, application="rachel-demo")) as database:
        there = {order.id for order in _all_orders(database)}
        broken = [f"{promise.name} ({promise.title})" for promise in invariants(database) if promise.violations]
    return Findings(len(there), len(answered - there), broken)


def _all_orders(database: Database) -> Iterable[ListedOrder]:
    page = orders(database, limit=PAGE)
    while page:
        yield from page
        page = orders(database, before=(page[-1].placed_at, page[-1].id), limit=PAGE)


def write_summary(out: Path, summary: dict[str, Any]) -> None:
    path = out / "summary.json"
    path.write_text(json.dumps(summary, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    say(f"Written: {path} and {len(summary['pictures'])} pictures beside it.")
