"""A wallet's details: its balance explained from now back to zero, to be read aloud, copied and written into a file."""

import csv
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QSignalSpy, QTest

from admin_app.wallets import WalletsPage, explained
from admin_app.wallets.explained import Check, check
from core.base.identifiers import new_id
from core.orders import State, cancel_order
from core.qt.rows import ROW
from core.wallets import explain_wallet, freeze_wallet
from tests.admin.conftest import choose, is_calm, names, page, tell
from tests.support.money import fund
from tests.support.refunds import refund


@pytest.fixture
def ada(scene, manager, login):
    """Somebody whose money came in, went out, came back with a cancelled order, went out again, and was refunded."""
    customer_id = scene.customer(900_000)
    first = scene.order(customer_id=customer_id)
    cancel_order(manager, new_id(), first.id, 1, "no chicken left")
    refund(login("finance"), scene.order(State.ACCEPTED, State.PREPARING, customer_id=customer_id).id)
    return customer_id


@pytest.fixture
def opened(qtbot, open_at_desk, ada):
    """The page with that wallet's details, when its steps are there."""
    page = open_at_desk(WalletsPage, "support")
    page.look_at(ada)
    qtbot.waitUntil(lambda: len(page.detail.steps.shown) == 5)
    return page


def told(qtbot, page, *customer_ids):
    tell(page, "wallets", objects=customer_ids)
    qtbot.waitUntil(lambda: is_calm(page.news))


def spoken(page):
    model = page.detail.steps.rows
    return [model.index(place, 0).data() for place in range(model.rowCount())]


def numbers(ada, login):
    return {step.number: step.order_number for step in explain_wallet(login("auditor"), ada)}


def test_every_step_is_said_in_words_newest_first_with_who_and_the_balance_after_it(opened, ada, login):
    orders = numbers(ada, login)
    said = [step.partition(", Step ")[0] for step in spoken(opened)]
    assert said == [
        f"Refund for order {orders[5]}, +₦2,500.00, ₦9,000.00 after it",
        f"Paid for order {orders[4]}, −₦2,500.00, ₦6,500.00 after it",
        f"Order {orders[3]} was cancelled, so its money came back: no chicken left, +₦2,500.00, ₦9,000.00 after it",
        f"Paid for order {orders[2]}, −₦2,500.00, ₦6,500.00 after it",
        "Paid in through the payment provider, +₦9,000.00, ₦9,000.00 after it",
    ]
    assert [step.rpartition(" · ")[2] for step in spoken(opened)] == [
        "Gbenga Alabi", "Service ordering", "Bisi Ojo", "Service ordering", "Service worker",
    ]  # fmt: skip


def test_the_steps_are_added_up_when_they_are_all_there(opened):
    assert opened.detail.figure.text() == "₦9,000.00"
    assert opened.detail.sum.text() == "5 steps, they add up to ₦9,000.00"
    assert opened.detail.all.isHidden()


def test_a_wallet_that_nothing_moved_in_says_so(qtbot, open_at_desk, scene):
    page = open_at_desk(WalletsPage, "support")
    page.look_at(scene.customer())
    qtbot.waitUntil(page.detail.isVisible)
    assert page.detail.sum.text() == "No money ever moved in this wallet."


def test_steps_that_do_not_lead_to_the_balance_are_found_out(login, ada):
    steps = explain_wallet(login("auditor"), ada)[::-1]
    assert check(steps) == Check(5, 900_000, is_whole=True, is_right=True)
    assert check(steps[:3]) == Check(3, 250_000, is_whole=False, is_right=True)
    assert not check([*steps[:2], *steps[3:]]).is_right  # one is missing
    assert not check([*steps[:2], replace(steps[2], balance=1), *steps[3:]]).is_right
    assert not check([replace(steps[0], balance=1), *steps[1:]]).is_right
    assert not check([*steps[:-1], replace(steps[-1], amount=1)]).is_right
    assert check([]) == Check(0, 0, is_whole=True, is_right=True)


def test_a_wrong_history_is_said_loudly(qtbot, opened, ada, owner_connection):
    with owner_connection.transaction():
        owner_connection.execute("SET LOCAL session_replication_role = replica")
        change = "UPDATE app.entries SET balance_after = balance_after {} WHERE account_id = %s AND account_version = 3"
        owner_connection.execute(change.format("+ 1"), [ada])
    opened.detail.steps.rows.show([])
    opened.detail.show_row(opened.detail.wallet)
    qtbot.waitUntil(lambda: opened.detail.sum.text() == "These steps do not lead to this balance. Tell the owner at once.")
    with owner_connection.transaction():  # the promises are looked at when the test is over
        owner_connection.execute("SET LOCAL session_replication_role = replica")
        owner_connection.execute(change.format("- 1"), [ada])


def test_a_long_history_comes_by_pages_and_is_added_up_when_all_of_it_was_asked_for(qtbot, open_at_desk, scene):
    customer_id = scene.customer()
    for amount in range(1, 131):
        fund(scene.ordering, scene.worker, customer_id, amount)
    page = open_at_desk(WalletsPage, "support")
    page.look_at(customer_id)
    detail = page.detail
    qtbot.waitUntil(lambda: len(detail.steps.shown) == 50)
    assert detail.sum.text() == "The newest 50 of 130 steps. They are added up when all are here."
    detail.steps.scrollToBottom()
    qtbot.waitUntil(lambda: len(detail.steps.shown) == 100)
    fund(scene.ordering, scene.worker, customer_id, 1000)
    told(qtbot, page, customer_id)
    qtbot.waitUntil(lambda: len(detail.steps.shown) == 101)
    detail.all.click()
    qtbot.waitUntil(lambda: len(detail.steps.shown) == 131)
    assert [step.number for step in detail.steps.shown] == list(range(131, 0, -1))
    assert detail.sum.text() == "131 steps, they add up to ₦95.15"
    assert detail.all.isHidden()


def test_open_details_follow_the_wallet(qtbot, opened, ada, ordering, worker):
    fund(ordering, worker, ada, 100)
    told(qtbot, opened, ada)
    qtbot.waitUntil(lambda: len(opened.detail.steps.shown) == 6)
    assert opened.detail.figure.text() == "₦9,001.00"
    assert opened.detail.sum.text() == "6 steps, they add up to ₦9,001.00"


def test_the_steps_are_copied_as_text_with_the_phone_masked(opened, ada, login):
    copied = QSignalSpy(opened.said)
    opened.detail.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == f"Wallet of {opened.detail.wallet.customer}, +234803••••67"
    assert lines[1].startswith("Balance: ₦9,000.00 (")
    number = numbers(ada, login)[5]
    assert lines[3].startswith("5. ") and lines[3].endswith(f"+₦2,500.00 = ₦9,000.00  Refund for order {number} (Gbenga Alabi)")
    assert lines[-1] == "5 steps, they add up to ₦9,000.00"
    assert copied.at(0)[0] == "Steps copied"


def test_the_history_is_written_into_a_file_whole_with_in_and_out_as_plain_figures(qtbot, open_at_desk, scene, tmp_path, monkeypatch):
    monkeypatch.setattr(explained, "EXPORT_PAGE", 20)
    customer_id = scene.customer()
    for amount in range(1, 71):
        fund(scene.ordering, scene.worker, customer_id, amount * 100_000)
    scene.order(customer_id=customer_id)
    file = tmp_path / "steps.csv"
    page = open_at_desk(WalletsPage, "support", ask=lambda parent, suggested: str(file))
    page.look_at(customer_id)
    qtbot.waitUntil(page.detail.isVisible)
    with qtbot.waitSignal(page.said):
        page.detail.exported.emit(page.detail.wallet)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        titles, *written = csv.reader(opened)
    assert titles[:6] == ["Step", "Time", "In, naira", "Out, naira", "Balance after, naira", "Why"]
    assert [cells[0] for cells in written] == [str(number) for number in range(71, 0, -1)]
    assert written[0][2:5] == ["", "2500.00", "2482500.00"]
    assert written[-1][2:5] == ["1000.00", "", "1000.00"]


def test_enter_on_a_step_leads_to_its_order_and_a_button_to_its_customer(qtbot, sign_in, ada, login):
    session = sign_in("support")
    session.frame.go("wallets", ada)
    wallets = page(session, WalletsPage)
    qtbot.waitUntil(lambda: len(wallets.detail.steps.shown) == 5)
    sent = QSignalSpy(wallets.wanted)
    steps = wallets.detail.steps
    steps.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(steps, Qt.Key.Key_Down)
    QTest.keyClick(steps, Qt.Key.Key_Return)
    assert sent.count() == 1
    assert sent.at(0) == ["orders", steps.rows.index(1, 0).data(ROW).order_number]
    session.frame.go("wallets")
    wallets.detail.customer.click()
    assert sent.at(1) == ["customers", ada]


def test_a_frozen_wallet_says_why_and_since_when_and_by_whom(qtbot, opened, ada, login):
    freeze_wallet(login("finance"), new_id(), ada, "card reported stolen")
    told(qtbot, opened, ada)
    assert opened.detail.state.words.text() == "Frozen"
    said = opened.detail.frozen.words.text()
    assert said.startswith("Frozen since ") and said.endswith(" by Gbenga Alabi: “card reported stolen”")


def test_details_that_could_not_be_read_are_read_when_it_is_possible_again(qtbot, open_at_desk, ada, owner_connection):
    owner_connection.execute("REVOKE SELECT ON api.wallet_entries FROM support")
    page = open_at_desk(WalletsPage, "support")
    choose(page, names(page, 2).index("₦9,000.00"))
    page.listing.open_current()
    qtbot.waitUntil(page.detail.trouble.isVisible)
    assert page.detail.trouble.text() == "The details could not be read. This login may not do that."
    owner_connection.execute("GRANT SELECT ON api.wallet_entries TO support")
    tell(page, "wallets")
    qtbot.waitUntil(lambda: len(page.detail.steps.shown) == 5)
    assert page.detail.trouble.isHidden()
