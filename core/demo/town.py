"""A made-up town: three kitchens in two districts of Lagos, what lies on their shelves, what they sell, who works there.

Nothing here is anybody's. Ids are derived from the names, so that each run of the demo makes the same town.
"""

from typing import NamedTuple
from uuid import UUID, uuid5

from core.staff import Role

TOWN = UUID("5bd1f7a0-60cf-4d23-9a2e-6d0f30b8f9c5")
KITCHENS = {"Yaba kitchen": "Yaba", "Sabo kitchen": "Yaba", "Lekki kitchen": "Lekki"}  # kitchen: district
BUSY = {"Yaba kitchen": 5, "Sabo kitchen": 4, "Lekki kitchen": 4}  # how the orders are shared


class Item(NamedTuple):
    """Something on a shelf. Amounts are in the smallest unit (g, ml, pieces); the shelves of Yaba hold `on_hand` at first."""

    key: str
    name: str
    place: str
    unit: str
    unit_size: int
    warn_at: int
    full_at: int
    on_hand: int


class Dish(NamedTuple):
    """Something sold: `price` in kobo, what a portion takes by the key of the item, and how often it is asked for."""

    name: str
    category: str
    price: int
    takes: dict[str, int]
    liked: int


class Person(NamedTuple):
    """Somebody who works here, and the kitchen where; nothing for the office."""

    login: str
    name: str
    role: Role
    kitchen: str = ""


def _weighed(key: str, name: str, place: str, warn_at: float, full_at: float, on_hand: float, unit: str = "kg") -> Item:
    warn, full, there = (round(amount * 1000) for amount in (warn_at, full_at, on_hand))
    return Item(key, name, place, unit, 1000, warn, full, there)


ITEMS = (
    _weighed("rice", "Parboiled rice", "Dry store, shelf 2", 10, 50, 38),
    _weighed("ofada", "Ọ̀fadà rice", "Dry store, shelf 2", 6, 30, 22),
    _weighed("beans", "Honey beans", "Dry store, shelf 3", 5, 25, 14),
    _weighed("gari", "Gàrí", "Dry store, shelf 1", 5, 25, 17.5),
    _weighed("elubo", "Èlùbọ́ (yam flour)", "Dry store, shelf 1", 4, 20, 12),
    _weighed("egusi", "Ẹ̀gúsí, ground", "Dry store, shelf 4", 1.5, 8, 0.12),
    _weighed("ogbono", "Ọ̀gbọ̀nọ̀, ground", "Dry store, shelf 4", 1, 5, 0.9),
    _weighed("crayfish", "Crayfish, ground", "Dry store, shelf 4", 0.5, 3, 1.8),
    _weighed("yaji", "Yaji (suya spice)", "Dry store, shelf 4", 0.4, 2, 1.1),
    _weighed("palm_oil", "Palm oil", "Dry store, floor", 4, 20, 13, "L"),
    _weighed("oil", "Groundnut oil", "Dry store, floor", 6, 30, 21, "L"),
    _weighed("base", "Tomato and pepper base", "Fridge 1", 8, 40, 26, "L"),
    _weighed("greens", "Ẹ̀fọ́ ṣọkọ", "Fridge 1", 2, 10, 6.5),
    _weighed("pepper", "Scotch bonnet", "Fridge 1", 1, 5, 3.4),
    _weighed("onions", "Onions", "Rack by the door", 4, 20, 11),
    _weighed("chicken", "Chicken, cut", "Freezer 1", 8, 40, 9.5),
    _weighed("goat", "Goat meat", "Freezer 1", 6, 30, 18),
    _weighed("beef", "Beef, diced", "Freezer 2", 8, 35, 24),
    _weighed("catfish", "Catfish", "Fridge 2", 4, 18, 9),
    Item("plantain", "Plantain", "Rack by the door", "pcs", 1, 20, 120, 64),
    Item("leaves", "Moi moi leaves", "Rack by the door", "pcs", 1, 60, 300, 52),
    Item("zobo", "Zobo, 50 cl", "Drinks fridge", "btl", 1, 12, 72, 42),
    Item("water", "Water, 75 cl", "Drinks fridge", "btl", 1, 24, 144, 96),
    Item("packs", "Takeaway packs", "Shelf over the pass", "pcs", 1, 80, 500, 310),
)

DISHES = (
    Dish("Jollof rice and chicken", "Rice", 380_000, {"rice": 150, "base": 120, "oil": 25, "chicken": 200, "onions": 30, "packs": 1}, 10),
    Dish("Fried rice and beef", "Rice", 390_000, {"rice": 150, "oil": 30, "beef": 120, "onions": 25, "packs": 1}, 6),
    Dish("Ọ̀fadà rice and ayamáṣe", "Rice", 450_000, {"ofada": 160, "palm_oil": 40, "beef": 120, "pepper": 30, "packs": 1}, 4),
    Dish("Tuwon shinkafa da miyar taushe", "Rice", 360_000, {"rice": 160, "palm_oil": 25, "goat": 100, "crayfish": 5, "packs": 2}, 3),
    Dish("Ẹ̀gúsí soup and ẹ̀bà", "Soup", 420_000,
         {"egusi": 70, "palm_oil": 35, "greens": 80, "beef": 100, "crayfish": 8, "gari": 180, "packs": 2}, 5),
    Dish("Ọ̀gbọ̀nọ̀ soup and ẹ̀bà", "Soup", 400_000, {"ogbono": 45, "palm_oil": 30, "goat": 120, "crayfish": 8, "gari": 180, "packs": 2}, 2),
    Dish("Ẹ̀fọ́ rírò and àmàlà", "Soup", 390_000, {"greens": 150, "palm_oil": 35, "beef": 100, "base": 60, "elubo": 160, "packs": 2}, 4),
    Dish("Catfish pepper soup", "Soup", 600_000, {"catfish": 300, "pepper": 15, "crayfish": 5, "packs": 1}, 2),
    Dish("Aṣun", "Grill", 550_000, {"goat": 250, "pepper": 30, "onions": 40, "packs": 1}, 3),
    Dish("Suya", "Grill", 350_000, {"beef": 200, "yaji": 15, "onions": 40, "packs": 1}, 5),
    Dish("Moi moi", "Beans", 120_000, {"beans": 90, "base": 40, "oil": 15, "leaves": 2}, 4),
    Dish("Ẹ̀wà agọ̀yìn", "Beans", 220_000, {"beans": 150, "palm_oil": 40, "pepper": 15, "packs": 1}, 3),
    Dish("Dòdò", "Sides", 150_000, {"plantain": 2, "oil": 40, "packs": 1}, 6),
    Dish("Zobo", "Drinks", 90_000, {"zobo": 1}, 5),
    Dish("Water", "Drinks", 50_000, {"water": 1}, 7),
)  # fmt: skip

OWNER = Person("rachel", "Rachel Adéyẹmí", Role.OWNER_ADMIN)  # made by `init`, all others by her
STAFF = (
    Person("ngozi", "Ngọzi Ọkafọ", Role.KITCHEN_MANAGER, "Yaba kitchen"),
    Person("tunde", "Túndé Akínwùmí", Role.KITCHEN_STAFF, "Yaba kitchen"),
    Person("sade", "Ṣadé Oyèdélé", Role.KITCHEN_STAFF, "Yaba kitchen"),
    Person("dahiru", "Ɗahiru Maikano", Role.KITCHEN_MANAGER, "Sabo kitchen"),
    Person("ladi", "Ladi Garba", Role.KITCHEN_STAFF, "Sabo kitchen"),
    Person("kehinde", "Kẹ́hìndé Àlàbí", Role.KITCHEN_MANAGER, "Lekki kitchen"),
    Person("uzoma", "Ụzọma Nwankwọ", Role.KITCHEN_STAFF, "Lekki kitchen"),
    Person("funke", "Fúnkẹ́ Babalọlá", Role.SUPPORT),
    Person("zainab", "Zainab Ɗanladi", Role.FINANCE_ADMIN),
)
# Who keeps the orders moving, by kitchen. Nobody who stands at a counter of the demo: everybody's calls are counted.
COOKS = {"Yaba kitchen": "sade", "Sabo kitchen": "ladi", "Lekki kitchen": "uzoma"}
MANAGERS = {person.kitchen: person.login for person in STAFF if person.role is Role.KITCHEN_MANAGER}
SUPPORT, FINANCE = "funke", "zainab"
APPROVERS = (OWNER.login, FINANCE)  # who agree to what others propose
COUNTERS = {"Counter 1": "ngozi", "Counter 2": "tunde"}  # of Yaba kitchen


def town_id(*names: str) -> UUID:
    """Return the id that stands for these names in every run: town_id("kitchen", "Yaba kitchen")."""
    return uuid5(TOWN, "\0".join(names))


def barcode(item: Item) -> str:
    """Return the number on its packet: thirteen digits that begin with a 2 (for a shop's own use), the last one the check."""
    digits = f"2{ITEMS.index(item) + 1:011d}"
    weighed = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-weighed % 10}"


def opening_stock(kitchen: str, item: Item) -> int:
    """Return what the shelf holds when the town opens: Yaba is in the middle of its day, the others were just filled."""
    return item.on_hand if kitchen == "Yaba kitchen" else item.full_at
