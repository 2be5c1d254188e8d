"""What waits while money is frozen: payments, card orders and refunds. Nothing of them is lost; after the release they go on."""

import pytest

from core.base.errors import Illegal
from core.base.identifiers import new_id
from core.orders import PayWith, State, expire_order, order_history, overdue_orders
from core.payments import PaymentState, create_payment, settle_payment
from core.proposals import Progress, approve_proposal, proposal, reject_proposal
from core.refunds import refund_progress, run_refund
from core.worker.refunds import Runner
from tests.support.freezing import freeze_money, frozen_by, release
from tests.support.many import all_of_yaba, cook_many
from tests.support.money import settle
from tests.support.refunds import behind_the_guards, confirm, refund, set_limits

COOKED = (State.ACCEPTED, State.PREPARING)


@pytest.mark.usefixtures("approvers")
def test_a_payment_that_was_made_meanwhile_is_credited_after_the_release_with_the_same_id(scene, ordering, worker, balance):
    topped, command_id = create_payment(ordering, new_id(), scene.town.customer, 500), new_id()
    before = balance(scene.town.customer)
    answer = {"is_paid": True, "amount": 500, "currency": "NGN", "provider_id": "charge 1"}
    freeze_money(scene)
    frozen_by(lambda: settle_payment(worker, command_id, topped.id, **answer))
    scene.refill()
    release(scene)
    assert settle_payment(worker, command_id, topped.id, **answer).state is PaymentState.SUCCESS
    assert balance(scene.town.customer) == before + 500


@pytest.mark.usefixtures("approvers")
def test_a_card_order_waits_out_a_short_freeze_and_is_paid_after_it(scene, worker):
    order = scene.order(pay_with=PayWith.CARD)
    freeze_money(scene)
    scene.end_time_to_pay(order.id)
    assert overdue_orders(worker) == []
    with pytest.raises(Illegal):
        expire_order(worker, new_id(), order.id)
    scene.refill()
    release(scene)
    assert overdue_orders(worker) == []
    settle(worker, order.id, order.total)
    assert [step.state for step in order_history(scene.owner, order.id)] == [State.AWAITING_PAYMENT, State.PLACED]


@pytest.mark.usefixtures("approvers")
def test_after_an_hour_of_a_freeze_a_card_order_ends_and_its_money_stays_in_the_wallet(scene, worker, balance, owner_connection):
    order = scene.order(customer_id=scene.customer(), pay_with=PayWith.CARD)
    freeze_money(scene)
    scene.end_time_to_pay(order.id)
    with behind_the_guards(owner_connection):
        owner_connection.execute("UPDATE app.freezes SET since = since - interval '80 minutes'")
        owner_connection.execute("UPDATE app.orders SET due_at = due_at - interval '79 minutes' WHERE id = %s", [order.id])
    assert [each.id for each in overdue_orders(worker)] == [order.id]
    expire_order(worker, new_id(), order.id)
    scene.refill()
    release(scene)
    settle(worker, order.id, order.total)
    assert balance(order.customer_id) == order.total


@pytest.mark.usefixtures("approvers")
def test_an_order_without_any_freeze_expires_as_before_and_an_old_freeze_gives_no_more_time(scene, worker):
    freeze_money(scene)
    release(scene)
    scene.refill()
    scene.admin.execute("UPDATE app.settings SET pay_within = '1 second'")
    order = scene.order(pay_with=PayWith.CARD)
    scene.end_time_to_pay(order.id)
    scene.admin.execute("SELECT pg_sleep(1.1)")
    assert expire_order(worker, new_id(), order.id).state is State.EXPIRED


@pytest.mark.usefixtures("approvers")
def test_a_refund_that_waits_for_a_second_person_waits_on_and_can_be_rejected(scene, support, finance, owner, owner_connection):
    set_limits(owner_connection, alone=0)
    waiting, rejected = (refund(support, scene.order(*COOKED).id) for _ in range(2))
    freeze_money(scene)
    scene.refill()
    frozen_by(approve_proposal, finance, new_id(), waiting.id, waiting.digest)
    reject_proposal(finance, new_id(), rejected.id, "Not our fault")  # nothing is posted: its orders are cooked
    assert proposal(owner, waiting.id).state is Progress.AWAITING_APPROVAL
    release(scene)
    approve_proposal(finance, new_id(), waiting.id, waiting.digest)
    assert refund_progress(support, waiting.id).done == 1


@pytest.mark.usefixtures("approvers")
def test_a_refund_that_runs_stands_still_without_disturbing_the_worker_and_goes_on(scene, worker, support, owner_connection):
    cook_many(owner_connection, 600)
    set_limits(owner_connection)
    running = confirm(support, all_of_yaba(support, scene))
    freeze_money(scene)
    frozen_by(run_refund, worker, running.id)
    assert list(Runner(worker).look()) == []
    scene.refill()
    release(scene)
    assert [ran.lines for ran in Runner(worker).look()] == [100]
