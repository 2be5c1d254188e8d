"""Races for the last portions, and for the next step of one order."""

from contextlib import closing

import pytest

from core.base.config import SignIn
from core.base.errors import Short
from core.base.identifiers import new_id
from core.menu import set_recipes
from core.orders import State, advance_order, cancel_order, open_orders, place_order, start_cooking
from tests.support.races import REPEATS, tally


@pytest.fixture
def place(scene):
    """Place an order of one portion of each dish: `place(ordering, dish_id)`."""
    town = scene.town

    def place(caller, *dish_ids):
        return place_order(caller, new_id(), town.yaba, town.customer, list(dish_ids), [1] * len(dish_ids), "")

    return place


@pytest.fixture
def second_ordering(workplace, copy, owner_connection):
    """A second login of the ordering service, with the password of the first."""
    owner_connection.execute("CREATE ROLE ordering_2 LOGIN IN ROLE svc_ordering CONNECTION LIMIT 30")
    owner_connection.execute("COMMENT ON ROLE ordering_2 IS 'Rachel Foods: a login'")
    owner_connection.execute("INSERT INTO app.staff (login, role) VALUES ('ordering_2', 'svc_ordering')")
    password = workplace.sign_ins["ordering"].password
    owner_connection.execute(f"ALTER ROLE ordering_2 PASSWORD '{password}'")
    workplace.sign_ins["ordering_2"] = SignIn("ordering_2", password)
    with closing(workplace.database("ordering_2", copy, size=25)) as second:
        yield second
    del workplace.sign_ins["ordering_2"]


def shortages(answers):
    return [[(each["available"], each["wanted"]) for each in answer.facts["items"]] for answer in answers if isinstance(answer, Short)]


def test_of_ten_orders_for_the_last_five_portions_five_are_placed_and_five_are_told_what_is_left(scene, login, place, race):
    ordering = login("ordering", size=10)
    for _ in range(REPEATS):
        item_id = scene.item(on_hand=5)
        dish_id = scene.dish(item_id)
        answers = race(10, lambda n: place(ordering, dish_id))
        assert tally(answers) == {"done": 5, "Short": 5}
        assert shortages(answers) == [[(0, 1)]] * 5
        assert (scene.shelf(item_id).available, scene.shelf(item_id).on_hand) == (0, 5)


def test_of_fifty_orders_over_two_logins_for_the_last_five_portions_five_are_placed(scene, login, second_ordering, place, race):
    callers = [login("ordering", size=25), second_ordering]
    for _ in range(REPEATS):
        item_id = scene.item(on_hand=5)
        dish_id = scene.dish(item_id)
        answers = race(50, lambda n: place(callers[n % 2], dish_id))
        assert tally(answers) == {"done": 5, "Short": 45}
        assert shortages(answers) == [[(0, 1)]] * 45
        assert scene.shelf(item_id).available == 0


def test_an_order_whose_last_item_is_short_holds_nothing_of_the_others(scene, login, place, race):
    ordering = login("ordering", size=6)
    for _ in range(REPEATS):
        items = [scene.item(), scene.item(), scene.item(on_hand=2)]
        dish_id = scene.dish(*items)
        answers = race(6, lambda n: place(ordering, dish_id))
        assert tally(answers) == {"done": 2, "Short": 4}
        assert [scene.shelf(item_id).held for item_id in items] == [2, 2, 2]


def test_eight_customers_ordering_three_of_five_dishes_in_any_order_never_block_each_other(scene, login, place, race, chance):
    ordering = login("ordering", size=8)
    items = [scene.item(on_hand=100_000) for _ in range(5)]
    dishes = [scene.dish(*chance.sample(items, 3)) for _ in range(5)]
    for _ in range(REPEATS):
        baskets = [chance.sample(dishes, 3) for _ in range(8)]
        assert tally(race(8, lambda n: place(ordering, *baskets[n]))) == {"done": 8}


def test_an_order_cancelled_five_times_at_once_is_cancelled_once_and_gives_back_once(scene, login, race):
    ordering = login("ordering", size=5)
    for _ in range(REPEATS):
        item_id = scene.item(on_hand=10)
        order = scene.order(quantity=3, dish_id=scene.dish(item_id))
        answers = race(5, lambda n: cancel_order(ordering, new_id(), order.id, 1, "changed their mind"))
        assert tally(answers) == {"done": 1, "Stale": 4}
        assert (scene.shelf(item_id).on_hand, scene.shelf(item_id).held) == (10, 0)


def test_of_cancelling_and_cooking_one_wins_and_the_stock_moves_once(scene, login, race):
    cook, support = login("cook"), login("support")

    def step(n):
        return start_cooking(cook, new_id(), order.id, 2) if n else cancel_order(support, new_id(), order.id, 2, "too late")

    for _ in range(REPEATS):
        item_id = scene.item(on_hand=10)
        order = scene.order(State.ACCEPTED, quantity=3, dish_id=scene.dish(item_id))
        answers = race(2, step)
        assert tally(answers) == {"done": 1, "Stale": 1}
        [won] = [answer.state for answer in answers if not isinstance(answer, Exception)]
        assert (scene.shelf(item_id).on_hand, scene.shelf(item_id).held) == (7 if won is State.PREPARING else 10, 0)


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
        return place(ordering, dish_id) if n else set_recipes(manager, new_id(), scene.town.yaba, [dish_id] * 2, items, [5, 7])

    for _ in range(REPEATS):
        items = [scene.item(), scene.item()]
        dish_id = scene.dish(*items, quantity=2)
        assert tally(race(2, change)) == {"done": 2}
        assert [scene.shelf(item_id).held for item_id in items] in ([2, 2], [5, 7])
