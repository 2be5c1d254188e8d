"""The order queue by keyboard alone; and no Enter of a scanner finds a step to take."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.base.identifiers import new_id
from core.orders import State, cancel_order, order_history
from kitchen_app.orders.hand import REACTION

CONTROL = Qt.KeyboardModifier.ControlModifier


def focused(queue):
    """The number of the card that has the focus."""
    widget = queue.window.focusWidget()
    return widget.look.name if hasattr(widget, "look") else None


def press(queue, key, modifiers=Qt.KeyboardModifier.NoModifier):
    queue.counter.press(key, modifiers)


def test_arrows_go_from_card_to_card_and_over_empty_lanes(open_queue, scene):
    new = [scene.order() for _ in range(3)]
    ready = scene.order(State.ACCEPTED, State.PREPARING, State.READY)
    queue = open_queue("cook")
    press(queue, Qt.Key.Key_Down)
    assert focused(queue) == str(new[0].number)
    for key, number in (
        (Qt.Key.Key_Down, new[1].number), (Qt.Key.Key_Down, new[2].number), (Qt.Key.Key_Down, new[2].number),
        (Qt.Key.Key_Right, ready.number), (Qt.Key.Key_Right, ready.number),
        (Qt.Key.Key_Left, new[0].number), (Qt.Key.Key_Up, new[0].number),
    ):  # fmt: skip
        press(queue, key)
        assert focused(queue) == str(number)


def test_arrows_reach_cards_that_are_far_below_and_bring_them_into_view(open_queue, scene):
    orders = [scene.order() for _ in range(12)]
    queue = open_queue("cook")
    press(queue, Qt.Key.Key_Down)
    for _ in orders:
        press(queue, Qt.Key.Key_Down)
    assert focused(queue) == str(orders[-1].number)
    assert not queue.window.focusWidget().visibleRegion().isEmpty()


def test_enter_opens_and_closes_a_card_and_takes_no_step(open_queue, scene):
    order = scene.order()
    queue = open_queue("cook")
    press(queue, Qt.Key.Key_Down)
    press(queue, Qt.Key.Key_Return)
    queue.counter.rest()
    assert "Promised for " in queue.says(order.number)
    press(queue, Qt.Key.Key_Escape)
    assert "Promised for " not in queue.says(order.number)
    assert len(order_history(scene.cook, order.id)) == 1


def test_control_and_enter_takes_the_next_step_and_backspace_takes_it_back(open_queue, scene):
    first, second = scene.order(), scene.order()
    queue = open_queue("cook")
    press(queue, Qt.Key.Key_Down)
    press(queue, Qt.Key.Key_Return, CONTROL)
    queue.counter.rest()
    assert queue.lane("Accepted") == [str(first.number)]
    assert focused(queue) == str(second.number)
    press(queue, Qt.Key.Key_Right)
    press(queue, Qt.Key.Key_Backspace)
    queue.counter.rest()
    assert queue.lane("Placed") == [str(first.number), str(second.number)]


def test_after_a_step_the_focus_is_on_the_card_that_took_the_place_or_the_last_one_and_never_on_a_button(open_queue, scene):
    orders = [scene.order() for _ in range(3)]
    queue = open_queue("cook")
    for _ in orders:
        press(queue, Qt.Key.Key_Down)
    for gone, next_to_it in ((orders[2], orders[1]), (orders[1], orders[0])):
        assert focused(queue) == str(gone.number)
        press(queue, Qt.Key.Key_Tab)
        press(queue, Qt.Key.Key_Space)
        queue.counter.rest()
        assert focused(queue) == str(next_to_it.number)
    press(queue, Qt.Key.Key_Return, CONTROL)
    queue.counter.rest()
    assert (queue.lane("Placed"), focused(queue) in queue.lane("Accepted")) == ([], True)


def test_tab_goes_from_a_card_to_its_dishes_and_its_step(open_queue, scene):
    order = scene.order(State.ACCEPTED, State.PREPARING)
    queue = open_queue("cook")
    press(queue, Qt.Key.Key_Down)
    reached = []
    for _ in range(3):
        press(queue, Qt.Key.Key_Tab)
        reached.append(queue.window.focusWidget().accessibleName())
    number = order.number
    assert reached[:2] == [f"1 × Jollof rice is ready, order {number}", f"Ready order {number}"]
    press(queue, Qt.Key.Key_Down)
    press(queue, Qt.Key.Key_Tab)
    press(queue, Qt.Key.Key_Space)
    queue.counter.rest()
    assert queue.find(f"1 × Jollof rice is ready, order {number}").isChecked()


def test_a_touch_on_a_step_does_not_leave_the_focus_on_one(open_queue, scene):
    order = scene.order()
    queue = open_queue("cook")
    press(queue, Qt.Key.Key_Down)
    push = queue.find(f"Accept order {order.number}")
    queue.counter.qtbot.wait(round(REACTION * 1000) + 100)
    QTest.mousePress(push, Qt.MouseButton.LeftButton)
    assert not push.hasFocus()
    QTest.mouseRelease(push, Qt.MouseButton.LeftButton)
    queue.counter.rest()
    press(queue, Qt.Key.Key_Return)
    press(queue, Qt.Key.Key_Enter)
    queue.counter.rest()
    assert [step.state for step in order_history(scene.cook, order.id)] == [State.PLACED, State.ACCEPTED]


def test_slash_and_control_f_search_and_escape_goes_back_to_the_cards(open_queue, scene):
    order = scene.order()
    queue = open_queue("cook")
    press(queue, Qt.Key.Key_Down)
    press(queue, Qt.Key.Key_Slash)
    assert queue.rail.head.search.hasFocus()
    queue.counter.keys(str(order.number))
    press(queue, Qt.Key.Key_Return)
    assert focused(queue) == str(order.number)
    press(queue, Qt.Key.Key_F, CONTROL)
    press(queue, Qt.Key.Key_Escape)
    press(queue, Qt.Key.Key_Escape)
    assert (queue.rail.head.search.text(), focused(queue)) == ("", str(order.number))


def test_a_cancelled_order_is_seen_by_keys(open_queue, scene, manager):
    order = scene.order()
    queue = open_queue("cook")
    cancel_order(manager, new_id(), order.id, 1, "Out of stock")
    queue.read()
    queue.rail.head.search.setFocus()
    for _ in range(6):
        press(queue, Qt.Key.Key_Tab)
        if queue.window.focusWidget().accessibleName().startswith("Seen"):
            break
    press(queue, Qt.Key.Key_Space)
    assert not queue.rail.shouts.isVisible()
