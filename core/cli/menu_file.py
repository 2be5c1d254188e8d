"""A menu as a file: what each row says of one dish, and which rows say nothing that can be taken. Knows no database."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from core.base.money import kobo, naira
from core.cli.table_file import BadFile, Line, RefusedLine, Table, in_file_order, read_table

NAMES = ("name", "item", "item_name", "dish")
NUMBERS = ("item_id", "menu_item_id", "id")
KNOWN = frozenset((*NAMES, *NUMBERS, "price", "category"))
NO_CATEGORY = "Other"  # where the file says nothing


@dataclass(frozen=True)
class MenuRow:
    """One dish as the file names it; the price in kobo; `number` is the file's own id for it, or empty."""

    line: int
    text: str
    number: str
    name: str
    category: str
    price: int

    @property
    def dish(self) -> tuple[str, str]:
        """The same dish is the same name in the same category, letter for letter: "Peppered beef" is not "peppered beef"."""
        return self.name, self.category


@dataclass(frozen=True)
class Menu:
    """What the file holds: every row is in `dishes` or in `refused`."""

    rows: int
    dishes: list[MenuRow]
    refused: list[RefusedLine]

    @property
    def kobo(self) -> int:
        """Sum of the prices: what the whole menu costs once."""
        return sum(dish.price for dish in self.dishes)

    def without(self, reasons: Mapping[MenuRow, str]) -> "Menu":
        """Refuse some rows as well, each for its reason."""
        refused = [RefusedLine(row.line, row.text, reason) for row, reason in reasons.items()]
        return replace(self, dishes=[row for row in self.dishes if row not in reasons], refused=in_file_order([*self.refused, *refused]))


def read_menu(content: bytes) -> Menu:
    """Read every row that has a name and a price in naira, repeats included. Raises BadFile."""
    return _read(content, (), any_currency=False)


def read_numbered_menu(content: bytes) -> Menu:
    """Read a menu that orders refer to by number; prices of any currency are taken one to one. Raises BadFile."""
    return _read(content, NUMBERS, any_currency=True)


def _read(content: bytes, numbers: tuple[str, ...], *, any_currency: bool) -> Menu:
    table = read_table(content, KNOWN)
    name = only_column(table, NAMES, "the dish's name")
    number = only_column(table, numbers, "the dish's number") if numbers else ""
    if "price" not in table.columns:
        raise BadFile("The first row names no column price.")
    dishes, refused = [], list(table.refused)
    for line in table.lines:
        try:
            dishes.append(_dish(line, line.cells[name], line.cells.get(number, ""), any_currency))
        except ValueError as error:
            refused.append(RefusedLine(line.number, line.text, str(error)))
    return Menu(table.rows, dishes, in_file_order(refused))


def each_dish_once(menu: Menu) -> Menu:
    """Refuse rows that repeat another, and every row of a dish that the file gives two prices for: which one is right?"""
    rows_of: dict[tuple[str, str], list[MenuRow]] = defaultdict(list)
    for row in menu.dishes:
        rows_of[row.dish].append(row)
    reasons: dict[MenuRow, str] = {}
    for first, *others in rows_of.values():
        if any(row.price != first.price for row in others):
            reasons |= {row: _contradiction(row, [first, *others]) for row in (first, *others)}
        else:
            reasons |= {row: f"Repeats line {first.line}." for row in others}
    return menu.without(reasons)


def only_column(table: Table, names: Iterable[str], meaning: str) -> str:
    """Return which of `names` the table has; two of them would be a guess."""
    found = [name for name in names if name in table.columns]
    if len(found) > 1:
        raise BadFile(f"The columns {' and '.join(found)} could both be {meaning}. Leave one.")
    if not found:
        raise BadFile(f"The first row names no column for {meaning} ({', '.join(names)}).")
    return found[0]


def _dish(line: Line, name: str, number: str, any_currency: bool) -> MenuRow:
    if not name:
        raise ValueError("Has no name.")
    price = kobo(line.cells["price"], any_currency=any_currency)
    if price <= 0:
        raise ValueError("Costs nothing or less: a dish has a price.")
    return MenuRow(line.number, line.text, number, name, line.cells.get("category") or NO_CATEGORY, price)


def _contradiction(row: MenuRow, rows: list[MenuRow]) -> str:
    other = next(each for each in rows if each.price != row.price)
    return f"Line {other.line} gives the same dish another price ({naira(other.price)})."
