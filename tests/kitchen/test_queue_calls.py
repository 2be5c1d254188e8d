"""What must reach somebody: new orders on the tab and by sound until they are accepted, cancelled ones until they are seen."""

import pytest

from core.base.days import LAGOS
from core.base.identifiers import new_id
from core.orders import State, cancel_order, start_cooking
from kitchen_app.orders.alarm import Alarm
from kitchen_app.orders.shouts import Seen
from tests.support.queue import Queue

COOKING = (State.ACCEPTED, State.PREPARING)


class Ears:
    """Somebody in the kitchen, and what they hear."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def ring(self, name: str) -> None:
        self.heard.append(name)


@pytest.fixture
def ears():
    return Ears()


@pytest.fixture
def open_queue(open_queue, ears):
    """Open a queue in a kitchen where somebody listens."""

    def listen(*who, **options):
        queue = open_queue(*who, **options)
        queue.page.calling.alarm.bell = ears
        return queue

    return listen


def test_the_tab_counts_new_orders_also_while_the_stock_is_in_front(open_queue, scene):
    queue = open_queue("cook")
    assert queue.tab == "Orders"
    queue.window.show_page(queue.window.stock)
    orders = [scene.order(), scene.order()]
    assert queue.read().tab == "Orders · 2 new"
    queue.window.show_page(queue.page)
    queue.press_and_rest(f"Accept order {orders[0].number}")
    assert queue.tab == "Orders · 1 new"


def test_a_new_order_rings_once_and_again_every_30_seconds_until_it_is_accepted(open_queue, scene, ears):
    queue = open_queue("cook")
    again = queue.page.calling.alarm.again
    order = scene.order()
    queue.read()
    queue.read()
    assert (ears.heard, again.isActive(), again.interval()) == (["new"], True, 30_000)
    again.timeout.emit()
    assert ears.heard == ["new", "new"]
    queue.press_and_rest(f"Accept order {order.number}")
    assert not again.isActive()


def test_offline_nobody_is_rung_for_what_nobody_could_accept(open_queue, scene, ears):
    queue = open_queue("cook")
    scene.order()
    queue.read()
    queue.page.line._take("offline", None, None)
    queue.page.calling.alarm.again.timeout.emit()
    assert ears.heard == ["new"]


def test_a_new_card_is_ringed_until_it_is_accepted_and_pulses_unless_the_system_wants_stillness(open_queue, scene, qapp, monkeypatch):
    order = scene.order()
    queue = open_queue("cook")
    card = queue.card(order.number)
    assert card._ring(card.look) == "warn"
    assert queue.lanes._pulse.isActive()
    queue.lanes._beat()
    assert card._ring(card.look) == "warnLine"
    qapp.setStyleSheet(qapp.styleSheet() + "* { widget-animation-duration: 0; }")
    queue.read()
    assert not queue.lanes._pulse.isActive()
    queue.press_and_rest(f"Accept order {order.number}")
    card = queue.card(order.number)
    assert card._ring(card.look) == ""


def test_an_order_cancelled_while_it_is_cooked_shouts_stop_with_reason_and_name_and_sounds(open_queue, scene, manager, ears):
    order = scene.order(*COOKING)
    queue = open_queue("cook")
    cancel_order(manager, new_id(), order.id, 3, "Customer asked: wrong address")
    queue.read()
    [time] = [f"{queue.stands(order.number).changed_at.astimezone(LAGOS):%H:%M}"]
    assert f"Stop cooking {order.number}: cancelled" in queue.texts()
    assert f"Cancelled by Bisi Ojo: customer asked: wrong address, {time}" in queue.texts()
    assert (ears.heard, queue.tab) == (["cancelled"], "Orders · 1 cancelled")
    assert queue.lane("Cooking") == []


def test_an_order_cancelled_before_cooking_shouts_without_a_sound(open_queue, scene, manager, ears):
    order = scene.order(State.ACCEPTED)
    queue = open_queue("cook")
    cancel_order(manager, new_id(), order.id, 2, "Out of stock")
    queue.read()
    assert f"{order.number} cancelled" in queue.texts()
    assert ears.heard == []


def test_a_cancelled_order_stays_until_it_is_seen_and_does_not_come_back_after_a_restart(open_queue, scene, manager, tmp_path):
    memory = tmp_path / "kitchen.ini"
    order = scene.order(*COOKING)
    cancel_order(manager, new_id(), order.id, 3, "Out of stock")
    queue = open_queue("cook")
    queue.page.calling.seen = Seen(memory)
    queue.read()
    queue.read()
    assert queue.rail.shouts.isVisible()
    queue.press_and_rest(f"Seen: order {order.number} cancelled")
    assert (queue.rail.shouts.isVisible(), queue.tab) == (False, "Orders")
    anew = Queue(queue.counter)
    anew.page.calling.seen = Seen(memory)
    assert not anew.read().rail.shouts.isVisible()
    assert order.id in Seen(memory)


def test_which_orders_were_seen_is_forgotten_with_them(tmp_path):
    memory, first, second = tmp_path / "kitchen.ini", new_id(), new_id()
    seen = Seen(memory)
    seen.add(first)
    seen.add(second)
    seen.forget_all_but([second])
    assert (first in Seen(memory), second in Seen(memory)) == (False, True)


def test_of_many_cancelled_orders_the_newest_are_shown_and_the_others_counted(open_queue, scene, manager, refill):
    orders = [scene.order() for _ in range(4)]
    queue = open_queue("cook")
    for order in orders:
        refill()
        cancel_order(manager, new_id(), order.id, 1, "Out of stock")
    queue.read()
    shouted = [shout.title.text() for shout in queue.rail.shouts.shouts]
    assert shouted == [f"{order.number} cancelled" for order in (orders[3], orders[2])]
    assert "and 2 more cancelled" in queue.texts()
    queue.press(f"Seen: order {orders[3].number} cancelled")
    assert [shout.title.text() for shout in queue.rail.shouts.shouts] == [f"{order.number} cancelled" for order in (orders[2], orders[1])]


def test_a_manager_cancels_with_a_reason_and_is_told_what_goes_back(open_queue, scene, ears, balance):
    order = scene.order(State.ACCEPTED, quantity=2)
    queue = open_queue("manager")
    queue.card(order.number).click()
    queue.press_and_rest(f"Cancel order {order.number}")
    dialog = queue.counter.dialog
    dialog.rows["Customer asked"].radio.click()
    act = queue.find(f"Cancel order {order.number} and give back ₦5,000.00", dialog)
    act.click()
    queue.counter.rest()
    assert queue.counter.dialog is None
    assert queue.stands(order.number).state is State.CANCELLED
    assert "Cancelled by Bisi Ojo: customer asked, " in " ".join(queue.texts())
    assert ears.heard == []


def test_a_cook_is_not_offered_to_cancel(open_queue, scene):
    order = scene.order()
    queue = open_queue("cook")
    queue.card(order.number).click()
    assert not queue.offers(f"Cancel order {order.number}")


def test_cancelling_what_somebody_moved_meanwhile_closes_the_question_and_says_who(open_queue, scene, cook):
    order = scene.order(State.ACCEPTED)
    queue = open_queue("manager")
    queue.card(order.number).click()
    queue.press_and_rest(f"Cancel order {order.number}")
    start_cooking(cook, new_id(), order.id, 2)
    dialog = queue.counter.dialog
    dialog.rows["Customer asked"].radio.click()
    dialog.act.click()
    queue.counter.rest()
    assert queue.counter.dialog is None
    assert f"Chidi Okoye started cooking order {order.number} at " in queue.says(order.number)
    assert queue.stands(order.number).state is State.PREPARING


def test_the_answer_about_another_order_does_not_close_the_question(open_queue, scene, held):
    other, order = scene.order(), scene.order(State.ACCEPTED)
    queue = open_queue("manager")
    queue.card(order.number).click()
    queue.press_and_rest(f"Cancel order {order.number}")
    dialog, closed = queue.counter.dialog, []
    dialog.finished.connect(lambda: closed.append(queue.page.book.find(order.id).state))
    dialog.rows["Customer asked"].radio.click()
    with held(f"SELECT id FROM app.orders WHERE id = '{other.id}' FOR NO KEY UPDATE") as wait:
        queue.press(f"Accept order {other.number}")
        wait(1)
        dialog.act.click()
    queue.counter.rest()
    assert queue.lane("Accepted") == [str(other.number)]
    assert closed == [State.CANCELLED]


def test_an_alarm_rings_for_what_it_did_not_know(qapp, ears, counter):
    alarm, first, second = Alarm(ears, counter.line, counter.window), new_id(), new_id()
    for waiting, stopped in (([first], []), ([first], []), ([first, second], []), ([first], [second]), ([], [second])):
        alarm.take(waiting, stopped)
    assert ears.heard == ["new", "new", "cancelled"]
