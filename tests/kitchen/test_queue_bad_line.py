"""The order queue on a bad line: what is unknown is called so until it is known, nothing is sent twice, and old data says how old it is."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from core.base.config import Server
from core.base.identifiers import new_id
from core.database.gateway import Database
from core.orders import State, advance_order, order_history
from core.qt.settle import CHECKING, NOT_RECORDED, RECORDED


@pytest.fixture
def far(open_queue, workplace, copy, proxy, pending, scene):
    """The manager's queue behind a line that the test can spoil; it waits half a second for an answer."""
    server = replace(workplace.cluster.server(copy), port=proxy.port)
    it = workplace.sign_ins["manager"]
    with closing(Database.connect(server, it.login, it.password, deadline=0.5, pending=pending)) as db:
        yield open_queue(db=db)


def states(queue):
    return [doubt.state for doubt in queue.page.settler.doubts]


def go_offline(queue):
    queue.page.line._take("offline", queue.page.line.now() - timedelta(minutes=2), None)


def test_a_step_whose_answer_was_lost_is_being_checked_and_then_recorded_once(far, proxy, scene, held, qtbot):
    order = scene.order()
    far.read()
    with held("SELECT id FROM app.orders FOR NO KEY UPDATE") as wait:
        far.press(f"Accept order {order.number}")
        wait(1)  # it has arrived
        proxy.mute = True
    far.counter.rest()
    assert states(far) == [CHECKING]
    assert f"Being checked: Order {order.number}: accepted. Do not do it again yet." in far.says(order.number)
    push = far.find(f"Accept order {order.number}")
    assert (push.isEnabled(), push.accessibleDescription()) == (False, "Being checked: do not do it again yet.")
    proxy.mute = False
    qtbot.waitUntil(lambda: states(far) == [RECORDED], timeout=10_000)
    far.read()
    assert far.lane("Accepted") == [str(order.number)]
    assert f"Recorded: Order {order.number}: accepted. Nothing is left to do." in far.says(order.number)
    assert [step.state for step in order_history(scene.cook, order.id)] == [State.PLACED, State.ACCEPTED]
    far.press_and_rest(f"Start cooking order {order.number}")
    assert (states(far), far.lane("Cooking")) == ([], [str(order.number)])


def test_a_step_that_never_arrived_is_not_recorded_and_is_not_sent_again_by_itself(far, proxy, scene, qtbot):
    order = scene.order()
    far.read()
    proxy.stall()
    far.press_and_rest(f"Accept order {order.number}")
    qtbot.waitUntil(lambda: states(far) == [NOT_RECORDED], timeout=10_000)
    far.read()
    said = f"Not recorded: Order {order.number}: accepted. Do it again if it is still right."
    assert said in far.says(order.number)
    assert len(order_history(scene.cook, order.id)) == 1
    far.press_and_rest(f"Accept order {order.number}")
    assert (states(far), far.lane("Accepted")) == ([], [str(order.number)])


def test_while_one_order_is_being_checked_the_others_go_on(far, proxy, scene):
    first, second = scene.order(), scene.order()
    far.read()
    proxy.stall()
    far.press_and_rest(f"Accept order {first.number}")
    far.press_and_rest(f"Accept order {second.number}")
    assert str(second.number) in far.lane("Accepted")


def test_what_a_killed_program_left_behind_is_settled_and_said_on_the_card(open_queue, scene, login, pending, qtbot):
    order, lost = scene.order(), new_id()
    pending.keep(lost, "advance_order", {"order_id": order.id, "seen_version": 1, "state": "accepted"})
    manager = login("manager")
    advance_order(manager, lost, order.id, 1, State.ACCEPTED)
    queue = open_queue("manager")
    queue.page.settler.watch(lost)
    qtbot.waitUntil(lambda: states(queue) == [RECORDED])
    queue.read()
    assert f"Recorded: Order {order.number}: accepted." in queue.says(order.number)


def test_offline_the_queue_says_as_of_when_and_every_step_is_off_with_the_reason(open_queue, scene):
    orders = [scene.order(), scene.order(State.ACCEPTED, State.PREPARING)]
    queue = open_queue("manager")
    go_offline(queue)
    since = f"{(queue.page.line.since + timedelta(hours=1)):%H:%M}"
    assert f"as of {since}" in queue.texts()
    for name in (f"Accept order {orders[0].number}", f"Ready order {orders[1].number}",
                 f"1 × Jollof rice is ready, order {orders[1].number}"):  # fmt: skip
        push = queue.find(name)
        assert (push.isEnabled(), push.accessibleDescription()) == (False, "No connection: nothing can be sent.")
    assert "1 × Jollof rice" in queue.says(orders[0].number)
    queue.page.line._take("live", None, None)
    assert queue.offers(f"Accept order {orders[0].number}")
    assert f"as of {since}" not in queue.texts()


def test_a_queue_that_could_not_be_read_again_says_how_old_it_is(open_queue, scene, clock):
    order = scene.order()
    queue = open_queue("cook")
    right = queue.page.db
    with closing(Database.connect(Server(port=1), "chidi", "x")) as nobody:
        queue.page.db = nobody
        queue.read()
    as_of = f"as of {(queue.page.book.read_at + timedelta(hours=1)):%H:%M}"
    assert as_of in queue.texts()
    assert queue.lane("Placed") == [str(order.number)]
    queue.page.db = right
    queue.read()
    assert as_of not in queue.texts()


def test_a_queue_that_could_not_be_read_once_is_read_again_though_nobody_says_anew_what_changed(open_queue, scene, monkeypatch, qtbot):
    queue, right = open_queue("cook"), None
    monkeypatch.setattr("kitchen_app.orders.queue.ONCE_MORE", 100)
    right = queue.page.db
    with closing(Database.connect(Server(port=1), "chidi", "x")) as nobody:
        order, queue.page.db = scene.order(), nobody
        queue.read()
    queue.page.db = right
    qtbot.waitUntil(lambda: queue.lane("Placed") == [str(order.number)])


def test_with_no_server_nothing_was_sent_and_the_card_says_so(far, proxy, pending, scene):
    order = scene.order()
    far.read()
    proxy.close()
    far.press_and_rest(f"Accept order {order.number}")
    assert "There is no connection: nothing was sent." in far.says(order.number)
    assert (pending.waiting(), states(far), len(order_history(scene.cook, order.id))) == ([], [], 1)


def test_a_program_that_is_too_old_looks_and_does_not_act(open_queue, scene, owner_connection, login, pending):
    order = scene.order()
    owner_connection.execute("UPDATE app.compat SET lowest_client = '0.2.0', newest_client = '0.2.0'")
    queue = open_queue(db=login("manager", application="rachel-kitchen/0.1.0", pending=pending))
    queue.press_and_rest(f"Accept order {order.number}")
    assert "too old" in queue.window.line_banner.words.text()
    push = queue.find(f"Accept order {order.number}")
    assert (push.isEnabled(), push.accessibleDescription()) == (False, "This program is too old. It must be updated first.")
    assert queue.lane("Placed") == [str(order.number)]
