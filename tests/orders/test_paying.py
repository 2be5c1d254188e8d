"""Paying an order: at once from the wallet or later by card, for the price it was placed with, and nothing is kept when it fails."""

from datetime import timedelta

import pytest

from core.base.errors import Frozen, Invalid, Missing, Reused, Short, Unfunded
from core.base.identifiers import new_id
from core.menu import set_dish_price
from core.orders import PayWith, State, open_orders, place_order
from core.wallets import freeze_wallet
from tests.support.money import settle
from tests.support.refusals import refused


@pytest.fixture
def place(scene, ordering):
    """Place an order of jollof (250,000 kobo, 1 chicken of 40); any argument may be another: `place(quantities=[0])`."""
    town = scene.town

    def place(command_id=None, **other):
        basket = {"kitchen_id": town.yaba, "customer_id": town.customer, "dish_ids": [town.jollof], "quantities": [1], "note": ""}
        return place_order(ordering, command_id or new_id(), **basket | other)

    return place


@pytest.fixture
def kept(owner_connection):
    """Count everything an order leaves: commands, orders, lines, payments, transfers, entries, movements, audit and outbox rows."""
    tables = ("commands", "orders", "order_lines", "payments", "transfers", "entries", "stock_movements", "audit_events", "outbox")
    counts = ", ".join(f"(SELECT count(*) FROM app.{table})" for table in tables)
    return lambda: owner_connection.execute(f"SELECT {counts}").fetchone()


def test_an_order_is_paid_at_once_from_the_wallet_of_its_customer(scene, place, balance):
    customer_id = scene.customer(900_000)
    order = place(customer_id=customer_id, quantities=[3])
    assert (order.state, order.total, order.pay_with, order.due_at) == (State.PLACED, 750_000, PayWith.WALLET, None)
    assert balance(customer_id) == 150_000


def test_a_wallet_is_spent_to_the_last_kobo_and_not_one_further(scene, place, balance):
    """W7: exactly the balance; one kobo more."""
    exactly, short = scene.customer(250_000), scene.customer(249_999)
    place(customer_id=exactly)
    assert balance(exactly) == 0
    with refused(Unfunded, available=249_999, wanted=250_000) as caught:
        place(customer_id=short)
    assert str(caught.value) == "There is not enough money in the wallet."
    assert balance(short) == 249_999


def test_what_cannot_be_paid_leaves_nothing_at_all(scene, place, kept, login):
    poor, frozen = scene.customer(249_999), scene.customer(250_000)
    freeze_wallet(login("finance"), new_id(), frozen, "card reported stolen")
    before = kept()
    with pytest.raises(Unfunded):
        place(customer_id=poor)
    with pytest.raises(Frozen):
        place(customer_id=frozen)
    assert kept() == before
    assert scene.shelf(scene.town.chicken).held == 0


def test_what_the_shelf_does_not_hold_is_not_charged(scene, place, kept, balance):
    before = kept()
    with pytest.raises(Short):
        place(quantities=[41])
    assert kept() == before


def test_an_order_that_is_both_short_and_too_dear_is_refused_for_what_is_short(scene, place):
    with pytest.raises(Short):
        place(customer_id=scene.customer(), quantities=[41])


def test_the_price_is_the_one_of_the_moment_it_was_placed(scene, place, balance, owner, manager):
    customer_id = scene.customer(600_000)
    place(customer_id=customer_id)
    set_dish_price(owner, new_id(), scene.town.jollof, 300_000, 1)
    assert place(customer_id=customer_id).total == 300_000
    assert balance(customer_id) == 50_000


def test_the_same_id_again_is_the_first_answer_although_the_wallet_is_empty_by_now_and_the_shelf_too(scene, place, balance):
    customer_id, item_id, command_id = scene.customer(100_000), scene.item(on_hand=1), new_id()
    basket = {"customer_id": customer_id, "dish_ids": [scene.dish(item_id)]}
    first = place(command_id, **basket)
    assert (balance(customer_id), scene.shelf(item_id).available) == (0, 0)
    assert place(command_id, **basket) == first
    with pytest.raises(Short):
        place(**basket)


def test_who_asked_before_there_were_ways_to_pay_and_asks_again_gets_the_first_answer(scene, place, owner_connection):
    """As after an upgrade: the version before knew no way to pay, so it is not in what it kept of the request."""
    first = place()
    town = scene.town
    owner_connection.execute(
        "UPDATE app.commands SET request_hash = app.request_hash('place_order', jsonb_build_object('kitchen_id', %s::uuid,"
        " 'customer_id', %s::uuid, 'dish_ids', %s::uuid[], 'quantities', '{1}'::integer[], 'note', '')) WHERE id = %s",
        [town.yaba, town.customer, [town.jollof], first.id],
    )
    assert place(first.id) == first
    with pytest.raises(Reused):
        place(first.id, pay_with=PayWith.CARD)


@pytest.mark.parametrize("last", ["the last kobo", "the last portion"])
def test_a_twin_that_looks_just_after_the_first_took_the_last_gets_its_answer(scene, login, workplace, copy, held, aside, last):
    """The first waits for its wallet; the twin, past its look for an answer, for the menu; then the first ends, then the twin looks on."""

    def touch_the_menu():
        with workplace.superuser(copy) as other:
            other.execute("BEGIN; LOCK TABLE app.dishes; COMMIT")

    money, portions = (100_000, 10) if last == "the last kobo" else (900_000, 1)
    town, customer_id, command_id = scene.town, scene.customer(money), new_id()
    basket = (town.yaba, customer_id, [scene.dish(scene.item(on_hand=portions))], [1], "")
    ordering = login("ordering", size=2)
    with held(f"SELECT FROM app.accounts WHERE customer_id = '{customer_id}' FOR UPDATE") as wait:
        first = aside(place_order, ordering, command_id, *basket)
        wait(1)
        menu = aside(touch_the_menu)
        wait(2)
        twin = aside(place_order, ordering, command_id, *basket)
        wait(3)
    assert twin.result(10) == first.result(10)
    menu.result(10)


def test_a_card_order_holds_its_stock_and_waits_for_its_money_a_quarter_of_an_hour(scene, place, balance):
    customer_id = scene.customer(10)
    order = place(customer_id=customer_id, quantities=[2], pay_with=PayWith.CARD)
    assert (order.state, order.version, order.total, order.pay_with) == (State.AWAITING_PAYMENT, 1, 500_000, PayWith.CARD)
    assert timedelta(minutes=14) < order.due_at - order.placed_at <= timedelta(minutes=15)
    assert (scene.shelf(scene.town.chicken).held, balance(customer_id)) == (2, 10)


def test_the_office_and_the_worker_hear_of_the_payment_that_a_card_order_waits_for(place, owner_connection):
    order = place(pay_with=PayWith.CARD)
    told = owner_connection.execute("SELECT noun FROM app.outbox WHERE object_id = %s", [order.id]).fetchall()
    assert {noun for (noun,) in told} == {"orders", "payments", "stock"}


def test_a_card_order_needs_no_money_in_the_wallet_and_leaves_what_is_there(scene, place, worker, balance):
    customer_id = scene.customer(300_000)
    order = place(customer_id=customer_id, pay_with=PayWith.CARD)
    settle(worker, order.id, order.total)
    assert balance(customer_id) == 300_000


def test_a_card_order_is_at_most_what_one_payment_may_be(scene, place, owner):
    dish_id = scene.dish()
    set_dish_price(owner, new_id(), dish_id, 100_000_000, 1)
    assert place(dish_ids=[dish_id], pay_with=PayWith.CARD).total == 100_000_000
    with refused(Invalid, field="pay_with") as caught:
        place(dish_ids=[dish_id], quantities=[2], pay_with=PayWith.CARD)
    assert str(caught.value) == "One card payment is at most ₦1,000,000.00. Pay from the wallet."


def test_nobody_is_asked_for_a_card_payment_that_a_frozen_wallet_would_keep(scene, place, login, kept):
    customer_id = scene.customer(250_000)
    freeze_wallet(login("finance"), new_id(), customer_id, "card reported stolen")
    before = kept()
    for pay_with in PayWith:
        with pytest.raises(Frozen):
            place(customer_id=customer_id, pay_with=pay_with)
    assert kept() == before


def test_an_order_says_when_it_is_promised(scene, place, cook):
    order = place()
    [shown] = open_orders(cook, scene.town.yaba)
    assert shown.id == order.id and shown.promised_at - shown.placed_at > timedelta(minutes=34)


def test_a_card_order_is_promised_from_the_moment_it_was_paid(place, cook, scene, worker):
    order = place(pay_with=PayWith.CARD)
    [waiting] = open_orders(cook, scene.town.yaba)
    settle(worker, order.id, order.total)
    [paid] = open_orders(cook, scene.town.yaba)
    assert paid.promised_at - waiting.promised_at > timedelta(0)
    assert timedelta(minutes=34) < paid.promised_at - paid.changed_at <= timedelta(minutes=35, seconds=1)


@pytest.mark.parametrize("pay_with", ["cash", "", None, "WALLET"])
def test_there_is_no_other_way_to_pay(place, pay_with):
    with refused(Invalid, field="pay_with"):
        place(pay_with=pay_with)


def test_nobody_pays_for_somebody_who_is_no_customer(scene, place):
    for customer_id in (new_id(), scene.town.yaba, None):
        for pay_with in PayWith:
            with refused(Missing):
                place(customer_id=customer_id, pay_with=pay_with)
