"""Many corrections of the shelves at once: previewed with the orders they leave short, confirmed, all or none."""

import pytest

from core.base.errors import Forbidden, Invalid, Missing, Stale
from core.base.identifiers import new_id
from core.orders import State
from core.proposals import Outcome, Progress, confirm_proposal, preview_stock, proposal, proposals
from core.stock import movements, receive_stock

WHY = ("miscounted", "Counted twice with Bisi")


def test_it_leaves_three_orders_short_and_lists_them(scene, manager):
    item_id = scene.item(5)
    dish_id = scene.dish(item_id)
    orders = [scene.order(dish_id=dish_id) for _ in range(4)]
    scene.order(State.ACCEPTED, State.PREPARING, dish_id=dish_id)  # its portion is cooked
    proposed = preview_stock(manager, new_id(), [item_id], [1], [2])
    assert [short["number"] for short in proposed.impact["short"]] == [order.number for order in orders[1:]]
    [item] = proposed.impact["items"]
    assert (item["was"], item["on_hand"], item["name"]) == (4, 1, "Item")
    assert scene.shelf(item_id).on_hand == 4


def test_confirmed_every_shelf_has_its_movement_with_who_and_why(scene, manager):
    items = [scene.item(10), scene.item(20)]
    proposed = preview_stock(manager, new_id(), items, [3, 25], [1, 1])
    done = confirm_proposal(manager, new_id(), proposed.token, *WHY)
    assert (done.outcome, done.state) == (Outcome.CONFIRMED, Progress.DONE)
    assert [scene.shelf(item).on_hand for item in items] == [3, 25]
    newest = movements(manager, items[0])[0]
    assert (newest.kind, newest.change, newest.reason, newest.note, newest.by) == ("correction", -7, *WHY, "Bisi Ojo")


def test_a_shelf_that_changed_meanwhile_stops_everything_and_says_what_it_is_now(scene, manager):
    items = [scene.item(10), scene.item(20)]
    proposed = preview_stock(manager, new_id(), items, [3, 25], [1, 1])
    receive_stock(scene.cook, new_id(), items[1], 5, "")
    stale = confirm_proposal(manager, new_id(), proposed.token, *WHY)
    assert (stale.outcome, stale.state) == (Outcome.IMPACT_CHANGED, Progress.STALE)
    assert [item["was"] for item in stale.moved["after"]["items"]] == [10, 25]
    assert [scene.shelf(item).on_hand for item in items] == [10, 25]


def test_one_more_order_that_would_be_short_stops_it_too(scene, manager):
    item_id = scene.item(5)
    dish_id = scene.dish(item_id)
    proposed = preview_stock(manager, new_id(), [item_id], [0], [1])
    order = scene.order(dish_id=dish_id)
    stale = confirm_proposal(manager, new_id(), proposed.token, *WHY)
    assert stale.outcome == Outcome.IMPACT_CHANGED
    assert [short["number"] for short in stale.moved["after"]["short"]] == [order.number]


def test_orders_that_the_shelf_still_serves_do_not_stop_it(scene, manager):
    item_id = scene.item(5)
    dish_id = scene.dish(item_id)
    proposed = preview_stock(manager, new_id(), [item_id], [4], [1])
    scene.order(dish_id=dish_id)
    assert confirm_proposal(manager, new_id(), proposed.token, *WHY).state == Progress.DONE


def test_what_cannot_be_is_refused(scene, manager, refill):
    item_id = scene.item(10)
    one, two = [item_id], [item_id] * 2
    for arguments in (([], [], []), (one, [1, 2], [1]), (one, [-1], [1]), (two, [1, 1], [1, 1]), (one, [1], [None])):
        refill()
        with pytest.raises(Invalid):
            preview_stock(manager, new_id(), *arguments)
    for items in ([new_id()], [scene.town.beans], [item_id, scene.town.beans]):
        refill()
        with pytest.raises(Missing):
            preview_stock(manager, new_id(), items, [1] * len(items), [1] * len(items))
    with pytest.raises(Stale):
        preview_stock(manager, new_id(), [item_id], [1], [7])


def test_a_manager_sees_what_was_proposed_for_the_own_shelves_and_nothing_of_money(scene, manager, login):
    from tests.support.refunds import preview

    own = preview_stock(manager, new_id(), [scene.item()], [5], [1])
    of_lekki = preview_stock(scene.owner, new_id(), [scene.town.beans], [5], [1])
    refund = preview(login("support"), scene.order().id)
    assert [found.id for found in proposals(manager)] == [own.id]
    assert proposal(manager, of_lekki.id) is None and proposal(manager, refund.id) is None
    with pytest.raises(Forbidden):
        preview(manager, scene.order().id)
