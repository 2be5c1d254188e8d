"""The window round the pages: tabs or navigation, the line, banners, the toast's own place, the person's menu."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from core.qt import theme
from core.qt.chrome import SideNav, TopBar
from core.qt.dialog import Dialog, heading
from core.qt.line import LineState
from core.qt.rehearsal import picture
from core.qt.toast import Toast
from core.qt.widgets import button, column, page, row
from core.qt.window import Frame, Page
from tests.support.looks import faults, save

NOW = datetime(2026, 11, 22, 11, 41, tzinfo=UTC)


@pytest.fixture(params=["light", "dark"])
def dressed(request, qapp):
    theme.follow(qapp, request.param)
    return request.param


@pytest.fixture
def line(qapp):
    line = LineState(lambda: NOW)
    line._take("live", NOW, None)
    return line


def pages():
    first, second = page(column(QLabel("Orders page"))), page(column(QLineEdit("Stock page"), None))
    second.setFocusProxy(second.findChild(QLineEdit))
    second.focusProxy().setAccessibleName("Find")
    second.focusProxy().setFixedHeight(56)
    for words in first.findChildren(QLabel):
        words.setTextFormat(Qt.TextFormat.PlainText)
    return [Page("Orders", "receipt", first), Page("Stock", "package", second)]


@pytest.fixture
def kitchen(qtbot, line, dressed):
    return shown(qtbot, Frame("Rachel Foods Kitchen", TopBar(line, "Yaba kitchen", "Counter 1", "Ngozi O."), pages(), line))


@pytest.fixture
def office(qtbot, line, dressed):
    return shown(qtbot, Frame("Rachel Foods Office", SideNav(line, "Rachel Foods", "Amaka Bello", "Finance admin"), pages(), line))


def shown(qtbot, frame, size=(1366, 768)):
    qtbot.addWidget(frame)
    if size:
        frame.resize(*size)
    with qtbot.waitActive(frame):
        frame.show()
        frame.activateWindow()
    return frame


def draw(name):
    QApplication.processEvents()
    save(picture(), name)


def over(frame, widget):
    """Where a widget stands in the window."""
    return widget.rect().translated(widget.mapTo(frame, QPoint(0, 0)))


def test_pages_are_reached_by_tab_and_by_ctrl_and_number_and_take_the_focus(qtbot, kitchen):
    assert kitchen.pages.currentIndex() == 0
    kitchen.chrome.pages.button(1).click()
    assert kitchen.pages.currentIndex() == 1
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    QTest.keyClick(kitchen.windowHandle(), Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: kitchen.pages.currentIndex() == 0)


def test_only_the_page_one_is_on_is_semi_bold(office):
    assert [push.font().weight() for push in office.chrome.pages.buttons()] == [600, 500]


@pytest.mark.parametrize("frame", ["kitchen", "office"])
def test_the_toast_never_covers_a_page_or_a_banner(request, frame, dressed):
    frame = request.getfixturevalue(frame)
    frame.toast.say("Goat meat saved", "14 kg on the shelf", "Undo")
    QApplication.processEvents()
    assert frame.toast.isVisible()
    place = over(frame, frame.toast)
    assert not place.intersects(over(frame, frame.pages))
    assert frame.rect().contains(place)
    draw(f"toast-{'kitchen' if frame.chrome.across else 'office'}-{dressed}")


@pytest.mark.parametrize("frame, least", [("kitchen", 48), ("office", 40)])
def test_everything_round_the_pages_is_named_large_enough_and_uncut(qtbot, request, frame, least, line, dressed):
    frame = request.getfixturevalue(frame)
    line._take("offline", NOW - timedelta(days=1), NOW + timedelta(seconds=6))
    frame.toast.say("Goat meat saved", "14 kg on the shelf", "Undo")
    qtbot.wait(50)  # a layout passes on what changed level by level
    assert faults(frame, least) == []


def test_offline_the_pill_and_the_banner_say_since_when_and_it_counts_down(kitchen, line, dressed):
    assert kitchen.line_banner.isHidden()
    line._take("offline", NOW - timedelta(minutes=2), NOW + timedelta(seconds=6))
    assert kitchen.chrome.pill.words.text() == "Offline since 12:39"
    assert kitchen.line_banner.isVisible()
    assert kitchen.line_banner.aside.text() == "Trying again in 6 s"
    draw(f"offline-{dressed}")
    line.now = lambda: NOW + timedelta(seconds=2)
    line.ticked.emit()
    assert kitchen.line_banner.aside.text() == "Trying again in 4 s"
    line._take("live", NOW, None)
    assert kitchen.line_banner.isHidden()


def test_the_clock_shows_lagos(kitchen):
    assert kitchen.chrome.clock.text() == "12:41"


def test_the_menu_changes_the_theme_and_the_window_remembers_it(qtbot, line, dressed, tmp_path):
    def open_one():
        chrome = TopBar(line, "Yaba kitchen", "Counter 1", "Ngozi O.")
        return shown(qtbot, Frame("Kitchen", chrome, pages(), line, memory=tmp_path / "window.ini"), size=None)

    frame = open_one()
    other = {"light": "Dark theme", "dark": "Light theme"}[dressed]
    frame.chrome.person.click()
    draw(f"menu-{dressed}")
    next(action for action in frame.menu.actions() if action.text() == other).trigger()
    frame.menu.close()
    chosen = theme.choice()
    assert chosen != dressed
    frame.resize(frame.width(), 650)
    frame.close()
    theme.follow(QApplication.instance(), dressed)
    assert open_one().height() == 650
    assert theme.choice() == chosen


def test_the_menu_signs_out_and_tells_the_versions(qtbot, kitchen):
    by_name = {action.text(): action for action in kitchen.menu.actions()}
    with qtbot.waitSignal(kitchen.signed_out):
        by_name["Sign out"].trigger()
    by_name["About"].trigger()
    about = QApplication.activeModalWidget()
    assert "Qt" in {words.text() for words in about.findChildren(QLabel)}
    with qtbot.waitSignal(about.destroyed):
        about.reject()


def test_a_toast_goes_by_itself_but_not_while_it_is_hovered_or_focused(qtbot, dressed):
    toast = Toast(seconds=0.2)
    elsewhere = QLineEdit()
    ground = page(column(row(toast, None), elsewhere))
    qtbot.addWidget(ground)
    ground.resize(600, 200)
    with qtbot.waitActive(ground):
        ground.show()
        ground.activateWindow()
    elsewhere.setFocus()
    toast.say("Saved", "", "Undo")
    qtbot.waitUntil(toast.isHidden, timeout=2000)

    toast.say("Saved", "", "Undo")
    toast.undo.setFocus()
    qtbot.wait(500)
    assert toast.isVisible()
    elsewhere.setFocus()
    qtbot.waitUntil(toast.isHidden, timeout=2000)

    toast.say("Saved", "", "Undo")
    toast.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)  # as Qt does when the pointer enters
    qtbot.wait(500)
    assert toast.isVisible()
    toast.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(toast.isHidden, timeout=2000)


def test_a_toasts_way_back_is_taken_once(qtbot, dressed):
    toast, taken = Toast(), []
    qtbot.addWidget(toast)
    toast.say("Saved", "14 kg", "Undo", lambda: taken.append(1))
    toast.undo.click()
    assert toast.isHidden()
    toast.undo.click()
    assert taken == [1]


@pytest.fixture
def question(kitchen):
    dialog = Dialog(kitchen, "Parboiled rice changed")
    dialog.save = button("Save 13.5 kg", "primary", "touch_large")
    dialog.save.clicked.connect(dialog.accept)
    back = button("Back to editing", None, "touch_large")
    back.clicked.connect(dialog.reject)
    top = heading("Parboiled rice changed while you were editing", "Nothing has been saved yet.", "triangle-alert", "warnText")
    dialog.set_content(column(top, 12, row(back, None, dialog.save), margins=(28, 26, 28, 26)))
    dialog.open()
    QApplication.processEvents()
    return dialog


def test_a_dialog_dims_its_window_has_round_corners_and_stands_in_the_middle(question, kitchen, dressed):
    draw(f"dialog-{dressed}")
    image = picture().toImage()
    plain = theme.colour("surface")
    assert image.pixelColor(2, 2).lightness() < plain.lightness() * 0.8 or dressed == "dark"
    corner = question.grab().toImage().pixelColor(0, 0)
    assert corner.alpha() == 0
    middle = question.geometry().center() - kitchen.geometry().center()
    assert abs(middle.x()) <= 1 and abs(middle.y()) <= 1


def test_a_dialogs_dimming_goes_with_it_and_grows_with_the_window(question, kitchen):
    [dim] = [child for child in kitchen.children() if type(child).__name__ == "_Dim"]
    kitchen.resize(1400, 800)
    assert dim.rect() == kitchen.rect()
    question.reject()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [child for child in kitchen.children() if type(child).__name__ == "_Dim"] == []


def test_escape_goes_back(question):
    results = []
    question.finished.connect(results.append)
    QTest.keyClick(question, Qt.Key.Key_Return)  # nothing is the default
    assert results == []
    QTest.keyClick(question, Qt.Key.Key_Escape)
    assert results == [0]


def test_enter_saves_from_the_button_itself(question):
    question.save.setFocus()
    QTest.keyClick(question.save, Qt.Key.Key_Return)
    assert question.result() == 1


def test_everything_in_a_dialog_is_large_enough_named_and_uncut(question):
    assert faults(question, 48) == []
