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


def test_of_two_lists_of_the_same_dishes_in_opposite_order_one_is_put_on_the_menu(scene, owners, race):
    size = 60

    def add(n):
        same = dish_ids[::-1] if n else dish_ids  # so that each could wait for what the other has
        return add_dishes(owners[n], new_id(), scene.town.yaba, same, ["Dish"] * size, ["Rice"] * size, [1000] * size)

    for _ in range(REPEATS):
        scene.refill()
        dish_ids = [new_id() for _ in range(size)]
        assert tally(race(2, add)) == {"done": 1, "Invalid": 1}


def test_of_two_kitchens_with_one_name_one_is_opened(scene, owners, race):
    for number in range(REPEATS):
        scene.refill()
        assert tally(race(2, lambda n: create_kitchen(owners[n], new_id(), f"Kitchen {number}", "Ikeja"))) == {"done": 1, "Invalid": 1}
    assert len(kitchens(owners[0])) == 2 + REPEATS
