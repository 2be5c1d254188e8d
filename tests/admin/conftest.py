"""The office's pages in a test: shown offscreen, with real logins on the real server."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from admin_app import bar, chosen, reader
from admin_app.desk import Desk
from admin_app.orders import detail
from admin_app.overview import OverviewPage
from admin_app.overview import page as overview_page
from admin_app.refunds import choose_rule, landing, lines_bar
from admin_app.session import Session, enter
from admin_app.stock import StockPage, correct_bar, filters
from core.base.config import Config
from core.base.identifiers import new_id
from core.commands import settle_command
from core.health import record_checks
from core.live import Changes
from core.orders import place_order
from core.qt import task
from core.qt.line import LineState
from core.qt.settle import Settler
from core.staff import me
from tests.support import correcting
from tests.support.looks import wear_light

SIZE = (1158, 768)  # what the smallest window leaves beside the navigation
SOON = 20  # ms
PAUSES = [(each, "PAUSE") for each in (bar, chosen, choose_rule, correct_bar, filters, lines_bar)]  # after the last key
GAPS = [(each, "GAP") for each in (reader, detail, landing, overview_page)]  # between two looks


@pytest.fixture(autouse=True)
def dressed(qapp):
    wear_light(qapp)


@pytest.fixture(autouse=True)
def soon(request, monkeypatch):
    """Have the pages rest for a moment only, except where a test is about the rest itself: those are marked `real_pauses`."""
    if not request.node.get_closest_marker("real_pauses"):
        for module, name in (*PAUSES, *GAPS):
            monkeypatch.setattr(module, name, SOON)


@pytest.fixture
def line(qapp):
    line = LineState()
    line._take("live", line.now(), None)
    return line


@pytest.fixture
def open_at_desk(qtbot, login, line, pending):
    """Show a page that is given a Desk: `open_at_desk(StaffPage, "owner")`, of whatever size; it returns when the page has its answer.

    `pages` are those it can send the person to.
    """
    settlers = []

    def open_at_desk(kind, who="owner", size=SIZE, db=None, pages=(), **options):
        db = db or login(who, pending=pending)
        settlers.append(Settler(pending, lambda command_id: settle_command(db, command_id), lambda verb, args: verb, line))
        page = kind(Desk(db, line, me(db), settlers[-1], pages=frozenset(pages)), **options)
        qtbot.addWidget(page)
        page.resize(*size)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        qtbot.waitUntil(lambda: "Reading" not in page.listing.notice.title.text() or page.listing.has_rows)
        return page

    yield open_at_desk
    task.wait()
    QApplication.processEvents()
    for settler in settlers:
        settler.deleteLater()


@pytest.fixture
def correct(qtbot, open_at_desk, town):
    """Open the figures of Yaba (Chicken 40 pcs, Oil 5 L, Rice 10 kg): `correct()`; who and how as open_at_desk has it."""

    def correct(who="manager", **options):
        page = open_at_desk(StockPage, who, **options)
        if who != "manager":
            page.filters.kitchen.choose(town.yaba)
        correcting.begin(qtbot, page)
        return page

    return correct


@pytest.fixture
def checked(qtbot, open_at_desk, town, refill):
    """Have figures of Yaba (Chicken 40 pcs, Oil 5 L, Rice 10 kg) checked: `checked("38", "4.5")`; who and how as open_at_desk has it."""

    def checked(*figures, who="manager", **options):
        refill()
        page = open_at_desk(StockPage, who, **options)
        if who != "manager":
            page.filters.kitchen.choose(town.yaba)
        correcting.begin(qtbot, page)
        correcting.type_down(page, *figures)
        refill()
        correcting.check(qtbot, page)
        return page

    return checked


@pytest.fixture
def chickens(scene):
    """How many chickens lie on the shelf by now: `chickens()`."""
    return lambda: scene.shelf(scene.town.chicken).on_hand


@pytest.fixture
def config(workplace, copy, tmp_path):
    return Config(server=workplace.cluster.server(copy), data=tmp_path)


@pytest.fixture
def sign_in(qtbot, workplace, config):
    """Sign somebody in and show their window: `sign_in("support")`."""
    opened = []

    def sign_in(who="support"):
        session = Session(config, enter(config, workplace.sign_ins[who]))
        opened.append(session)
        qtbot.addWidget(session.frame)
        session.frame.resize(1366, 768)
        with qtbot.waitActive(session.frame):
            session.frame.show()
            session.frame.activateWindow()
        qtbot.waitUntil(lambda: session.line.state == "live")
        return session

    yield sign_in
    for session in opened:
        session.close()
    task.wait()
    QApplication.processEvents()


@pytest.fixture
def show(qtbot, login, line):
    """Show the overview: `show("finance")`; it returns when the page has its answer. `checked`: the worker has just checked."""

    def show(who="support", pages=("overview", "orders", "stock"), checked=True, **options):
        if checked:
            record_checks(login("worker"))
        db = login(who)
        page = OverviewPage(Desk(db, line, me(db), pages=frozenset(pages)), **options)
        qtbot.addWidget(page)
        page.resize(*SIZE)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        qtbot.waitUntil(lambda: page.stack.currentIndex() == 1 and page.board.promises.known.ran is not None)
        return page

    yield show
    task.wait()
    QApplication.processEvents()


@pytest.fixture
def rewrite(owner_connection):
    """Change a table behind the door, as time or an accident would: `rewrite("UPDATE …", …)`."""

    def rewrite(statement, *args):
        with owner_connection.transaction():
            owner_connection.execute("SET LOCAL session_replication_role = replica")
            owner_connection.execute(statement, args)

    return rewrite


@pytest.fixture
def buy(ordering, town):
    """Place an order of water: `buy(2)`."""
    return lambda portions=1, customer=town.customer: place_order(ordering, new_id(), town.yaba, customer, [town.water], [portions], "")


def rows(page):
    """Return what the table says: a list of words for each row, for the columns that are shown."""
    model, view = page.model, page.listing.view
    shown = [section for section in range(model.columnCount()) if not view.isColumnHidden(section)]
    return [[model.index(place, section).data() for section in shown] for place in range(model.rowCount())]


def names(page, section):
    return [page.model.index(place, section).data() for place in range(page.model.rowCount())]


def choose(page, place):
    """Choose a row as the arrow keys do."""
    index = page.model.index(place, 0)
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    page.listing.view.selectionModel().setCurrentIndex(index, flags)


def look_at_kitchen(qtbot, page, kitchen_id):
    """Choose a kitchen in the page's box, as soon as it is offered there."""
    qtbot.waitUntil(lambda: page.filters.kitchen.box.count() > 1)
    page.filters.kitchen.choose(kitchen_id)


def is_calm(reader):
    """Nothing is being read, and nothing more is asked for."""
    return not (reader._busy or reader._wanted or reader._rest.isActive())


def tell(page, *nouns, objects=(), resync=False):
    """Tell the page what the feed would."""
    page.take(Changes(resync, frozenset(nouns), frozenset(objects)))


def told(qtbot, page, *orders):
    """Tell the page of these orders, and wait until it has looked."""
    tell(page, "orders", objects=[order.id for order in orders])
    qtbot.waitUntil(lambda: is_calm(page.news))


def page(session, kind):
    [found] = session.frame.findChildren(kind)
    return found


def press(session, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(session.frame.windowHandle(), key, modifier)


def leads_to(qtbot, page, push):
    """Return where a click goes: a page's key, and what it shows there."""
    with qtbot.waitSignal(page.wanted) as gone:
        push.click()
    return tuple(gone.args)
