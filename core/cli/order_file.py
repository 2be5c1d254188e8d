"""Orders as a file: what each row says was sold, and which rows say nothing that can be taken. Knows no database."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from core.base.money import kobo
from core.cli.menu_file import Menu, MenuRow, only_column
from core.cli.table_file import BadFile, Line, RefusedLine, Table, in_file_order, read_table

ITEMS = ("item", "item_name")
PRICES = ("unit_price", "line_total", "item_price")  # the first that is there; the last two are of the whole line
KNOWN = frozenset(("order_id", *ITEMS, "item_id", "choice_description", "quantity", *PRICES, "at", "order_date", "order_time"))


@dataclass(frozen=True)
class Dish:
    """What was sold: the same name at another price is another dish. The price is in the currency's minor unit."""

    name: str
    price: int


@dataclass(frozen=True)
class Sale:
    """One row that was taken: so many of one dish, in the order of that number."""

    line: Line
    order: str
    dish: Dish
    quantity: int


@dataclass
class FileOrder:
    """One order of the file: how many of each dish, rows of the same dish added up. `at` is the time as the file writes it."""

    number: str
    at: str
    units: Counter[Dish] = field(default_factory=Counter)


@dataclass(frozen=True)
class Orders:
    """What the file holds: every row is in `sales` or in `refused`. `named` are the numbers of all orders, also of empty ones."""

    rows: int
    named: frozenset[str]
    sales: list[Sale]
    refused: list[RefusedLine]

    def units(self) -> Counter[Dish]:
        """Return how many of each dish the file sells, in the order in which they first appear."""
        units: Counter[Dish] = Counter()
        for sale in self.sales:
            units[sale.dish] += sale.quantity
        return units

    def orders(self) -> list[FileOrder]:
        """Return the orders that have something to sell, in the order in which they first appear."""
        orders: dict[str, FileOrder] = {}
        for sale in self.sales:
            orders.setdefault(sale.order, FileOrder(sale.order, _time(sale.line))).units[sale.dish] += sale.quantity
        return list(orders.values())

    def without(self, reasons: Mapping[Dish, str]) -> "Orders":
        """Refuse the rows of some dishes as well, each for its reason."""
        refused = [RefusedLine(it.line.number, it.line.text, reasons[it.dish]) for it in self.sales if it.dish in reasons]
        kept = [sale for sale in self.sales if sale.dish not in reasons]
        return replace(self, sales=kept, refused=in_file_order([*self.refused, *refused]))


Sold = Callable[[Line, int], tuple[Dish, int]]


def read_orders(content: bytes, menu: Menu | None = None) -> Orders:
    """Read the rows of orders; with a `menu`, they name their dish by item_id. Raises BadFile."""
    table = read_table(content, KNOWN)
    if "order_id" not in table.columns:
        raise BadFile("The first row names no column order_id.")
    sold = _by_number(table, menu) if menu else _by_name(table)
    sales, refused = [], list(table.refused)
    for line in table.lines:
        try:
            sales.append(_sale(line, sold))
        except ValueError as error:
            refused.append(RefusedLine(line.number, line.text, str(error)))
    named = frozenset(line.cells["order_id"] for line in table.lines) - {""}
    return Orders(table.rows, named, sales, in_file_order(refused))


def _sale(line: Line, sold: Sold) -> Sale:
    if not line.cells["order_id"]:
        raise ValueError("Has no order_id.")
    dish, quantity = sold(line, _quantity(line))
    if dish.price <= 0:
        raise ValueError("Costs nothing or less: a dish has a price.")
    return Sale(line, line.cells["order_id"], dish, quantity)


def _by_number(table: Table, menu: Menu) -> Sold:
    """Name and price are the menu's."""
    if "item_id" not in table.columns:
        raise BadFile("The orders name no item_id, so a menu does not help: leave --menu out.")
    numbers = Counter(row.number for row in menu.dishes)
    rows = {row.number: row for row in menu.dishes}

    def sold(line: Line, quantity: int) -> tuple[Dish, int]:
        row = _listed(line.cells["item_id"], rows, numbers)
        return Dish(row.name, row.price), quantity

    return sold


def _listed(number: str, rows: dict[str, MenuRow], numbers: Counter[str]) -> MenuRow:
    if not number:
        raise ValueError("Has no item.")
    if number not in rows:
        raise ValueError(f"Item “{number}” is not in the menu.")
    if numbers[number] > 1:
        raise ValueError(f"Item “{number}” is in the menu {numbers[number]} times.")
    return rows[number]


def _by_name(table: Table) -> Sold:
    """Name and price stand in the row itself."""
    if "item_id" in table.columns and not table.columns.intersection(ITEMS):
        raise BadFile("The orders name their items by item_id: add --menu FILE with their names and prices.")
    item = only_column(table, ITEMS, "the item")
    price = next((name for name in PRICES if name in table.columns), "")
    if not price:
        raise BadFile(f"The first row names no column for the price ({', '.join(PRICES)}).")

    def sold(line: Line, quantity: int) -> tuple[Dish, int]:
        name = _name(line.cells[item], line.cells.get("choice_description", ""))
        amount = kobo(line.cells[price], any_currency=True)
        return (Dish(name, amount), quantity) if price == "unit_price" else _shared_out(name, amount, quantity)

    return sold


def _name(item: str, choice: str) -> str:
    if not item:
        raise ValueError("Has no item.")
    return item if choice in ("", "NULL") else f"{item} {choice}"


def _shared_out(name: str, total: int, quantity: int) -> tuple[Dish, int]:
    """A total that does not divide by its quantity is one unit of a dish of its own: no kobo is lost or made."""
    each, rest = divmod(total, quantity)
    return (Dish(f"{quantity} × {name}", total), 1) if rest else (Dish(name, each), quantity)


def _quantity(line: Line) -> int:
    text = line.cells.get("quantity", "1")
    if not (text.isascii() and text.isdigit()) or len(text) > 9 or int(text) == 0:
        raise ValueError(f"“{text[:40]}” is not a quantity of whole pieces.")
    return int(text)


def _time(line: Line) -> str:
    """Return the time as the file writes it, not read: 1/2/23 is one day here and another there."""
    written = (line.cells.get(name, "") for name in ("at", "order_date", "order_time"))
    return " ".join(part for part in written if part)
