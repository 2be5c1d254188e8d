"""What a replay needs before its first order: a kitchen, dishes, what lies on the shelf, recipes and a customer with money of its own.

Every id is derived from the file's content, so that the same replay again asks for the same things and gets the first answers.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from core import customers, kitchens, menu, payments, stock
from core.base.quantity import MOST
from core.cli.bulk import derived_id, patiently, refused_of, send_all
from core.cli.order_file import Dish, Orders
from core.database.gateway import Database

REPLAYS = uuid5(NAMESPACE_URL, "urn:rachel-foods:replay")
NOBODY = "+2340000000000"  # a phone number that nobody has
TOP_UP = 100_000_000  # kobo: the most one payment may be


@dataclass(frozen=True)
class Stage:
    """Where the orders of one file are played: `seed` stands for the file, its menu and the share of stock."""

    seed: UUID
    stock_percent: int

    @classmethod
    def of(cls, orders: bytes, menu_file: bytes, stock_percent: int) -> "Stage":
        digests = [hashlib.sha256(content).hexdigest() for content in (orders, menu_file)]
        return cls(derived_id(REPLAYS, *digests, stock_percent), stock_percent)

    @property
    def kitchen_id(self) -> UUID:
        return derived_id(self.seed, "kitchen")

    @property
    def customer_id(self) -> UUID:
        return derived_id(self.seed, "customer")

    def dish_id(self, dish: Dish) -> UUID:
        return derived_id(self.seed, "dish", dish.price, dish.name)

    def order_id(self, number: str) -> UUID:
        return derived_id(self.seed, "order", number)

    def build(self, owner: Database, ordering: Database, orders: Orders) -> Orders:
        """Make everything, and return the orders without what the server refuses to sell."""
        patiently(kitchens.create_kitchen, owner, self.kitchen_id, f"Replay {self.seed.hex[:8]}", "Replays")
        patiently(customers.create_customer, ordering, self.customer_id, "Replay", NOBODY)
        reasons = refused_of(list(orders.units()), lambda dishes: self._sell(owner, dishes))
        sold = orders.without(reasons)
        units = sold.units()
        send_all(list(units), lambda dishes: self._fill_shelf(owner, dishes, [units[dish] for dish in dishes]))
        send_all(list(units), lambda dishes: self._write_recipes(owner, dishes))
        return sold

    def top_up(self, ordering: Database, worker: Database, number: int) -> None:
        """Pay the customer's top-up with this number (from 0), TOP_UP each; one that was paid before changes nothing."""
        payment_id, command_id = derived_id(self.seed, "payment", number), derived_id(self.seed, "settle_payment", number)
        patiently(payments.create_payment, ordering, payment_id, self.customer_id, TOP_UP)
        patiently(payments.settle_payment, worker, command_id, payment_id, True, TOP_UP, "NGN", f"replay {payment_id}")

    def _sell(self, owner: Database, dishes: Sequence[Dish]) -> None:
        ids = [self.dish_id(dish) for dish in dishes]
        menu.add_dishes(
            owner, derived_id(self.seed, "add_dishes", *ids), self.kitchen_id, ids,
            [dish.name for dish in dishes], ["Replay"] * len(ids), [dish.price for dish in dishes],
        )  # fmt: skip

    def _fill_shelf(self, owner: Database, dishes: Sequence[Dish], sold: Sequence[int]) -> None:
        """One item for each dish, counted in pieces: what the file sells of it, or the asked share of that."""
        ids, many = [self._item_id(dish) for dish in dishes], len(dishes)
        stock.add_stock_items(
            owner, derived_id(self.seed, "add_stock_items", *ids), self.kitchen_id, ids, [dish.name for dish in dishes],
            ["Shelf"] * many, [None] * many, ["pcs"] * many, [1] * many, [0] * many, [min(units, MOST) for units in sold],
            [min(units * self.stock_percent // 100, MOST) for units in sold],
        )  # fmt: skip

    def _write_recipes(self, owner: Database, dishes: Sequence[Dish]) -> None:
        """One piece of its item for each portion."""
        ids, item_ids = [self.dish_id(dish) for dish in dishes], [self._item_id(dish) for dish in dishes]
        command_id = derived_id(self.seed, "set_recipes", *ids)
        menu.set_recipes(owner, command_id, self.kitchen_id, ids, item_ids, [1] * len(ids))

    def _item_id(self, dish: Dish) -> UUID:
        return derived_id(self.seed, "item", dish.price, dish.name)
