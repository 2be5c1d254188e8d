"""`rachel replay`: place the orders of a file, to the last kobo, in a kitchen of their own, and check that every promise held."""

import argparse
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from typing import Any

from core import health, orders
from core.base.errors import Illegal, Invalid, Missing, Reused, Short, Unfunded
from core.base.money import naira
from core.cli.arguments import add_command, offer_json
from core.cli.bulk import patiently
from core.cli.menu_file import read_numbered_menu
from core.cli.order_file import FileOrder, Orders, read_orders
from core.cli.outcome import DONE, WRONG
from core.cli.replay_stage import Stage
from core.cli.table_file import RefusedLine, refusals
from core.cli.terminal import Progress, read_file, tell
from core.cli.workplace import workplace
from core.database.gateway import Database
from core.orders import ListedOrder

DESCRIPTION = """Place the orders of a file (CSV or TSV) in a kitchen of their own, and check the promises afterwards.
The first row names the columns, in any order:
  order_id
  item, or item_name (with choice_description as part of the name), or item_id (name and price from --menu)
  quantity (1 where there is no such column)
  unit_price, or line_total or item_price (both of the whole line)
  at, or order_date and order_time, where there are any
Amounts are taken as minor units one to one. A row that is not clear is refused by its line number.
The same replay again changes nothing."""
PAGE = 1000
OF_ONE_ORDER = (Short, Invalid, Missing, Illegal, Reused)  # refusals that say nothing of the next order


def add_to(commands: Any) -> None:
    """Add `replay` to the command line."""
    parser = add_command(commands, "replay", "place the orders of a file", DESCRIPTION, run)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--menu", type=Path, metavar="FILE", help="names and prices of the items that the orders give by number")
    parser.add_argument("--scratch", action="store_true", help="on a database of its own, removed afterwards")
    parser.add_argument("--stock-percent", type=_percent, default=100, metavar="N", help="put N %% of what the file sells on the shelf")
    offer_json(parser)


@dataclass(frozen=True)
class RefusedOrder:
    """One order that the server did not take, by its number in the file."""

    order: str
    reason: str


@dataclass(frozen=True)
class Report:
    """What became of a file. `recorded` is what the database holds of it now, `changed` how many of these are new."""

    played: Orders
    recorded: list[ListedOrder]
    refused: list[RefusedOrder]
    changed: int
    broken: list[str]


def run(chosen: argparse.Namespace) -> int:
    """Replay and tell. Returns the exit code."""
    content, menu_content = read_file(chosen.file), read_file(chosen.menu) if chosen.menu else b""
    menu = read_numbered_menu(menu_content) if chosen.menu else None
    found = read_orders(content, menu)
    stage = Stage.of(content, menu_content, chosen.stock_percent)
    with workplace(chosen.scratch, "owner", "ordering", "worker") as [owner, ordering, worker]:
        report = play(owner, ordering, worker, stage, found, kept=not chosen.scratch)
    _tell(chosen, report, menu.refused if menu else [])
    return WRONG if report.broken else DONE


def play(owner: Database, ordering: Database, worker: Database, stage: Stage, found: Orders, *, kept: bool) -> Report:
    """Build the stage, place the orders in the file's order, and look at what the database then says."""
    before = len(_recorded(owner, stage, found))
    progress = Progress(len(found.orders()), "orders were sent")
    with progress.told_when_stopped("replay", kept):
        found = stage.build(owner, ordering, found)
        refused = _place(ordering, worker, stage, found.orders(), progress)
        recorded = _recorded(owner, stage, found)
        broken = [f"{it.name}: {it.title} ({it.violations:,} rows)" for it in health.invariants(owner) if it.violations]
    return Report(found, recorded, refused, len(recorded) - before, broken)


def _place(ordering: Database, worker: Database, stage: Stage, placed: list[FileOrder], progress: Progress) -> list[RefusedOrder]:
    refused, top_ups = [], count()
    for order in placed:
        try:
            while not _place_one(ordering, stage, order):
                stage.top_up(ordering, worker, next(top_ups))
        except OF_ONE_ORDER as refusal:
            refused.append(RefusedOrder(order.number, str(refusal)))
        progress.step()
    return refused


def _place_one(ordering: Database, stage: Stage, order: FileOrder) -> bool:
    """Place an order; False when there is not enough money in the wallet yet."""
    ids, quantities = [stage.dish_id(dish) for dish in order.units], list(order.units.values())
    note = f"Order {order.number} of the file{', ' if order.at else ''}{order.at}"
    try:
        patiently(
            orders.place_order, ordering, stage.order_id(order.number), stage.kitchen_id, stage.customer_id, ids, quantities, note
        )  # fmt: skip
    except Unfunded:
        return False
    return True


def _recorded(owner: Database, stage: Stage, found: Orders) -> list[ListedOrder]:
    """Return what the database holds of the file's orders."""
    ours = {stage.order_id(number) for number in found.named}
    listed: list[ListedOrder] = []
    page = orders.orders(owner, kitchen_id=stage.kitchen_id, limit=PAGE)
    while page:
        listed += [order for order in page if order.id in ours]
        page = orders.orders(owner, kitchen_id=stage.kitchen_id, before=(page[-1].placed_at, page[-1].id), limit=PAGE)
    return listed


def _percent(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) > 1000:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 0 to 1000")
    return int(text)


def _tell(chosen: argparse.Namespace, report: Report, refused_menu: list[RefusedLine]) -> None:
    played, recorded = report.played, report.recorded
    units, kobo = sum(order.dishes for order in recorded), sum(order.total for order in recorded)
    refused = len(played.refused) + len(report.refused)
    result = {
        "file": str(chosen.file), "orders": len(played.named), "lines": played.rows, "units": units, "kobo": kobo,
        "refused": refused, "changed": report.changed, "invariants_broken": len(report.broken),
        "recorded": len(recorded), "refused_rows": [asdict(row) for row in played.refused],
        "refused_orders": [asdict(order) for order in report.refused],
        "orders_without_rows": len(played.named) - len(played.orders()),
        "refused_menu_rows": [asdict(row) for row in refused_menu], "broken": report.broken, "kept": not chosen.scratch,
    }  # fmt: skip
    sentences = [
        f"{played.rows:,} rows, {len(played.named):,} orders. "
        f"Recorded: {len(recorded):,} orders (new: {report.changed:,}), {units:,} units, {naira(kobo)}.",
        *[f"Of the menu: {sentence}" for sentence in refusals(refused_menu)],
        *refusals(played.refused),
        *[f"Order {order.order} was refused: {order.reason}" for order in report.refused],
        *([f"Broken: {promise}" for promise in report.broken] or ["Every promise holds."]),
    ]
    tell(result, sentences, chosen.json)
