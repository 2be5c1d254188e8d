"""The order queue as it looks: light and dark, on the smallest and on a large screen, in every state; held to the rules of every screen."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from core.base.identifiers import new_id
from core.database.gateway import Database
from core.menu import add_dishes
from core.orders import PayWith, State, advance_order, cancel_order, place_order, recall_order, start_cooking
from core.qt.theme import DARK, LIGHT
from core.stock import count_stock
from kitchen_app.orders import face
from kitchen_app.orders.face import number_size
from tests.support import looks
from tests.support.looks import contrast
from tests.support.proxy import Proxy

DISHES = ["Jollof rice and chicken", "Ẹ̀gúsí soup with pounded yam", "Ofada rice", "Moi moi", "Plantain", "Zobo, 50 cl"]
NOTES = {3: "No pepper, please. The customer is allergic to groundnuts.", 9: "Extra plates"}
DEPTH = [4, 4, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0]  # how many steps each order has walked
STEPS = (State.ACCEPTED, State.PREPARING, State.READY, State.OUT)
SCREENS = [(1366, 768), (1920, 1080)]


@pytest.fixture
def busy(scene, town, owner, refill):
    """A busy kitchen: 20 orders in all states, some late, some with a note, and two that await payment."""
    refill()
    dishes = [new_id() for _ in DISHES]
    add_dishes(owner, new_id(), town.yaba, dishes, DISHES, ["Food"] * len(DISHES), [150_000] * len(DISHES))
    orders = [_placed(scene, dishes, number) for number in range(len(DEPTH))]
    for number, (order, depth) in enumerate(zip(orders, DEPTH, strict=True)):
        refill()
        for version, state in enumerate(STEPS[:depth], 1):
            if state is State.PREPARING:
                start_cooking(scene.cook, new_id(), order.id, version)
            else:
                advance_order(scene.cook, new_id(), order.id, version, state)
        _grow_old(scene, order, 1 + 4 * (len(DEPTH) - number - 1))
    for _ in range(2):
        scene.order(pay_with=PayWith.CARD)
    return orders


def _placed(scene, dishes, number):
    scene.refill()
    basket = [dishes[(number * 2 + place) % len(dishes)] for place in range(1 + number % 4)]
    quantities = [1 + place % 3 for place in range(len(basket))]
    return place_order(scene.ordering, new_id(), scene.town.yaba, scene.town.customer, basket, quantities, NOTES.get(number, ""))


def _grow_old(scene, order, minutes):
    with scene.admin.transaction():
        scene.admin.execute("SET LOCAL session_replication_role = replica")
        scene.admin.execute(
            "UPDATE app.orders SET placed_at = placed_at - %(age)s, promised_at = promised_at - %(age)s WHERE id = %(id)s",
            {"age": timedelta(minutes=minutes), "id": order.id},
        )


@pytest.fixture
def whole():
    """Draw a window in both themes and on both screens, and find nothing wrong with it."""

    def whole(queue, name):
        looks.whole(queue.window, f"queue-{name}", 48, *SCREENS)
        queue.window.resize(*SCREENS[0])

    return whole


def test_a_busy_queue_with_late_orders_is_whole(open_queue, busy, whole):
    whole(open_queue("cook"), "busy")


def test_an_open_card_is_whole_and_all_of_it_is_in_view(open_queue, busy, whole):
    queue = open_queue("manager")
    for order in (busy[10], busy[8]):
        queue.card(order.number).click()
        queue.counter.rest()
        card = queue.lanes.lanes[queue.stands(order.number).state].cards[order.id]
        assert "Promised for " in card.accessibleName()
        assert card.visibleRegion().boundingRect() == card.rect()
        whole(queue, f"open-{order.number}")


def test_cancelled_orders_are_whole(open_queue, busy, whole, manager, refill):
    queue = open_queue("cook")
    reasons = ((busy[7], 3, "Spoiled while cooking: the pot fell"), (busy[15], 1, "Customer asked"), (busy[9], 2, "x" * 400))
    for order, version, reason in reasons:
        refill()
        cancel_order(manager, new_id(), order.id, version, reason)
        queue.read()
        whole(queue, f"cancelled-{order.number}")


def test_what_is_said_on_cards_is_whole(open_queue, busy, whole, workplace, copy, pending, manager, cook, town, scene, refill):
    """Being checked, not enough on the shelf, moved by somebody else, and overtaken: all at once."""
    short = scene.order(State.ACCEPTED, quantity=5)
    refill()
    count_stock(cook, new_id(), town.rice, 200, 1, "")
    proxy, it = Proxy(workplace.cluster.port), workplace.sign_ins["manager"]
    server = replace(workplace.cluster.server(copy), port=proxy.port)
    with closing(Database.connect(server, it.login, it.password, deadline=0.5, pending=pending)) as db:
        queue = open_queue(db=db)
        queue.page.settler._asking = True  # it asks no further, so that the question stays
        queue.press_and_rest(f"Start cooking order {short.number}", short.number)
        recall_order(manager, new_id(), busy[3].id, 4)
        advance_order(cook, new_id(), busy[14].id, 1, State.ACCEPTED)
        queue.press_and_rest(f"Accept order {busy[14].number}", busy[14].number)
        proxy.stall()
        queue.press(f"Accept order {busy[15].number}", busy[15].number)
        queue.counter.rest()
        whole(queue, "told")
        proxy.close()


def test_offline_is_whole(open_queue, busy, whole):
    queue = open_queue("cook")
    queue.page.line._take("offline", queue.page.line.now() - timedelta(minutes=2), None)
    whole(queue, "offline")


def test_an_empty_queue_and_one_where_nothing_matches_are_whole(open_queue, whole, scene):
    queue = open_queue("cook")
    whole(queue, "empty")
    scene.order()
    queue.read().rail.head.search.setText("no such dish")
    whole(queue, "nothing")


def test_names_that_hold_markup_or_no_blanks_are_shown_as_they_are(open_queue, scene, town, owner, refill, whole):
    refill()
    names = ["<b>bold</b> & <img src='http://x/y'>", "W" * 90]
    dishes = [new_id(), new_id()]
    add_dishes(owner, new_id(), town.yaba, dishes, names, ["Food"] * 2, [1000] * 2)
    order = place_order(scene.ordering, new_id(), town.yaba, town.customer, dishes, [1, 1], "<i>note</i> " + "n" * 100)
    queue = open_queue("manager")
    assert f"1 × {names[0]}" in queue.says(order.number)
    assert "<i>note</i>" in queue.says(order.number)
    queue.card(order.number).click()
    whole(queue, "names")


def test_while_it_is_cooked_no_word_of_a_dish_or_a_note_is_cut_for_an_allergy_may_stand_last(open_queue, scene, town, owner, refill):
    refill()
    dish = new_id()
    add_dishes(owner, new_id(), town.yaba, [dish], ["Ọ̀fadà rice with ayamase and assorted meat, no locust beans"], ["Food"], [1000])
    order = place_order(scene.ordering, new_id(), town.yaba, town.customer, [dish], [1], "Please. " * 50 + "Allergic to peanuts")
    advance_order(scene.cook, new_id(), order.id, 1, State.ACCEPTED)
    start_cooking(scene.cook, new_id(), order.id, 2)
    card = open_queue("cook").card(order.number)
    [note] = [block for block in face.plan(card.look, card.width()).blocks if block.kind == "note"]
    assert " ".join(note.lines).endswith("Allergic to peanuts")
    assert " ".join(face.tick_lines(card.ticks[0].words, card.ticks[0].width())).endswith("no locust beans")


def test_of_number_and_clock_neither_is_cut_so_a_long_number_is_written_smaller(qapp):
    assert [number_size(number, room) for number, room in (("1042", 226), ("1042", 80), ("1234567", 100))] == [40, 28, 18]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_painted_on_a_card_can_be_read_on_its_ground(tokens):
    grounds = ("surface", "warnSoft", "dangerSoft")
    pairs = [(words, ground) for words in ("text", "muted") for ground in grounds]
    pairs += [(f"{tone}Text", f"{tone}Soft") for tone in ("warn", "danger", "info", "ok")]
    pairs += [("primaryText", "primarySoft"), ("bg", "text")]
    assert [pair for pair in pairs if contrast(tokens[pair[0]], tokens[pair[1]]) < 4.5] == []
    rings = [(ring, "bg") for ring in ("warn", "primary", "danger", "focus")]
    assert [pair for pair in rings if contrast(tokens[pair[0]], tokens[pair[1]]) < 3] == []
