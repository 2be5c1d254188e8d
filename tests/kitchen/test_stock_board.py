"""The stock board: what a card says, how one is found, and that nothing moves under the hand."""

from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QLabel, QWidget

from core.base.config import Server
from core.base.identifiers import new_id
from core.database.gateway import Database
from core.kitchens import create_kitchen
from core.orders import State, start_cooking
from core.qt import theme
from core.staff import Role
from core.stock import Level, add_stock_items, count_stock, receive_stock
from kitchen_app.stock import board, words
from kitchen_app.stock.card import PAD, UNIT_ROOM, WIDTH, figure_size, mark_that_fits
from tests.support.looks import whole


def changed(counter, name):
    """What the last line of a card says."""
    item = next(item for item in counter.shelf.model.rows if item.name == name)
    return words.changed(item, counter.line.now(), counter.line.offline_since)


def sell(scene, portions=1, cooked=False):
    steps = (State.ACCEPTED, State.PREPARING) if cooked else ()
    return scene.order(*steps, quantity=portions)


def test_a_card_says_what_is_left_to_sell_what_orders_hold_and_who_changed_it_last(counter, scene):
    order = sell(scene, 5)
    counter.reload()
    assert "Rice, 9 kg, enough, 1 held of 10" in counter.shows()
    assert changed(counter, "Rice") == f"Order {order.number}, just now"


def test_low_out_and_short_are_said_in_words(counter, town, cook, scene):
    sell(scene, 5)
    count_stock(cook, new_id(), town.rice, 500, 1, "")
    count_stock(cook, new_id(), town.chicken, 5, 1, "")
    count_stock(cook, new_id(), town.oil, 1000, 1, "")
    counter.reload()
    assert counter.shows() == [
        "Chicken, 0 pcs, out, 5 held of 5",
        "Oil, 0.9 L, low, 0.1 held of 1",
        "Rice, −0.5 kg, short, 1 held, only 0.5 on the shelf",
    ]
    assert {item.name: item.level for item in counter.shelf.model.rows} == {"Chicken": Level.OUT, "Oil": Level.LOW, "Rice": Level.SHORT}


def test_an_empty_shelf_says_so(open_counter, hire, owner):
    new = create_kitchen(owner, new_id(), "Ikeja", "Ikeja").id
    counter = open_counter(db=hire("bayo", Role.KITCHEN_STAFF, [new]))
    assert counter.shelf.message.title.text() == "There is nothing on this shelf yet"
    assert counter.shelf.message.act.isHidden()


def test_until_the_first_answer_it_says_that_it_loads_and_an_error_can_be_tried_again(open_counter, login):
    counter = open_counter(load=False)
    assert counter.shelf.loading.isVisible()
    right = counter.stock.db
    with closing(Database.connect(Server(port=1), "chidi", "x")) as nobody:
        counter.stock.db = nobody
        counter.stock.reload()
        counter.rest()
    assert counter.shelf.message.title.text() == "The shelf could not be read"
    assert counter.shelf.message.detail.text() == "The server does not answer."
    counter.stock.db = right
    counter.shelf.message.act.click()
    counter.rest()
    assert counter.names() == ["Chicken", "Oil", "Rice"]


def test_a_shelf_that_could_not_be_read_on_a_good_line_is_read_again_by_itself(open_counter, monkeypatch, qtbot):
    monkeypatch.setattr(board, "ONCE_MORE", 50)
    counter = open_counter(load=False)
    right = counter.stock.db
    with closing(Database.connect(Server(port=1), "chidi", "x")) as nobody:
        counter.stock.db = nobody
        counter.stock.reload()
        qtbot.waitUntil(counter.shelf.message.isVisible)
        counter.stock.db = right
        qtbot.waitUntil(lambda: counter.names() == ["Chicken", "Oil", "Rice"])


def test_news_change_cards_in_place_and_nothing_moves_under_the_hand(stocked, counter, town, cook, qtbot):
    counter.choose(town.rice)
    bar = counter.shelf.cards.verticalScrollBar()
    counter.window.resize(1366, 500)
    qtbot.waitUntil(lambda: bar.maximum() > 100)
    bar.setValue(100)
    resets = []
    counter.shelf.model.modelReset.connect(lambda: resets.append(1))
    receive_stock(cook, new_id(), town.oil, 1000, "")
    counter.reload()
    assert "Oil, 6 L, enough, none held" in counter.shows()
    assert (bar.value(), resets) == (100, [])
    assert counter.shelf.selected().id == town.rice


def test_a_changed_card_says_by_how_much_and_its_ring_fades_in_four_seconds(counter, scene, clock):
    model = counter.shelf.model
    counter.line.now = clock
    sell(scene, 5)
    counter.reload()
    rice = next(item for item in model.rows if item.name == "Rice")
    assert (model.news(rice), model.glow(rice)) == ("−1 kg", 1.0)
    clock.go(2)
    assert model.glow(rice) == pytest.approx(0.5)
    clock.go(2)
    assert (model.glow(rice), model.news(rice)) == (0.0, "−1 kg")
    clock.go(6)
    assert model.news(rice) == ""
    order = sell(scene, 1, cooked=True)
    counter.reload()
    assert changed(counter, "Rice") == f"Cooked for {order.number}, just now"


def test_markup_in_names_is_shown_as_text_in_every_widget(stocked, counter):
    evil = "<img src='http://x/y'> & <b>bold</b>"
    counter.choose(stocked[evil])
    assert evil in counter.names()
    assert evil in [label.text() for label in counter.panel.findChildren(QLabel)]
    assert {label.textFormat() for label in counter.window.findChildren(QLabel)} == {Qt.TextFormat.PlainText}
    tips = [counter.shelf.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)]
    tips += [widget.toolTip() for widget in counter.window.findChildren(QWidget)]
    assert all("<img" not in tip and "<b>" not in tip for tip in tips)
    assert "&lt;img src=" in tips[0]


@pytest.mark.parametrize(("number", "px"), [("11.5", 34), ("12345.5", 34), ("−1000000", 26), ("987654.321", 20)])
def test_a_figure_is_never_cut_however_large(qapp, number, px):
    room = WIDTH - 2 * PAD - UNIT_ROOM
    assert figure_size(number, room) == px
    assert QFontMetricsF(theme.font(px, 600)).horizontalAdvance(number) <= room


@pytest.mark.parametrize(("news", "room", "fits"), [("−2 kg", 60, "−2 kg"), ("−0.035 L", 52, "−0.035"), ("−0.035 L", 20, ""), ("", 60, "")])
def test_the_mark_of_a_change_goes_without_its_unit_or_away_before_its_figure_is_cut(qapp, news, room, fits):
    text, px = mark_that_fits(news, room)
    assert text == fits
    assert QFontMetricsF(theme.font(px, 700)).horizontalAdvance(text) <= room


def test_cooking_what_was_held_leaves_the_figure_and_says_cooked(counter, scene):
    order = scene.order(State.ACCEPTED, quantity=5)
    counter.reload()
    start_cooking(scene.cook, new_id(), order.id, 2)
    counter.reload()
    model = counter.shelf.model
    assert model.news(next(item for item in model.rows if item.name == "Rice")) == "Cooked"
    assert "Rice, 9 kg, enough, none held" in counter.shows()


def test_the_age_of_a_change_goes_on_while_nothing_happens(counter, scene, clock):
    counter.line.now = clock
    item_id = scene.item()
    counter.reload()
    counter.choose(item_id)
    clock.go(125)
    counter.line.ticked.emit()
    assert changed(counter, "Item").startswith("Ada Eze, 2 min ago")
    assert counter.panel.recent.lines[0].who.text().startswith("Ada Eze, 2 min ago")


def test_a_hundred_and_more_items_are_one_answer_and_one_change_repaints_one_card(counter, town, owner, cook, refill, qtbot):
    count = 300
    add_stock_items(owner, new_id(), town.yaba, [new_id() for _ in range(count)], [f"Item {n}" for n in range(count)], ["Top"] * count,
                    [None] * count, ["kg"] * count, [1000] * count, [0] * count, [1000] * count, [500] * count)  # fmt: skip
    counter.reload()
    assert len(counter.names()) == count + 3
    changes = []
    counter.shelf.model.dataChanged.connect(lambda first, last, roles: changes.append((first.row(), last.row())))
    receive_stock(cook, new_id(), town.rice, 1000, "")
    counter.stock.reload()
    qtbot.waitUntil(lambda: bool(changes))
    place = counter.shelf.model.index_of(town.rice).row()
    assert set(changes) == {(place, place)}


def test_kicks_that_come_while_the_shelf_is_read_are_one_more_reading(counter, held):
    read = []
    counter.shelf.model.dataChanged.connect(lambda *_: read.append(1))
    loaded = counter.stock._loaded
    counter.stock._loaded = lambda found: (read.append("answer"), loaded(found))
    with held("LOCK TABLE app.stock_items IN ACCESS EXCLUSIVE MODE") as wait:
        for _ in range(20):
            counter.stock.reload()
        wait(1)
    counter.rest()
    assert read == ["answer", "answer"]


def test_nothing_is_cut_unnamed_or_too_small(stocked, counter, scene, town):
    sizes = [(1366, 768), (1920, 1080)]
    sell(scene, 5)
    counter.reload()
    counter.choose(town.rice)
    counter.happened("count")
    counter.type("12")
    whole(counter.window, "kitchen-board", 48, *sizes)
    counter.shelf.search.setText("no such thing")
    whole(counter.window, "kitchen-board-nothing", 48, *sizes)
