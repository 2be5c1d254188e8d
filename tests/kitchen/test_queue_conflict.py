"""Two counters and one queue: whoever is second overwrites nothing and is told in place who was first."""

import re

import pytest

from core.base.identifiers import new_id
from core.orders import State, advance_order, cancel_order, order_history, queue_lines, recall_order, start_cooking
from core.orders import queue as read_queue
from core.stock import count_stock, receive_stock

TIME = "[0-9]{2}:[0-9]{2}"


def says(queue, order, sentence):
    """Whether its card says this; {time} stands for any time."""
    return re.search(re.escape(sentence).replace(r"\{time\}", TIME), queue.says(order.number))


def test_an_order_accepted_at_the_other_counter_first_is_not_accepted_twice(open_queue, scene, manager):
    order = scene.order()
    queue = open_queue("cook")
    advance_order(manager, new_id(), order.id, 1, State.ACCEPTED)
    queue.press_and_rest(f"Accept order {order.number}")
    assert queue.lane("Accepted") == [str(order.number)]
    assert says(queue, order, f"Bisi Ojo accepted order {order.number} at {{time}}. Nothing of yours was saved.")
    assert [step.by for step in order_history(manager, order.id)] == [None, "Bisi Ojo"]
    assert queue.offers(f"Start cooking order {order.number}")


def test_what_one_is_told_is_brought_into_view_in_whatever_lane_the_order_is_by_now(open_queue, scene, manager):
    for _ in range(5):
        scene.order(State.ACCEPTED)
    order = scene.order()
    queue = open_queue("cook")
    scene.refill()
    advance_order(manager, new_id(), order.id, 1, State.ACCEPTED)
    queue.press_and_rest(f"Accept order {order.number}")
    accepted = queue.lanes.lanes[State.ACCEPTED]
    card = accepted.cards[order.id]
    assert card.visibleRegion().boundingRect() == card.rect()
    assert "Nothing of yours was saved." in card.accessibleName()


@pytest.mark.parametrize(
    ("overtake", "sentence"),
    [
        (lambda manager, order: start_cooking(manager, new_id(), order.id, 2), "Bisi Ojo started cooking order {number} at {time}."),
        (lambda manager, order: cancel_order(manager, new_id(), order.id, 2, "no gas"), "Bisi Ojo cancelled order {number} at {time}."),
        (
            lambda manager, order: recall_order(manager, new_id(), order.id, 2),
            "Bisi Ojo took order {number} back to “Placed” at {time}.",
        ),
    ],
)
def test_the_second_is_told_who_did_what(open_queue, scene, manager, overtake, sentence):
    order = scene.order(State.ACCEPTED)
    queue = open_queue("cook")
    overtake(manager, order)
    queue.press_and_rest(f"Start cooking order {order.number}")
    told = sentence.format(number=order.number, time="{time}") + " Nothing of yours was saved."
    pattern = re.escape(told).replace(r"\{time\}", TIME)
    seen = [*queue.texts(), *([queue.says(order.number)] if queue.card(order.number) else [])]
    assert any(re.search(pattern, words) for words in seen), seen


def test_an_order_that_is_done_by_then_is_spoken_of_above_the_lanes(open_queue, scene, manager):
    order = scene.order(State.ACCEPTED, State.PREPARING, State.READY, State.OUT)
    queue = open_queue("cook")
    advance_order(manager, new_id(), order.id, 5, State.DELIVERED)
    queue.press_and_rest(f"Delivered order {order.number}")
    told = queue.rail.notice.title.text()
    assert re.fullmatch(f"Bisi Ojo called order {order.number} delivered at {TIME}\\. Nothing of yours was saved\\.", told)


def test_a_step_taken_back_elsewhere_is_marked_for_a_while_with_who_did_it(open_queue, scene, manager, clock):
    order = scene.order(State.ACCEPTED)
    queue = open_queue("cook")
    queue.page.line.now = clock
    recall_order(manager, new_id(), order.id, 2)
    queue.read()
    assert says(queue, order, "Placed. Just now. Taken back by Bisi Ojo, {time}. 1 × Jollof rice")
    clock.go(21)
    queue.page.line.ticked.emit()
    assert not says(queue, order, "Just now. Taken back by Bisi Ojo, {time}. 1 × Jollof rice")


def test_what_one_did_oneself_is_not_marked_as_news(open_queue, scene):
    order = scene.order()
    queue = open_queue("cook")
    queue.press_and_rest(f"Accept order {order.number}")
    assert queue.card(order.number).look.mark is None


def test_a_reading_that_began_before_a_step_was_answered_does_not_put_the_order_back(open_queue, scene):
    order, dish = scene.order(), scene.order(State.ACCEPTED, State.PREPARING)
    queue = open_queue("cook")
    before = queue_as_it_is(queue)
    queue.page._reading = True  # it is being read, and the answer is slow
    queue.press_and_rest(f"Accept order {order.number}")
    queue.press_and_rest(f"1 × Jollof rice is ready, order {dish.number}")
    queue.page._loaded(before)
    assert (queue.lane("Placed"), queue.lane("Accepted")) == ([], [str(order.number)])
    assert queue.find(f"1 × Jollof rice is ready, order {dish.number}").isChecked()
    queue.counter.rest()
    assert (queue.lane("Accepted"), queue.card(order.number).look.mark) == ([str(order.number)], None)


def queue_as_it_is(queue):
    """What a reading of the queue would answer now."""
    here = queue.page.kitchen.id
    return read_queue(queue.page.db, here), queue_lines(queue.page.db, here)


def test_an_open_card_that_is_cancelled_elsewhere_is_said_once_by_the_shout(open_queue, scene, manager):
    order = scene.order()
    queue = open_queue("cook")
    queue.card(order.number).click()
    queue.counter.rest()
    cancel_order(manager, new_id(), order.id, 1, "Out of stock")
    queue.read()
    assert f"{order.number} cancelled" in queue.texts()
    assert (queue.page.looks.open, queue.rail.notice.isVisible()) == (None, False)


def test_an_open_card_that_the_other_counter_moves_on_follows_and_one_it_delivers_says_so(open_queue, scene, manager):
    order = scene.order(State.ACCEPTED, State.PREPARING, State.READY)
    queue = open_queue("cook")
    queue.card(order.number).click()
    queue.counter.rest()
    advance_order(manager, new_id(), order.id, 4, State.OUT)
    queue.read()
    queue.counter.rest()
    assert " Out, Bisi Ojo" in queue.says(order.number)
    advance_order(manager, new_id(), order.id, 5, State.DELIVERED)
    queue.read()
    queue.counter.rest()
    assert re.fullmatch(f"Bisi Ojo called order {order.number} delivered at {TIME}\\.", queue.rail.notice.title.text())


def test_while_a_step_is_on_its_way_its_card_says_so_and_cannot_be_pressed_twice(open_queue, scene, held):
    order = scene.order()
    queue = open_queue("cook")
    with held("SELECT id FROM app.orders FOR NO KEY UPDATE") as wait:
        queue.press(f"Accept order {order.number}")
        assert not queue.find("Sending…").isEnabled()
        wait(1)
    queue.counter.rest()
    assert queue.lane("Accepted") == [str(order.number)]
    assert len(order_history(scene.cook, order.id)) == 2


def test_why_a_step_was_refused_is_not_said_any_more_once_somebody_else_took_it(open_queue, scene, manager):
    order = scene.order(State.ACCEPTED)
    count_stock(manager, new_id(), scene.town.rice, 0, scene.shelf(scene.town.rice).version, "")
    queue = open_queue("cook")
    queue.press_and_rest(f"Start cooking order {order.number}")
    assert "Not enough on the shelf" in queue.says(order.number)
    receive_stock(manager, new_id(), scene.town.rice, 1000, "")
    start_cooking(manager, new_id(), order.id, 2)
    queue.read()
    assert "Not enough on the shelf" not in queue.says(order.number)
