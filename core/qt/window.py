"""Frame: the window of both programs. It holds pages, tells the state of the line, and passes on what the person chose in the menu.

Pages know nothing of it: they speak upward by signals, and whoever makes both connects them.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QCoreApplication, QPoint, QSettings, Qt, Signal, qVersion
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLayout, QMainWindow, QMenu, QStackedWidget, QWidget

from core.qt import theme
from core.qt.chrome import Banner, Chrome
from core.qt.dialog import Dialog, heading
from core.qt.doubts import DoubtsDialog
from core.qt.form import right_label
from core.qt.line import LineState
from core.qt.settle import Settler
from core.qt.widgets import Button, button, column, label, menu, page, row, rule

WIDTH, HEIGHT = 1366, 820  # px


class Page(NamedTuple):
    """One page: its name on the tab, its icon ("" for none), and the widget itself."""

    title: str
    icon: str
    widget: QWidget


class Frame(QMainWindow):
    """Chrome, banners, pages. `beside` is the column of banners and pages: a program may put more above them."""

    signed_out = Signal()

    def __init__(
        self,
        title: str,
        chrome: Chrome,
        pages: Sequence[Page],
        line: LineState,
        settler: Settler | None = None,
        about: Sequence[tuple[str, str]] = (),
        memory: Path | None = None,
    ) -> None:
        """`about`: names and versions for "About". `memory`: the file that keeps where the window stood, and its theme."""
        super().__init__()
        self.setWindowTitle(title)
        self.chrome, self.line, self.settler, self.about, self.toast = chrome, line, settler, about, chrome.toast
        self.memory = QSettings(str(memory), QSettings.Format.IniFormat) if memory else None
        (self.alarm, self.line_banner, self.doubt_banner, self.reminder), self.pages = (Banner() for _ in range(4)), QStackedWidget()
        self.setCentralWidget(page(self._laid_out()))
        for each in pages:
            self._add(each)
        self.themes = QActionGroup(self)
        self.menu = self._menu()
        self.chrome.person.clicked.connect(self._open_menu)
        self.doubt_banner.act.clicked.connect(self._show_doubts)
        line.changed.connect(self._show_line)
        line.ticked.connect(self._show_line)
        if settler:
            settler.changed.connect(self._tell_doubts)
        self._tell_doubts()
        self._show_line()
        self._recall()

    def show_page(self, widget: QWidget) -> None:
        self.chrome.pages.button(self.pages.indexOf(widget)).setChecked(True)

    def rename_page(self, widget: QWidget, title: str) -> None:
        """Call a page something else on its tab, as when something new waits there."""
        push = self.chrome.pages.button(self.pages.indexOf(widget))
        if isinstance(push, Button):
            push.setText(title)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.memory:
            self.memory.setValue("geometry", self.saveGeometry())
        super().closeEvent(event)

    def _laid_out(self) -> QLayout:
        beside = self.beside = column(self.alarm, self.line_banner, self.doubt_banner, self.reminder, (self.pages, 1), spacing=0)
        if self.chrome.across:
            return column(self.chrome, (beside, 1), spacing=0)
        beside.addLayout(row(None, self.toast, margins=(28, 0, 28, 12)))  # below the pages, never over them
        return row(self.chrome, (beside, 1), spacing=0)

    def _add(self, each: Page) -> None:
        place = self.pages.addWidget(each.widget)
        push = self.chrome.add_page(each.title, "" if self.chrome.across else each.icon)
        push.toggled.connect(lambda on: self._turn_to(each.widget) if on else None)
        push.setChecked(place == 0)

    def _turn_to(self, widget: QWidget) -> None:
        self.pages.setCurrentWidget(widget)
        widget.setFocus()  # the page says by its focus proxy where its work begins

    def _menu(self) -> QMenu:
        choices = menu(self.chrome.person)
        names = (("system", self.tr("Theme of the system")), ("light", self.tr("Light theme")), ("dark", self.tr("Dark theme")))
        for name, words in names:
            choice = choices.addAction(words)
            choice.setCheckable(True)
            choice.setChecked(name == theme.choice())
            choice.setData(name)
            self.themes.addAction(choice)
        self.themes.triggered.connect(self._use_theme)
        choices.addSeparator()
        choices.addAction(theme.qicon("info", "muted"), self.tr("About"), self._show_about)
        choices.addAction(theme.qicon("log-out", "muted"), self.tr("Sign out"), self.signed_out.emit)
        return choices

    def _open_menu(self) -> None:
        person, size = self.chrome.person, self.menu.sizeHint()
        corner = QPoint(person.width() - size.width(), person.height() + 4) if self.chrome.across else QPoint(0, -size.height() - 4)
        self.menu.popup(person.mapToGlobal(corner))

    def _use_theme(self, choice: QAction) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.follow(app, choice.data())
        if self.memory:
            self.memory.setValue("theme", choice.data())

    def _recall(self) -> None:
        """Stand where the window stood last time, in the theme of last time; at first as large as fits."""
        room = QGuiApplication.primaryScreen().availableSize()
        self.resize(min(WIDTH, room.width()), min(HEIGHT, room.height()))
        if not self.memory:
            return
        geometry = self.memory.value("geometry")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        for choice in self.themes.actions():
            if choice.data() == self.memory.value("theme"):
                choice.trigger()

    def _show_line(self) -> None:
        self.line_banner.tell(self.line.banner())

    def _tell_doubts(self) -> None:
        if self.settler:
            act = self.tr("Understood") if self.settler.says_it_all else self.tr("Show")
            self.doubt_banner.tell(self.settler.banner(), act)

    def _show_doubts(self) -> None:
        if self.settler and self.settler.says_it_all:
            self.settler.clear()
        elif self.settler:
            _ask(DoubtsDialog(self, self.settler))

    def _show_about(self) -> None:
        _ask(About(self, [*self.about, ("Qt", qVersion())]))


class About(Dialog):
    """Which version of what is running."""

    def __init__(self, parent: QWidget, versions: Sequence[tuple[str, str]]) -> None:
        super().__init__(parent, QCoreApplication.translate("About", "About"))
        self.setMinimumWidth(460)
        close = button(self.tr("Close"), None, "touch")
        close.clicked.connect(self.accept)
        facts = [row(label(name, 15, 400, "muted"), None, right_label(version)) for name, version in versions]
        credits = self.tr("Inter is licensed under the SIL Open Font License, the Lucide icons under ISC, Qt under the LGPL 3.")
        self.set_content(
            column(
                heading(self.tr("Rachel Foods"), parent.windowTitle(), "soup", "primaryText"), 8, *facts, 4, rule(), 4,
                label(credits, 13, 400, "muted", wrap=True), 8, row(None, close), margins=(28, 26, 28, 24), spacing=10,
            )
        )  # fmt: skip


def _ask(dialog: Dialog) -> None:
    """Open a dialog that nobody keeps: it goes when it is closed."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
