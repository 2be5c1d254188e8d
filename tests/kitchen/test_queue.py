"""The order queue: what is to be cooked stands in its lane, and each step of it is one touch."""

from contextlib import closing
from datetime import timedelta

import pytest

from core.base.config import Server
from core.base.identifiers import new_id
from core.database.gateway import Database
from core.orders import PayWith, State, advance_order, order_history, order_lines, place_order, start_cooking
from core.qt import visible
from core.stock import count_stock
from tests.support.queue import Queue

COOKING = (State.ACCEPTED, State.PREPARING)
READY = (*COOKING, State.READY)


@pytest.fixture
def let_time_pass(owner_connection):
    """Let an order be older: `let_time_pass(order.id, minutes=50)`; it was placed and promised so much earlier."""

    def let_time_pass(order_id, minutes):
        with owner_connection.transaction():
            owner_connection.execute("SET LOCAL session_replication_role = replica")
            owner_connection.execute(
                "UPDATE app.orders SET placed_at = placed_at - %(age)s, promised_at = promised_at - %(age)s WHERE id = %(id)s",
                {"age": timedelta(minutes=minutes), "id": order_id},
            )

    return let_time_pass


def test_orders_stand_in_the_lane_of_their_next_step_with_the_oldest_promise_on_top(open_queue, scene, let_time_pass):
    first, second = scene.order(), scene.order()
    let_time_pass(second.id, 5)
    orders = [scene.order(*steps) for steps in ((State.ACCEPTED,), COOKING, READY, (*READY, State.OUT))]
    queue = open_queue("cook")
    assert queue.lane("Placed") == [str(second.number), str(first.number)]
    for title, order in zip(("Accepted", "Cooking", "Ready", "Out"), orders, strict=True):
        assert queue.lane(title) == [str(order.number)]


def test_a_card_says_dishes_note_clock_and_who_took_the_last_step(open_queue, scene, town, let_time_pass):
    order = place_order(scene.ordering, new_id(), town.yaba, town.customer, [town.jollof, town.water], [2, 1], "No pepper, please")
    let_time_pass(order.id, 12)
    queue = open_queue("cook")
    said = queue.says(order.number)
    for part in (str(order.number), "12 min", "2 × Jollof rice", "1 × Water", "No pepper, please", "Placed, "):
        assert part in said
    queue.press_and_rest(f"Accept order {order.number}")
    assert "Accepted by Chidi Okoye, " in queue.says(order.number)


def test_late_is_said_in_words_and_twice_the_promise_is_louder(open_queue, scene, let_time_pass):
    late, very_late = scene.order(State.ACCEPTED), scene.order(State.ACCEPTED)
    let_time_pass(late.id, 41)
    let_time_pass(very_late.id, 75)
    queue = open_queue("cook")
    assert "Late 6 min" in queue.says(late.number)
    assert "Late 40 min" in queue.says(very_late.number)
    assert [queue.card(order.number).look.clock.tone for order in (late, very_late)] == ["warn", "danger"]


def test_the_clock_goes_on_while_one_looks(open_queue, scene, clock):
    order = scene.order()
    queue = open_queue("cook")
    queue.page.line.now = clock
    clock.go(7 * 60 + 30)
    queue.page.line.ticked.emit()
    assert "7 min" in queue.says(order.number)


def test_an_order_goes_from_new_to_delivered_by_one_touch_for_each_step(open_queue, scene, manager):
    order = scene.order()
    queue = open_queue("cook")
    number = str(order.number)
    for act, lane in (("Accept", "Accepted"), ("Start cooking", "Cooking"), ("Ready", "Ready"), ("Out", "Out")):
        queue.press_and_rest(f"{act} order {number}")
        assert queue.lane(lane) == [number]
    queue.press_and_rest(f"Delivered order {number}")
    assert all(queue.lane(title) == [] for title in ("Placed", "Accepted", "Cooking", "Ready", "Out"))
    steps = order_history(manager, order.id)
    assert [step.state for step in steps] == [State.PLACED, *READY, State.OUT, State.DELIVERED]
    assert {step.by for step in steps[1:]} == {"Chidi Okoye"}


def test_start_cooking_takes_what_was_held_off_the_shelf(open_queue, scene, rice):
    order = scene.order(State.ACCEPTED, quantity=5)
    queue = open_queue("cook")
    queue.press_and_rest(f"Start cooking order {order.number}")
    assert rice() == 9_000


def test_while_cooking_each_dish_is_ticked_off_and_the_other_counter_sees_it(open_queue, scene, town, login):
    order = place_order(scene.ordering, new_id(), town.yaba, town.customer, [town.jollof, town.water], [2, 1], "")
    advance_order(scene.cook, new_id(), order.id, 1, State.ACCEPTED)
    start_cooking(scene.cook, new_id(), order.id, 2)
    queue, other = open_queue("cook"), open_queue("manager", db=login("manager"))
    dish = f"2 × Jollof rice is ready, order {order.number}"
    queue.press_and_rest(dish)
    assert [line.is_ready for line in order_lines(scene.cook, order.id)] == [True, False]
    assert other.read().find(dish).isChecked()
    assert not other.find(f"1 × Water is ready, order {order.number}").isChecked()
    other.press_and_rest(dish)
    assert not queue.read().find(dish).isChecked()
    assert [line.is_ready for line in order_lines(scene.cook, order.id)] == [False, False]


def test_the_last_step_is_taken_back_at_one_touch_by_who_took_it_and_no_longer_after_two_minutes(open_queue, scene, clock):
    first, second = scene.order(), scene.order()
    queue = open_queue("cook")
    queue.page.line.now = clock
    for order in (first, second):
        queue.press_and_rest(f"Accept order {order.number}")
    queue.press_and_rest(f"Take back: Accepted, order {first.number}")
    assert queue.lane("Placed") == [str(first.number)]
    assert "Taken back by Chidi Okoye" in queue.says(first.number)
    assert not queue.offers(f"Take back: Placed, order {first.number}")
    assert queue.offers(f"Take back: Accepted, order {second.number}")
    clock.go(121)
    queue.page.line.ticked.emit()
    assert not queue.offers(f"Take back: Accepted, order {second.number}")


def test_somebody_elses_step_is_taken_back_by_a_manager_alone_who_opens_the_card(open_queue, scene, login):
    order = scene.order(State.ACCEPTED)
    back = f"Take back: Accepted, order {order.number}"
    other = open_queue("cook2", db=login("cook2"))
    other.card(order.number).click()
    assert not other.offers(back)
    queue = open_queue("manager")
    assert not queue.offers(back)
    queue.card(order.number).click()
    queue.press_and_rest(back)
    assert queue.lane("Placed") == [str(order.number)]


def test_a_touch_opens_a_card_with_all_its_steps_and_another_touch_closes_it(open_queue, scene):
    order = scene.order(*COOKING)
    queue = open_queue("cook")
    queue.card(order.number).click()
    queue.counter.rest()
    said = queue.says(order.number)
    for part in ("Promised for ", " Placed", " Accepted, Chidi Okoye", " Cooking, Chidi Okoye"):
        assert part in said
    queue.card(order.number).click()
    assert "Promised for " not in queue.says(order.number)


def test_orders_that_await_payment_are_one_quiet_line_and_offer_nothing(open_queue, scene):
    queue = open_queue("cook")
    scene.order(pay_with=PayWith.CARD)
    assert "1 order awaits payment, stock held" in queue.read().texts()
    scene.order(pay_with=PayWith.CARD)
    assert "2 orders await payment, stock held" in queue.read().texts()
    assert all(queue.lane(title) == [] for title in ("Placed", "Accepted"))


def test_without_orders_it_says_that_they_come_by_themselves_with_a_sound_or_without(open_queue):
    queue = open_queue("cook")
    assert "No orders now" in queue.texts()
    assert "New ones appear here by themselves, with a sound." in queue.texts()
    queue.press("Sound on")
    assert "New ones appear here by themselves. The sound is off." in queue.texts()


def test_until_the_first_answer_it_loads_and_an_error_can_be_tried_again(open_counter, scene):
    order = scene.order()
    queue = Queue(open_counter("cook", load=False))
    assert "Loading the orders…" in queue.texts()
    right = queue.page.db
    with closing(Database.connect(Server(port=1), "chidi", "x")) as nobody:
        queue.page.db = nobody
        queue.read()
    assert {"The orders could not be read", "The server does not answer."} <= set(queue.texts())
    queue.page.db = right
    queue.press_and_rest("Try again")
    assert queue.lane("Placed") == [str(order.number)]


@pytest.mark.parametrize("typed", ["{number}", "jol rice", "JOLLOF"])
def test_an_order_is_found_by_its_number_or_a_dish(open_queue, scene, town, typed):
    sought, other = scene.order(), scene.order(dish_id=town.water)
    queue = open_queue("cook")
    queue.rail.head.search.setText(typed.format(number=sought.number))
    assert queue.lane("Placed") == [str(sought.number)]
    assert "1 hidden, 1 of them new" in queue.texts()
    queue.rail.head.search.setText("no such thing")
    assert {"Nothing matches", "2 hidden, 2 of them new"} <= set(queue.texts())
    queue.press("Show all")
    assert not queue.rail.head.hidden.isVisible()
    assert queue.lane("Placed") == [str(sought.number), str(other.number)]


def test_what_is_shown_is_exported_and_a_name_is_no_formula(open_queue, scene, town, tmp_path):
    order = place_order(scene.ordering, new_id(), town.yaba, town.customer, [town.jollof], [2], "=1+1")
    queue = open_queue("cook")
    queue.rail.ask_where = lambda parent, suggested: str(tmp_path / suggested)
    queue.press_and_rest("Export CSV")
    [file] = tmp_path.glob("orders-*.csv")
    written = file.read_text(encoding="utf-8-sig")
    assert f"{order.number},Placed,2 × Jollof rice,'=1+1," in written
    assert f"Written: {file.name}" in queue.texts()


def test_a_short_shelf_is_named_on_the_card_and_the_order_stays_accepted(open_queue, scene, town, cook):
    order = scene.order(State.ACCEPTED, quantity=5)
    count_stock(cook, new_id(), town.rice, 500, 1, "")
    queue = open_queue("cook")
    queue.press_and_rest(f"Start cooking order {order.number}")
    assert "Not enough on the shelf: Rice. Count it on the Stock page. The order stays accepted." in queue.says(order.number)
    assert queue.lane("Accepted") == [str(order.number)]
    assert queue.offers(f"Start cooking order {order.number}")


def test_whoever_drives_the_program_by_its_visible_text_finds_steps_dishes_and_what_cards_say(open_queue, scene, let_time_pass):
    new, cooking = scene.order(), scene.order(*COOKING)
    let_time_pass(cooking.id, 41)
    queue = open_queue("cook")
    assert visible.target(f"Accept order {new.number}") is queue.card(new.number).act
    assert visible.target(f"1 × Jollof rice is ready, order {cooking.number}") is queue.card(cooking.number).ticks[0]
    assert visible.entry("Find an order") is queue.rail.head.search
    assert visible.shows("Late 6 min")
    assert visible.shows("Orders · 1 new")
