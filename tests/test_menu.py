"""Dishes, what they cost, and what a portion takes from the shelf."""

import pytest

from core.base.errors import Invalid, Missing
from core.base.identifiers import new_id
from core.menu import add_dishes, dishes, set_dish_price, set_recipes
from tests.support.refusals import refused

MOST = 1_000_000_000


@pytest.fixture
def add(owner, town, refill):
    """Add two dishes; any list may be another: `add(prices=[1, 0])`."""

    def add(**other):
        lists = {
            "kitchen_id": town.yaba, "dish_ids": [new_id(), new_id()], "names": ["Ẹ̀bà", "Amala"], "categories": ["Swallow", "Swallow"],
            "prices": [1_266_679, 1],
        }  # fmt: skip
        refill()
        return add_dishes(owner, new_id(), **lists | other)

    return add


@pytest.fixture
def set_some(manager, town, refill):
    """Set the recipe of water; any list may be another."""

    def set_some(**other):
        lists = {"kitchen_id": town.yaba, "dish_ids": [town.water], "item_ids": [town.oil], "quantities": [5]}
        refill()
        return set_recipes(manager, new_id(), **lists | other)

    return set_some


def test_new_dishes_are_on_the_menu_of_their_kitchen_in_kobo(add, town, cook, login):
    eba, amala = add()
    assert (eba.name, eba.category, eba.price, eba.recipe, eba.version, eba.active) == ("Ẹ̀bà", "Swallow", 1_266_679, 0, 1, True)
    assert [each.name for each in dishes(cook, town.yaba)] == ["Water", "Jollof rice", "Amala", "Ẹ̀bà"]
    assert dishes(login("stranger"), town.yaba) == []
    assert amala in dishes(login("support"), town.yaba)


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"prices": [0, 1]}, "price"), ({"prices": [1, -1]}, "price"), ({"prices": [1, None]}, "price"),
        ({"prices": [1, MOST + 1]}, "price"), ({"prices": [1, 2**63 - 1]}, "price"),
        ({"names": ["Ẹ̀bà", ""]}, "name"), ({"names": ["Ẹ̀bà", None]}, "name"),
        ({"categories": ["", "Swallow"]}, "category"), ({"names": ["Ẹ̀bà"]}, "dish_ids"), ({"prices": []}, "dish_ids"),
        ({"prices": None}, "dish_ids"), ({"dish_ids": []}, "dish_ids"), ({"dish_ids": None}, "dish_ids"),
        ({"dish_ids": [None, new_id()]}, "dish_ids"), ({"dish_ids": [new_id()] * 2}, "dish_ids"),
    ],
)  # fmt: skip
def test_a_list_with_one_dish_that_cannot_be_is_refused_as_a_whole(add, town, cook, other, field):
    with refused(Invalid, field=field):
        add(**other)
    assert len(dishes(cook, town.yaba)) == 2


def test_the_dearest_dish_costs_ten_million_naira(add):
    assert add(prices=[MOST, 1])[0].price == MOST


def test_a_dish_is_on_one_menu_only_and_a_menu_belongs_to_a_kitchen(add, town):
    with refused(Invalid, field="dish_ids"):
        add(dish_ids=[town.moi_moi, new_id()])
    for kitchen_id in (new_id(), None):
        with refused(Missing):
            add(kitchen_id=kitchen_id)


def test_a_recipe_is_a_new_number_and_is_made_of_all_its_lines(set_some, town, owner_connection):
    [water] = set_some()
    assert (water.recipe, water.version) == (1, 1)
    [water] = set_some(dish_ids=[town.water] * 2, item_ids=[town.oil, town.rice], quantities=[1, 2])
    assert water.recipe == 2
    kept = owner_connection.execute("SELECT recipe, count(*) FROM app.recipes WHERE dish_id = %s GROUP BY 1 ORDER BY 1", [town.water])
    assert kept.fetchall() == [(1, 1), (2, 2)]


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"quantities": [0]}, "quantities"), ({"quantities": [-3]}, "quantities"), ({"quantities": [None]}, "quantities"),
        ({"quantities": [MOST + 1]}, "quantities"), ({"quantities": [2**63 - 1]}, "quantities"), ({"quantities": [1, 2]}, "dish_ids"),
        ({"item_ids": []}, "dish_ids"), ({"dish_ids": []}, "dish_ids"), ({"dish_ids": None}, "dish_ids"),
        ({"dish_ids": [None]}, "dish_ids"),
    ],
)  # fmt: skip
def test_a_recipe_that_cannot_be_is_refused(set_some, other, field):
    with refused(Invalid, field=field):
        set_some(**other)


def test_an_item_stands_in_a_recipe_once(set_some, town):
    with refused(Invalid, field="item_ids"):
        set_some(dish_ids=[town.water] * 2, item_ids=[town.oil] * 2, quantities=[1, 2])


def test_a_recipe_takes_dishes_and_items_of_its_own_kitchen_only(set_some, town):
    for other in (
        {"dish_ids": [town.moi_moi]}, {"item_ids": [town.beans]}, {"dish_ids": [new_id()]}, {"item_ids": [new_id()]}, {"item_ids": [None]},
        {"kitchen_id": town.lekki, "dish_ids": [town.moi_moi], "item_ids": [town.beans]}, {"kitchen_id": None},
    ):  # fmt: skip
        with refused(Missing):
            set_some(**other)


def test_a_price_holds_for_the_version_that_was_seen(owner, town):
    changed = set_dish_price(owner, new_id(), town.jollof, 275_000, 1)
    assert (changed.price, changed.version) == (275_000, 2)
    with pytest.raises(Exception, match="Jollof rice was changed by somebody else") as stale:
        set_dish_price(owner, new_id(), town.jollof, 280_000, 1)
    assert {name: stale.value.facts[name] for name in ("id", "price", "version")} == {
        "id": str(town.jollof), "price": 275_000, "version": 2,
    }  # fmt: skip


@pytest.mark.parametrize("price", [0, -1, None, MOST + 1, 2**63 - 1])
def test_a_price_that_is_none_is_refused(owner, town, price):
    with refused(Invalid, field="price"):
        set_dish_price(owner, new_id(), town.jollof, price, 1)


def test_a_dish_that_is_not_there_has_no_price(owner):
    for dish_id in (new_id(), None):
        with refused(Missing):
            set_dish_price(owner, new_id(), dish_id, 1000, 1)


def test_what_a_change_of_price_was_stands_in_the_trail(owner, town, owner_connection):
    set_dish_price(owner, new_id(), town.jollof, 275_000, 1)
    [[before, after, by]] = owner_connection.execute("""
        SELECT a.before, a.after, p.name FROM app.audit_events AS a JOIN app.people AS p ON p.id = a.person_id
        WHERE a.action = 'set_dish_price'
        """).fetchall()  # fmt: skip
    assert (before, after, by) == ({"price": 250_000}, {"price": 275_000}, "Ada Eze")
