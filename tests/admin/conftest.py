"""The office's pages in a test: shown offscreen, with real logins on the real server."""

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QApplication

from core.base.identifiers import new_id
from core.live import Changes
from core.orders import place_order
from core.qt import task, theme
from core.qt.line import LineState

SIZE = (1158, 768)  # what the smallest window leaves beside the navigation


@pytest.fixture(autouse=True)
def dressed(qapp):
    theme.apply(qapp, dark=False)


@pytest.fixture
def line(qapp):
    line = LineState()
    line._take("live", line.now(), None)
    return line


@pytest.fixture
def open_page(qtbot, login, line):
    """Show a page to somebody: `open_page(StockPage)`, `open_page(OrdersPage, "auditor")`; it returns when the page has its answer."""

    def open_page(kind, who="support", size=SIZE, **options):
        page = kind(login(who), line, **options)
        qtbot.addWidget(page)
        page.resize(*size)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        qtbot.waitUntil(lambda: "Reading" not in page.listing.notice.title.text() or page.listing.has_rows)
        return page

    yield open_page
    task.wait()
    QApplication.processEvents()


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
