"""Many figures of stock at once, as it looks: named, large enough, uncut and free of markup in both themes, at every size and state."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from admin_app.stock import StockPage
from core.base.identifiers import new_id
from core.stock import add_stock_items, receive_stock
from tests.support.correcting import SOON, act, begin, check, fill, ready, refresh, table, type_down
from tests.support.looks import draw, faults, ground, whole
from tests.support.refund_views import press

SIZES = [(703, 500), (1158, 768), (1712, 1080)]  # a small one at 150 %, a small and a large one
SHELVES = (  # name, place, unit, its size, on hand
    ("Beef, diced", "Freezer", "kg", 1000, 11_500), ("Catfish", "Cold room, tank", "pcs", 1, 42),
    ("Cocoyam", "Store, shelf 2", "kg", 1000, 7250), ("Crayfish, ground", "Store, shelf 4", "kg", 1000, 1250),
    ("Egusi, ground", "Store, shelf 4", "kg", 1000, 6500), ("Garri, white", "Store, shelf 1", "kg", 1000, 38_000),
    ("Goat meat", "Freezer", "kg", 1000, 14_000), ("Groundnut oil", "Store, shelf 3", "L", 1000, 18_000),
    ("Honey beans", "Store, shelf 1", "kg", 1000, 22_000), ("Okra", "Cold room", "kg", 1000, 4250),
    ("Ọ̀gbọ̀nọ̀", "Store, shelf 4", "kg", 1000, 2750), ("Palm oil", "Store, shelf 3", "L", 1000, 25_000),
    ("Plantain, ripe", "Store", "pcs", 1, 120), ("Smoked turkey wings for the Sunday special", "Freezer", "pcs", 1, 64),
    ("Stockfish", "Store, shelf 4", "pcs", 1, 18),
)  # fmt: skip


@pytest.fixture
def shelves(scene, owner):
    """A full store in Yaba, and five orders that hold fish."""
    scene.refill()
    names, places, units, sizes, on_hands = (list(each) for each in zip(*SHELVES, strict=True))
    many, ids = len(SHELVES), [new_id() for _ in SHELVES]
    kept = [[None] * many, units, sizes, [0] * many, [50_000] * many, on_hands]
    add_stock_items(owner, new_id(), scene.town.yaba, ids, names, places, *kept)
    dish, feast = scene.dish(ids[1], quantity=4), scene.dish(ids[1], ids[6], quantity=3)
    for place in range(5):
        scene.order(dish_id=feast if place == 4 else dish, quantity=1 + place % 2)
    scene.refill()
    return dict(zip(names, ids, strict=True))


@pytest.fixture
def look(open_at_desk, scene, shelves):
    """The owner's page; `look("4-stale")` draws it in every look and finds nothing wrong with it."""
    page = ground(open_at_desk(StockPage, "owner", SIZES[0], pages={"orders", "refunds"}))

    def look(step):
        whole(page, f"stock-correct-{step}", 40, *SIZES)
        scene.refill()

    look.page = page
    return look


def test_what_is_typed_and_decided_is_named_large_enough_uncut_and_free_of_markup(qtbot, look, scene, shelves, manager):
    page = look.page
    look("0-offered")
    press(page, "Correct many …")
    look("1-which-kitchen")
    page.correct.enter.typing.bar.kitchen.choose(scene.town.yaba)
    page.correct.focus()
    ready(qtbot, page)
    type_down(page, "9.25", "6", "38", "1.5", "1.2", "6,25")
    look("2-not-a-figure")
    QTest.keyClick(table(page).editor, Qt.Key.Key_Up)
    ready(qtbot, page)
    QTest.keyClicks(table(page).editor, "6.25")
    receive_stock(manager, new_id(), shelves["Cocoyam"], 1500, "From Mile 12")
    refresh(qtbot, page)
    look("3-changed-meanwhile")
    press(page, "Check ")
    qtbot.waitUntil(page.correct.enter.stale.isVisible, timeout=SOON)
    look("4-stale")


def test_what_is_checked_and_done_is_named_large_enough_uncut_and_free_of_markup(qtbot, look, scene, shelves, line):
    page = look.page
    page.filters.kitchen.choose(scene.town.yaba)
    begin(qtbot, page)
    type_down(page, "9.25", "6", "38", "1.5", "1.2")
    check(qtbot, page)
    look("5-check")
    fill(page, short=len(page.correct.check.shown.short))
    look("6-ready")
    line._take("offline", line.now(), None)
    look("7-offline")
    line._take("live", line.now(), None)
    scene.order(dish_id=scene.dish(shelves["Catfish"], quantity=2))
    act(page).click()
    qtbot.waitUntil(page.correct.check.moved.isVisible, timeout=SOON)
    look("8-moved")
    act(page).click()
    qtbot.waitUntil(page.correct.check.moved.isHidden, timeout=SOON)
    fill(page, short=len(page.correct.check.shown.short))
    act(page).click()
    qtbot.waitUntil(page.correct.done.detail.isVisible, timeout=SOON)
    look("9-done")


def test_without_orders_left_short_it_is_calm(qtbot, open_at_desk, scene, shelves):
    page = open_at_desk(StockPage, "manager")
    begin(qtbot, page)
    type_down(page, "9.25")
    check(qtbot, page)
    fill(page)
    draw(page, "stock-correct-calm")
    assert faults(page, 40) == []
