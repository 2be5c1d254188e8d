"""What the demo tells: on the terminal while it runs, and in summary.json when it is over."""

import json
from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from core.base.config import Server, SignIn
from core.base.money import naira
from core.database.embedded import Cluster
from core.database.gateway import Database
from core.demo.opening import customer_id
from core.demo.people import customers
from core.demo.programs import WINDOWS
from core.demo.tally import Tally
from core.demo.town import OWNER, STAFF
from core.health import Invariant, invariants
from core.orders import ListedOrder, State, orders
from core.wallets import Cause, explain_wallet

PAGE = 200
MONEY = {"top_ups": Cause.TOP_UP, "payments": Cause.PAYMENT, "reversals": Cause.REVERSAL, "refunds": Cause.REFUND}


@dataclass(frozen=True)
class Findings:
    """What the database says when all is over: `lost` orders were answered and are not there. `money` in kobo, by why it moved."""

    orders: int
    expired: int
    lost: int
    money: dict[Cause, int]
    promises: list[Invariant]

    @property
    def broken(self) -> list[str]:
        return [f"{promise.name} ({promise.title})" for promise in self.promises if promise.violations]

    @property
    def good(self) -> bool:
        return not (self.lost or self.broken)

    def __str__(self) -> str:
        broken = f"broken: {', '.join(self.broken)}" if self.broken else f"all {len(self.promises)} promises hold"
        paid_in, spent, given_back, refunded = (naira(self.money[cause]) for cause in MONEY.values())
        return (
            f"{self.orders} orders in the database, {self.lost} lost, {self.expired} expired unpaid; "
            f"{paid_in} paid in, {spent} spent, {given_back} given back, {refunded} refunded; {broken}"
        )


@dataclass
class Played:
    """What became of the shift."""

    acts: list[str] = field(default_factory=list)
    failed: str = ""
    conflicts: int = 0
    restarts: int = 0
    pictures: list[str] = field(default_factory=list)


def say(sentence: str) -> None:
    print(sentence, flush=True)


def tell_start(cluster: Cluster, server: Server, last: str) -> None:
    """Say what runs, who is signed in as whom, and last what comes next or how to end it."""
    people = {person.login: f"{person.name}, {person.role.replace('_', ' ')} at {person.kitchen}" for person in STAFF}
    people[OWNER.login] = f"{OWNER.name}, the owner"
    say("")
    say("A made-up town is open. All of it runs on this computer, and nothing of it stays.")
    say(f"  Server     PostgreSQL on {server.host}:{server.port}, in {cluster.home}")
    say("  Worker     tells open windows what changed, ends card orders nobody paid, and runs refunds")
    say("  Orders     one every second or two, at three kitchens; cooks and markets keep up, and leave you the newest")
    say("  Money      made up as well: what a customer pays in is there at once, no provider is asked")
    for window in WINDOWS:
        say(f"  {window.name:<10} {people[window.login]}; the sign-in ({window.login}) is filled in")
    say(f"{last}\n")


def find(server: Server, owner: SignIn, answered: set[UUID]) -> Findings:
    """Look at everything once more as the owner. Raises Offline."""
    with closing(Database.connect(server, owner.login, owner.password, application="rachel-demo")) as database:
        there = {order.id: order.state for order in _all_orders(database)}
        expired = list(there.values()).count(State.EXPIRED)
        return Findings(len(there), expired, len(answered - there.keys()), _money(database), invariants(database))


def _all_orders(database: Database) -> Iterable[ListedOrder]:
    page = orders(database, limit=PAGE)
    while page:
        yield from page
        page = orders(database, before=(page[-1].placed_at, page[-1].id), limit=PAGE)


def _money(database: Database) -> dict[Cause, int]:
    """Add up every step of every wallet: what came in, what was spent, what went back."""
    total = dict.fromkeys(Cause, 0)
    for customer in customers():
        page = explain_wallet(database, customer_id(customer))
        while page:
            for step in page:
                total[step.kind] += abs(step.amount)
            page = explain_wallet(database, customer_id(customer), after=page[-1].number)
    return total


def summary(tally: Tally, played: Played, findings: Findings) -> dict[str, Any]:
    """Put together what summary.json says; what the database promises comes last, every promise."""
    return {
        "orders": findings.orders, "conflicts": played.conflicts, "restarts": played.restarts,
        "invariants_broken": len(findings.broken), "pictures": played.pictures, "orders_lost": findings.lost,
        "placed": len(tally.placed), "refused": {reason: tally.refused[reason] for reason in ("short", "unfunded", "frozen")},
        "paid_by_card": tally.paid_by_card, "expired": findings.expired, "delivered": tally.delivered, "cancelled": tally.cancelled,
        "deliveries": tally.deliveries, "top_ups": tally.top_ups, "refunds": tally.refunds,
        "seconds": round(tally.seconds, 1), "acts": played.acts, "failed": played.failed,
        "money": {name: _in_words(findings.money[cause]) for name, cause in MONEY.items()},
        "invariants": [asdict(promise) for promise in findings.promises],
    }  # fmt: skip


def _in_words(kobo: int) -> dict[str, int | str]:
    return {"kobo": kobo, "naira": naira(kobo)}


def write_summary(out: Path, told: dict[str, Any]) -> None:
    path = out / "summary.json"
    path.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    say(f"Written: {path} and {len(told['pictures'])} pictures beside it.")
