"""`rachel import menu`: put a file's dishes on a kitchen's menu, each once, and report every row that was not taken."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from core import kitchens, menu
from core.base.identifiers import new_id
from core.base.money import naira
from core.cli.arguments import add_command, offer_json
from core.cli.bulk import derived_id, patiently, refused_of
from core.cli.menu_file import Menu, MenuRow, each_dish_once, read_menu
from core.cli.outcome import DONE, NotReady, Usage
from core.cli.table_file import refusals
from core.cli.terminal import Progress, read_file, tell
from core.cli.workplace import workplace
from core.database.gateway import Database
from core.kitchens import Kitchen

DESCRIPTION = """Put the dishes of a CSV file on a kitchen's menu. The first row names the columns, in any order:
name (or item, item_name, dish), price in naira, and category where there is one.
A row without a name or a clear price, or one that repeats another, is not taken: it is reported by its line number.
The same import again changes nothing."""


def add_to(commands: Any) -> None:
    """Add `import menu` to the command line."""
    nouns = commands.add_parser("import", help="read a file of somebody else's").add_subparsers(metavar="WHAT", required=True)
    parser = add_command(nouns, "menu", "put a file's dishes on a kitchen's menu", DESCRIPTION, run)
    parser.add_argument("file", type=Path, metavar="FILE.csv")
    parser.add_argument("--kitchen", metavar="NAME", help="which kitchen; may be left out where there is only one")
    parser.add_argument("--district", metavar="NAME", help="open that kitchen, in this district, where there is none of its name")
    parser.add_argument("--scratch", action="store_true", help="try it on a database of its own, removed afterwards")
    offer_json(parser)


@dataclass(frozen=True)
class Report:
    """What became of a file; `changed` counts the dishes that were not on the menu before."""

    menu: Menu
    changed: int = 0
    kitchen: str = ""


def run(chosen: argparse.Namespace) -> int:
    """Import, or where no server is known only read, and say so. Returns the exit code."""
    found = each_dish_once(read_menu(read_file(chosen.file)))
    try:
        with workplace(chosen.scratch, "owner") as [owner]:
            report = put_on_menu(owner, _kitchen(owner, chosen), found, kept=not chosen.scratch)
    except NotReady:
        _tell(chosen, Report(found))
        raise
    _tell(chosen, report)
    return DONE


def put_on_menu(owner: Database, kitchen: Kitchen, found: Menu, *, kept: bool) -> Report:
    """Add what is not on the menu yet. What the kitchen sells at another price, or the server refuses, is refused."""
    prices = {(dish.name, dish.category): dish.price for dish in menu.dishes(owner, kitchen.id)}
    other_price = {row: prices[row.dish] for row in found.dishes if prices.get(row.dish, row.price) != row.price}
    reasons = {row: f"The kitchen sells it for {naira(price)}: a price is changed there, not here." for row, price in other_price.items()}
    new = [row for row in found.dishes if row.dish not in prices]
    progress = Progress(len(new), "new dishes are on the menu")

    def add(rows: Sequence[MenuRow]) -> None:
        _add(owner, kitchen, rows)
        progress.step(len(rows))

    with progress.told_when_stopped("import", kept):
        reasons |= refused_of(new, add)
    return Report(found.without(reasons), sum(row not in reasons for row in new), kitchen.name)


def _add(owner: Database, kitchen: Kitchen, rows: Sequence[MenuRow]) -> None:
    ids = [derived_id(kitchen.id, "dish", row.name, row.category, row.price) for row in rows]
    menu.add_dishes(
        owner, derived_id(kitchen.id, "add_dishes", *ids), kitchen.id, ids,
        [row.name for row in rows], [row.category for row in rows], [row.price for row in rows],
    )  # fmt: skip


def _kitchen(owner: Database, chosen: argparse.Namespace) -> Kitchen:
    there = kitchens.kitchens(owner)
    named = [kitchen for kitchen in there if chosen.kitchen in (None, kitchen.name)]
    if len(named) == 1:
        return named[0]
    if chosen.scratch or (chosen.kitchen and chosen.district):
        name, district = chosen.kitchen or "Scratch", chosen.district or "Scratch"
        return patiently(kitchens.create_kitchen, owner, new_id(), name, district)
    names = ", ".join(kitchen.name for kitchen in there) or "none yet"
    wanted = f"There is no kitchen “{chosen.kitchen}”: add --district to open it" if chosen.kitchen else "Say which kitchen: --kitchen NAME"
    raise Usage(f"{wanted}. Kitchens: {names}.")


def _tell(chosen: argparse.Namespace, report: Report) -> None:
    found, kept = report.menu, bool(report.kitchen) and not chosen.scratch
    result = {
        "file": str(chosen.file), "rows": found.rows, "dishes": len(found.dishes), "kobo": found.kobo,
        "refused": [asdict(row) for row in found.refused], "changed": report.changed, "kept": kept,
    }  # fmt: skip
    outcome = f"New on the menu of {report.kitchen}: {report.changed:,}." if kept else "Nothing was kept."
    sentences = [f"{found.rows:,} rows, {len(found.dishes):,} dishes, {naira(found.kobo)} together. {outcome}"]
    tell(result, sentences + refusals(found.refused), chosen.json)
