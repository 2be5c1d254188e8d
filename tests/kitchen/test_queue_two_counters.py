"""Two counters of one kitchen, each a whole session with its own login, and one queue: both see every step, nobody reloads."""

import pytest

from core.base.config import Config
from core.base.identifiers import new_id
from core.database.pending import Pending, folder_of
from core.orders import PayWith, State, advance_order, cancel_order, order_history
from core.qt.settle import RECORDED
from kitchen_app.session import Session, enter
from tests.support.money import settle

SOON = 8_000  # ms: nobody kicks in these tests, so it takes a poll or two


@pytest.fixture
def sit(workplace, copy, tmp_path, qtbot, scene):
    """Sit down at a counter with the queue in front: `sit("cook")`; each counter has a folder of its own."""
    sessions = []

    def sit(who, folder="data"):
        config = Config(workplace.cluster.server(copy), counter=f"Counter {len(sessions) + 1}", data=tmp_path / folder)
        config.data.mkdir(exist_ok=True)
        entered = enter(config, workplace.sign_ins[who])
        session = Session(config, entered, entered.kitchens[0])
        sessions.append(session)
        session.window.resize(1366, 768)
        session.window.show()
        qtbot.waitUntil(lambda: session.line.state == "live" and session.window.orders.book.read_at is not None, timeout=SOON)
        return session

    yield sit
    for session in sessions:
        session.close()


def look(session, order):
    """How an order looks at a counter; None when it is in none of its lanes."""
    page = session.window.orders
    found = [look for looks in page.looks.all().values() for look in looks if look.entry.order.id == order.id]
    return found[0] if found else None


def press(session, order, name):
    card = session.window.orders.rail.lanes.card(order.id)
    push = next(push for push in (card.act, card.recall, *card.ticks) if push.accessibleName() == f"{name} order {order.number}")
    assert push.isEnabled()
    push.click()


def tab(session):
    return session.window.chrome.pages.button(0).text()


def test_the_program_opens_with_its_orders_and_a_new_one_comes_by_itself(sit, scene, qtbot):
    one, two = sit("cook", "one"), sit("manager", "two")
    assert one.window.pages.currentWidget() is one.window.orders
    order = scene.order()
    qtbot.waitUntil(lambda: look(one, order) is not None and look(two, order) is not None, timeout=SOON)
    assert (tab(one), tab(two)) == ("Orders · 1 new", "Orders · 1 new")


def test_a_step_at_one_counter_is_seen_at_the_other_with_who_took_it(sit, scene, qtbot):
    order = scene.order()
    one, two = sit("cook", "one"), sit("manager", "two")
    press(one, order, "Accept")
    qtbot.waitUntil(lambda: look(two, order).entry.order.state is State.ACCEPTED, timeout=SOON)
    assert look(two, order).mark.text.startswith("Accepted by Chidi Okoye")
    qtbot.waitUntil(lambda: look(one, order).act == "Start cooking", timeout=SOON)
    assert look(one, order).mark is None
    assert (tab(one), tab(two)) == ("Orders", "Orders")


def test_both_accept_at_once_and_one_is_told_that_the_other_was_first(sit, scene, qtbot):
    order = scene.order()
    one, two = sit("cook", "one"), sit("manager", "two")
    press(one, order, "Accept")
    press(two, order, "Accept")
    told = " Nothing of yours was saved."
    qtbot.waitUntil(lambda: sum((look(each, order).mark or ("", "", ""))[2].endswith(told) for each in (one, two)) == 1, timeout=SOON)
    assert len(order_history(scene.cook, order.id)) == 2


def test_a_paid_card_order_comes_into_the_queue_when_its_money_has_come(sit, scene, worker, qtbot):
    order = scene.order(pay_with=PayWith.CARD)
    one = sit("cook", "one")
    assert look(one, order) is None
    settle(worker, order.id, order.total)
    qtbot.waitUntil(lambda: look(one, order) is not None, timeout=SOON)
    assert look(one, order).told.startswith("Paid by card, ")


def test_cancelled_at_one_counter_shouts_at_the_other_until_seen_there_also_after_a_restart(sit, scene, login, qtbot):
    order = scene.order(State.ACCEPTED, State.PREPARING)
    one = sit("cook", "one")
    cancel_order(login("manager"), new_id(), order.id, 3, "Out of stock")
    shouts = one.window.orders.rail.shouts
    qtbot.waitUntil(shouts.isVisible, timeout=SOON)
    shouts.shouts[0].act.click()
    assert not shouts.isVisible()
    again, elsewhere = sit("cook", "one"), sit("cook2", "two")
    assert not again.window.orders.rail.shouts.isVisible()
    assert elsewhere.window.orders.rail.shouts.isVisible()


def test_what_a_killed_program_sent_of_an_order_is_settled_at_the_next_start_and_said_in_words(sit, scene, login, tmp_path, qtbot):
    order, lost = scene.order(), new_id()
    Pending(folder_of(tmp_path / "one", "bisi")).keep(lost, "advance_order", {"order_id": order.id, "seen_version": 1, "state": "accepted"})
    advance_order(login("manager"), lost, order.id, 1, State.ACCEPTED)
    one = sit("manager", "one")
    qtbot.waitUntil(lambda: [doubt.state for doubt in one.settler.doubts] == [RECORDED], timeout=SOON)
    assert look(one, order).mark.text.startswith(f"Recorded: Order {order.number}: accepted.")


def test_a_line_that_is_lost_and_comes_back_brings_the_queue_up_to_date(sit, scene, owner_connection, qtbot):
    one = sit("manager", "one")
    owner_connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'bisi'"
    )
    qtbot.waitUntil(lambda: one.line.state != "live", timeout=SOON)
    order = scene.order()
    qtbot.waitUntil(lambda: one.line.state == "live" and look(one, order) is not None, timeout=SOON)
