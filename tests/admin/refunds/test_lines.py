"""The orders of a refund: what each gets back and what became of it; searched, filtered, paged, opened, written into a file."""

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from admin_app.refunds.run import RunView
from core.base.identifiers import new_id
from core.customers import create_customer
from core.live import Changes
from core.orders import PayWith, State, advance_order
from core.refunds import LineState
from tests.support.many import all_of_yaba, cook_many
from tests.support.money import fund
from tests.support.proposing import by_card
from tests.support.refund_views import became, calm, words
from tests.support.refunds import confirm, preview, set_limits

COOKING = (State.ACCEPTED, State.PREPARING)


@pytest.fixture
def mixed(scene, support, ordering, worker):
    """A refund of four orders: Ngozi's, Garba's, one paid by card, and one that nobody paid."""
    garba = create_customer(ordering, new_id(), "Garba Ɗanjuma", "+2348030000002").id
    fund(ordering, worker, garba, 1_000_000)
    ngozis, garbas = scene.order(*COOKING, quantity=2), scene.order(*COOKING, customer_id=garba)
    orders = [ngozis, garbas, by_card(scene), scene.order(pay_with=PayWith.CARD)]
    return confirm(support, preview(support, *(order.id for order in orders))), orders


def test_each_order_says_what_it_gets_back_and_what_became_of_that(show_run, mixed):
    found, (ngozi, garba, card, unpaid) = mixed
    view = show_run(found)
    assert became(view) == [
        (unpaid.number, "Left out: not paid"), (card.number, "Sending to card: waits: the card provider is not connected yet"),
        (garba.number, "Done"), (ngozi.number, "Done"),
    ]  # fmt: skip
    said = [view.lines.model.index(3, section).data() for section in range(1, 5)]
    assert said == ["Ngozi Eze\n2 × Jollof rice", "Wallet", "Cooking", "₦5,000.00\nto the wallet"]


def test_orders_are_found_by_their_number_and_by_parts_of_a_name(qtbot, show_run, mixed):
    found, (ngozi, garba, *_) = mixed
    view = show_run(found)
    for typed, order in ((f"#{ngozi.number}", ngozi), ("danj", garba)):
        view.lines.bar.search.setText(typed)
        view.lines.bar.search.returnPressed.emit()
        qtbot.waitUntil(lambda order=order: [row.number for row in view.lines.model.rows] == [order.number])


@pytest.mark.parametrize("typed", ["nobody", "9" * 40])
def test_what_is_not_there_is_not_found_and_all_are_shown_again(qtbot, show_run, mixed, typed):
    view = show_run(mixed[0])
    view.lines.bar.search.setText(typed)
    qtbot.waitUntil(lambda: "Nothing found" in words(view))
    view.lines.table.notice.act.click()
    qtbot.waitUntil(lambda: len(view.lines.model.rows) == 4)
    assert view.lines.bar.text == ""


def test_those_alone_are_shown_of_which_this_became(qtbot, show_run, mixed):
    found, (*_, card, _) = mixed
    view = show_run(found)
    view.lines.bar.became.setCurrentText("Sending to card")
    qtbot.waitUntil(lambda: [row.number for row in view.lines.model.rows] == [card.number])
    assert view.tiles.tiles[LineState.SENDING].isChecked()


def test_enter_opens_the_order(show_run, mixed):
    found, orders = mixed
    view, wanted = show_run(found), []
    view.wanted.connect(lambda page, what: wanted.append((page, what)))
    view.lines.table.view.setFocus()
    view.lines.table.view.setCurrentIndex(view.lines.model.index(0, 0))
    QTest.keyClick(view.lines.table.view, Qt.Key.Key_Return)
    assert wanted == [("orders", orders[3].number)]


def test_an_order_that_moves_on_is_seen_and_what_is_chosen_stays_chosen(qtbot, show_run, mixed, cook):
    found, (ngozi, *_) = mixed
    view = show_run(found)
    view.lines.table.view.setCurrentIndex(view.lines.model.index(1, 0))
    advance_order(cook, new_id(), ngozi.id, 3, State.READY)
    view.take(Changes(False, frozenset({"orders"}), frozenset({ngozi.id})))
    qtbot.waitUntil(lambda: view.lines.model.index(3, 3).data() == "Ready")
    assert view.lines.table.view.currentIndex().row() == 1


@pytest.fixture
def hundreds(scene, support, owner_connection):
    """A refund of 450 orders of water that is done."""
    cook_many(owner_connection, 450)
    set_limits(owner_connection)
    return confirm(support, all_of_yaba(support, scene))


def test_the_next_page_comes_as_one_scrolls_and_nothing_comes_twice(qtbot, show_run, hundreds):
    view = show_run(hundreds)
    for shown in (400, 450):
        view.lines.table.view.scrollToBottom()
        qtbot.waitUntil(lambda shown=shown: len(view.lines.model.rows) == shown)
    numbers = [row.number for row in view.lines.model.rows]
    assert numbers == sorted(set(numbers), reverse=True)
    assert view.lines.bar.count.text() == "450 orders"


def test_what_is_seen_far_below_is_read_again_without_moving_it(qtbot, show_run, hundreds):
    view = show_run(hundreds)
    table, model = view.lines.table.view, view.lines.model
    table.scrollToBottom()
    qtbot.waitUntil(lambda: len(model.rows) == 400)
    table.scrollTo(model.index(350, 0), table.ScrollHint.PositionAtTop)
    top = model.rows[table.rowAt(5)].number
    view.take(Changes(True))
    calm(qtbot, view)
    assert model.rows[table.rowAt(5)].number == top


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("signal, many", [("export_shown", 200), ("export_all", 450)])
def test_what_is_shown_and_all_that_match_are_written_into_a_file(qtbot, show_run, hundreds, tmp_path, signal, many):
    path = tmp_path / "out.csv"
    view = show_run(hundreds, ask=lambda *_: str(path))
    said = []
    view.said.connect(lambda title, detail: said.append(title))
    getattr(view.lines.bar, signal).emit()
    qtbot.waitUntil(lambda: said == [f"{many} rows exported"])
    rows = read(path)
    assert len(rows) == many
    assert {row["What became of it"] for row in rows} == {"Done"} and {row["Refund, naira"] for row in rows} == {"300.00"}


def test_a_name_that_is_a_formula_is_written_as_text(qtbot, show_run, scene, support, tmp_path, owner_connection):
    found = confirm(support, preview(support, scene.order(*COOKING).id))
    owner_connection.execute("UPDATE app.customers SET name = '=1+1'")
    path = tmp_path / "out.csv"
    view = show_run(found, ask=lambda *_: str(path))
    view.lines.bar.export_all.emit()
    qtbot.waitUntil(path.exists)
    assert [row["Customer"] for row in read(path)] == ["'=1+1"]


def test_orders_that_cannot_be_read_say_why_and_are_read_when_asked_again(qtbot, open_view, mixed, owner_connection):
    owner_connection.execute("REVOKE SELECT ON api.refund_orders FROM support")
    view = open_view(RunView, "support", mixed[0].id)
    qtbot.waitUntil(lambda: "The orders could not be read" in words(view))
    owner_connection.execute("GRANT SELECT ON api.refund_orders TO support")
    view.lines.table.notice.act.click()
    qtbot.waitUntil(lambda: len(view.lines.model.rows) == 4)


def test_rows_that_cannot_be_read_again_stay_and_it_is_said(qtbot, show_run, mixed, owner_connection):
    view = show_run(mixed[0])
    owner_connection.execute("REVOKE SELECT ON api.refund_orders FROM support")
    view.lines.look_again()
    qtbot.waitUntil(lambda: any(each.startswith("These orders could not be read again.") for each in words(view)))
    assert len(view.lines.model.rows) == 4
    owner_connection.execute("GRANT SELECT ON api.refund_orders TO support")
