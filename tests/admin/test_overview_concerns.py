"""What needs somebody: named, worst first, each leading to the page that explains it; and the promises."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from admin_app.orders.question import Question
from admin_app.overview.attention import Attention
from admin_app.overview.promises import Promises
from admin_app.overview.tiles import BACK, ORDERS, TAKEN
from admin_app.promises.checks import Checks
from admin_app.stock.filters import Filter
from core.base.identifiers import new_id
from core.health import record_checks
from core.orders import State, cancel_order
from core.payments import create_payment, settle_payment
from core.stock import Level, waste_stock
from tests.admin.conftest import is_calm, leads_to
from tests.support.looks import unnamed


def concerned(page):
    """Return what needs somebody, from top to bottom."""
    return [concern.title for concern in page.board.attention.shown.values()]


def look_again(qtbot, page):
    page.head.look_again.emit()
    qtbot.waitUntil(lambda: is_calm(page.reader) and is_calm(page.slow_reader))


def test_a_quiet_day_says_that_nothing_waits(show, town):
    page = show()
    assert concerned(page) == []
    assert page.board.attention.calm.isVisible()
    assert page.board.promises.title.text() == f"All {page.board.promises.known.many} promises hold"


def test_kitchens_in_trouble_are_named_with_what_and_since_when_and_lead_there(qtbot, show, scene, town, cook, rewrite):
    late, silent = scene.order(State.ACCEPTED), scene.order()
    rewrite("UPDATE app.orders SET promised_at = now() - interval '40 minutes' WHERE id = %s", late.id)
    rewrite("UPDATE app.orders SET changed_at = now() - interval '6 minutes' WHERE id = %s", silent.id)
    waste_stock(cook, new_id(), town.chicken, 38, "spoiled", "")
    page = show()
    assert concerned(page) == ["Yaba: 1 order is late", "Yaba: 1 order unanswered", "Yaba: 1 item out"]
    lines = {key.split()[0]: line for key, line in page.board.attention.lines.items()}
    assert leads_to(qtbot, page, lines["late"]) == ("orders", Question(kitchen_id=town.yaba))
    assert leads_to(qtbot, page, lines["unanswered"]) == ("orders", Question(kitchen_id=town.yaba, state=State.PLACED))
    wanted = Filter(kitchen_id=town.yaba, levels=frozenset({Level.SHORT, Level.OUT}))
    assert leads_to(qtbot, page, lines["shelves"]) == ("stock", wanted)
    assert lines["late"].accessibleName().startswith("Yaba: 1 order is late. The first was promised for ")


def test_what_stays_keeps_the_focus_while_the_rest_comes_and_goes(qtbot, show, scene, rewrite):
    order = scene.order()
    rewrite("UPDATE app.orders SET changed_at = now() - interval '6 minutes'")
    page = show()
    [line] = page.board.attention.lines.values()
    line.setFocus()
    rewrite("UPDATE app.orders SET promised_at = now() - interval '40 minutes' WHERE id = %s", order.id)
    look_again(qtbot, page)
    assert concerned(page) == ["Yaba: 1 order is late", "Yaba: 1 order unanswered"]
    assert line.hasFocus()
    rewrite("UPDATE app.orders SET promised_at = now() + interval '40 minutes' WHERE id = %s", order.id)
    look_again(qtbot, page)
    assert concerned(page) == ["Yaba: 1 order unanswered"]
    assert line.hasFocus()
    assert list(page.board.attention.lines.values()) == [line]


def test_a_broken_promise_comes_first_until_it_is_checked_and_holds(qtbot, show, scene, rewrite):
    scene.order()
    rewrite("UPDATE app.orders SET changed_at = now() - interval '6 minutes'")
    rewrite("UPDATE app.order_lines SET unit_price = unit_price + 1")
    page = show()
    assert concerned(page) == ["A promise is broken (I16)", "Yaba: 1 order unanswered"]
    assert page.board.promises.title.text() == f"1 of {page.board.promises.known.many} promises are broken"
    rewrite("UPDATE app.order_lines SET unit_price = unit_price - 1")
    page.board.promises.act.click()
    qtbot.waitUntil(lambda: page.board.promises.title.text() == f"All {page.board.promises.known.many} promises hold")
    assert concerned(page) == ["Yaba: 1 order unanswered"]


def test_everything_is_reached_by_the_keyboard_from_top_to_bottom(qtbot, show, scene, rewrite):
    scene.order()
    rewrite("UPDATE app.orders SET changed_at = now() - interval '6 minutes'")
    page = show()
    board = page.board
    [line] = board.attention.lines.values()
    wanted = [board.tiles[ORDERS], board.tiles[TAKEN], board.tiles[BACK], board.hours, board.days, *board.states.cells.values(), line]
    wanted[0].setFocus()
    for place in wanted:
        assert place.hasFocus(), wanted.index(place)
        QTest.keyClick(page.windowHandle(), Qt.Key.Key_Tab)
    assert board.promises.act.hasFocus()
    line.setFocus()
    with qtbot.waitSignal(page.wanted):
        QTest.keyClick(page.windowHandle(), Qt.Key.Key_Return)
    assert unnamed(page) == []


def test_money_that_waits_or_is_not_as_asked_for_is_named_and_leads_nowhere_without_a_page(show, town, ordering, worker, rewrite):
    wrong, slow = (create_payment(ordering, new_id(), town.customer, amount) for amount in (40_000, 50_000))
    settle_payment(worker, new_id(), wrong.id, True, 30_000, "NGN", "t1")
    rewrite("UPDATE app.payments SET created_at = now() - interval '16 minutes' WHERE id = %s", slow.id)
    page = show("finance")
    assert concerned(page) == ["1 card payment is not as asked for", "1 card payment without an answer"]
    line = page.board.attention.lines["mismatched"]
    assert line.detail.text() == "Asked for ₦400.00; nothing was credited"
    assert line.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert line.arrow.isHidden()


@pytest.mark.parametrize("kept, cancelled, is_said", [(1, 1, False), (2, 2, True)])
def test_cancelled_orders_are_a_concern_when_they_are_many(show, scene, ordering, town, kept, cancelled, is_said):
    orders = [scene.order() for _ in range(kept + cancelled)]
    for order in orders[:cancelled]:
        cancel_order(ordering, new_id(), order.id, 1, "changed their mind")
    assert concerned(show()) == (["Yaba: 2 orders cancelled"] if is_said else [])


def test_promises_that_cannot_be_checked_are_not_called_kept(qtbot, show, town, owner_connection):
    page = show()
    owner_connection.execute("REVOKE SELECT ON api.invariants FROM support")
    page.board.promises.act.click()
    assert page.board.promises.title.text() == "Checking the promises …"
    assert not page.board.promises.act.isEnabled()
    qtbot.waitUntil(lambda: page.board.promises.title.text() == f"All {page.board.promises.known.many} promises held")
    assert ", not checked again: " in page.board.promises.detail.text()
    assert page.board.promises.act.isEnabled()
    assert concerned(page) == []


def test_a_broken_promise_stays_a_concern_when_it_cannot_be_checked_again(qtbot, show, scene, rewrite, owner_connection):
    scene.order()
    rewrite("UPDATE app.order_lines SET unit_price = unit_price + 1")
    page = show()
    owner_connection.execute("REVOKE SELECT ON api.invariants FROM support")
    page.board.promises.act.click()
    qtbot.waitUntil(lambda: ", not checked again: " in page.board.promises.detail.text())
    assert page.board.promises.title.text() == f"1 of {page.board.promises.known.many} promises are broken"
    assert concerned(page) == ["A promise is broken (I16)"]
    rewrite("UPDATE app.order_lines SET unit_price = unit_price - 1")


def test_the_page_asks_no_promise_itself_but_reads_what_the_worker_found(show, town):
    page = show()
    assert page.db.counted().all_reads.times > 0
    assert [each.name for each in page.db.counted().reads if each.name == "invariants"] == []
    assert page.board.promises.detail.text().endswith("Nobody checked last night.")


def test_without_a_worker_that_checks_it_is_said_first_with_what_to_do(qtbot, show, town, owner_connection, worker):
    page = show(checked=False)
    assert page.board.promises.title.text() == "They were never checked"
    assert concerned(page) == ["No worker checks the promises"]
    [line] = page.board.attention.lines.values()
    meaning = "Money is not frozen when a promise breaks now. Health says what to do."
    assert line.detail.text().startswith(f"They were never checked. {meaning}") and page.board.promises.detail.text().startswith(meaning)
    record_checks(worker)
    look_again(qtbot, page)
    qtbot.waitUntil(lambda: concerned(page) == [])
    owner_connection.execute("UPDATE app.check_runs SET at = at - interval '16 minutes'")
    look_again(qtbot, page)
    qtbot.waitUntil(lambda: len(concerned(page)) == 1)
    assert page.board.promises.title.text().startswith("Not checked since ")


def test_before_it_is_known_how_the_promises_stand_nobody_is_told_that_nothing_waits(qtbot, login, line, town):
    attention = Attention((), Promises(Checks(login("support"), line)))
    qtbot.addWidget(attention)
    assert attention.calm.isHidden()
    attention.show_concerns([], False)
    assert attention.calm.isHidden()
    qtbot.waitUntil(lambda: attention.promises.is_read)
    attention.show_concerns([], False)
    assert not attention.calm.isHidden()


def test_what_somebody_had_checked_here_is_told_though_no_worker_checks(qtbot, show, town):
    page = show(checked=False)
    page.board.promises.act.click()
    qtbot.waitUntil(lambda: page.board.promises.title.text() == f"All {page.board.promises.known.many} promises hold")
    assert concerned(page) == ["No worker checks the promises"]


def test_runs_that_cannot_be_read_are_not_called_kept(qtbot, login, line, town, owner_connection):
    owner_connection.execute("REVOKE SELECT ON api.check_runs FROM support")
    promises = Promises(Checks(login("support"), line))
    qtbot.addWidget(promises)
    assert promises.title.text() == "Reading what the checks found …"
    qtbot.waitUntil(lambda: promises.title.text() == "The promises were not checked")
    assert promises.detail.text() != ""
    owner_connection.execute("GRANT SELECT ON api.check_runs TO support")
    promises.checks.look()
    qtbot.waitUntil(lambda: promises.title.text() == "They were never checked")
