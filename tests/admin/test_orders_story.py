"""An order's story in its details: every thing once, in words, with days and long waits between them and lateness said."""

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from admin_app.orders import OrdersPage
from admin_app.orders.story import DayRow, GapRow, MomentRow
from core.base.identifiers import new_id
from core.orders import PayWith, State, advance_order, mark_dish_ready
from core.proposals import confirm_proposal
from core.refunds import preview_refund
from tests.admin.conftest import choose, tell, told
from tests.support import looks
from tests.support.looks import whole
from tests.support.money import settle
from tests.support.passing import let_pass, let_pass_since


@pytest.fixture
def page(open_at_desk, town):
    return open_at_desk(OrdersPage, "support")


@pytest.fixture
def opened(qtbot, page):
    """Open an order's details and wait for its story: `opened(order)` returns its moments."""

    def opened(order):
        page.look_at(order.number)
        qtbot.waitUntil(lambda: page.detail.facts is not None and page.detail.facts.order.id == order.id)
        looks.settle()  # what is new is laid out level by level
        return page.detail.story.moments

    return opened


@pytest.fixture
def long_ago(owner_connection):
    """Let so much time pass since a step of an order, or since all of them: `long_ago(order, 2, minutes=50)`, `long_ago(order, days=1)`."""

    def long_ago(order, version=None, **time):
        if version is None:
            let_pass(owner_connection, order.id, **time)
        else:
            let_pass_since(owner_connection, order.id, version, **time)

    return long_ago


def rows_of(page, kind):
    layout = page.detail.story.layout()
    return [row for row in (layout.itemAt(place).widget() for place in range(layout.count())) if isinstance(row, kind)]


def texts(widget):
    return [words.text() for words in widget.findChildren(QLabel) if words.isVisible()]


def test_what_was_done_at_once_is_one_moment_with_what_came_with_it(scene, cook, opened):
    order = scene.order(State.ACCEPTED, State.PREPARING)
    mark_dish_ready(cook, new_id(), order.id, scene.town.jollof, True)
    moments = opened(order)
    assert [moment.title for moment in moments] == ["Placed", "Accepted", "Cooking", "Jollof rice is ready"]
    assert [line.words for line in moments[0].lines] == ["₦2,500.00 paid from the wallet", "3 items held on the shelf"]
    assert [line.words for line in moments[2].lines] == ["3 items taken for cooking"]
    assert {moment.who for moment in moments[1:]} == {"Chidi Okoye (chidi)"}


def test_a_card_order_says_what_was_asked_what_failed_and_what_was_paid(scene, worker, opened):
    order = scene.order(pay_with=PayWith.CARD)
    settle(worker, order.id, order.total, is_paid=False)
    settle(worker, order.id, order.total)
    asked, failed, paid = opened(order)
    assert (asked.title, failed.title, paid.title) == ("Awaiting payment", "The card payment failed", "Placed")
    assert asked.lines[0].words == "₦2,500.00 asked of the card"
    said = ["The card paid ₦2,500.00", "₦2,500.00 paid from the wallet", "₦2,500.00 from the card into the wallet"]
    assert sorted(line.words for line in paid.lines) == sorted(said)


def test_a_card_that_paid_otherwise_says_both_amounts(scene, worker, opened):
    order = scene.order(pay_with=PayWith.CARD)
    settle(worker, order.id, 90_000, currency="GHS")
    assert opened(order)[-1].title == "The card paid GHS 900.00 where ₦2,500.00 was asked. Nothing was credited."


def test_a_refund_is_one_moment_with_its_reason_and_what_it_gave_back(scene, login, opened):
    order, finance = scene.order(State.ACCEPTED, State.PREPARING), login("finance")
    shown = preview_refund(finance, new_id(), [order.id], [None], [None], [None])
    confirm_proposal(finance, new_id(), shown.token, "quality", "it was burnt")
    refund = opened(order)[-1]
    assert (refund.title, refund.reason, refund.who) == ("Refund of ₦2,500.00 confirmed", "it was burnt", "Gbenga Alabi (gbenga)")
    assert [line.words for line in refund.lines] == ["₦2,500.00 refunded to the wallet"]


def test_the_items_behind_a_step_are_shown_when_they_are_wanted(page, scene, opened, qtbot):
    opened(scene.order(quantity=2))
    [row] = rows_of(page, MomentRow)
    assert "0.4 kg Rice" not in texts(row)
    page.detail.items.setFocus()
    QTest.keyClick(page.detail.items, Qt.Key.Key_Space)
    [row] = rows_of(page, MomentRow)
    qtbot.waitUntil(row.isVisible)
    assert texts(row)[-3:] == ["2 pcs Chicken", "0.04 L Oil", "0.4 kg Rice"]


def test_a_long_wait_breaks_the_line_also_the_one_until_now(page, scene, opened, long_ago):
    order = scene.order(State.ACCEPTED)
    long_ago(order, minutes=40)
    long_ago(order, 1, minutes=43)
    opened(order)
    assert [texts(row) for row in rows_of(page, GapRow)] == [["43 min without a step"], ["40 min without a step, until now"]]


def test_what_is_over_waits_for_nothing(page, scene, opened, long_ago):
    order = scene.order(State.ACCEPTED, State.PREPARING, State.READY, State.OUT, State.DELIVERED)
    long_ago(order, hours=2)
    opened(order)
    assert rows_of(page, GapRow) == []


def test_an_order_that_left_too_late_says_by_how_much_and_where_it_was_when_it_was_due(scene, opened, long_ago):
    order = scene.order(State.ACCEPTED, State.PREPARING, State.READY, State.OUT)
    long_ago(order, minutes=60)
    long_ago(order, 5, minutes=-45)
    moments = opened(order)
    due, out = moments[-2:]
    assert due.title.startswith("Promised for ") and [line.words for line in due.lines] == ["At that time: Ready"]
    assert (out.title, out.mark, out.tone) == ("Out", "10 min late", "warn")


def test_an_order_in_time_says_that_it_was(scene, opened):
    moments = opened(scene.order(State.ACCEPTED, State.PREPARING, State.READY, State.OUT))
    assert (moments[-1].mark, moments[-1].tone) == ("34 min before the promise", "ok")
    assert not any(moment.title.startswith("Promised") for moment in moments)


def test_an_order_that_is_late_now_says_so_at_the_top(page, scene, opened, long_ago):
    order = scene.order(State.ACCEPTED)
    opened(order)
    assert "late" not in page.detail.times.text()
    long_ago(order, minutes=50)
    opened(scene.order())
    opened(order)
    assert page.detail.times.text().endswith(", late 15 min")
    assert page.detail.times.property("tone") == "warn"


def test_a_story_of_several_days_has_them_above_its_moments(page, scene, opened, long_ago):
    order = scene.order(State.ACCEPTED)
    long_ago(order, 1, days=2)
    opened(order)
    assert len(rows_of(page, DayRow)) == 2
    assert texts(rows_of(page, DayRow)[1]) == ["Today"]


def test_the_story_is_copied_as_text_that_names_no_customer(page, scene, opened, qtbot):
    order = scene.order(State.ACCEPTED)
    opened(order)
    with qtbot.waitSignal(page.said):
        page.detail.copy()
    head, promise, placed, accepted = QGuiApplication.clipboard().text().splitlines()
    assert head == f"Order {order.number}, Yaba: Accepted"
    assert promise.startswith("Placed ") and ", promised for " in promise
    assert placed[6:] == (
        "Placed; ₦2,500.00 paid from the wallet; 3 items held on the shelf (1 pcs Chicken, 0.02 L Oil, 0.2 kg Rice). Service ordering"
    )
    assert accepted[6:] == "Accepted. Chidi Okoye (chidi)"
    assert "Ngozi" not in QGuiApplication.clipboard().text()


def test_the_story_is_written_into_a_file_a_row_for_each_thing(open_at_desk, qtbot, scene, login, tmp_path):
    order, file = scene.order(State.ACCEPTED), tmp_path / "story.csv"
    page = open_at_desk(OrdersPage, "auditor", ask=lambda parent, suggested: str(file))
    page.look_at(order.number)
    qtbot.waitUntil(lambda: page.detail.facts is not None)
    with qtbot.waitSignal(page.said):
        page.detail.exported.emit(page.detail.order, page.detail.facts.story)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        titles, *written = csv.reader(opened)
    assert titles == ["Time", "What", "Naira", "Items", "Person", "Login", "Reason"]
    assert [cells[1] for cells in written] == ["Placed", "₦2,500.00 paid from the wallet", "3 items held on the shelf", "Accepted"]
    assert (written[1][2], written[2][3], written[3][4:6]) == (
        "2500.00", "1 pcs Chicken, 0.02 L Oil, 0.2 kg Rice", ["Chidi Okoye", "chidi"],
    )  # fmt: skip


def test_what_happens_to_the_open_order_is_told_at_once_also_what_its_row_does_not_show(page, scene, cook, opened, qtbot):
    order = scene.order(State.ACCEPTED, State.PREPARING)
    opened(order)
    mark_dish_ready(cook, new_id(), order.id, scene.town.jollof, True)
    tell(page, "orders", objects=[order.id])
    qtbot.waitUntil(lambda: page.detail.story.moments[-1].title == "Jollof rice is ready")


def test_another_order_is_never_shown_with_the_story_of_the_one_before(page, scene, opened, qtbot):
    first, second = scene.order(State.ACCEPTED), scene.order()
    told(qtbot, page, first, second)
    opened(first)
    page.filters.clear()
    qtbot.waitUntil(lambda: len(page.model.rows) == 2)
    choose(page, 0)
    page.listing.open_current()
    assert (page.detail.facts, page.detail.story.moments, page.detail.acts.isHidden()) == (None, [], True)
    qtbot.waitUntil(lambda: len(page.detail.story.moments) == 1)


def test_a_story_that_cannot_be_read_says_why_and_is_read_when_that_is_over(page, scene, opened, qtbot, owner_connection):
    order = scene.order()
    owner_connection.execute("REVOKE SELECT ON api.order_story FROM support")
    page.look_at(order.number)
    qtbot.waitUntil(page.detail.trouble.isVisible)
    assert page.detail.trouble.text().startswith("The details could not be read.")
    owner_connection.execute("GRANT SELECT ON api.order_story TO support")
    page.detail.look_again(order.id)
    qtbot.waitUntil(lambda: len(page.detail.story.moments) == 1)
    assert page.detail.trouble.isHidden()


def test_it_is_whole_in_both_themes_in_a_narrow_and_in_a_wide_window(qtbot, open_at_desk, scene, login, manager, long_ago):
    order = scene.order(State.ACCEPTED, State.PREPARING, State.READY)
    long_ago(order, minutes=90)
    long_ago(order, 1, days=1)
    advance_order(manager, new_id(), order.id, 4, State.OUT)
    page = open_at_desk(OrdersPage, "finance")
    page.look_at(order.number)
    qtbot.waitUntil(lambda: page.detail.facts is not None)
    page.detail.items.click()
    for size, wide in (((1158, 768), 420), ((1712, 1080), 612)):  # in the wide one, what the table does not need
        whole(page, "orders-story", 40, size)
        assert page.detail.width() == wide
