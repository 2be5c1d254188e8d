"""The order queue under a wet finger: scrolling presses nothing, a double touch is one, and what slides under the finger is not meant."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScroller

from core.base.identifiers import new_id
from core.orders import State, advance_order, cancel_order
from kitchen_app.orders.hand import REACTION


class Finger:
    """Touches the window of one queue, through the whole of Qt as a touch screen does."""

    screen = None  # one for the program: it cannot be taken away again

    def __init__(self, queue) -> None:
        Finger.screen = Finger.screen or QTest.createTouchDevice()
        self.queue, self.window, self.qtbot = queue, queue.window.windowHandle(), queue.counter.qtbot

    def on(self, widget) -> QPoint:
        return widget.mapTo(self.queue.window, widget.rect().center())

    def put(self, place) -> None:
        QTest.touchEvent(self.window, self.screen).press(1, place, self.window).commit()

    def lift(self, place) -> None:
        QTest.touchEvent(self.window, self.screen).release(1, place, self.window).commit()
        QApplication.processEvents()

    def tap(self, place, times=1) -> None:
        for _ in range(times):
            self.put(place)
            self.qtbot.wait(30)
            self.lift(place)
            self.queue.counter.rest()

    def drag(self, place, down) -> QPoint:
        """Put the finger there, draw it so far, and lift it."""
        self.put(place)
        for part in range(1, 11):
            self.qtbot.wait(10)
            QTest.touchEvent(self.window, self.screen).move(1, place + QPoint(0, down * part // 10), self.window).commit()
        self.lift(place + QPoint(0, down))

    def rest(self) -> None:
        """Wait as long as a person does who looks first."""
        self.qtbot.wait(round(REACTION * 1000) + 100)


@pytest.fixture
def finger(open_queue):
    """A finger over the queue of somebody's counter; `finger.queue`."""

    def finger(who="cook"):
        finger = Finger(open_queue(who))
        finger.rest()
        return finger

    return finger


def test_a_finger_that_scrolls_takes_no_step_wherever_it_begins(finger, scene):
    orders = [scene.order() for _ in range(12)]
    hand = finger()
    accept = hand.queue.find(f"Accept order {orders[0].number}")
    hand.drag(hand.on(accept), -200)
    hand.queue.counter.rest()
    [new, *_] = hand.queue.lanes.lanes.values()
    assert (new.area.verticalScrollBar().value() > 100, len(hand.queue.lane("Placed"))) == (True, 12)


def test_a_finger_that_trembles_still_presses(finger, scene):
    order = scene.order()
    hand = finger()
    hand.drag(hand.on(hand.queue.find(f"Accept order {order.number}")), 4)
    hand.queue.counter.rest()
    assert hand.queue.lane("Accepted") == [str(order.number)]


def test_a_finger_that_stops_what_rolls_on_takes_no_step_and_the_next_touch_does(finger, scene):
    for _ in range(40):
        scene.order()
    hand = finger()
    [new, *_] = hand.queue.lanes.lanes.values()
    hand.drag(QPoint(120, 700), -400)
    assert QScroller.scroller(new.area.viewport()).state() == QScroller.State.Scrolling

    def in_view():
        seen = [card.act for card in new.cards.values() if 250 < hand.on(card.act).y() < 700]
        return seen[0] if seen else None

    hand.qtbot.waitUntil(lambda: in_view() is not None)
    hand.tap(hand.on(in_view()))
    assert (QScroller.scroller(new.area.viewport()).state(), hand.queue.lane("Accepted")) == (QScroller.State.Inactive, [])
    hand.rest()
    hand.tap(hand.on(in_view()))
    assert len(hand.queue.lane("Accepted")) == 1


@pytest.mark.parametrize("times", [2, 3])
def test_a_double_touch_does_not_accept_the_order_that_slid_under_the_finger(finger, scene, times):
    first, second = scene.order(), scene.order()
    hand = finger()
    place = hand.on(hand.queue.find(f"Accept order {first.number}"))
    hand.tap(place, times)
    assert (hand.queue.lane("Placed"), hand.queue.lane("Accepted")) == ([str(second.number)], [str(first.number)])
    hand.rest()
    hand.tap(place)
    assert hand.queue.lane("Placed") == []


def test_a_card_that_the_other_counter_slid_under_the_finger_is_not_touched(finger, scene, manager):
    first, second = scene.order(), scene.order()
    hand = finger()
    place = hand.on(hand.queue.find(f"Accept order {first.number}"))
    advance_order(manager, new_id(), first.id, 1, State.ACCEPTED)
    hand.queue.read()
    hand.tap(place)
    assert hand.queue.lane("Placed") == [str(second.number)]


def test_a_double_touch_ticks_a_dish_off_once_and_opens_a_card_once(finger, scene):
    order = scene.order(State.ACCEPTED, State.PREPARING)
    hand = finger()
    tick = hand.queue.find(f"1 × Jollof rice is ready, order {order.number}")
    hand.tap(hand.on(tick), 2)
    assert tick.isChecked()
    hand.rest()
    card = hand.queue.card(order.number)
    hand.tap(card.mapTo(hand.queue.window, QPoint(40, 30)), 2)
    assert hand.queue.page.looks.open == order.id


@pytest.mark.parametrize("times", [2, 3])
def test_a_double_touch_on_seen_does_not_take_the_next_shout_away_unread(finger, scene, manager, refill, times):
    for order in [scene.order() for _ in range(4)]:
        refill()
        cancel_order(manager, new_id(), order.id, 1, "Out of stock")
    hand = finger()
    shouts = hand.queue.rail.shouts.shouts
    hand.tap(hand.on(shouts[0].act), times)
    assert len(hand.queue.page.book.cancelled()) - len(hand.queue.page.calling.seen._ids) == 3


def test_the_lane_of_a_card_that_leaves_by_a_touch_of_the_mouse_does_not_scroll_away(finger, scene):
    orders = [scene.order(State.ACCEPTED, State.PREPARING) for _ in range(3)]
    hand = finger()
    hand.queue.window.resize(1366, 600)
    hand.rest()
    lane = hand.queue.lanes.lanes[State.PREPARING]
    assert lane.area.verticalScrollBar().maximum() > 0
    QTest.mouseClick(hand.queue.find(f"Ready order {orders[0].number}"), Qt.MouseButton.LeftButton)
    hand.queue.counter.rest()
    assert (len(lane.looks), lane.area.verticalScrollBar().value()) == (2, 0)
