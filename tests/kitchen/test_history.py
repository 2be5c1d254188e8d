"""What moved an item: the newest movements in the panel, all of them in a table and in a file."""

import csv

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from core.base.identifiers import new_id
from core.stock import Kind, count_stock, movements, receive_stock
from kitchen_app.stock import history
from tests.support.looks import faults


def last(db, item_id):
    return movements(db, item_id, limit=1)[0]


def test_recent_movements_say_what_who_and_how_much_and_offer_undo_where_it_is_possible(open_counter, cook, manager, town, scene):
    counter = open_counter("cook")
    order = scene.order(quantity=5)
    receive_stock(cook, new_id(), town.rice, 2000, "")
    count_stock(manager, new_id(), town.rice, 11_000, 2, "")
    counter.reload()
    counter.choose(town.rice)
    told = [(line.what.text(), line.change.text(), line.undo.isVisible()) for line in counter.panel.recent.lines if not line.isHidden()]
    assert told == [
        ("Count", "−1 kg", False),  # the manager's
        ("Delivery", "+2 kg", True),
        (f"Held for order {order.number}", "1 kg", False),
        ("First figure", "+10 kg", False),
    ]
    counter.panel.recent.lines[1].undo.click()
    counter.rest()
    assert (last(cook, town.rice).kind, last(cook, town.rice).on_hand) == (Kind.UNDO, 9_000)
    counter.rest()
    assert not any(line.undo.isVisible() for line in counter.panel.recent.lines)


def test_everything_that_moved_an_item_is_paged_in_a_table_and_goes_into_a_file(counter, cook, town, refill, tmp_path, qtbot, monkeypatch):
    monkeypatch.setattr(history, "PAGE", 8)
    for _ in range(19):
        receive_stock(cook, new_id(), town.rice, 1000, "=1+1")
    refill()
    counter.reload()
    counter.choose(town.rice)
    counter.panel.recent.everything.click()
    counter.rest()
    dialog = counter.dialog
    assert faults(dialog, 48) == []
    assert len(dialog.model.rows) < 20
    while dialog.model.canFetchMore(dialog.view.rootIndex()):
        dialog.model.fetchMore(dialog.view.rootIndex())
        counter.rest()
    assert [movement.number for movement in dialog.model.rows] == list(range(20, 0, -1))
    path = tmp_path / "rice.csv"
    dialog.ask_where = lambda parent, suggested: str(path)
    dialog.export.click()
    qtbot.waitUntil(lambda: dialog.told.text() == "Written: rice.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["When", "What", "Change", "On the shelf", "Held", "By", "Note"]
    assert rows[1][1:] == ["Delivery", "'+1 kg", "29 kg", "0 kg", "Chidi Okoye", "'=1+1"]
    dialog.reject()


def test_naughty_names_and_notes_stay_text_in_the_panel_and_in_the_table(counter, cook, town):
    evil = "<img src='http://x/y'>"
    receive_stock(cook, new_id(), town.rice, 1000, evil)
    counter.reload()
    counter.choose(town.rice)
    counter.panel.recent.everything.click()
    counter.rest()
    model = counter.dialog.model
    assert model.index(0, 6).data() == evil
    assert {label.textFormat() for label in counter.dialog.findChildren(QLabel)} == {Qt.TextFormat.PlainText}
    counter.dialog.reject()
