"""A refund's views in a test: shown to people at their own desks, and two refunds to show: one that runs, one that waits."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from admin_app.desk import Desk
from admin_app.refunds.approve import ApproveView
from admin_app.refunds.page import RefundsPage
from admin_app.refunds.run import RunView
from core.commands import settle_command
from core.database.gateway import Database
from core.database.pending import Pending
from core.orders import State
from core.qt import task
from core.qt.settle import Settler
from core.staff import me
from tests.admin.conftest import SIZE
from tests.support.many import all_of_yaba, cook_many
from tests.support.refund_page import pick
from tests.support.refund_views import calm, press
from tests.support.refunds import confirm, name_approvers, preview, set_limits

BAD_LINE = {"size": 1, "deadline": 1.5}  # one connection, and not much patience


@pytest.fixture
def open_view(qtbot, workplace, copy, line, tmp_path):
    """Show a part of a page to somebody at their desk: `open_view(RunView, "support", proposal.id)`; with `port`, through a bad line."""
    settlers, opened = [], []

    def open_view(kind, who, proposal_id, size=(1102, 728), port=None, **options):
        pending, it, server = Pending(tmp_path / who), workplace.sign_ins[who], workplace.cluster.server(copy)
        where = replace(server, port=port or server.port)
        opened.append(Database.connect(where, it.login, it.password, pending=pending, **BAD_LINE if port else {}))
        db = opened[-1]
        settlers.append(Settler(pending, lambda command_id: settle_command(db, command_id), lambda verb, args: verb, line))
        view = kind(Desk(db, line, me(db), settlers[-1], pages=frozenset({"orders"})), **options)
        qtbot.addWidget(view)
        view.resize(*size)
        with qtbot.waitActive(view):
            view.show()
            view.activateWindow()
        view.show_proposal(proposal_id)
        qtbot.waitUntil(lambda: "Reading" not in view.notice.title.text() or view.stack.currentIndex() == 1)
        return view

    yield open_view
    task.wait()
    QApplication.processEvents()
    for settler, db in zip(settlers, opened, strict=True):
        settler.deleteLater()
        db.close()


@pytest.fixture
def running(scene, support, owner_connection):
    """Funmi's refund of 600 orders of water, of which 500 ran when it was confirmed."""
    cook_many(owner_connection, 600)
    set_limits(owner_connection)
    return confirm(support, all_of_yaba(support, scene))


@pytest.fixture
def waiting(scene, support, owner_connection):
    """Funmi's refund of one jollof, which waits for a second person: Ada Eze or Gbenga Alabi."""
    set_limits(owner_connection, alone=0)
    name_approvers(owner_connection, "ada", "gbenga")
    return confirm(support, preview(support, scene.order(State.ACCEPTED, State.PREPARING).id))


@pytest.fixture
def show_run(open_view, qtbot):
    """Show a refund as a document: `show_run(running, "finance")`; it returns when all of it has been read."""

    def show_run(found, who="support", **options):
        view = open_view(RunView, who, found.id, **options)
        calm(qtbot, view)
        return view

    return show_run


@pytest.fixture
def show_approval(open_view, qtbot):
    """Show a refund to whoever must agree to it: `show_approval(waiting, "finance")`; it returns when all of it has been read."""

    def show_approval(found, who="finance", **options):
        view = open_view(ApproveView, who, found.id, **options)
        calm(qtbot, view)
        qtbot.waitUntil(lambda: view.moved is not None or not view.before.isVisible())
        return view

    return show_approval


@pytest.fixture
def open_refunds(qtbot, workplace, copy, line, tmp_path):
    """Show the refunds page to somebody: `open_refunds("support")`; with `port`, through a bad line. It returns when it was read."""
    settlers, opened = [], []

    def open_refunds(who="support", size=SIZE, port=None, **options):
        pending, it, server = Pending(tmp_path / who), workplace.sign_ins[who], workplace.cluster.server(copy)
        where = replace(server, port=port or server.port)
        opened.append(Database.connect(where, it.login, it.password, pending=pending, **BAD_LINE if port else {}))
        db = opened[-1]
        settlers.append(Settler(pending, lambda command_id: settle_command(db, command_id), lambda verb, args: verb, line))
        page = RefundsPage(Desk(db, line, me(db), settlers[-1], pages=frozenset({"orders", "refunds"})), **options)
        qtbot.addWidget(page)
        page.resize(*size)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        qtbot.waitUntil(lambda: page.landing.landing is not None)
        return page

    yield open_refunds
    task.wait()
    QApplication.processEvents()
    for settler, db in zip(settlers, opened, strict=True):
        settler.deleteLater()
        db.close()


@pytest.fixture
def cooked(scene):
    """An order of jollof that is being cooked, so that a refund leaves it where it is: `cooked(2)`."""
    return lambda quantity=1, **options: scene.order(State.ACCEPTED, State.PREPARING, quantity=quantity, **options)


@pytest.fixture
def check(qtbot, open_refunds, refill):
    """Show step 2 for these orders, whole: `check(order.id)`; who and how as open_refunds has it."""

    def check(*order_ids, page=None, **options):
        page = page or open_refunds(**options)
        refill()
        page.look_at(list(order_ids))
        qtbot.waitUntil(page.choose.act.isEnabled)
        press(page, "Check this refund")
        qtbot.waitUntil(lambda: page.shown is page.check)
        assert page.isActiveWindow()  # no part of it ever stood alone
        return page

    return check


@pytest.fixture
def check_rule(qtbot, open_refunds, refill):
    """Show step 2 for all orders of today; who and how as open_refunds has it."""

    def check_rule(page=None, **options):
        page = page or open_refunds(**options)
        refill()
        press(page, "New refund")
        press(page, "Orders by a rule")
        kitchen = page.choose.rule.kitchen.box
        qtbot.waitUntil(lambda: kitchen.count() > 1)
        kitchen.setCurrentIndex(1)
        pick(page, "Today so far", "Any state", "In any way")
        press(page, "Check this refund")
        qtbot.waitUntil(lambda: page.shown is page.check)
        return page

    return check_rule


@pytest.fixture
def begin(qtbot, open_refunds, refill):
    """Begin a new refund and look these orders up by their numbers: `begin(order)`."""

    def begin(*orders, **options):
        page = open_refunds(**options)
        refill()
        press(page, "New refund")
        page.choose.orders.numbers.line.setText(", ".join(str(order.number) for order in orders))
        if orders:
            press(page, "Add")
            qtbot.waitUntil(lambda: [card.isVisible() for card in page.choose.orders.cards] == [True] * len(orders))
        return page

    return begin
