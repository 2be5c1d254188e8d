"""Placing an order: what its recipes take is held at once, or nothing is kept and every short item is named."""

import psycopg
import pytest

from core.base.errors import Forbidden, Invalid, Missing, Short, Unfunded
from core.base.identifiers import new_id
from core.menu import set_dish_price, set_recipes
from core.orders import OrderLine, State, order_lines, place_order, priced_lines
from core.stock import count_stock
from tests.support.refusals import refused


@pytest.fixture
def place(town, ordering):
    """Place an order; any argument may be another: `place(quantities=[0])`."""

    def place(**other):
        basket = {"kitchen_id": town.yaba, "customer_id": town.customer, "dish_ids": [town.jollof], "quantities": [2], "note": ""}
        return place_order(ordering, new_id(), **basket | other)

    return place


def held(scene):
    return [scene.shelf(item_id).held for item_id in (scene.town.rice, scene.town.chicken, scene.town.oil)]


def test_an_order_holds_what_its_recipes_take_and_costs_what_the_menu_says(scene, place):
    order = place(dish_ids=[scene.town.water, scene.town.jollof], quantities=[3, 2], note="no pepper")
    assert (order.state, order.version, order.kitchen_id, order.customer_id) == (State.PLACED, 1, scene.town.yaba, scene.town.customer)
    assert order.total == 3 * 30_000 + 2 * 250_000
    assert held(scene) == [400, 2, 40]
    assert scene.shelf(scene.town.rice).on_hand == 10_000


def test_orders_are_numbered_one_after_the_other(place):
    first = place()
    assert place().number == first.number + 1 > 1001


def test_the_kitchen_reads_the_lines_and_only_the_office_their_prices(town, place, cook, login):
    order = place(dish_ids=[town.jollof, town.water], quantities=[2, 1])
    assert order_lines(cook, order.id) == [
        OrderLine(order.id, town.jollof, "Jollof rice", 2, False), OrderLine(order.id, town.water, "Water", 1, False),
    ]  # fmt: skip
    assert [each.unit_price for each in priced_lines(login("support"), order.id)] == [250_000, 30_000]
    with pytest.raises(Forbidden):
        priced_lines(cook, order.id)


def test_an_order_of_what_takes_nothing_from_the_shelf_holds_nothing(scene, place):
    place(dish_ids=[scene.town.water], quantities=[10_000])
    assert held(scene) == [0, 0, 0]


def test_two_dishes_that_take_the_same_item_are_added_up(scene, place):
    item_id = scene.item(on_hand=5)
    one, other = scene.dish(item_id, quantity=2), scene.dish(item_id, quantity=3)
    assert place(dish_ids=[one, other], quantities=[1, 1])
    assert (scene.shelf(item_id).held, scene.shelf(item_id).available) == (5, 0)


def test_a_short_basket_names_every_item_that_is_short_and_keeps_nothing(scene, place, owner_connection):
    town = scene.town
    with refused(Short, items=[
        {"item": str(town.chicken), "name": "Chicken", "available": 40, "wanted": 100},
        {"item": str(town.rice), "name": "Rice", "available": 10_000, "wanted": 20_000},
    ]) as caught:  # fmt: skip
        place(quantities=[100])
    assert str(caught.value) == "Not enough left: Chicken, Rice."
    assert held(scene) == [0, 0, 0]
    assert owner_connection.execute("SELECT count(*) FROM app.orders").fetchone() == (0,)


def test_the_last_portion_is_sold_and_not_one_more(scene, place):
    place(quantities=[40])
    with refused(Short, items=[{"item": str(scene.town.chicken), "name": "Chicken", "available": 0, "wanted": 1}]):
        place(quantities=[1])


def test_of_a_shelf_with_a_shortage_nothing_is_left_and_not_less_than_nothing(scene, place, cook):
    place(quantities=[30])
    count_stock(cook, new_id(), scene.town.chicken, 10, 1, "")
    with refused(Short, items=[{"item": str(scene.town.chicken), "name": "Chicken", "available": 0, "wanted": 1}]):
        place(quantities=[1])


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"dish_ids": []}, "dish_ids"), ({"dish_ids": None}, "dish_ids"), ({"quantities": []}, "quantities"),
        ({"quantities": None}, "quantities"), ({"quantities": [1, 1]}, "quantities"), ({"quantities": [0]}, "quantities"),
        ({"quantities": [-3]}, "quantities"), ({"quantities": [None]}, "quantities"), ({"quantities": [10_001]}, "quantities"),
        ({"quantities": [2**31 - 1]}, "quantities"), ({"dish_ids": [None]}, "dish_ids"), ({"quantities": [[2]]}, "quantities"),
        ({"note": None}, "note"), ({"note": "x" * 501}, "note"), ({"note": "no\u200bpepper"}, "note"),
    ],
)  # fmt: skip
def test_a_basket_that_cannot_be_is_refused(place, other, field):
    """I9: no quantity, none at all, or more than a number holds."""
    with refused(Invalid, field=field):
        place(**other)


@pytest.mark.parametrize(
    ("quantities", "sqlstate"), [([1.5], "42883"), (["x"], "22P02"), (["1.5"], "22P02"), ([2**31], "22003"), (3, "22P02")]
)
def test_a_quantity_that_is_no_whole_number_is_stopped_at_the_door(place, owner_connection, quantities, sqlstate):
    """I9: by the type of the argument, before any verb runs."""
    with pytest.raises(psycopg.Error) as caught:
        place(quantities=quantities)
    assert caught.value.sqlstate == sqlstate
    assert owner_connection.execute("SELECT count(*) FROM app.orders").fetchone() == (0,)


def test_a_dish_named_twice_is_to_be_added_up_first(town, place):
    """I10: the same dish twice in one order."""
    with refused(Invalid, field="dish_ids") as caught:
        place(dish_ids=[town.water, town.water], quantities=[1, 2])
    assert "Add up" in str(caught.value)


def test_a_hundred_dishes_are_an_order_and_one_more_is_not(scene, place):
    with refused(Invalid, field="dish_ids"):
        place(dish_ids=[new_id() for _ in range(101)], quantities=[1] * 101)
    with refused(Missing):
        place(dish_ids=[new_id() for _ in range(100)], quantities=[1] * 100)


def test_an_order_dearer_than_a_billion_naira_is_refused(scene, place):
    dish_id = scene.dish()
    set_dish_price(scene.owner, new_id(), dish_id, 1_000_000_000, 1)
    with pytest.raises(Unfunded):
        place(dish_ids=[dish_id], quantities=[100])
    with refused(Invalid, field="quantities"):
        place(dish_ids=[dish_id], quantities=[101])


def test_what_another_kitchen_sells_or_nobody_sells_is_missing(town, place):
    """I11: a dish of another kitchen."""
    for dish_id in (town.moi_moi, new_id()):
        with refused(Missing):
            place(dish_ids=[town.jollof, dish_id], quantities=[1, 1])


def test_no_such_kitchen_and_no_such_customer_are_missing(town, place, owner_connection):
    for other in ({"kitchen_id": new_id()}, {"kitchen_id": None}, {"customer_id": new_id()}, {"customer_id": None}):
        with refused(Missing):
            place(**other)
    owner_connection.execute("UPDATE app.customers SET active = false")
    with refused(Missing):
        place()


def test_a_dish_that_is_no_longer_sold_is_missing(town, place, owner_connection):
    owner_connection.execute("UPDATE app.dishes SET active = false WHERE id = %s", [town.jollof])
    with refused(Missing):
        place()


def test_an_order_keeps_the_price_and_the_recipe_it_was_placed_with(scene, place, login, owner):
    order = place()
    set_dish_price(owner, new_id(), scene.town.jollof, 300_000, 1)
    set_recipes(owner, new_id(), scene.town.yaba, [scene.town.jollof], [scene.town.rice], [500])
    assert place().total == 600_000
    assert [each.unit_price for each in priced_lines(login("support"), order.id)] == [250_000]
    assert held(scene) == [400 + 1000, 2, 40]
