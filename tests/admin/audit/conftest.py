"""The trail's page in a test: a town where much was done, and the page shown to somebody."""

import pytest

from admin_app.audit import AuditPage, report_job
from admin_app.watch import TrailWatch
from core.audit import KeptHeads
from core.base.identifiers import new_id
from core.menu import set_dish_price
from core.orders import State, cancel_order
from core.stock import count_stock, receive_stock
from core.wallets import freeze_wallet
from tests.admin.audit.reporting import Signing
from tests.support.refunds import refund


@pytest.fixture
def lived(scene, manager, cook, owner, login):
    """A day with deeds of every kind; its last order, which was cancelled for want of chicken."""
    first = scene.order(State.ACCEPTED, State.PREPARING)
    receive_stock(cook, new_id(), scene.town.rice, 2500, "from the market")
    count_stock(cook, new_id(), scene.town.oil, 4000, scene.shelf(scene.town.oil).version, "")
    set_dish_price(owner, new_id(), scene.town.water, 35_000, 1)
    freeze_wallet(login("finance"), new_id(), scene.customer(), "Card reported stolen by its owner")
    scene.refill()
    refund(login("support"), first.id)
    last = scene.order()
    cancel_order(manager, new_id(), last.id, 1, "Out of stock: no chicken left")
    scene.refill()
    return last


@pytest.fixture
def watch(qapp, login, line, tmp_path):
    """A watch over the trail, with heads of its own: nothing is verified yet."""
    watch = TrailWatch(login("support"), KeptHeads(tmp_path / "heads"), line)
    yield watch
    watch.stop()


@pytest.fixture
def shown(open_at_desk, lived):
    return open_at_desk(AuditPage, "support", pages=("orders", "refunds", "approvals"))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder for reports; whoever waits for a signature looks often."""
    monkeypatch.setattr(report_job, "POLL_EVERY", 50)
    (tmp_path / "reports").mkdir()
    return tmp_path / "reports"


@pytest.fixture
def signing(login, tmp_path):
    """A worker that signs reports when it is told to look: `signing.look()`."""
    return Signing(login("worker"), tmp_path)


@pytest.fixture
def sealed_page(open_at_desk, lived, seal):
    """The trail's page before an auditor, with everything sealed."""
    seal()
    return open_at_desk(AuditPage, "auditor", pages=("orders",))
