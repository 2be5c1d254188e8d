"""`rachel verify`: ask the database whether its promises hold, and say what to do where one does not."""

import argparse
import secrets
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from core import health, orders
from core.base.config import sign_in
from core.cli import verify_town
from core.cli.arguments import add_command, offer_json
from core.cli.outcome import DONE, WRONG, Usage
from core.cli.terminal import Progress, say, tell
from core.cli.workplace import scratch_cluster, signed_in, workplace
from core.database.gateway import Database
from core.database.install import init
from core.demo.approvers import name_approvers
from core.demo.opening import open_town
from core.demo.town import OWNER
from core.health import Area, CheckRun, Freeze, Invariant

DESCRIPTION = """Ask the database whether every promise of it holds, all of them in one snapshot: money adds up, nothing was sold twice,
no order skipped a step, every change is in the trail, and no guard is off. Nothing is changed, and nobody is held up.
Reads with the table [worker] of the sign-ins, or [owner] where there is none: what takes a person over half a minute is ended.
A broken promise ends it with code 1, and it says what to do."""
READERS = ("worker", "owner")  # whose sign-in is taken, the first there is: a service may take its time
ADVICE = {  # what to do when a promise is broken that is about this
    Area.MONEY: "Money: pay nothing back by hand until it is explained.",
    Area.ORDERS: "Orders and shelves: the kitchens go on; count the items it concerns.",
    Area.GUARDS: "Guards and logins: find out who has the administrator's password, and change it.",
}
FROZEN = "Money has been frozen since {since:%Y-%m-%d %H:%M} UTC: two people release it in the office."
MOVES = "Money is not frozen: start the worker, it freezes it at once."
KNOWN = "Not new, and no reason to freeze before there is more of it: {names}."  # as the worker's newest run knew it
CALL = "Change nothing by hand. Back up as it is, then call whoever runs the database: docs/server.md, “When a promise is broken”."


def add_to(commands: Any) -> None:
    """Add `verify` to the command line."""
    parser = add_command(commands, "verify", "ask whether every promise holds", DESCRIPTION, run)
    parser.add_argument(
        "--scratch", action="store_true",
        help=f"on a database of its own, removed afterwards: the demo's town, with {verify_town.ORDERS} orders in it",
    )  # fmt: skip
    parser.add_argument("--seed", type=int, metavar="N", help="of --scratch: the same choices as the run that told this seed")
    offer_json(parser)


def run(chosen: argparse.Namespace) -> int:
    """Verify and tell. Returns the exit code."""
    if chosen.seed is not None and not chosen.scratch:
        raise Usage("--seed belongs to --scratch: without it nothing is made by chance.")
    with _scratch(chosen.seed) if chosen.scratch else workplace(False, reader()) as [database]:
        found, frozen, runs = health.invariants(database), health.freeze(database), health.check_runs(database, 1)
    result = {
        "ok": not any(each.violations for each in found),
        "checks": [{"name": each.name, "ok": not each.violations, "violations": each.violations} for each in found],
    }
    tell(result, [*table(found), "", *verdict(found, frozen, red_before(frozen, runs))], chosen.json)
    return DONE if result["ok"] else WRONG


def table(found: list[Invariant]) -> list[str]:
    """Return one line for each promise: its name, ok or how many rows break it, and what it says."""
    return [f"{each.name:<5} {_rows(each.violations) if each.violations else 'ok':>12}  {each.title}" for each in found]


def red_before(frozen: Freeze | None, runs: list[CheckRun]) -> Mapping[str, int]:
    """Return what was broken already, by name: before the freeze, or else at the newest run (`runs`, newest first)."""
    return frozen.known_red if frozen else runs[0].red if runs else {}


def verdict(found: list[Invariant], frozen: Freeze | None, known: Mapping[str, int]) -> list[str]:
    """Return the last sentences: that all is well, or what to do next; whether money is frozen; and what of it was `known` to be broken."""
    broken = [each for each in found if each.violations]
    stands = [FROZEN.format(since=frozen.since)] if frozen else []
    if not broken:
        return [f"All {len(found)} promises hold.", *stands]
    about_money = [each for each in broken if each.area is Area.MONEY]
    old = [each.name for each in about_money if each.violations <= known.get(each.name, 0)]
    if not frozen and len(about_money) > len(old):
        stands = [MOVES]
    if old:
        stands.append(KNOWN.format(names=", ".join(old)))
    names = ", ".join(each.name for each in broken)
    which = f"{len(broken)} of {len(found)} promises {'is' if len(broken) == 1 else 'are'} broken: {names}."
    return [which, *stands, *[advice for area, advice in ADVICE.items() if any(each.area is area for each in broken)], CALL]


def reader() -> str:
    """Return for whom there is a sign-in here."""
    return next((purpose for purpose in READERS if sign_in(purpose)), READERS[-1])


@contextmanager
def _scratch(seed: int | None) -> Iterator[list[Database]]:
    """Build a town on a server of its own, let its orders live, and open it for its owner."""
    seed = secrets.randbelow(10**6) if seed is None else seed
    say(f"Seed {seed}.")
    progress = Progress(verify_town.ORDERS, "orders were placed")
    with progress.told_when_stopped("verify", kept=False), scratch_cluster() as cluster:
        server = cluster.server("rachel")
        sign_ins = open_town(server, init(server, cluster.superuser, OWNER.login, OWNER.name))
        name_approvers(server, cluster.superuser, sign_ins)
        say("The town is open.")
        with verify_town.town(server, cluster.superuser, sign_ins, seed) as town:
            town.live(progress)
        with signed_in(server, sign_ins[OWNER.login]) as owner:
            say(f"{verify_town.ORDERS} orders: {_states(owner)}. Besides, {town.refused} attempts were refused.")
            yield [owner]


def _states(owner: Database) -> str:
    """Return how many orders are in which state: "95 delivered, 26 expired"."""
    counted = Counter(order.state for order in orders.orders(owner, limit=1000))
    return ", ".join(f"{many} {state.replace('_', ' ')}" for state, many in counted.most_common())


def _rows(many: int) -> str:
    return f"{many:,} row{'' if many == 1 else 's'}"
