"""Races for a menu: two owners at once, and an order that comes between."""

from core.base.errors import Stale
from core.base.identifiers import new_id
from core.kitchens import create_kitchen, kitchens
from core.menu import add_dishes, dishes, set_dish_price, set_recipes
from core.orders import place_order
from tests.support.races import REPEATS, tally


def test_of_two_prices_that_saw_the_same_version_one_is_set_and_the_other_is_told_of_it(scene, owners, race):
    for _ in range(REPEATS):
        dish_id = scene.dish()
        answers = race(2, lambda n: set_dish_price(owners[n], new_id(), dish_id, 2000 + n, 1))
        assert tally(answers) == {"done": 1, "Stale": 1}
        [done], [stale] = [[answer for answer in answers if isinstance(answer, Stale) == late] for late in (False, True)]
        assert (stale.facts["price"], stale.facts["version"]) == (done.price, 2)


def test_an_order_placed_while_the_price_changes_costs_the_old_price_or_the_new(scene, owner, ordering, race):
    def change(n):
        if n:
            return set_dish_price(owner, new_id(), dish_id, 2000, 1)
        return place_order(ordering, new_id(), scene.town.yaba, scene.town.customer, [dish_id], [3], "")

    for _ in range(REPEATS):
        dish_id = scene.dish()
        answers = race(2, change)
        assert tally(answers) == {"done": 2}
        [order] = [answer for answer in answers if hasattr(answer, "total")]
        assert order.total in (300_000, 6000)


def test_two_recipes_at_once_follow_each_other_whatever_order_their_dishes_are_named_in(scene, owners, race):
    for _ in range(REPEATS):
        items, pair = [scene.item()], [scene.dish(), scene.dish()]
        answers = race(2, lambda n: set_recipes(owners[n], new_id(), scene.town.yaba, pair[:: 1 - 2 * n], items * 2, [5 + n] * 2))
        assert tally(answers) == {"done": 2}
        assert [dish.recipe for dish in dishes(owners[0], scene.town.yaba) if dish.id in pair] == [2, 2]


def test_a_dish_is_put_on_one_menu_and_a_kitchen_is_opened_under_one_name(scene, owners, race):
    def add(n):
        return add_dishes(owners[n], new_id(), scene.town.yaba, pair[:: 1 - 2 * n], ["A", "B"], ["Rice"] * 2, [1000] * 2)

    for number in range(REPEATS):
        scene.refill()
        pair = [new_id(), new_id()]
        assert tally(race(2, add)) == {"done": 1, "Invalid": 1}
        assert tally(race(2, lambda n: create_kitchen(owners[n], new_id(), f"Kitchen {number}", "Ikeja"))) == {"done": 1, "Invalid": 1}
    assert len(kitchens(owners[0])) == 2 + REPEATS
