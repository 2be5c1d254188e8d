"""Races on the shelf: each change is made once or refused with the reason, whoever comes at the same moment."""

import pytest

from core.base.errors import Illegal, Short, Stale
from core.base.identifiers import new_id
from core.orders import place_order
from core.stock import Kind, add_stock_items, correct_stock, count_stock, movements, receive_stock, undo_stock, waste_stock
from tests.support.races import REPEATS, tally


@pytest.fixture
def people(login):
    """Three people of the kitchen: calls of one person wait for each other, theirs do not."""
    return [login(who) for who in ("cook", "cook2", "manager")]


def test_of_three_statements_that_saw_the_same_version_one_is_done_and_the_others_are_told_of_it(scene, people, race):
    """I4: counted by several who saw the same version."""

    def state(n):
        if n == 2:
            return correct_stock(people[n], new_id(), item_id, 92, 1, "wrong label", "")
        return count_stock(people[n], new_id(), item_id, 90 + n, 1, "")

    for _ in range(REPEATS):
        item_id = scene.item(on_hand=100)
        answers = race(3, state)
        assert tally(answers) == {"done": 1, "Stale": 2}
        [done] = [answer for answer in answers if not isinstance(answer, Stale)]
        for stale in (answer for answer in answers if isinstance(answer, Stale)):
            assert stale.facts["on_hand"] == done.on_hand == scene.shelf(item_id).on_hand
            assert [each["number"] for each in stale.facts["movements"]] == [done.number]


def test_a_count_of_a_shelf_that_changed_since_it_was_looked_at_is_told_the_figure_and_what_changed_it(scene, people, race, chance):
    """I3: somebody looks, another one changes the shelf, the first one states what there is."""

    def act(n):
        return receive_stock(people[1], new_id(), item_id, amount, "") if n else count_stock(people[0], new_id(), item_id, 90, 1, "")

    for _ in range(REPEATS):
        item_id, amount = scene.item(on_hand=100), chance.randint(1, 50)
        answers = race(2, act)
        assert tally(answers) in ({"done": 2}, {"done": 1, "Stale": 1})
        counted = tally(answers) == {"done": 2}
        assert scene.shelf(item_id).on_hand == (90 if counted else 100) + amount
        [stale] = race(1, lambda n: act(0))
        assert (stale.facts["on_hand"], stale.facts["version"]) == (scene.shelf(item_id).on_hand, 3 if counted else 2)
        moved = [(each["kind"], each["change"], each["by"]) for each in stale.facts["movements"]]
        assert moved == [("count", -10, "Chidi Okoye")] * counted + [("delivery", amount, "Dayo Balogun")]


def test_deliveries_and_orders_at_the_same_moment_are_all_done(scene, people, race):
    """I5: relative changes race orders."""
    town, customers = scene.town, [scene.customer(100_000_000) for _ in range(3)]

    def change(n):
        if n % 2:
            return place_order(scene.ordering, new_id(), town.yaba, customers[n // 2], [dish_id], [2], "")
        return receive_stock(people[n // 2], new_id(), item_id, 10, "")

    for _ in range(REPEATS):
        item_id = scene.item(on_hand=100)
        dish_id = scene.dish(item_id)
        assert tally(race(6, change)) == {"done": 6}
        item, newest = scene.shelf(item_id), movements(people[0], item_id)[0]
        assert (item.on_hand, item.held, item.version) == (130, 6, 4)
        assert (newest.number, newest.on_hand, newest.held) == (7, 130, 6)


def test_no_more_is_wasted_than_lies_on_the_shelf(scene, people, race):
    """I6: waste of more than there is."""
    for _ in range(REPEATS):
        item_id = scene.item(on_hand=50)
        answers = race(3, lambda n: waste_stock(people[n], new_id(), item_id, 20, "spoiled", ""))
        assert tally(answers) == {"done": 2, "Short": 1}
        [short] = [answer for answer in answers if isinstance(answer, Short)]
        assert [(each["available"], each["wanted"]) for each in short.facts["items"]] == [(10, 20)]
        assert scene.shelf(item_id).on_hand == 10


def test_a_change_is_undone_once_by_whoever_is_first(scene, people, race):
    for _ in range(REPEATS):
        item_id = scene.item(on_hand=50)
        number = receive_stock(people[0], new_id(), item_id, 10, "").number
        answers = race(2, lambda n: undo_stock(people[n and 2], new_id(), item_id, number))
        assert tally(answers) == {"done": 1, "Illegal": 1}
        assert "undone already" in str([answer for answer in answers if isinstance(answer, Illegal)])
        assert scene.shelf(item_id).on_hand == 50
        assert [each.kind for each in movements(people[0], item_id)] == [Kind.UNDO, Kind.DELIVERY, Kind.OPENING]


def test_of_two_lists_with_the_same_barcodes_in_opposite_order_one_is_put_on_the_shelf(scene, login, race):
    callers, town, size = [login("owner"), login("manager")], scene.town, 60

    def add(n):
        barcodes = pack[::-1] if n else pack  # so that each could wait for what the other has
        return add_stock_items(
            callers[n], new_id(), town.yaba, [new_id() for _ in pack], ["Item"] * size, ["Store"] * size, barcodes, ["pcs"] * size,
            [1] * size, [0] * size, [10] * size, [5] * size,
        )  # fmt: skip

    for number in range(REPEATS):
        scene.refill()
        pack = [f"{number:04}-{each:04}" for each in range(size)]
        assert tally(race(2, add)) == {"done": 1, "Invalid": 1}
