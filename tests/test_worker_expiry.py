"""The worker ends card orders nobody paid: soon, once, whatever happens to its line, its server or its twin; paid ones it leaves."""

import socket
import time
from contextlib import closing
from dataclasses import replace
from functools import partial

import pytest

from core.base.errors import Unanswered
from core.database.embedded import scratch_server
from core.database.gateway import Database
from core.database.wire import Wire
from core.live import CHANNEL
from core.orders import PayWith, State, order_history
from core.worker.expiry import Expiry
from core.worker.relay import KICK_EVERY
from tests.support import town as town_builder
from tests.support.money import settle
from tests.support.proxy import Proxy
from tests.support.scene import Scene
from tests.support.server import furnish
from tests.support.waiting import wait_until
from tests.support.workers import logged, worker

UNPAID = [State.AWAITING_PAYMENT, State.EXPIRED]
SOON = 1.0  # seconds


@pytest.fixture
def unpaid(scene):
    """A card order of two portions whose time to pay ends in so many seconds: `unpaid(0)`."""

    def unpaid(in_seconds=0.0):
        order = scene.order(quantity=2, pay_with=PayWith.CARD)
        scene.end_time_to_pay(order.id, in_seconds)
        return order

    return unpaid


@pytest.fixture
def running(workplace, copy, tmp_path):
    with worker(workplace.cluster.server(copy), workplace.sign_ins["worker"], tmp_path) as running:
        yield running


@pytest.fixture
def far_worker(workplace, copy):
    """The worker's login behind a bad line: `far_worker.line` spoils it."""
    proxy = Proxy(workplace.cluster.port)
    it = workplace.sign_ins["worker"]
    with closing(Database.connect(replace(workplace.cluster.server(copy), port=proxy.port), it.login, it.password, deadline=0.5)) as far:
        yield far, proxy
    proxy.close()


def steps(cook, order):
    return [step.state for step in order_history(cook, order.id)]


def held(scene):
    return scene.shelf(scene.town.chicken).held


def expired(folder):
    """The numbers of the orders that a worker says it ended."""
    return [line["order"] for line in logged(folder) if line["event"] == "expired"]


def test_an_order_nobody_paid_ends_within_seconds_and_the_log_says_so(scene, cook, unpaid, running, tmp_path):
    order = unpaid(0.5)
    assert held(scene) == 2
    wait_until(lambda: held(scene) == 0)
    assert steps(cook, order) == UNPAID
    wait_until(lambda: expired(tmp_path) == [order.number])


def test_an_order_paid_in_time_or_with_time_left_is_left_alone(scene, cook, login, unpaid, running, tmp_path):
    paid, patient, overdue = unpaid(60), unpaid(60), unpaid(60)
    settle(login("worker"), paid.id, paid.total)
    for order in (paid, overdue):
        scene.end_time_to_pay(order.id)
    wait_until(lambda: expired(tmp_path))
    assert expired(tmp_path) == [overdue.number]
    assert (steps(cook, paid), steps(cook, patient)) == ([State.AWAITING_PAYMENT, State.PLACED], [State.AWAITING_PAYMENT])
    assert held(scene) == 4


def test_what_was_paid_between_the_look_and_the_end_is_no_error(scene, cook, login, unpaid):
    orders = [unpaid(), unpaid()]
    looking = Expiry(login("worker")).look()
    first = next(looking)  # the look is over, and knows both
    [second] = [order for order in orders if order.id != first.id]
    scene.end_time_to_pay(second.id, 60)
    settle(login("worker"), second.id, second.total)
    assert list(looking) == []
    assert steps(cook, second) == [State.AWAITING_PAYMENT, State.PLACED]


def test_two_workers_end_each_order_once(scene, cook, workplace, copy, unpaid, tmp_path):
    here = (workplace.cluster.server(copy), workplace.sign_ins["worker"])
    orders = [unpaid(3) for _ in range(8)]
    with worker(*here, tmp_path / "first") as first, worker(*here, tmp_path / "second") as second:
        wait_until(lambda: held(scene) == 0)
        wait_until(lambda: len(expired(tmp_path / "first") + expired(tmp_path / "second")) == 8)
        assert first.poll() is None and second.poll() is None
    assert sorted(expired(tmp_path / "first") + expired(tmp_path / "second")) == [order.number for order in orders]
    assert [steps(cook, order) for order in orders] == [UNPAID] * 8


def test_two_that_look_at_the_same_moment_end_each_order_once(race, scene, login, unpaid):
    orders = [unpaid() for _ in range(6)]
    lookers = [Expiry(login("worker")) for _ in range(4)]
    ended = race(4, lambda number: list(lookers[number].look()))
    assert sorted(order.number for found in ended for order in found) == [order.number for order in orders]
    assert held(scene) == 0


def test_an_answer_that_was_lost_is_asked_for_again_under_the_same_id(far_worker, aside, held, cook, unpaid):
    database, line = far_worker
    order, expiry = unpaid(), Expiry(database)
    with held("SELECT id FROM app.orders FOR UPDATE") as wait:
        looking = aside(lambda: list(expiry.look()))
        wait()
        line.mute = True
    with pytest.raises(Unanswered):
        looking.result(5)
    wait_until(lambda: steps(cook, order) == UNPAID)
    line.mute = False
    assert [ended.id for ended in expiry.look()] == [order.id]
    assert list(expiry.look()) == []


def test_an_order_somebody_holds_on_to_waits_for_the_next_look_and_holds_up_no_kick(scene, cook, running, unpaid, held, workplace, copy):
    """While the worker waits for the row, what changes elsewhere is announced as soon as ever."""
    it = workplace.sign_ins["cook"]
    order = unpaid()
    with closing(Wire.open(workplace.cluster.server(copy), it.login, it.password, "tests")) as wire:
        with held(f"SELECT id FROM app.orders WHERE id = '{order.id}' FOR UPDATE") as wait, socket.create_server(("", 0)) as asleep:
            wait()
            wire.listen(CHANNEL)
            while wire.wait(3 * KICK_EVERY, asleep):
                pass  # what was said before
            scene.item()
            assert wire.wait(SOON, asleep)
            wait()  # it still does
        wait_until(lambda: steps(cook, order) == UNPAID)


def test_it_survives_a_killed_server_and_goes_on_ending_orders(tmp_path):
    with scratch_server() as cluster:  # not a fast one: that forgets what it was told a moment before
        workplace = furnish(cluster)
        copy = workplace.copy()
        doors = [workplace.database(who, copy) for who in ("owner", "cook", "ordering", "worker")]
        town = town_builder.build(doors[0], *doors[2:])
        with worker(cluster.server(copy), workplace.sign_ins["worker"], tmp_path):
            with workplace.superuser(copy) as admin:
                refill = partial(admin.execute, "UPDATE app.budgets SET full_at = '-infinity'")
                scene = Scene(town, *doors, admin, refill, partial(workplace.database, name=copy))
                orders = [scene.order(quantity=2, pay_with=PayWith.CARD) for _ in range(3)]
                for order in orders:
                    scene.end_time_to_pay(order.id, 1)
            cluster.kill()
            time.sleep(1)
            cluster.start()
            wait_until(lambda: len(expired(tmp_path)) == 3)
            assert {tuple(steps(doors[1], order)) for order in orders} == {tuple(UNPAID)}
        for door in doors:
            door.close()
