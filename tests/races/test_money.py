"""Races for money: all of it arrives, none of it twice, none of it from an empty or a frozen wallet, and nobody waits in a circle."""

import time

import pytest

from core.base.errors import Frozen, Reused, Unfunded
from core.base.identifiers import new_id
from core.orders import place_order
from core.payments import PaymentState, create_payment, settle_payment
from core.wallets import explain_wallet, freeze_wallet, unfreeze_wallet
from tests.support.money import fund, settle
from tests.support.races import REPEATS, tally


@pytest.fixture
def ask(scene, ordering):
    """Ask a customer for so many kobo, and return the payment's id: `ask(customer_id, 500)`."""
    return lambda customer_id, kobo: create_payment(ordering, new_id(), customer_id, kobo).id


@pytest.fixture
def workers(login, again):
    """Two logins of the worker with 25 connections each."""
    return [login("worker", size=25), again("worker", size=25)]


def test_of_two_orders_that_a_wallet_could_pay_one_of_one_is_paid(scene, login, race, balance):
    """W1: 5,000 naira, two orders of 4,000."""
    ordering, town, dish_id = login("ordering"), scene.town, scene.dish()
    for _ in range(REPEATS):
        customer_id = scene.customer(500_000)
        answers = race(2, lambda n: place_order(ordering, new_id(), town.yaba, customer_id, [dish_id], [4], ""))
        assert tally(answers) == {"done": 1, "Unfunded": 1}
        assert [answer.facts for answer in answers if isinstance(answer, Unfunded)] == [{"available": 100_000, "wanted": 400_000}]
        assert balance(customer_id) == 100_000


def test_a_wallet_that_holds_exactly_enough_pays_once_and_one_that_lacks_a_kobo_pays_nothing(scene, login, race, balance):
    """W7: exactly the balance; one kobo more."""
    ordering, town, dish_id = login("ordering"), scene.town, scene.dish()
    for _ in range(REPEATS):
        exactly, short = scene.customer(100_000), scene.customer(99_999)
        answers = race(2, lambda n: place_order(ordering, new_id(), town.yaba, exactly, [dish_id], [1], ""))
        assert tally(answers) == {"done": 1, "Unfunded": 1}
        assert balance(exactly) == 0
        answers = race(2, lambda n: place_order(ordering, new_id(), town.yaba, short, [dish_id], [1], ""))
        assert [answer.facts for answer in answers] == [{"available": 99_999, "wanted": 100_000}] * 2
        assert balance(short) == 99_999


def test_the_last_kobo_is_spent_once_whoever_comes_at_the_same_moment(scene, login, race, balance):
    ordering, town, dish_id = login("ordering", size=6), scene.town, scene.dish()
    for _ in range(REPEATS):
        customer_id = scene.customer(200_000)
        answers = race(6, lambda n: place_order(ordering, new_id(), town.yaba, customer_id, [dish_id], [1], ""))
        assert tally(answers) == {"done": 2, "Unfunded": 4}
        assert balance(customer_id) == 0


def test_five_times_ten_top_ups_at_once_are_all_credited(scene, workers, race, balance, chance, ask):
    """W2: concurrent top-ups, credited to the kobo."""
    for _ in range(REPEATS):
        customer_id = scene.customer()
        amounts = [[chance.randint(1, 10_000) for _ in range(5)] for _ in range(10)]
        asked = [[(ask(customer_id, kobo), kobo) for kobo in kobos] for kobos in amounts]
        assert tally(race(10, lambda n: [settle(workers[n % 2], *each) for each in asked[n]])) == {"done": 10}
        assert balance(customer_id) == sum(map(sum, amounts))


def test_fifty_top_ups_of_one_wallet_at_once_are_all_credited_and_none_needs_a_second_try(scene, workers, race, balance, ask, login):
    """W3: 50 of 50 at the first try; Busy (40001, 40P01, 55P03) would be an answer of its own."""
    for _ in range(REPEATS):
        customer_id = scene.customer()
        asked = [ask(customer_id, 100 + n) for n in range(50)]
        answers = race(50, lambda n: settle(workers[n % 2], asked[n], 100 + n))
        assert tally(answers) == {"done": 50}
        assert balance(customer_id) == sum(range(100, 150))
    assert [step.number for step in explain_wallet(login("finance"), customer_id)] == list(range(1, 51))


def test_fifty_top_ups_of_one_wallet_a_tenth_of_a_second_apart_are_all_credited(scene, workers, race, balance, ask):
    """W3, paced."""
    customer_id = scene.customer()
    asked = [ask(customer_id, 100) for _ in range(50)]

    def top_up(n):
        time.sleep(n / 10)
        return settle(workers[n % 2], asked[n], 100)

    assert tally(race(50, top_up)) == {"done": 50}
    assert balance(customer_id) == 5000


def test_top_ups_and_orders_of_one_wallet_at_once_are_all_done(scene, login, workers, race, balance, ask):
    ordering, town, dish_id = login("ordering"), scene.town, scene.dish()
    for _ in range(REPEATS):
        customer_id = scene.customer(400_000)
        asked = [ask(customer_id, 1000) for _ in range(4)]

        def change(n):
            if n % 2:
                return place_order(ordering, new_id(), town.yaba, customer_id, [dish_id], [1], "")
            return settle(workers[0], asked[n // 2], 1000)

        assert tally(race(8, change)) == {"done": 8}
        assert balance(customer_id) == 4000


def test_one_settlement_sent_ten_times_at_once_credits_once_and_is_answered_ten_times_alike(scene, workers, race, balance, ask):
    """W5: one id, ten at once."""
    for _ in range(REPEATS):
        customer_id, command_id = scene.customer(), new_id()
        payment_id = ask(customer_id, 500)
        answers = race(10, lambda n: settle_payment(workers[0], command_id, payment_id, True, 500, "NGN", str(payment_id)))
        assert tally(answers) == {"done": 10}
        assert all(answer == answers[0] for answer in answers)
        assert balance(customer_id) == 500


def test_one_id_for_two_amounts_at_once_is_one_request_and_the_other_is_refused(scene, login, race, ask):
    """W6: one id, other arguments."""
    ordering = login("ordering")
    for _ in range(REPEATS):
        customer_id, command_id = scene.customer(), new_id()
        answers = race(2, lambda n: create_payment(ordering, command_id, customer_id, 500 + n))
        assert tally(answers) == {"done": 1, "Reused": 1}
        assert [answer.facts for answer in answers if isinstance(answer, Reused)] == [{"why": "used"}]


def test_a_payment_settled_by_two_at_once_with_an_id_each_is_credited_once(scene, workers, race, balance, ask):
    for _ in range(REPEATS):
        customer_id = scene.customer()
        payment_id = ask(customer_id, 500)
        assert tally(race(8, lambda n: settle(workers[n % 2], payment_id, 500))) == {"done": 1, "Illegal": 7}
        assert balance(customer_id) == 500


def test_a_payment_that_one_calls_failed_and_another_made_is_made(scene, workers, race, balance, ask):
    for _ in range(REPEATS):
        customer_id = scene.customer()
        payment_id = ask(customer_id, 500)
        answers = race(2, lambda n: settle(workers[n], payment_id, 500, is_paid=bool(n)))
        assert PaymentState.SUCCESS in [answer.state for answer in answers if not isinstance(answer, Exception)]
        assert tally(answers) in ({"done": 2}, {"done": 1, "Illegal": 1})
        assert balance(customer_id) == 500


def test_of_two_payments_with_one_id_of_the_provider_one_is_credited(scene, workers, race, balance, ask):
    for _ in range(REPEATS):
        customers = [scene.customer(), scene.customer()]
        asked = [ask(customer_id, 500) for customer_id in customers]
        answers = race(2, lambda n: settle(workers[n], asked[n], 500, provider_id=f"charge {asked[0]}"))
        assert tally(answers) == {"done": 1, "Reused": 1}
        assert [answer.facts for answer in answers if isinstance(answer, Reused)] == [{"why": "used"}]
        assert sorted(balance(customer_id) for customer_id in customers) == [0, 500]


def test_a_wallet_frozen_while_it_pays_has_paid_or_keeps_its_money(scene, login, worker, race, balance):
    ordering, finance, town, dish_id = login("ordering"), login("finance"), scene.town, scene.dish()
    for _ in range(REPEATS):
        scene.refill()
        customer_id = scene.customer(100_000)

        def act(n):
            if n:
                return place_order(ordering, new_id(), town.yaba, customer_id, [dish_id], [1], "")
            return freeze_wallet(finance, new_id(), customer_id, "card reported stolen")

        answers = race(2, act)
        assert tally(answers) in ({"done": 2}, {"done": 1, "Frozen": 1})
        assert balance(customer_id) == (100_000 if any(isinstance(answer, Frozen) for answer in answers) else 0)
        fund(ordering, worker, customer_id, 100_000)
        assert tally(race(2, lambda n: act(1))) == {"Frozen": 2}  # and from then on it pays nothing


@pytest.mark.parametrize("verb", [freeze_wallet, unfreeze_wallet])
def test_a_wallet_is_frozen_and_released_by_one_of_two(scene, login, race, verb):
    callers = [login("finance"), login("owner")]
    for _ in range(REPEATS):
        scene.refill()
        customer_id = scene.customer()
        if verb is unfreeze_wallet:
            freeze_wallet(callers[0], new_id(), customer_id, "card reported stolen")
        assert tally(race(2, lambda n: verb(callers[n], new_id(), customer_id, "as asked"))) == {"done": 1, "Illegal": 1}
