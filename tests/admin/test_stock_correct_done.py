"""Many figures of stock at once, afterwards: what was corrected can be opened again, with who, when and why, and what it left short."""

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from admin_app.stock import StockPage
from core.base.identifiers import new_id
from core.live import Changes
from core.orders import cancel_order
from core.proposals import confirm_proposal, preview_stock
from tests.support.correcting import NOTE, SOON, begin, check, fill, short, type_down
from tests.support.refund_views import button, press, words


@pytest.fixture
def corrected(scene, refill):
    """Correct shelves through the verbs: `corrected(manager, {town.chicken: 38})`."""

    def corrected(db, figures, note=NOTE):
        refill()
        items = [scene.shelf(item_id) for item_id in figures]
        seen = [item.version for item in items]
        proposed = preview_stock(db, new_id(), list(figures), list(figures.values()), seen)
        refill()
        return confirm_proposal(db, new_id(), proposed.token, "miscounted", note)

    return corrected


@pytest.fixture
def listed(qtbot, open_at_desk, town, refill):
    """Open the list of what was corrected: `listed("owner")`; it returns when it was read."""

    def listed(who="manager", **options):
        refill()
        page = open_at_desk(StockPage, who, **options)
        press(page, "Correct many …")
        press(page, "Done corrections")
        qtbot.waitUntil(lambda: not any(each.startswith("Reading") for each in words(page)))
        return page

    return listed


def rows(page):
    model = page.correct.done.model
    return [tuple(model.index(place, section).data() for section in range(1, model.columnCount())) for place in range(model.rowCount())]


def lines(page):
    """Return what the details say of each shelf."""
    model = page.correct.done.detail.items.rows
    return [model.index(place, 0).data() for place in range(model.rowCount())]


def open_first(qtbot, page):
    page.correct.done.listing.open_first()
    qtbot.waitUntil(page.correct.done.detail.isVisible)


def test_each_stands_there_with_who_when_and_why_newest_first(qtbot, listed, corrected, town, manager, owner):
    corrected(manager, {town.chicken: 38, town.rice: 9000})
    corrected(owner, {town.oil: 4500}, "Spilled by the fryer")
    page = listed()
    assert rows(page) == [
        ("Yaba", "1 item", "none", "Counted wrong before\nSpilled by the fryer"),
        ("Yaba", "2 items", "none", f"Counted wrong before\n{NOTE}"),
    ]
    assert page.correct.done.model.index(0, 0).data().endswith("\nAda Eze")
    assert page.correct.done.listing.view.hasFocus()


def test_one_opens_as_it_was_shown_and_escape_leads_back_step_by_step(qtbot, listed, corrected, town, manager):
    corrected(manager, {town.chicken: 38, town.rice: 12_500})
    page = listed()
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_Down)
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_Return)
    qtbot.waitUntil(page.correct.done.detail.isVisible)
    assert {"2 items of Yaba corrected", f"Counted wrong before: {NOTE}", "1 more, 1 less"} <= set(words(page.correct.done.detail))
    assert any(each.startswith("Bisi Ojo (bisi), ") for each in words(page.correct.done.detail))
    assert lines(page) == ["Chicken, 40 pcs, 38 pcs, −2 pcs", "Rice, 10 kg, 12.5 kg, +2.5 kg"]
    assert not page.correct.done.detail.short.isVisible()
    for there in ("Done corrections", "Done corrections", "Type the figures that are right"):
        QTest.keyClick(page.windowHandle(), Qt.Key.Key_Escape)
        assert there in words(page)
    assert not page.correct.done.isVisible()


def test_orders_left_short_stand_there_with_where_they_are_now_and_go_into_a_refund(qtbot, listed, corrected, scene, manager):
    orders = [scene.order(quantity=quantity) for quantity in (1, 2, 3)]
    corrected(manager, {scene.town.chicken: 1})
    scene.refill()
    cancel_order(manager, new_id(), orders[2].id, 1, "Out of chicken")
    page = listed("owner", pages={"orders", "refunds"})
    assert rows(page)[0][2] == "2 orders"
    open_first(qtbot, page)
    detail = page.correct.done.detail
    qtbot.waitUntil(lambda: len(short(detail)) == 2 and short(detail)[1].endswith("Cancelled"))
    assert "It left 2 orders short" in words(detail) and ", 2 pcs Chicken, Placed" in short(detail)[0]
    with qtbot.waitSignal(page.wanted) as wanted:
        press(page, "Put these 2 into a refund")
    assert wanted.args[0] == "refunds" and set(wanted.args[1]) == {orders[1].id, orders[2].id}
    with qtbot.waitSignal(page.wanted) as wanted:
        detail.short.list.activated.emit(detail.short.list.rows.index(0, 0))
    assert wanted.args == ["orders", orders[1].number]


def test_who_has_no_page_of_refunds_is_not_sent_there(qtbot, listed, corrected, scene, manager):
    scene.order()
    corrected(manager, {scene.town.chicken: 0})
    page = listed()
    open_first(qtbot, page)
    assert "It left 1 order short" in words(page) and "Put this one into a refund" not in words(page)


def test_what_was_just_saved_and_left_orders_short_is_opened_at_once(qtbot, open_at_desk, scene):
    scene.order(quantity=2)
    page = open_at_desk(StockPage, "owner", pages={"orders", "refunds"})
    page.filters.kitchen.choose(scene.town.yaba)
    begin(qtbot, page)
    type_down(page, "1")
    scene.refill()
    check(qtbot, page)
    fill(page, short=1)
    press(page, "Correct 1 item and\nleave 1 order short")
    qtbot.waitUntil(lambda: "1 item of Yaba corrected" in words(page), timeout=SOON)
    assert button(page, "Put this one into a refund").isEnabled()


def test_a_manager_sees_the_own_kitchens_alone_and_nobody_else_is_offered_the_list(listed, corrected, town, owner, open_at_desk):
    corrected(owner, {town.beans: 5000})
    page = listed()
    assert rows(page) == [] and {"No corrections yet", "What is corrected at once stands here, with who, when and why."} <= set(words(page))
    assert rows(listed("owner")) == [("Lekki", "1 item", "none", f"Counted wrong before\n{NOTE}")]
    assert "Done corrections" not in words(open_at_desk(StockPage, "support"))


def test_what_others_correct_appears_but_not_under_whoever_reads(qtbot, listed, corrected, town, manager):
    corrected(manager, {town.chicken: 38})
    page = listed()
    corrected(manager, {town.chicken: 37})
    page.take(Changes(False, frozenset({"proposals"}), frozenset()))
    qtbot.waitUntil(lambda: len(rows(page)) == 2)
    open_first(qtbot, page)
    corrected(manager, {town.chicken: 36})
    page.take(Changes(False, frozenset({"proposals"}), frozenset()))
    qtbot.wait(600)
    assert len(rows(page)) == 2
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(rows(page)) == 3)


def test_all_of_them_or_one_alone_are_exported_a_row_for_each_shelf(qtbot, listed, corrected, scene, manager, tmp_path):
    town, file = scene.town, tmp_path / "corrections.csv"
    order = scene.order(quantity=2)
    corrected(manager, {town.chicken: 1, town.rice: 9000})
    corrected(manager, {town.oil: 4500})
    page = listed(ask=lambda parent, suggested: str(file))
    with qtbot.waitSignal(page.said) as told:
        page.correct.done.export.click()
    assert told.args == ["3 rows exported", str(file)]
    with file.open(encoding="utf-8-sig", newline="") as opened:
        titles, *written = csv.reader(opened)
    assert titles[4:10] == ["Item", "Unit", "Before", "After", "Difference", "Orders left short"]
    assert [row[3:] for row in written] == [
        ["Yaba", "Oil", "L", "5", "4.5", "'-0.5", "", "Counted wrong before", NOTE],
        ["Yaba", "Chicken", "pcs", "40", "1", "'-39", str(order.number), "Counted wrong before", NOTE],
        ["Yaba", "Rice", "kg", "10", "9", "'-1", "", "Counted wrong before", NOTE],
    ]  # fmt: skip
    open_first(qtbot, page)
    with qtbot.waitSignal(page.said) as told:
        page.correct.done.detail.export.click()
    assert told.args == ["1 row exported", str(file)]


def test_older_ones_come_page_by_page(qtbot, listed, corrected, town, manager, monkeypatch):
    monkeypatch.setattr("admin_app.stock.correct_done.PAGE", 2)
    for figure in (39, 38, 37, 36, 35):
        corrected(manager, {town.chicken: figure})
    page = listed()
    qtbot.waitUntil(lambda: len(rows(page)) == 5)


def test_what_cannot_be_read_says_why_and_tries_again_when_asked(qtbot, listed, corrected, town, manager, owner_connection):
    corrected(manager, {town.chicken: 38})
    owner_connection.execute("REVOKE SELECT ON api.proposals FROM kitchen_manager")
    page = listed()
    assert {"What was corrected could not be read", "This login may not do that."} <= set(words(page))
    owner_connection.execute("GRANT SELECT ON api.proposals TO kitchen_manager")
    press(page, "Try again")
    qtbot.waitUntil(lambda: len(rows(page)) == 1)
