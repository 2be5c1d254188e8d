"""The refunds page as a whole: a view is made when it is first wanted, and no part of any ever stands on the screen alone."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget


class Alone(QObject):
    """Keeps which widgets were shown as windows of their own."""

    def __init__(self):
        super().__init__()
        self.shown = []

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


@pytest.fixture
def alone(qapp):
    watcher = Alone()
    QApplication.instance().installEventFilter(watcher)
    yield watcher.shown
    QApplication.instance().removeEventFilter(watcher)


def test_no_part_of_the_page_is_ever_a_window_of_its_own(alone, open_refunds):
    page = open_refunds("support")
    for view in (page.choose, page.check, page.run, page.approve):
        page.turn(view)
        assert page.shown is view and view.isVisible()
    assert alone == ["RefundsPage"]


def test_what_nobody_wanted_yet_is_not_made(open_refunds):
    page = open_refunds("support")
    assert [page.is_made(name) for name in ("choose", "check", "run", "approve")] == [False] * 4
    page.look_at([])
    assert [page.is_made(name) for name in ("choose", "check", "run", "approve")] == [True, False, False, False]
