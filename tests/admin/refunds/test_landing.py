"""The first page of the refunds: what waits for somebody, what is under way, and what was there lately."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from admin_app.refunds.cases_dismiss import Dismissing
from admin_app.refunds.landing_reading import Asked, read_recent
from core.base.identifiers import new_id
from core.live import Changes
from core.orders import State, cancel_order
from core.proposals import Progress, reject_proposal
from core.refunds import refund_cases
from core.stock import count_stock
from tests.support.refund_page import SOON, fill, ran, tick
from tests.support.refund_views import button, press, words
from tests.support.refunds import age, behind_the_guards, preview, refund, set_limits


@pytest.fixture
def spoiled(scene, manager, refill):
    """An order that was cancelled while it was being cooked: `spoiled()`; its money is kept."""

    def spoiled(quantity=1):
        order = scene.order(State.ACCEPTED, State.PREPARING, quantity=quantity)
        refill()
        cancel_order(manager, new_id(), order.id, 3, "Spoiled while cooking")
        return order

    return spoiled


def cases(page):
    """Return what the list of orders that may need a refund says, but for the boxes and the times."""
    model = page.landing.cases.model
    said = [[model.index(place, column).data() for column in range(1, model.columnCount())] for place in range(len(model.rows))]
    return [[str(order).partition("\n")[0], *rest] for order, *rest in said]


def lines(view):
    """Return what a list says, item by item."""
    return [(line.words, line.figure, line.below) for line in map(view.look, view.shown)]


def look(qtbot, page):
    """Tell the page that something changed, and wait until it has looked."""
    before = page.landing.landing
    page.take(Changes(True))
    qtbot.waitUntil(lambda: page.landing.landing is not before)


def test_an_order_that_was_cancelled_while_it_was_cooked_waits_with_its_reason(open_refunds, spoiled):
    order = spoiled(2)
    page = open_refunds()
    happened = "Cancelled while cooking\nBisi Ojo: spoiled while cooking"
    assert cases(page) == [[str(order.number), "Ngozi Eze\nYaba", happened, "₦5,000.00\nWallet"]]


def test_an_order_whose_food_is_gone_waits_with_what_is_short(open_refunds, scene, town, manager, refill):
    order = scene.order(quantity=2)
    refill()
    count_stock(manager, new_id(), town.chicken, 1, scene.shelf(town.chicken).version, "fell off the shelf")
    page = open_refunds()
    assert [(number, happened) for number, _, happened, _ in cases(page)] == [(str(order.number), "Food has run out\nChicken")]


def test_several_orders_that_wait_go_into_one_refund(qtbot, open_refunds, spoiled, refill, town, balance):
    first, second, third = spoiled(), spoiled(2), spoiled()
    page = open_refunds()
    before = balance(town.customer)
    assert not button(page, "Check refund …").isEnabled()
    tick(page, first.number)
    tick(page, second.number)
    assert "2 orders ticked, ₦7,500.00" in words(page)
    press(page, "Check refund …")
    qtbot.waitUntil(lambda: "2 orders chosen, ₦7,500.00" in words(page))
    refill()
    press(page, "Check this refund")
    qtbot.waitUntil(lambda: page.shown is page.check)
    fill(page, "7500")
    press(page, "Refund ₦7,500.00")
    ran(qtbot, page)
    assert balance(town.customer) == before + 750_000
    press(page, "Refunds")
    qtbot.waitUntil(lambda: [number for number, *_ in cases(page)] == [str(third.number)])


def test_space_ticks_a_case_and_enter_checks_it_alone(qtbot, open_refunds, spoiled):
    spoiled()
    page = open_refunds()
    page.landing.cases.view.setFocus()
    page.landing.cases.view.selectRow(0)
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_Space)
    assert "1 order ticked, ₦2,500.00" in words(page)
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_Space)
    assert "Tick orders: several can go into one refund." in words(page)
    QTest.keyClick(page.windowHandle(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "1 order chosen, ₦2,500.00" in words(page))


def test_what_is_ticked_stays_ticked_when_the_list_is_read_again(qtbot, open_refunds, spoiled):
    order = spoiled()
    page = open_refunds()
    tick(page, order.number)
    spoiled()
    look(qtbot, page)
    qtbot.waitUntil(lambda: len(cases(page)) == 2)
    assert "1 order ticked, ₦2,500.00" in words(page)


def test_somebody_decides_that_no_refund_is_due_and_why(qtbot, open_refunds, spoiled, support, owner_connection):
    order = spoiled()
    page = open_refunds()
    tick(page, order.number)
    press(page, "No refund due …")
    sheet = page.findChild(Dismissing)
    assert f"No refund for order {order.number}?" in words(sheet)
    assert "Nothing goes back to Ngozi Eze: ₦2,500.00 is kept. The order leaves this list for good." in words(sheet)
    assert not button(sheet, "Say why first").isEnabled()
    sheet.reason.setText("They ate it")
    sheet.reason.textEdited.emit("They ate it")
    with qtbot.waitSignal(page.said) as said:
        press(sheet, "Keep ₦2,500.00")
    assert said.args == ["No refund due", f"Order {order.number}"]
    qtbot.waitUntil(lambda: cases(page) == [])
    assert "No order waits for a refund" in words(page)
    [reason] = owner_connection.execute("SELECT reason FROM app.dismissed_cases").fetchone()
    assert (reason, refund_cases(support)) == ("They ate it", [])


def test_a_refund_waits_for_an_approver_and_not_for_its_maker(qtbot, open_refunds, waiting):
    approver = open_refunds("finance")
    assert lines(approver.landing.waiting) == [("Refund of ₦2,500.00", "1 order", "Funmi Ade: Came late")]
    assert approver.landing.under_way.shown == []
    for who in ("support", "auditor"):
        other = open_refunds(who)
        assert other.landing.waiting.shown == []
        [(name, state, _)] = lines(other.landing.under_way)
        assert (name, state) == ("Refund of ₦2,500.00", "Waiting for approval")


def test_an_approver_is_not_asked_about_their_own_refund(open_refunds, waiting, cooked, login):
    own = refund(login("finance"), cooked(2).id)
    page = open_refunds("finance")
    assert [each.id for each in page.landing.waiting.shown] == [waiting.id]
    assert [standing.proposal.id for standing in page.landing.under_way.shown] == [own.id]


def test_opening_what_waits_for_ones_word_shows_it_to_be_decided(qtbot, open_refunds, waiting):
    page = open_refunds("finance")
    page.landing.waiting.clicked.emit(page.landing.waiting.rows.index(0, 0))
    assert page.shown is page.approve
    qtbot.waitUntil(lambda: page.approve.case is not None)
    QTest.keyClick(page.approve, Qt.Key.Key_Escape)
    assert "Waiting for you" in words(page)


def test_a_refund_that_runs_says_how_far_it_is_and_opens_as_a_document(qtbot, open_refunds, running):
    page = open_refunds()
    [(name, state, _)] = lines(page.landing.under_way)
    assert (name, state) == ("Refund of ₦180,000.00", "Running")
    assert page.landing.under_way.look(page.landing.under_way.shown[0]).below_figure == "500 of 600 lines"
    page.landing.under_way.clicked.emit(page.landing.under_way.rows.index(0, 0))
    qtbot.waitUntil(lambda: page.run.standing is not None)
    assert "Step 3 of 3" not in words(page) and "Refund of ₦180,000.00" in words(page)


def test_recent_refunds_are_those_that_somebody_confirmed(qtbot, open_refunds, waiting, cooked, support, login, owner_connection):
    set_limits(owner_connection)
    refund(support, cooked().id)
    age(owner_connection, preview(support, cooked().id).id, 6)  # only a look
    reject_proposal(login("finance"), new_id(), waiting.id, "Not our fault")
    page = open_refunds()
    qtbot.waitUntil(lambda: len(page.landing.recent.lines.shown) == 2, timeout=SOON)
    said = [(name, state) for name, state, _ in lines(page.landing.recent.lines)]
    assert said == [("Refund of ₦2,500.00", "Done"), ("Refund of ₦2,500.00", "Rejected")]


def test_recent_refunds_are_found_by_who_made_them_and_when(qtbot, open_refunds, cooked, support, login, owner_connection):
    old = refund(support, cooked().id)
    refund(login("finance"), cooked(2).id)
    with behind_the_guards(owner_connection):
        query = "UPDATE app.proposals SET created_at = created_at - %s WHERE id = %s"
        owner_connection.execute(query, [timedelta(days=20), old.id])
    page = open_refunds()
    recent = page.landing.recent

    def shown(expected):
        qtbot.waitUntil(lambda: [name for name, *_ in lines(recent.lines)] == expected)

    shown(["Refund of ₦5,000.00"])
    recent.period.choose(30)
    shown(["Refund of ₦5,000.00", "Refund of ₦2,500.00"])
    recent.maker.choose(page.desk.me.person_id)
    shown(["Refund of ₦2,500.00"])
    recent.period.choose(7)
    qtbot.waitUntil(lambda: "No refund here" in words(page))


def test_recent_refunds_come_page_after_page(cooked, support, owner_connection):
    for _ in range(5):
        refund(support, cooked().id)
        age(owner_connection, preview(support, cooked().id).id, 6)
    part = read_recent(support, Asked(), size=2)
    found = list(part.rows)
    while part.more:
        part = read_recent(support, Asked(), part.rows[-1], 2)
        found += part.rows
    assert len({each.id for each in found}) == len(found) == 5
    assert all(each.state is Progress.DONE for each in found)


def test_an_auditor_looks_and_is_offered_nothing_to_do(qtbot, open_refunds, spoiled, running):
    order = spoiled()
    page = open_refunds("auditor")
    shown = set(words(page))
    assert "Waiting" in shown and not shown & {"New refund", "Check refund …", "No refund due …", "Waiting for you"}
    page.landing.cases.view.activated.emit(page.landing.cases.model.index(0, 0))
    page.look_at([order.id])
    assert page.shown is page.landing


def test_the_orders_that_wait_and_the_refunds_are_exported(qtbot, open_refunds, spoiled, support, cooked, tmp_path):
    order = spoiled()
    refund(support, cooked().id)
    page = open_refunds(ask=lambda over, name: str(tmp_path / name))
    for signal in (page.landing.head.export_shown, page.landing.head.export_all):
        with qtbot.waitSignal(page.said, timeout=SOON) as said:
            signal.emit()
        assert said.args[0] == "1 row exported"
    texts = [path.read_text(encoding="utf-8-sig") for path in sorted(tmp_path.glob("*.csv"))]
    assert f"{order.number}," in texts[0] and "Cancelled while cooking,Bisi Ojo: spoiled while cooking,2500.00" in texts[0]
    assert "2500.00,1,Done,Funmi Ade,Came late,Came an hour late" in texts[1]


def test_another_page_sends_the_person_to_one_refund(qtbot, open_refunds, running):
    page = open_refunds()
    page.look_at(running.id)
    qtbot.waitUntil(lambda: page.run.standing is not None and page.run.standing.proposal.id == running.id)
    assert page.shown is page.run


def test_lists_that_could_not_be_read_say_so(qtbot, open_refunds, owner_connection):
    page = open_refunds()
    owner_connection.execute("REVOKE SELECT ON api.refund_cases FROM support")
    page.take(Changes(True))
    qtbot.waitUntil(lambda: any("This page could not be read again." in each for each in words(page)))

