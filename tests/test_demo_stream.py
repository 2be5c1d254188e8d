"""The demo's stream: customers pay in, order and pay, the crew cooks, calls off and leaves alone what is for the windows."""

from contextlib import closing
from random import Random

import pytest

from core.base.identifiers import new_id
from core.database.embedded import scratch_server
from core.database.gateway import Database
from core.database.install import init
from core.demo import people
from core.demo.crew import REASONS, Crew, Ticket
from core.demo.errands import Errands
from core.demo.opening import customer_id, open_town
from core.demo.provider import top_up
from core.demo.report import find
from core.demo.stream import Stream
from core.demo.tally import Tally
from core.demo.town import OWNER
from core.orders import State, order_history, orders
from core.wallets import Cause, wallet
from tests.support.waiting import wait_until


class AsFateWills(Random):
    """Whatever may happen does."""

    def random(self):
        return 0.0


@pytest.fixture
def crew(cook, manager):
    """A cook and a manager of one kitchen, for whom whatever may happen does."""
    errands = Errands()
    errands.start()
    yield Crew({"Yaba kitchen": cook}, {"Yaba kitchen": manager}, errands, Tally(), AsFateWills())
    errands.stop()


@pytest.fixture
def open_demo():
    """The town, open, with the stream of orders not begun yet."""
    with scratch_server(fast=True) as cluster:
        server = cluster.server("rachel")
        yield server, open_town(server, init(server, cluster.superuser, OWNER.login, OWNER.name))


def test_what_a_customer_pays_in_is_there_once_however_often_it_is_repeated(scene, ordering, worker, balance):
    customer, ids = scene.customer(), (new_id(), new_id())
    for _ in range(2):
        top_up(ordering, worker, *ids, customer, 250_000)
    assert balance(customer) == 250_000


def test_a_manager_calls_an_order_off_with_a_reason_and_what_was_paid_goes_back(scene, crew, cook, balance):
    before = balance(scene.town.customer)
    order = scene.order()
    crew.take(Ticket("Yaba kitchen", order.id, order.version, [scene.town.jollof], pace=0.01))
    wait_until(lambda: order_history(cook, order.id)[-1].state is State.CANCELLED)
    newest = order_history(cook, order.id)[-1]
    assert newest.by and newest.reason in REASONS
    assert balance(scene.town.customer) == before


def test_an_order_that_may_not_be_called_off_any_more_is_cooked(scene, crew, cook, owner_connection):
    owner_connection.execute("UPDATE app.settings SET cancels_a_day = 0")
    order = scene.order()
    crew.take(Ticket("Yaba kitchen", order.id, order.version, [scene.town.jollof], pace=0.01))
    wait_until(lambda: order_history(cook, order.id)[-1].state is State.DELIVERED)


def test_customers_pay_cooks_cook_and_what_is_left_to_a_window_is_left_alone(open_demo):
    server, sign_ins = open_demo
    stream, it = Stream(server, sign_ins), sign_ins[OWNER.login]
    left = stream.leave("Yaba kitchen", ["Zobo"])
    hurried = stream.hurry("Yaba kitchen", "Zobo")
    stream.start()
    wait_until(lambda: left in stream.left and stream.tally.delivered and len(stream.tally.placed) > 12)
    assert stream.stop()
    with closing(Database.connect(server, it.login, it.password)) as owner:
        states = {order.id: order.state for order in orders(owner)}
        assert (states[left], states[hurried], states.keys()) == (State.PLACED, State.DELIVERED, stream.tally.placed)
        in_wallets = sum(wallet(owner, customer_id(customer)).balance for customer in people.customers())
    found = find(server, it, stream.tally.placed | {new_id()})
    assert found.lost == 1 and not found.broken
    assert found.money[Cause.TOP_UP] - found.money[Cause.PAYMENT] + found.money[Cause.REVERSAL] + found.money[Cause.REFUND] == in_wallets
