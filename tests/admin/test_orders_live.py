"""The orders page while things happen: nothing moves under whoever reads, and nothing old is passed off as new."""

from dataclasses import replace

import pytest

from admin_app.desk import Desk
from admin_app.orders import OrdersPage
from core.base.identifiers import new_id
from core.customers import create_customer
from core.database.gateway import Database
from core.orders import State, advance_order
from core.qt import task
from core.staff import me
from tests.admin.conftest import choose, names, tell, told
from tests.admin.crowd import fill
from tests.support.money import fund
from tests.support.proxy import Proxy

NUMBER, STATE = 0, 4


@pytest.fixture
def page(open_at_desk, town):
    return open_at_desk(OrdersPage, "support")


def test_a_new_order_appears_at_the_top_at_once_when_nobody_reads(qtbot, page, buy):
    first = buy()
    told(qtbot, page, first)
    second = buy()
    told(qtbot, page, second)
    assert names(page, NUMBER) == [str(second.number), str(first.number)]
    assert page.head.news.isHidden()


def test_a_row_that_is_read_is_not_moved_the_new_orders_wait_behind_a_button(qtbot, page, buy):
    first = buy()
    told(qtbot, page, first)
    choose(page, 0)
    newer = [buy(), buy(), buy()]
    told(qtbot, page, *newer)
    assert names(page, NUMBER) == [str(first.number)]
    assert page.head.news.text() == "3 new orders"
    page.head.news.click()
    qtbot.waitUntil(lambda: len(page.model.rows) == 4)
    assert page.head.news.isHidden()
    assert not page.listing.view.currentIndex().isValid()


def test_who_scrolled_down_is_not_moved_either(qtbot, open_at_desk, town, owner_connection, buy):
    fill(owner_connection, town, 300)
    page = open_at_desk(OrdersPage, "support")
    bar = page.listing.view.verticalScrollBar()
    bar.setValue(1000)
    top = page.listing.view.rowAt(5)
    told(qtbot, page, buy())
    assert page.head.news.text() == "1 new order"
    assert (bar.value(), page.listing.view.rowAt(5), len(page.model.rows)) == (1000, top, 200)
    bar.setValue(0)
    qtbot.waitUntil(page.head.news.isHidden)
    assert len(page.model.rows) == 200


def test_a_state_changes_in_place_even_when_the_order_no_longer_matches_what_is_asked(qtbot, page, buy, cook):
    order, other = buy(), buy()
    told(qtbot, page, order, other)
    page.filters.state.choose(State.PLACED)
    qtbot.wait(50)
    choose(page, 1)
    advance_order(cook, new_id(), order.id, 1, State.ACCEPTED)
    told(qtbot, page, order)
    assert names(page, STATE) == ["Placed", "Accepted"]
    page.listing.leave()
    qtbot.waitUntil(lambda: names(page, STATE) == ["Placed"])


def test_after_an_absence_everything_is_looked_at_again(qtbot, page, buy, cook):
    first = buy()
    told(qtbot, page, first)
    choose(page, 0)
    advance_order(cook, new_id(), first.id, 1, State.ACCEPTED)
    buy()
    tell(page, resync=True)
    qtbot.waitUntil(lambda: names(page, STATE) == ["Accepted"] and page.head.news.text() == "1 new order")


def test_open_details_follow_their_order(qtbot, page, buy, cook):
    order = buy()
    told(qtbot, page, order)
    choose(page, 0)
    page.listing.open_current()
    qtbot.waitUntil(lambda: len(page.listing.detail.story.moments) == 1)
    advance_order(cook, new_id(), order.id, 1, State.ACCEPTED)
    told(qtbot, page, order)
    qtbot.waitUntil(lambda: len(page.listing.detail.story.moments) == 2)
    assert page.listing.detail.state.words.text() == "Accepted"


def test_a_question_that_cannot_be_asked_is_not_passed_off_as_answered(qtbot, open_at_desk, login, line, town, ordering, buy):
    order = buy()
    page = open_at_desk(OrdersPage, "support")
    page.desk.db.close()
    line._take("offline", line.now(), None)
    page.filters.search.setText("somebody else")
    qtbot.waitUntil(page.head.trouble.isVisible)
    assert page.head.trouble.words.text().endswith("The table still shows what was asked for before.")
    assert names(page, NUMBER) == [str(order.number)]


def test_the_question_that_could_not_be_asked_is_answered_when_the_line_is_back(qtbot, workplace, copy, line, ordering, worker, buy):
    garba = create_customer(ordering, new_id(), "Garba Sule", "+2348030000002").id
    fund(ordering, worker, garba, 30_000)
    wanted, _ = buy(1, garba), buy()
    proxy = Proxy(workplace.cluster.port)
    it = workplace.sign_ins["support"]
    db = Database.connect(replace(workplace.cluster.server(copy), port=proxy.port), it.login, it.password)
    page = OrdersPage(Desk(db, line, me(db)))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: len(page.model.rows) == 2)
    choose(page, 0)
    proxy.close()
    page.filters.search.setText("garba")
    qtbot.waitUntil(page.head.trouble.isVisible)
    proxy = Proxy(workplace.cluster.port, proxy.port)
    tell(page, resync=True)
    qtbot.waitUntil(lambda: names(page, NUMBER) == [str(wanted.number)])
    assert page.head.trouble.isHidden()
    task.wait()
    db.close()
    proxy.close()


def test_what_cannot_be_read_says_why_and_tries_again_when_asked(qtbot, open_at_desk, town, owner_connection, buy):
    buy()
    owner_connection.execute("REVOKE SELECT ON api.order_list FROM support")
    page = open_at_desk(OrdersPage, "support")
    qtbot.waitUntil(lambda: page.listing.notice.title.text() == "The orders could not be read")
    owner_connection.execute("GRANT SELECT ON api.order_list TO support")
    page.listing.notice.act.click()
    qtbot.waitUntil(lambda: len(page.model.rows) == 1)
