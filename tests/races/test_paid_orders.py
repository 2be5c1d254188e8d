"""Races for orders that cost money: paid once, given back once, and never both in time and too late."""

import pytest

from core.base.errors import Illegal, Refused, Short, TooFast
from core.base.identifiers import new_id
from core.menu import set_dish_price
from core.orders import (
    PayWith,
    PlacedOrder,
    State,
    advance_order,
    cancel_order,
    expire_order,
    mark_dish_ready,
    orders,
    place_order,
    recall_order,
    start_cooking,
)  # fmt: skip
from core.staff import Role, me
from core.wallets import freeze_wallet
from tests.support.ledger import in_wallets
from tests.support.money import settle
from tests.support.races import REPEATS, tally

IN_TIME, TOO_LATE = (State.PLACED, 0, 2), (State.EXPIRED, 100_000, 0)  # where the order is, what is in the wallet, what is held


@pytest.fixture
def state(login):
    """Where an order is: `state(order_id)`."""
    auditor = login("auditor")
    return lambda order_id: orders(auditor, order_ids=[order_id])[0].state


def test_one_paid_order_sent_ten_times_at_once_is_paid_once_and_answered_ten_times_alike(scene, login, race, balance):
    ordering, town = login("ordering", size=10), scene.town
    for _ in range(REPEATS):
        customer_id, dish_id, command_id = scene.customer(100_000), scene.dish(scene.item(on_hand=1)), new_id()
        answers = race(10, lambda n: place_order(ordering, command_id, town.yaba, customer_id, [dish_id], [1], ""))
        assert tally(answers) == {"done": 10}  # it took the last portion and the last kobo, and its twins still get its answer
        assert all(answer == answers[0] for answer in answers)
        assert balance(customer_id) == 0


def test_of_fifty_orders_for_the_last_five_portions_five_are_placed_and_charged(scene, login, again, race, owner_connection):
    """I2: 5 of 50 over two logins of the service; 45 are told that nothing is left."""
    callers, town = [login("ordering", size=25), again("ordering", size=25)], scene.town
    customers = [scene.customer(10_000_000) for _ in range(50)]  # each their own: in one wallet they would wait before they meet
    for _ in range(REPEATS):
        item_id = scene.item(on_hand=5)
        dish_id, before = scene.dish(item_id), in_wallets(owner_connection)
        answers = race(50, lambda n: place_order(callers[n % 2], new_id(), town.yaba, customers[n], [dish_id], [1], ""))
        assert tally(answers) == {"done": 5, "Short": 45}
        short = [answer.facts["items"] for answer in answers if isinstance(answer, Short)]
        assert [(each["item"], each["available"], each["wanted"]) for [each] in short] == [(str(item_id), 0, 1)] * 45
        assert len({answer.id for answer in answers if isinstance(answer, PlacedOrder)}) == scene.shelf(item_id).held == 5
        assert in_wallets(owner_connection) == before - 5 * 100_000


def test_an_order_placed_while_its_price_changes_costs_the_old_price_or_the_new_and_is_charged_what_it_costs(scene, login, race, balance):
    """I13: the price that is stored is the one that is paid."""
    ordering, owner, town = login("ordering"), login("owner"), scene.town
    for _ in range(REPEATS):
        customer_id, dish_id = scene.customer(1_000_000), scene.dish()
        scene.refill()

        def act(n):
            if n:
                return place_order(ordering, new_id(), town.yaba, customer_id, [dish_id], [3], "")
            return set_dish_price(owner, new_id(), dish_id, 200_000, 1)

        [order] = [answer for answer in race(2, act) if isinstance(answer, PlacedOrder)]
        assert order.total in (300_000, 600_000)
        assert balance(customer_id) == 1_000_000 - order.total


def test_a_card_order_paid_while_its_time_ends_is_paid_in_time_or_expired_and_never_both(scene, login, race, balance, state, chance):
    worker, ended = login("worker"), set()
    for seconds in [0] * 10 + [60] * 10 + [chance.uniform(0.0005, 0.008) for _ in range(REPEATS)]:
        item_id = scene.item(on_hand=2)
        order = scene.order(customer_id=scene.customer(), dish_id=scene.dish(item_id, quantity=2), pay_with=PayWith.CARD)
        scene.end_time_to_pay(order.id, seconds)
        answers = race(2, lambda n: settle(worker, order.id, order.total) if n else expire_order(worker, new_id(), order.id))
        assert tally(answers) in ({"done": 2}, {"done": 1, "Illegal": 1})
        if state(order.id) is State.AWAITING_PAYMENT:  # it looked just before its time ended, the money came just after
            scene.end_time_to_pay(order.id)
            expire_order(worker, new_id(), order.id)
        ended.add((seconds, (state(order.id), balance(order.customer_id), scene.shelf(item_id).held)))
    assert {how for _, how in ended} == {IN_TIME, TOO_LATE}
    assert {(seconds, how) for seconds, how in ended if seconds in (0, 60)} == {(0, TOO_LATE), (60, IN_TIME)}


def test_an_order_that_two_workers_end_at_once_ends_once(scene, login, race):
    worker = login("worker")
    for _ in range(REPEATS):
        item_id = scene.item(on_hand=2)
        order = scene.order(dish_id=scene.dish(item_id), pay_with=PayWith.CARD)
        scene.end_time_to_pay(order.id)
        assert tally(race(2, lambda n: expire_order(worker, new_id(), order.id))) == {"done": 1, "Illegal": 1}
        assert scene.shelf(item_id).held == 0


def test_a_card_order_paid_while_its_wallet_is_frozen_is_placed_or_its_money_stays(scene, login, race, balance, state):
    worker, finance, ended = login("worker"), login("finance"), set()
    for _ in range(REPEATS):
        order = scene.order(customer_id=scene.customer(), dish_id=scene.town.water, pay_with=PayWith.CARD)

        def act(n):
            return settle(worker, order.id, order.total) if n else freeze_wallet(finance, new_id(), order.customer_id, "stolen")

        assert tally(race(2, act)) == {"done": 2}
        ended.add((state(order.id), balance(order.customer_id)))
    assert ended <= {(State.PLACED, 0), (State.AWAITING_PAYMENT, 30_000)}


def test_money_for_an_order_that_somebody_keeps_locked_does_not_lock_the_wallet_meanwhile(scene, login, held, aside):
    """Orders before wallets: whoever takes them the other way round waits in a circle with whoever cancels."""
    worker = login("worker")
    first, second = (scene.order(dish_id=scene.town.water, pay_with=PayWith.CARD) for _ in range(2))
    with held(f"SELECT FROM app.orders WHERE id = '{first.id}' FOR NO KEY UPDATE") as wait:
        settling = aside(settle, worker, first.id, first.total)
        wait()
        settle(worker, second.id, second.total)
    settling.result(5)


def test_an_order_cancelled_five_times_at_once_gives_its_stock_and_its_money_back_once(scene, login, race, balance):
    """I12: five clicks before cooking; once, to the kobo."""
    ordering = login("ordering", size=5)
    for _ in range(REPEATS):
        item_id = scene.item(on_hand=10)
        order = scene.order(customer_id=scene.customer(400_001), dish_id=scene.dish(item_id), quantity=3)
        assert (balance(order.customer_id), scene.shelf(item_id).held) == (100_001, 3)
        assert tally(race(5, lambda n: cancel_order(ordering, new_id(), order.id, 1, "changed their mind"))) == {"done": 1, "Stale": 4}
        shelf = scene.shelf(item_id)
        assert (balance(order.customer_id), shelf.on_hand, shelf.held) == (400_001, 10, 0)


def test_of_cancelling_and_cooking_one_wins_and_money_and_stock_go_back_only_with_the_order(scene, login, race, balance, state):
    cook, support = login("cook"), login("support")
    for _ in range(REPEATS):
        item_id = scene.item(on_hand=10)
        order = scene.order(State.ACCEPTED, customer_id=scene.customer(300_000), dish_id=scene.dish(item_id, quantity=3))

        def step(n):
            return start_cooking(cook, new_id(), order.id, 2) if n else cancel_order(support, new_id(), order.id, 2, "too late")

        assert tally(race(2, step)) == {"done": 1, "Stale": 1}
        shelf = scene.shelf(item_id)
        figures = (balance(order.customer_id), shelf.on_hand, shelf.held)
        assert figures == ((300_000, 10, 0) if state(order.id) is State.CANCELLED else (200_000, 7, 0))


def test_of_paying_and_cancelling_a_card_order_the_money_is_spent_on_it_or_in_the_wallet(scene, login, race, balance, state):
    """Nobody cancels what still waits for its money, and what is paid meanwhile goes back with the order."""
    ordering, worker = login("ordering"), login("worker")
    for number in range(REPEATS):
        order = scene.order(customer_id=scene.customer(), dish_id=scene.town.water, pay_with=PayWith.CARD)
        seen = 1 + number % 2  # as it waits, or as it will be once it is paid

        def act(n):
            return settle(worker, order.id, order.total) if n else cancel_order(ordering, new_id(), order.id, seen, "changed their mind")

        told, left = tally(race(2, act)), (state(order.id), balance(order.customer_id))
        if told == {"done": 2}:
            assert (seen, left) == (2, (State.CANCELLED, 30_000))
        else:
            assert told in ({"done": 1, "Stale": 1}, {"done": 1, "Illegal": 1})
            assert left == (State.PLACED, 0)


def test_of_taking_back_and_cooking_one_wins_and_the_stock_leaves_the_shelf_only_with_the_cooking(scene, login, race, state):
    cooks = [login("cook"), login("cook2")]
    for _ in range(REPEATS):
        item_id = scene.item(on_hand=2)
        order = scene.order(State.ACCEPTED, dish_id=scene.dish(item_id))
        answers = race(2, lambda n: (start_cooking if n else recall_order)(cooks[n], new_id(), order.id, 2))
        assert tally(answers) == {"done": 1, "Stale": 1}
        shelf = scene.shelf(item_id)
        assert (shelf.on_hand, shelf.held) == ((1, 0) if state(order.id) is State.PREPARING else (2, 1))


def test_a_step_taken_back_by_two_at_once_is_taken_back_once(scene, login, race, state):
    callers = [login("cook"), login("manager")]
    for _ in range(REPEATS):
        order = scene.order(State.ACCEPTED, State.PREPARING, State.READY, State.OUT, dish_id=scene.town.water)
        assert tally(race(2, lambda n: recall_order(callers[n], new_id(), order.id, 5))) == {"done": 1, "Stale": 1}
        assert state(order.id) is State.READY


def test_a_dish_said_ready_while_the_order_leaves_the_kitchen_is_ready_or_refused(scene, login, race):
    cooks = [login("cook"), login("cook2")]
    for _ in range(REPEATS):
        order = scene.order(State.ACCEPTED, State.PREPARING, dish_id=scene.town.water)

        def act(n):
            if n:
                return mark_dish_ready(cooks[1], new_id(), order.id, scene.town.water, True)
            return advance_order(cooks[0], new_id(), order.id, 3, State.READY)

        answers = race(2, act)
        assert tally(answers) in ({"done": 2}, {"done": 1, "Illegal": 1})
        assert [answer.facts["from"] for answer in answers if isinstance(answer, Illegal)] in ([], ["ready"])


def test_the_last_cancel_of_a_day_is_one_also_for_a_person_with_two_logins(scene, login, hire, race, owner_connection):
    manager = login("manager")
    person_id = me(manager).person_id
    callers = [manager, hire("bisi.office", Role.KITCHEN_MANAGER, [scene.town.yaba], person_id=person_id)]
    day = (
        "INSERT INTO app.day_counters VALUES (%s, app.lagos_day(clock_timestamp()), 19)"
        " ON CONFLICT (person_id, day) DO UPDATE SET cancels = 19"
    )
    for _ in range(REPEATS):
        placed = [scene.order(dish_id=scene.town.water).id for _ in range(2)]
        owner_connection.execute(day, [person_id])
        answers = race(2, lambda n: cancel_order(callers[n], new_id(), placed[n], 1, "no gas"))
        assert tally(answers) == {"done": 1, "TooFast": 1}
        assert [answer.facts["seconds"] > 1 for answer in answers if isinstance(answer, TooFast)] == [True]  # the day's, not the budget's


def test_whatever_eight_do_at_once_with_three_wallets_and_five_shelves_nobody_waits_in_a_circle(scene, login, race, chance):
    """Placing, paying, cancelling and ending in any order over the same rows: refused with a reason, or done; never Busy."""
    ordering, worker, town = login("ordering", size=8), login("worker", size=8), scene.town
    customers = [scene.customer(3_000_000) for _ in range(3)]
    items = [scene.item(on_hand=300) for _ in range(5)]
    dishes = [scene.dish(*chance.sample(items, 3)) for _ in range(5)]
    seeds = [chance.random() for _ in range(8)]

    def live(n):
        own, codes = type(chance)(seeds[n]), []
        for _ in range(REPEATS):
            pay_with, basket = own.choice(list(PayWith)), own.sample(dishes, own.randint(1, 3))
            try:
                order = place_order(ordering, new_id(), town.yaba, own.choice(customers), basket, [1] * len(basket), "", pay_with)
                if pay_with is PayWith.CARD:
                    settle(worker, order.id, order.total)
                if own.random() < 0.7:
                    cancel_order(ordering, new_id(), order.id, 1 + (pay_with is PayWith.CARD), "changed their mind")
                codes.append("done")
            except Refused as refusal:
                codes.append(type(refusal).__name__)
        return codes

    told = {code for codes in race(8, live) for code in codes}
    assert "done" in told and told <= {"done", "Short", "Unfunded"}
