"""Suspending customers and staff, and taking them back: what it does is said before, and nothing happens by one click."""

import pytest
from PySide6.QtCore import Qt

from admin_app.customers import CustomersPage
from admin_app.proposals.sheet import ProposalSheet
from core.orders import State
from core.qt import theme
from tests.admin.conftest import choose, names
from tests.admin.sheets import draw_over, sheet
from tests.support.looks import faults

SIZES = {"small": (1158, 768), "large": (1712, 1080)}


@pytest.fixture
def ground(qapp):
    def ground(page, dark):
        page.setObjectName("ground")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        page.setStyleSheet(f"#ground {{ background: {theme.colour('bg').name()}; }}")
    return ground


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_look(qtbot, qapp, open_at_desk, scene, ground, dark, size):
    theme.apply(qapp, dark)
    for _ in range(3):
        scene.order(State.ACCEPTED)
    page = open_at_desk(CustomersPage, "finance", SIZES[size])
    ground(page, dark)
    choose(page, 0)
    page.listing.open_current()
    page.detail.suspend.click()
    dialog = sheet(qtbot, ProposalSheet)
    qtbot.waitUntil(lambda: dialog.seen is not None)
    qtbot.wait(100)
    draw_over(page, dialog, f"people-suspend-customer-{SIZES[size][0]}-{'dark' if dark else 'light'}")
    assert faults(dialog, 40) == []
    dialog.leave()
