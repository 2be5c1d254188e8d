"""Wallets that hold as much as a wallet can: what cannot go in stays where it is, and holds up nobody else."""

import pytest

from core.base.identifiers import new_id
from core.orders import State, cancel_order
from core.proposals import Progress, approve_proposal
from core.refunds import LineState, refund_orders
from core.worker.refunds import Runner
from tests.support.proposing import by_card
from tests.support.refunds import behind_the_guards, refund, set_limits

FULL = 10**11  # kobo: the most a wallet holds


@pytest.fixture
def fill(owner_connection):
    """Let a wallet hold as much as a wallet can, until the test is over."""
    filled = []

    def fill(customer_id):
        with behind_the_guards(owner_connection) as admin:
            [was] = admin.execute("SELECT balance FROM app.accounts WHERE id = %s", [customer_id]).fetchone()
            admin.execute("UPDATE app.accounts SET balance = %s WHERE id = %s", [FULL, customer_id])
        filled.append((was, customer_id))

    yield fill
    with behind_the_guards(owner_connection) as admin:
        for was, customer_id in filled:
            admin.execute("UPDATE app.accounts SET balance = %s WHERE id = %s", [was, customer_id])


def test_a_wallet_that_is_full_fails_its_line_and_stops_nobody_else(support, scene, cooked, fill, balance):
    rich, poor = scene.customer(250_000), scene.customer(250_000)
    orders = [cooked(customer_id=rich), cooked(customer_id=poor)]
    fill(rich)
    done = refund(support, *(order.id for order in orders))
    assert {row.customer_id: (row.state, row.why) for row in refund_orders(support, done.id)} == {
        rich: (LineState.FAILED, "wallet_full"), poor: (LineState.DONE, ""),
    }  # fmt: skip
    assert balance(poor) == 250_000


def test_a_cancelled_order_of_a_full_wallet_waits_and_holds_up_nobody_else(
    scene, support, finance, worker, owner_connection, approvers, fill, balance
):
    set_limits(owner_connection, alone=0)
    rich, poor = scene.customer(250_000), scene.customer(250_000)
    orders = [scene.order(State.ACCEPTED, customer_id=customer_id) for customer_id in (rich, poor)]
    waiting = refund(support, *(order.id for order in orders))
    cancel_order(support, new_id(), orders[0].id, 2, "changed their mind")
    fill(rich)
    approved = approve_proposal(finance, new_id(), waiting.id, waiting.digest)
    assert approved.state is Progress.RUNNING and balance(poor) == 250_000
    assert list(Runner(worker).look()) == []
    assert {row.customer_id: row.state for row in refund_orders(support, waiting.id)} == {rich: LineState.CONFIRMED, poor: LineState.DONE}


def test_a_card_line_does_not_fail_because_the_wallet_is_full(support, scene, fill):
    order = by_card(scene)
    fill(order.customer_id)
    running = refund(support, order.id)
    assert [row.state for row in refund_orders(support, running.id)] == [LineState.SENDING]
