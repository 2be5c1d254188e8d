"""Changes of stock: relative ones are never stale, absolute statements hold for the version that was seen, each leaves its movement."""

import pytest

from core.base.errors import Forbidden, Invalid, Missing, Short, Stale
from core.base.identifiers import new_id
from core.orders import State
from core.stock import Kind, all_items, correct_stock, count_stock, items, movements, receive_stock, waste_stock
from tests.support.refusals import refused

NO_AMOUNTS = (0, -3, None, 1_000_000_001, 2**31, 2**63 - 1)


def test_a_delivery_raises_the_shelf_and_leaves_who_when_and_why(scene, cook):
    before = scene.shelf(scene.town.rice)
    movement = receive_stock(cook, new_id(), scene.town.rice, 2500, "two bags")
    assert (movement.kind, movement.number, movement.change, movement.on_hand, movement.version) == (Kind.DELIVERY, 2, 2500, 12_500, 2)
    assert (movement.by, movement.login, movement.note, movement.reason) == ("Chidi Okoye", "chidi", "two bags", None)
    item = scene.shelf(scene.town.rice)
    assert (item.on_hand, item.held, item.available, item.version) == (12_500, 0, 12_500, before.version + 1)
    assert (item.changed_by, item.changed_kind, item.changed_at, item.change) == ("Chidi Okoye", Kind.DELIVERY, movement.at, 2500)


def test_waste_lowers_the_shelf_and_says_why(scene, cook):
    movement = waste_stock(cook, new_id(), scene.town.chicken, 3, "dropped", "")
    assert (movement.kind, movement.change, movement.on_hand, movement.reason) == (Kind.WASTE, -3, 37, "dropped")


def test_all_that_is_on_the_shelf_may_be_wasted_and_not_one_more(scene, cook):
    waste_stock(cook, new_id(), scene.town.chicken, 40, "power cut", "")
    with refused(Short, items=[{"item": str(scene.town.chicken), "name": "Chicken", "available": 0, "wanted": 1}]):
        waste_stock(cook, new_id(), scene.town.chicken, 1, "power cut", "")
    assert [each.number for each in movements(cook, scene.town.chicken)] == [2, 1]


def test_what_orders_hold_may_be_wasted_and_shows_as_a_shortage(scene, cook):
    scene.order(quantity=30)
    waste_stock(cook, new_id(), scene.town.chicken, 25, "power cut", "")
    chicken = scene.shelf(scene.town.chicken)
    assert (chicken.on_hand, chicken.held, chicken.available) == (15, 30, -15)


@pytest.mark.parametrize("quantity", NO_AMOUNTS)
def test_an_amount_that_is_none_or_more_than_any_shelf_holds_is_refused(town, cook, quantity):
    with refused(Invalid, field="quantity"):
        receive_stock(cook, new_id(), town.rice, quantity, "")
    with refused(Invalid, field="quantity"):
        waste_stock(cook, new_id(), town.rice, quantity, "spoiled", "")


def test_a_shelf_never_holds_more_than_a_thousand_tonnes(scene, cook):
    receive_stock(cook, new_id(), scene.town.rice, 1_000_000_000 - 10_000, "")
    with refused(Invalid, field="quantity"):
        receive_stock(cook, new_id(), scene.town.rice, 1, "")


@pytest.mark.parametrize("reason", ["", None, "x" * 81])
def test_waste_and_correction_need_a_reason(town, cook, manager, reason):
    with refused(Invalid, field="reason"):
        waste_stock(cook, new_id(), town.rice, 1, reason, "")
    with refused(Invalid, field="reason"):
        correct_stock(manager, new_id(), town.rice, 1, 1, reason, "")


def test_a_count_states_what_is_there_and_says_who_counted(scene, cook):
    movement = count_stock(cook, new_id(), scene.town.rice, 9800, 1, "")
    assert (movement.kind, movement.change, movement.on_hand, movement.version) == (Kind.COUNT, -200, 9800, 2)
    rice = scene.shelf(scene.town.rice)
    assert (rice.counted_by, rice.counted_at) == ("Chidi Okoye", movement.at)


def test_a_count_of_what_was_expected_counts_as_counted(scene, cook):
    assert count_stock(cook, new_id(), scene.town.rice, 10_000, 1, "").change == 0
    assert scene.shelf(scene.town.rice).version == 2


def test_an_empty_shelf_may_be_counted_and_a_shelf_below_nothing_may_not(scene, cook, manager):
    assert count_stock(cook, new_id(), scene.town.rice, 0, 1, "").on_hand == 0
    for amount in (-1, None, 1_000_000_001, 2**63 - 1):
        with refused(Invalid, field="counted"):
            count_stock(cook, new_id(), scene.town.rice, amount, 2, "")
        with refused(Invalid, field="on_hand"):
            correct_stock(manager, new_id(), scene.town.rice, amount, 2, "wrong label", "")


def test_a_count_made_stale_by_a_delivery_is_refused_and_says_who_moved_it(scene, cook, login):
    delivery = receive_stock(login("cook2"), new_id(), scene.town.rice, 500, "")
    scene.order()  # holds some, which is nothing a count has to know
    with pytest.raises(Stale, match="Rice changed while you were editing") as stale:
        count_stock(cook, new_id(), scene.town.rice, 9800, 1, "")
    facts = stale.value.facts
    assert facts.keys() == {"item", "on_hand", "held", "version", "at", "movements", "more"}
    assert (facts["item"], facts["on_hand"], facts["held"], facts["version"], facts["more"]) == (str(scene.town.rice), 10_500, 200, 2, 0)
    [moved] = facts["movements"]
    assert moved.pop("at")[:19] == delivery.at.isoformat()[:19]
    assert moved == {
        "number": 2, "kind": "delivery", "change": 500, "on_hand": 10_500, "order_number": None, "by": "Dayo Balogun", "reason": None,
    }  # fmt: skip
    assert scene.shelf(scene.town.rice).on_hand == 10_500


def test_a_count_is_stale_also_when_the_shelf_is_back_at_the_same_figure(scene, cook):
    order = scene.order(State.ACCEPTED, State.PREPARING)
    receive_stock(cook, new_id(), scene.town.chicken, 1, "")
    assert scene.shelf(scene.town.chicken).on_hand == 40
    with pytest.raises(Stale) as stale:
        count_stock(cook, new_id(), scene.town.chicken, 40, 1, "")
    assert [(each["kind"], each["order_number"]) for each in stale.value.facts["movements"]] == [("use", order.number), ("delivery", None)]


def test_of_many_movements_since_the_newest_twenty_are_told_oldest_first(scene, cook, refill):
    for _ in range(25):
        refill()
        receive_stock(cook, new_id(), scene.town.rice, 1, "")
    refill()
    with pytest.raises(Stale) as stale:
        count_stock(cook, new_id(), scene.town.rice, 9800, 1, "")
    assert [each["number"] for each in stale.value.facts["movements"]] == list(range(7, 27))
    assert stale.value.facts["more"] == 5


def test_an_order_that_only_holds_makes_no_count_stale(scene, cook):
    scene.order(quantity=2)
    assert count_stock(cook, new_id(), scene.town.chicken, 39, 1, "").on_hand == 39
    assert scene.shelf(scene.town.chicken).available == 37


def test_a_delivery_is_never_stale(scene, cook, login):
    for who in ("cook2", "manager", "cook"):
        receive_stock(login(who), new_id(), scene.town.rice, 100, "")
    assert [each.change for each in movements(cook, scene.town.rice)] == [100, 100, 100, 10_000]


@pytest.mark.parametrize("seen_version", [None, 0, 2, -1, 2**31 - 1])
def test_a_statement_must_name_the_version_that_was_seen(scene, cook, manager, seen_version):
    kind = Invalid if seen_version is None else Stale
    with pytest.raises(kind):
        count_stock(cook, new_id(), scene.town.rice, 5, seen_version, "")
    with pytest.raises(kind):
        correct_stock(manager, new_id(), scene.town.rice, 5, seen_version, "wrong label", "")


def test_a_manager_sets_a_figure_right_and_it_does_not_count_as_counted(scene, manager):
    movement = correct_stock(manager, new_id(), scene.town.rice, 8000, 1, "wrong label", "seen on the bag")
    assert (movement.kind, movement.change, movement.reason, movement.note) == (
        Kind.CORRECTION, -2000, "wrong label", "seen on the bag",
    )  # fmt: skip
    assert scene.shelf(scene.town.rice).counted_at is None


def test_a_correction_made_stale_is_refused_like_a_count(scene, cook, manager):
    waste_stock(cook, new_id(), scene.town.rice, 100, "spilled", "")
    with pytest.raises(Stale) as stale:
        correct_stock(manager, new_id(), scene.town.rice, 8000, 1, "wrong label", "")
    assert [(each["kind"], each["reason"]) for each in stale.value.facts["movements"]] == [("waste", "spilled")]


def test_an_item_of_another_kitchen_or_of_none_is_missing_to_every_verb(town, cook, manager):
    for item_id in (town.beans, new_id(), None):
        with refused(Missing):
            receive_stock(cook, new_id(), item_id, 1, "")
        with refused(Missing):
            waste_stock(cook, new_id(), item_id, 1, "spoiled", "")
        with refused(Missing):
            count_stock(cook, new_id(), item_id, 1, 1, "")
        with refused(Missing):
            correct_stock(manager, new_id(), item_id, 1, 1, "wrong label", "")


def test_the_counter_without_a_person_sees_the_shelves_and_changes_nothing(town, login):
    counter = login("counter")
    assert len(items(counter, town.yaba)) == 3
    with pytest.raises(Forbidden):
        receive_stock(counter, new_id(), town.rice, 1, "")


def test_people_of_a_kitchen_see_their_shelves_and_the_office_sees_all(town, cook, login):
    assert [each.name for each in all_items(cook)] == ["Chicken", "Oil", "Rice"]
    assert items(cook, town.lekki) == []
    assert [each.name for each in all_items(login("auditor"))] == ["Beans", "Chicken", "Oil", "Rice"]


def test_movements_are_read_page_by_page_newest_first(scene, cook):
    for _ in range(5):
        receive_stock(cook, new_id(), scene.town.rice, 1, "")
    newest = movements(cook, scene.town.rice, limit=2)
    assert [each.number for each in newest] == [6, 5]
    assert [each.number for each in movements(cook, scene.town.rice, before=5, limit=2)] == [4, 3]


def test_a_movement_of_an_order_says_which_and_names_no_person_of_the_kitchen(scene, cook):
    order = scene.order(quantity=2)
    newest = movements(cook, scene.town.rice)[0]
    assert (newest.kind, newest.change, newest.change_held, newest.held) == (Kind.HOLD, 0, 400, 400)
    assert (newest.order_number, newest.by, newest.login, newest.version) == (order.number, None, "ordering", 1)
    rice = scene.shelf(scene.town.rice)
    assert (rice.changed_by, rice.changed_order, rice.change) == (None, order.number, -400)
