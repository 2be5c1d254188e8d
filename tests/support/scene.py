"""A town where something is about to happen: fresh items, dishes, orders and logins for one test after another."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

import psycopg

from core.base.identifiers import new_id
from core.customers import create_customer
from core.database.gateway import Database
from core.menu import add_dishes, set_recipes
from core.orders import PayWith, PlacedOrder, State, advance_order, place_order, start_cooking
from core.staff import Role, create_staff_login
from core.stock import Item, add_stock_items, all_items
from tests.support.money import fund
from tests.support.town import Town

# Of no password: only its form matters.
VERIFIER = f"SCRAM-SHA-256$4096:{'A' * 22}==${'B' * 43}=:{'C' * 43}="


@dataclass
class Scene:
    """A town, and the people who prepare in it what a verb needs. `refill` gives them a full budget of calls again.

    `admin` is a superuser's connection, which lets time pass; `login` signs anybody in.
    """

    town: Town
    owner: Database
    cook: Database
    ordering: Database
    worker: Database
    admin: psycopg.Connection
    refill: Callable[[], object]
    login: Callable[[str], Database]
    _number: Iterator[int] = field(default_factory=itertools.count)
    _signed_in: dict[str, Database] = field(default_factory=dict)

    def desk(self, who: str) -> Database:
        """Somebody's login, the same one each time."""
        if who not in self._signed_in:
            self._signed_in[who] = self.login(who)
        return self._signed_in[who]

    def word(self) -> str:
        """A name that was not used before."""
        return f"word{next(self._number)}"

    def amount(self) -> int:
        """An amount that was not used before."""
        return 100 + next(self._number)

    def customer(self, kobo: int = 0) -> UUID:
        """A new customer with so much money."""
        customer_id = create_customer(self.ordering, new_id(), self.word(), "+2348031234567").id
        fund(self.ordering, self.worker, customer_id, kobo)
        return customer_id

    def order(
        self,
        *steps: State,
        quantity: int = 1,
        dish_id: UUID | None = None,
        customer_id: UUID | None = None,
        pay_with: PayWith = PayWith.WALLET,
    ) -> PlacedOrder:
        """An order of jollof that has walked `steps`; its version is one more for each of them."""
        self.refill()
        town = self.town
        basket = ([dish_id or town.jollof], [quantity], "")
        order = place_order(self.ordering, new_id(), town.yaba, customer_id or town.customer, *basket, pay_with)
        for version, state in enumerate(steps, 1):
            if state is State.PREPARING:
                start_cooking(self.cook, new_id(), order.id, version)
            else:
                advance_order(self.cook, new_id(), order.id, version, state)
        return order

    def end_time_to_pay(self, order_id: UUID, in_seconds: float = 0) -> UUID:
        """Let a card order wait for its money only so much longer."""
        with self.admin.transaction():
            self.admin.execute("SET LOCAL session_replication_role = replica")
            query = "UPDATE app.orders SET due_at = clock_timestamp() + make_interval(secs => %s) WHERE id = %s"
            self.admin.execute(query, [in_seconds, order_id])
        return order_id

    def item(self, on_hand: int = 1000, barcode: str | None = None) -> UUID:
        """A new item on Yaba's shelf, in pieces, at version 1."""
        self.refill()
        item_id = new_id()
        add_stock_items(
            self.owner, new_id(), self.town.yaba, [item_id], ["Item"], ["Store"], [barcode], ["pcs"], [1], [0], [1000], [on_hand]
        )  # fmt: skip
        return item_id

    def dish(self, *item_ids: UUID, quantity: int = 1) -> UUID:
        """A new dish on Yaba's menu, a portion of which takes `quantity` of each item."""
        self.refill()
        dish_id = new_id()
        add_dishes(self.owner, new_id(), self.town.yaba, [dish_id], ["Dish"], ["Rice"], [100_000])
        if item_ids:
            set_recipes(self.owner, new_id(), self.town.yaba, [dish_id] * len(item_ids), list(item_ids), [quantity] * len(item_ids))
        return dish_id

    def shelf(self, item_id: UUID) -> Item:
        """An item as it is now."""
        [found] = [item for item in all_items(self.owner) if item.id == item_id]
        return found

    def hired(self, role: Role = Role.KITCHEN_STAFF) -> str:
        """A new login of a new person in Yaba's kitchen."""
        self.refill()
        login = f"{self.word()}.hired"
        places = [self.town.yaba] if role in (Role.KITCHEN_STAFF, Role.KITCHEN_MANAGER) else []
        create_staff_login(self.owner, new_id(), login, "New Person", role, places, None, VERIFIER)
        return login
