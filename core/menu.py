"""Menu: what a kitchen sells, for how much, and what a portion takes.  SQL twin: core/menu.sql."""

from dataclasses import dataclass
from uuid import UUID

from core.database.gateway import Database


@dataclass(frozen=True)
class Dish:
    """One row of the view api.menu. `price` is in kobo; `recipe` is the number of the recipe in force, 0 for none."""

    id: UUID
    kitchen_id: UUID
    name: str
    category: str
    price: int
    recipe: int
    version: int
    active: bool


def dishes(db: Database, kitchen_id: UUID) -> list[Dish]:
    """Return a kitchen's dishes, by category and name."""
    return db.rows(Dish, "api.menu WHERE kitchen_id = %(kitchen_id)s ORDER BY category, name, id", kitchen_id=kitchen_id)


def add_dishes(
    db: Database,
    command_id: UUID,
    kitchen_id: UUID,
    dish_ids: list[UUID],
    names: list[str],
    categories: list[str],
    prices: list[int],
) -> list[Dish]:
    """Put up to 500 dishes on a kitchen's menu, all or none, and return them. The lists run side by side; prices in kobo.

    Raises Invalid (facts["field"]) or Missing (no such kitchen).
    """
    return db.call(
        Dish, "add_dishes", command_id=command_id, kitchen_id=kitchen_id, dish_ids=dish_ids, names=names,
        categories=categories, prices=prices,
    )  # fmt: skip


def set_recipes(
    db: Database, command_id: UUID, kitchen_id: UUID, dish_ids: list[UUID], item_ids: list[UUID], quantities: list[int]
) -> list[Dish]:
    """Give each dish named a new recipe made of all its lines: one dish, one item, its smallest units per portion.

    Orders placed before keep theirs. Raises Invalid or Missing (a dish or an item of another kitchen).
    """
    return db.call(
        Dish, "set_recipes", command_id=command_id, kitchen_id=kitchen_id, dish_ids=dish_ids, item_ids=item_ids,
        quantities=quantities,
    )  # fmt: skip


def set_dish_price(db: Database, command_id: UUID, dish_id: UUID, price: int, seen_version: int) -> Dish:
    """Set the price of a dish, in kobo. Raises Missing, Stale (facts: the dish now) or Invalid."""
    [dish] = db.call(Dish, "set_dish_price", command_id=command_id, dish_id=dish_id, price=price, seen_version=seen_version)
    return dish
