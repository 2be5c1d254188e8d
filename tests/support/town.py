"""A small town, made through the verbs: two kitchens, what lies on their shelves, what they sell, and one customer with money."""

from dataclasses import dataclass
from uuid import UUID

from core.base.identifiers import new_id
from core.customers import create_customer
from core.database.gateway import Database
from core.kitchens import kitchens
from core.menu import add_dishes, set_recipes
from core.stock import add_stock_items
from tests.support.money import fund

PURSE = 500_000_000  # kobo


@dataclass(frozen=True)
class Town:
    """Ids. Yaba has rice (10 kg), chicken (40 pcs) and oil (5 L) and sells jollof and water; Lekki has beans and sells moi moi."""

    yaba: UUID
    lekki: UUID
    rice: UUID
    chicken: UUID
    oil: UUID
    beans: UUID
    jollof: UUID  # 250000 kobo; a portion takes 200 g of rice, 1 chicken, 20 ml of oil
    water: UUID  # 30000 kobo; takes nothing
    moi_moi: UUID  # 80000 kobo; a portion takes 150 g of beans
    customer: UUID  # PURSE in her wallet


def build(owner: Database, ordering: Database, worker: Database) -> Town:
    by_name = {kitchen.name: kitchen.id for kitchen in kitchens(owner)}
    names = ("rice", "chicken", "oil", "beans", "jollof", "water", "moi_moi", "customer")
    town = Town(yaba=by_name["Yaba"], lekki=by_name["Lekki"], **{name: new_id() for name in names})
    add_stock_items(
        owner, new_id(), town.yaba, [town.rice, town.chicken, town.oil], ["Rice", "Chicken", "Oil"], ["Store", "Freezer", "Store"],
        ["6009001001", None, None], ["kg", "pcs", "L"], [1000, 1, 1000], [2000, 8, 1000], [20_000, 60, 10_000], [10_000, 40, 5_000],
    )  # fmt: skip
    add_stock_items(
        owner, new_id(), town.lekki, [town.beans], ["Beans"], ["Store"], [None], ["kg"], [1000], [1000], [8000], [6000]
    )  # fmt: skip
    add_dishes(
        owner, new_id(), town.yaba, [town.jollof, town.water], ["Jollof rice", "Water"], ["Rice", "Drinks"], [250_000, 30_000]
    )  # fmt: skip
    add_dishes(owner, new_id(), town.lekki, [town.moi_moi], ["Moi moi"], ["Beans"], [80_000])
    set_recipes(
        owner, new_id(), town.yaba, [town.jollof, town.jollof, town.jollof], [town.rice, town.chicken, town.oil], [200, 1, 20]
    )  # fmt: skip
    set_recipes(owner, new_id(), town.lekki, [town.moi_moi], [town.beans], [150])
    create_customer(ordering, town.customer, "Ngozi Eze", "+2348031234567")
    fund(ordering, worker, town.customer, PURSE)
    return town
