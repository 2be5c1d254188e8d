"""Card orders nobody paid in time: they end, what they held is given back, and money that comes too late is still the customer's."""

import pytest

from core.base.errors import Forbidden, Illegal, Missing
from core.base.identifiers import new_id
from core.orders import PayWith, State, cancel_order, expire_order, open_orders, order_history
from core.payments import PaymentState
from core.wallets import Cause, explain_wallet
from tests.support.money import settle
from tests.support.refusals import refused


@pytest.fixture
def waiting(scene):
    """A card order of two portions by a new customer."""
    return scene.order(quantity=2, customer_id=scene.customer(), pay_with=PayWith.CARD)


def chicken(scene):
    shelf = scene.shelf(scene.town.chicken)
    return shelf.on_hand, shelf.held


def test_an_order_nobody_paid_in_time_ends_and_gives_back_what_it_held(scene, worker, cook, waiting):
    assert chicken(scene) == (40, 2)
    scene.end_time_to_pay(waiting.id)
    expired = expire_order(worker, new_id(), waiting.id)
    assert (expired.state, expired.version) == (State.EXPIRED, 2)
    assert chicken(scene) == (40, 0)
    newest = order_history(cook, waiting.id)[-1]
    assert (newest.state, newest.reason, newest.by, newest.login) == (State.EXPIRED, "not paid in time", None, "worker")
    assert open_orders(cook, scene.town.yaba) == []


def test_an_order_that_still_has_time_is_left_alone(scene, worker, waiting):
    scene.end_time_to_pay(waiting.id, 60)
    with refused(Illegal, **{"from": "awaiting_payment", "to": "expired"}):
        expire_order(worker, new_id(), waiting.id)
    assert chicken(scene) == (40, 2)


def test_an_order_expires_once(scene, worker, waiting):
    scene.end_time_to_pay(waiting.id)
    expire_order(worker, new_id(), waiting.id)
    with refused(Illegal, **{"from": "expired", "to": "expired"}):
        expire_order(worker, new_id(), waiting.id)
    assert chicken(scene) == (40, 0)


def test_an_order_that_is_paid_never_expires(scene, worker, waiting):
    settle(worker, waiting.id, waiting.total)
    scene.end_time_to_pay(waiting.id)
    wallet_order = scene.order()
    for order in (waiting, wallet_order):
        with refused(Illegal, **{"from": "placed", "to": "expired"}):
            expire_order(worker, new_id(), order.id)


def test_no_such_order_is_missing(worker, town):
    for order_id in (new_id(), town.yaba, None):
        with refused(Missing):
            expire_order(worker, new_id(), order_id)


@pytest.mark.parametrize("expired_first", [True, False])
def test_money_that_comes_too_late_is_in_the_wallet_and_the_order_stays_as_it_is(scene, worker, login, waiting, expired_first):
    scene.end_time_to_pay(waiting.id)
    if expired_first:
        expire_order(worker, new_id(), waiting.id)
    assert settle(worker, waiting.id, waiting.total).state is PaymentState.SUCCESS
    if not expired_first:
        expire_order(worker, new_id(), waiting.id)
    assert [(step.kind, step.balance) for step in explain_wallet(login("finance"), waiting.customer_id)] == [(Cause.TOP_UP, waiting.total)]
    assert [step.state for step in order_history(login("cook"), waiting.id)] == [State.AWAITING_PAYMENT, State.EXPIRED]
    assert chicken(scene) == (40, 0)


def test_the_time_to_pay_is_over_also_in_a_transaction_that_began_before(scene, workplace, copy, waiting):
    with workplace.bare("worker", copy) as connection, connection.transaction():
        connection.execute("SELECT now()")
        scene.end_time_to_pay(waiting.id)
        paid = connection.execute("SELECT state FROM api.settle_payment(%s, %s, true, %s, 'NGN', 'late')",
            [new_id(), waiting.id, waiting.total])  # fmt: skip
        assert paid.fetchone() == ("success",)
        assert connection.execute("SELECT state FROM api.expire_order(%s, %s)", [new_id(), waiting.id]).fetchone() == ("expired",)


def test_while_it_waits_for_money_nobody_cooks_or_cancels_it(login, waiting):
    for who in ("manager", "support", "finance", "ordering"):
        with refused(Illegal, **{"from": "awaiting_payment", "to": "cancelled"}):
            cancel_order(login(who), new_id(), waiting.id, 1, "changed their mind")


def test_ending_an_order_is_the_workers_alone(scene, login, waiting):
    scene.end_time_to_pay(waiting.id)
    for who in ("cook", "manager", "counter", "support", "finance", "owner", "auditor", "ordering", "webhook"):
        with pytest.raises(Forbidden):
            expire_order(login(who), new_id(), waiting.id)
