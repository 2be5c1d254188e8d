"""Races for the last portions, and for the next step of one order.

Each caller orders for a customer of its own: one wallet would let them pass only one after the other, before they meet at the shelf.
"""

import pytest

from core.base.errors import Short
from core.base.identifiers import new_id
from core.menu import set_recipes
from core.orders import State, advance_order, open_orders, place_order
from tests.support.ledger import in_wallets
from tests.support.races import REPEATS, tally


@pytest.fixture
def customers(scene):
    """Ten people with a million naira each."""
    return [scene.customer(100_000_000) for _ in range(10)]


@pytest.fixture
def place(scene, customers):
    """Place an order of one portion of each dish for customer `n`: `place(ordering, n, dish_id)`."""

    def place(caller, n, *dish_ids):
        return place_order(caller, new_id(), scene.town.yaba, customers[n], list(dish_ids), [1] * len(dish_ids), "")

    return place


def shortages(answers):
    return [[(each["available"], each["wanted"]) for each in answer.facts["items"]] for answer in answers if isinstance(answer, Short)]


def test_of_ten_orders_for_the_last_five_portions_five_are_placed_and_five_are_told_what_is_left(scene, login, place, race):
    """I1: five portions, ten orders."""
    ordering = login("ordering", size=10)
    for _ in range(REPEATS):
        item_id = scene.item(on_hand=5)
        dish_id = scene.dish(item_id)
        answers = race(10, lambda n: place(ordering, n, dish_id))
        assert tally(answers) == {"done": 5, "Short": 5}
        assert shortages(answers) == [[(0, 1)]] * 5
        assert (scene.shelf(item_id).available, scene.shelf(item_id).on_hand) == (0, 5)


def test_an_order_whose_last_item_is_short_holds_nothing_of_the_others(scene, login, place, race, owner_connection):
    """I7: what was refused holds nothing and costs nothing."""
    ordering = login("ordering", size=6)
    for _ in range(REPEATS):
        items = [scene.item(), scene.item(), scene.item(on_hand=2)]
        dish_id, before = scene.dish(*items), in_wallets(owner_connection)
        answers = race(6, lambda n: place(ordering, n, dish_id))
        assert tally(answers) == {"done": 2, "Short": 4}
        assert [scene.shelf(item_id).held for item_id in items] == [2, 2, 2]
        assert in_wallets(owner_connection) == before - 2 * 100_000


def test_eight_customers_ordering_three_of_five_dishes_in_any_order_never_block_each_other(scene, login, place, race, chance):
    """I8: whoever waits in a circle is Busy, and there is no second try."""
    ordering = login("ordering", size=8)
    items = [scene.item(on_hand=100_000) for _ in range(5)]
    dishes = [scene.dish(*chance.sample(items, 3)) for _ in range(5)]
    for _ in range(REPEATS):
        baskets = [chance.sample(dishes, 3) for _ in range(8)]
        assert tally(race(8, lambda n: place(ordering, n, *baskets[n]))) == {"done": 8}


def test_an_order_accepted_by_two_cooks_at_once_is_accepted_once(scene, login, race):
    cooks = [login("cook"), login("cook2")]
    for _ in range(REPEATS):
        order = scene.order()
        answers = race(2, lambda n: advance_order(cooks[n], new_id(), order.id, 1, State.ACCEPTED))
        assert tally(answers) == {"done": 1, "Stale": 1}
        assert [each.version for each in open_orders(cooks[0], scene.town.yaba) if each.id == order.id] == [2]


def test_an_order_placed_while_the_recipe_changes_holds_all_of_the_old_one_or_all_of_the_new(scene, login, place, race):
    manager, ordering = login("manager"), login("ordering")

    def change(n):
        return place(ordering, n, dish_id) if n else set_recipes(manager, new_id(), scene.town.yaba, [dish_id] * 2, items, [5, 7])

    for _ in range(REPEATS):
        items = [scene.item(), scene.item()]
        dish_id = scene.dish(*items, quantity=2)
        assert tally(race(2, change)) == {"done": 2}
        assert [scene.shelf(item_id).held for item_id in items] in ([2, 2], [5, 7])
