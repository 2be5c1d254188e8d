"""The overview: the figures of the day against other days, what needs somebody, and the way to the page that explains it."""

import csv
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from admin_app.desk import Desk
from admin_app.orders.question import Question
from admin_app.overview import OverviewPage
from admin_app.overview import page as overview_page
from admin_app.overview.tiles import BACK, ORDERS, TAKEN, WALLETS
from core.base.days import LAGOS
from core.base.identifiers import new_id
from core.orders import State, cancel_order
from core.staff import me
from tests.admin.conftest import is_calm, leads_to, tell
from tests.admin.crowd import fill

PAGES = frozenset({"overview", "orders", "stock"})


def figure(page, tile):
    """Return what a tile says: its figure and the lines below it."""
    shown = page.board.tiles[tile]
    return [shown.figure.text(), *(words.text() for words in shown.lines)]


def test_the_day_so_far_is_told_in_four_figures_with_their_units(show, scene, ordering):
    kept, gone = scene.order(quantity=2), scene.order()
    cancel_order(ordering, new_id(), gone.id, 1, "changed their mind")
    page = show("finance")
    assert kept.total + gone.total == 750_000
    assert figure(page, ORDERS) == ["2", "Nothing yesterday by now", "Nothing a week ago by now"]
    assert figure(page, TAKEN) == ["₦7,500.00", "Nothing yesterday by now", "Nothing a week ago by now"]
    assert figure(page, BACK) == ["₦2,500.00", "1 cancelled order, 0 refunds", "33.3 % of what was taken"]
    assert figure(page, WALLETS) == ["₦4,995,000.00", "1 wallet", "None is frozen"]


def test_orders_are_compared_with_what_there_was_by_this_time(show, town, line, owner_connection, buy):
    now = line.now()
    midnight = now.astimezone(LAGOS).replace(hour=0, minute=0, second=0, microsecond=0)
    earlier = max(midnight, now - timedelta(seconds=1))
    later = min(midnight + timedelta(hours=24, microseconds=-1), now + timedelta(minutes=10))
    for days_ago, by_now in ((1, 4), (7, 9)):
        fill(owner_connection, town, by_now, newest=earlier - timedelta(days=days_ago), step=timedelta(0))
        fill(owner_connection, town, 3, newest=later - timedelta(days=days_ago), step=timedelta(0))
    for _ in range(6):
        buy()
    assert figure(show(), ORDERS) == ["6", "50 % above yesterday by now", "33 % below a week ago by now"]


def test_every_state_says_how_many_of_todays_orders_are_in_it(show, scene):
    scene.order()
    scene.order(State.ACCEPTED)
    scene.order(State.ACCEPTED, State.PREPARING)
    cells = show().board.states.cells
    assert {state: cell.count.text() for state, cell in cells.items() if cell.count.text() != "0"} == {
        State.PLACED: "1", State.ACCEPTED: "1", State.PREPARING: "1",
    }  # fmt: skip
    assert cells[State.ACCEPTED].accessibleName() == "Accepted: 1 order"


def test_a_new_order_is_counted_by_itself(qtbot, show, buy):
    page = show()
    assert figure(page, ORDERS)[0] == "0"
    buy()
    tell(page, "orders")
    qtbot.waitUntil(lambda: figure(page, ORDERS)[0] == "1")


def test_what_does_not_concern_the_page_makes_it_ask_nothing(qtbot, show):
    page = show()
    qtbot.waitUntil(lambda: is_calm(page.reader))
    tell(page, "menu", "staff")
    assert is_calm(page.reader)


def test_a_page_that_nobody_looks_at_asks_nothing_and_is_up_to_date_when_somebody_does(qtbot, show, buy):
    page = show()
    qtbot.waitUntil(lambda: is_calm(page.reader))
    page.hide()
    buy()
    tell(page, "orders", resync=True)
    assert is_calm(page.reader)
    page.show()
    qtbot.waitUntil(lambda: figure(page, ORDERS)[0] == "1")


def test_at_midnight_all_days_move_on(show, town, owner_connection, line, login):
    fill(owner_connection, town, 3, newest=line.now() - timedelta(days=3), step=timedelta(0))
    page = show()
    tomorrow = line.now() + timedelta(days=1)
    assert page.before.hours[3] != []
    again = overview_page.read_before(login("support"), tomorrow, page.before)
    assert sorted(again.hours) == [1, 2, 3, 4, 5, 6, 7]
    assert again.hours[3] is not page.before.hours[3]
    kept = overview_page.read_before(login("support"), line.now(), page.before)
    assert kept.hours[3] is page.before.hours[3]  # over, and not read again


@pytest.mark.parametrize(
    "act, page_key, what",
    [
        (lambda board: board.tiles[ORDERS], "orders", Question(days=1)),
        (lambda board: board.tiles[TAKEN], "orders", Question(days=1)),
        (lambda board: board.tiles[BACK], "orders", Question(days=1, went_back=True)),
        (lambda board: board.hours, "orders", Question(days=1)),
        (lambda board: board.days, "orders", Question(days=7)),
        (lambda board: board.states.cells[State.OUT], "orders", Question(state=State.OUT, days=1)),
    ],
    ids=["orders", "taken", "back", "hours", "days", "state"],
)
def test_every_figure_leads_to_the_page_that_explains_it(qtbot, show, act, page_key, what):
    page = show()
    assert leads_to(qtbot, page, act(page.board)) == (page_key, what)


def test_where_there_are_pages_for_refunds_and_wallets_the_figures_lead_there(qtbot, show):
    page = show(pages=PAGES | {"refunds", "wallets"})
    assert leads_to(qtbot, page, page.board.tiles[BACK]) == ("refunds", None)
    assert leads_to(qtbot, page, page.board.tiles[WALLETS]) == ("wallets", None)


def test_what_leads_nowhere_is_no_button(show):
    wallets = show().board.tiles[WALLETS]
    assert wallets.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert wallets.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def test_without_a_line_the_figures_stay_and_say_of_when_they_are(show, line, buy):
    buy()
    page = show()
    line._take("offline", line.now(), None)
    assert page.head.age.isVisible()
    assert page.head.age.words.text().startswith("as of ")
    assert page.board.tiles[ORDERS].figure.property("tone") == "muted"
    assert page.board.hours.is_old
    assert figure(page, ORDERS)[0] == "1"
    line._take("live", line.now(), None)
    assert page.head.age.isHidden()
    assert page.board.tiles[ORDERS].figure.property("tone") is None


def test_figures_that_cannot_be_read_say_why_and_are_read_again_on_demand(qtbot, show, login, line, town, owner_connection):
    owner_connection.execute("REVOKE SELECT ON api.order_hours FROM support")
    db = login("support")
    page = OverviewPage(Desk(db, line, me(db), pages=PAGES))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.notice.title.text() == "The figures could not be read")
    owner_connection.execute("GRANT SELECT ON api.order_hours TO support")
    page.notice.act.click()
    assert page.notice.title.text() == "Reading the figures …"
    qtbot.waitUntil(lambda: page.stack.currentIndex() == 1)


def test_figures_that_cannot_be_read_again_stay_and_the_head_says_so(qtbot, show, owner_connection):
    page = show()
    owner_connection.execute("REVOKE SELECT ON api.kitchens_today FROM support")
    page.head.look_again.emit()
    qtbot.waitUntil(page.head.trouble.isVisible)
    assert "could not be read again" in page.head.trouble.words.text()
    assert page.stack.currentIndex() == 1


def test_half_of_the_figures_that_is_read_again_does_not_hide_that_the_other_half_is_old(qtbot, show, owner_connection):
    page = show()
    owner_connection.execute("REVOKE SELECT ON api.kitchens_today FROM support")
    page.reader.ask()
    qtbot.waitUntil(page.head.trouble.isVisible)
    before = page.before
    page.slow_reader.ask()
    qtbot.waitUntil(lambda: page.before is not before)
    assert page.head.trouble.isVisible()
    owner_connection.execute("GRANT SELECT ON api.kitchens_today TO support")
    page.reader.ask()
    qtbot.waitUntil(page.head.trouble.isHidden)


def test_the_figures_of_the_day_are_exported_as_plain_numbers(qtbot, show, scene, ordering, tmp_path):
    gone = scene.order()
    cancel_order(ordering, new_id(), gone.id, 1, "changed their mind")
    path = tmp_path / "figures.csv"
    page = show("finance", ask=lambda *_: str(path))
    with qtbot.waitSignal(page.said):
        page.head.export_shown.emit()
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == ["Figure", "Unit", "Today", "Yesterday by this time", "A week ago by this time"]
    assert ["Orders", "orders", "1", "0", "0"] in rows
    assert ["Taken", "naira", "2500.00", "0.00", "0.00"] in rows
    assert ["Given back", "naira", "2500.00", "0.00", "0.00"] in rows
    assert ["Cancelled", "orders", "1", "", ""] in rows
    assert ["In wallets", "naira", "5000000.00", "", ""] in rows
    assert ["Yaba: late", "orders", "0", "", ""] in rows


def test_the_hours_are_exported_too(qtbot, show, buy, line, tmp_path):
    buy()
    path = tmp_path / "hours.csv"
    page = show(ask=lambda *_: str(path))
    with qtbot.waitSignal(page.said):
        page.head.export_all.emit()
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == ["Hour", "Orders today", "Orders a week ago"]
    assert len(rows) == 25
    assert sum(int(today) for _, today, _ in rows[1:]) == 1
