"""Payments: what the provider answered for our reference ends one, once; nothing else credits a wallet."""

import pytest

from core.base.errors import Illegal, Invalid, Missing, Reused
from core.base.identifiers import new_id
from core.database.gateway import Database
from core.orders import PayWith, State, orders
from core.payments import Payment, PaymentState, create_payment, settle_payment
from core.wallets import explain_wallet, freeze_wallet, unfreeze_wallet
from tests.support.money import settle
from tests.support.refusals import refused


@pytest.fixture
def asked(scene, ordering):
    """A payment of 5,000 kobo that a new customer was asked for."""
    return create_payment(ordering, new_id(), scene.customer(), 5000)


def payment(database: Database, payment_id) -> Payment:
    [found] = database.rows(Payment, "api.payments WHERE id = %(id)s", id=payment_id)
    return found


def test_asking_for_money_moves_nothing(asked, balance, worker):
    assert (asked.amount, asked.state, asked.order_id, asked.provider_id, asked.version) == (5000, PaymentState.PENDING, None, None, 1)
    assert payment(worker, asked.id) == asked
    assert balance(asked.customer_id) == 0


def test_money_that_was_paid_as_asked_is_in_the_wallet(asked, balance, worker):
    settled = settle(worker, asked.id, 5000, provider_id="4099260516")
    assert (settled.state, settled.provider_id, settled.version) == (PaymentState.SUCCESS, "4099260516", 2)
    assert settled.settled_at >= asked.created_at
    assert payment(worker, asked.id) == settled
    assert balance(asked.customer_id) == 5000


@pytest.mark.parametrize("answer", [{"amount": 4999}, {"amount": 5001}, {"amount": 0}, {"amount": -5000}, {"amount": 2**63 - 1},
    {"currency": "GHS"}, {"currency": "ngn"}, {"currency": ""}])  # fmt: skip
def test_money_that_was_paid_otherwise_is_a_mismatch_and_credits_nothing(asked, balance, worker, answer):
    assert settle(worker, asked.id, **{"amount": 5000} | answer).state is PaymentState.MISMATCH
    assert balance(asked.customer_id) == 0
    with refused(Illegal, **{"from": "mismatch"}):
        settle(worker, asked.id, 5000)


def test_a_payment_that_failed_credits_nothing_and_may_still_succeed_later_once(asked, balance, worker):
    failed = settle_payment(worker, new_id(), asked.id, False, None, None, None)
    assert (failed.state, failed.provider_id, failed.version) == (PaymentState.FAILED, None, 2)
    assert balance(asked.customer_id) == 0
    with refused(Illegal, **{"from": "failed"}):
        settle_payment(worker, new_id(), asked.id, False, None, None, None)
    assert settle(worker, asked.id, 5000).state is PaymentState.SUCCESS
    assert balance(asked.customer_id) == 5000


def test_what_succeeded_has_ended_whatever_is_said_later(asked, balance, worker):
    settle(worker, asked.id, 5000)
    for answer in ({}, {"is_paid": False}, {"amount": 1}, {"provider_id": "another"}):
        with refused(Illegal, **{"from": "success"}):
            settle(worker, asked.id, **{"amount": 5000} | answer)
    assert balance(asked.customer_id) == 5000


def test_one_id_of_the_provider_pays_one_payment(asked, scene, ordering, balance, worker):
    other = create_payment(ordering, new_id(), scene.customer(), 5000)
    settle(worker, asked.id, 5000, provider_id="4099260516")
    for is_paid in (True, False):
        with refused(Reused, why="used"):
            settle(worker, other.id, 5000, is_paid=is_paid, provider_id="4099260516")
    assert balance(other.customer_id) == 0
    assert settle(worker, other.id, 5000, provider_id="4099260517").state is PaymentState.SUCCESS


@pytest.mark.parametrize("missing", ["is_paid", "amount", "currency", "provider_id"])
def test_an_answer_that_is_not_whole_is_refused(asked, worker, missing):
    with refused(Invalid, field="is_paid"):
        settle(worker, asked.id, **{"amount": 5000} | {missing: None})
    assert payment(worker, asked.id).state is PaymentState.PENDING


@pytest.mark.parametrize("is_paid", [True, False])
def test_no_id_of_the_provider_is_none_and_not_an_empty_one(asked, worker, is_paid):
    """An empty one would be unique: the second payment of the day would find it used."""
    with refused(Invalid, field="provider_id"):
        settle(worker, asked.id, 5000, is_paid=is_paid, provider_id="")
    assert payment(worker, asked.id).state is PaymentState.PENDING


@pytest.mark.parametrize(
    ("field", "value"), [("provider_id", "x" * 101), ("provider_id", "a\nb"), ("currency", "N" * 11), ("currency", "₦")]
)
def test_an_answer_that_no_provider_gives_is_refused_before_it_is_kept_for_ever(asked, worker, field, value):
    with refused(Invalid, field=field):
        settle(worker, asked.id, 5000, **{field: value})


def test_a_payment_that_nobody_asked_for_is_missing(town, worker):
    for payment_id in (new_id(), town.customer, None):
        with refused(Missing):
            settle(worker, payment_id, 5000)


@pytest.mark.parametrize("amount", [0, -1, None, 100_000_001, 2**63 - 1, -(2**63)])
def test_an_amount_that_cannot_be_is_refused(town, ordering, amount):
    with refused(Invalid, field="amount"):
        create_payment(ordering, new_id(), town.customer, amount)


@pytest.mark.parametrize("amount", [1, 100_000_000])
def test_the_smallest_and_the_largest_amount_are_credited_to_the_kobo(scene, ordering, worker, balance, amount):
    asked = create_payment(ordering, new_id(), scene.customer(), amount)
    settle(worker, asked.id, amount)
    assert balance(asked.customer_id) == amount


def test_who_is_no_customer_any_more_is_asked_for_nothing_but_keeps_what_was_paid(asked, ordering, worker, balance, owner_connection):
    owner_connection.execute("UPDATE app.customers SET active = false WHERE id = %s", [asked.customer_id])
    for customer_id in (asked.customer_id, new_id(), None):
        with refused(Missing):
            create_payment(ordering, new_id(), customer_id, 5000)
    settle(worker, asked.id, 5000)
    assert balance(asked.customer_id) == 5000


def test_a_card_order_paid_in_time_is_placed_and_its_money_goes_through_the_wallet(scene, worker, login):
    customer_id = scene.customer(1000)
    order = scene.order(customer_id=customer_id, pay_with=PayWith.CARD)
    settled = settle(worker, order.id, order.total)
    assert (settled.order_id, settled.state) == (order.id, PaymentState.SUCCESS)
    [placed] = orders(login("support"), order_ids=[order.id])
    assert placed.state is State.PLACED
    steps = explain_wallet(login("finance"), customer_id)[1:]
    assert [(step.amount, step.balance, step.order_number) for step in steps] == [(250_000, 251_000, None), (-250_000, 1000, order.number)]


@pytest.mark.parametrize("answer", [{"amount": 249_999}, {"currency": "GHS"}, {"is_paid": False}])
def test_a_card_order_that_was_not_paid_as_asked_goes_on_waiting(scene, worker, login, balance, answer):
    customer_id = scene.customer()
    order = scene.order(customer_id=customer_id, pay_with=PayWith.CARD)
    settle(worker, order.id, **{"amount": order.total} | answer)
    assert [each.state for each in orders(login("support"), order_ids=[order.id])] == [State.AWAITING_PAYMENT]
    assert balance(customer_id) == 0


def test_money_for_a_card_order_of_a_frozen_wallet_stays_in_it_and_the_order_waits(scene, worker, login, balance):
    finance, customer_id = login("finance"), scene.customer()
    order = scene.order(customer_id=customer_id, pay_with=PayWith.CARD)
    freeze_wallet(finance, new_id(), customer_id, "card reported stolen")
    assert settle(worker, order.id, order.total).state is PaymentState.SUCCESS
    assert [each.state for each in orders(finance, order_ids=[order.id])] == [State.AWAITING_PAYMENT]
    unfreeze_wallet(finance, new_id(), customer_id, "card found again")
    assert balance(customer_id) == order.total


def test_the_office_and_the_worker_read_payments(asked, login):
    for who in ("support", "finance", "owner", "auditor", "worker"):
        assert payment(login(who), asked.id) == asked
