"""Overview page: how today goes against other days, and what needs somebody; everything leads to the page that explains it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedLayout

from admin_app.desk import Desk
from admin_app.head import Head
from admin_app.notice import Notice
from admin_app.overview.board import Board
from admin_app.overview.figures import Before, Figures, Today, lagos_day, read_before, read_today
from admin_app.overview.promises import Promises
from admin_app.overview.words import long_day
from admin_app.overview.written import figure_rows, hour_rows, hour_titles, titles
from admin_app.page import Ask, HeadedPage
from admin_app.promises.checks import Checks
from admin_app.reader import Reader
from core.base.errors import Refused
from core.live import Changes
from core.qt.export import ask_where
from core.qt.task import unless_expected
from core.qt.widgets import button, column, frame, scrolled

GAP = 4000  # ms between two looks at the day, however much happens: nobody reads faster
MINUTE = 60_000  # ms: what an earlier day had "by now" moves on by itself, and so does what is late
NOUNS = frozenset({"orders", "payments", "wallets", "stock", "kitchens", "proposals", "refunds"})

translate = QCoreApplication.translate


class OverviewPage(HeadedPage):
    """Reads only while somebody looks at it."""

    def __init__(self, desk: Desk, ask: Ask = ask_where) -> None:
        exports = translate("overview", "Figures of the day"), translate("overview", "Orders by hour")
        super().__init__(desk.line, Head(translate("overview", "Overview"), desk.line, button("", None, "admin"), exports), ask)
        self.setAccessibleName(translate("overview", "Overview"))  # it has the focus when somebody turns to it
        self.db, self.notice = desk.db, Notice()
        self.board = Board(desk.pages, Promises(desk.checks or Checks(desk.db, desk.line, self)))
        self.day: Today | None = None
        self.before: Before | None = None
        self.figures: Figures | None = None
        self.unread: dict[str, Exception] = {}  # why what could not be read last time is not new
        self.reader = Reader(lambda: partial(read_today, self.db), self._take_day, partial(self._failed, "day"), self, GAP)
        self.slow_reader = Reader(self._prepare_before, self._take_before, partial(self._failed, "before"), self, GAP)
        self.stack = QStackedLayout()
        self.stack.addWidget(frame("card", column(self.notice)))
        self.stack.addWidget(scrolled(self.board))
        self.setLayout(column(self.head, (self.stack, 1), margins=(28, 20, 28, 20), spacing=14))
        self.clock = QTimer(self)
        self.clock.setInterval(MINUTE)
        self._listen()
        self._load()

    def take(self, changes: Changes) -> None:
        if not self.isVisible():
            return  # it reads anew when somebody turns to it
        if changes.resync or changes.nouns & NOUNS:
            self.reader.ask()
        if changes.resync:
            self.slow_reader.ask()

    def look_at(self, what: object) -> None:
        """There is nothing to choose here."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_again()

    def _listen(self) -> None:
        self.board.wanted.connect(self.wanted)
        self.board.promises.checked.connect(self._show)
        self.head.look_again.connect(self._look_again)
        self.head.export_shown.connect(lambda: self._export(translate("overview", "figures"), titles(), figure_rows))
        self.head.export_all.connect(lambda: self._export(translate("overview", "orders by hour"), hour_titles(), hour_rows))
        self.line.changed.connect(self._show)
        self.clock.timeout.connect(lambda: self._look_again() if self.isVisible() else None)
        self.clock.start()

    def _load(self) -> None:
        self.stack.setCurrentIndex(0)
        self.notice.say("hourglass", self.tr("Reading the figures …"))
        self._look_again()

    def _look_again(self) -> None:
        self.reader.ask()
        self.slow_reader.ask()
        self.board.promises.checks.look()

    def _prepare_before(self) -> Callable[[], Before]:
        return partial(read_before, self.db, self.line.now(), self.before)

    def _take_day(self, day: Today) -> None:
        self.day = day
        self.unread.pop("day", None)
        if self.before and self.before.day != lagos_day(self.line.now()):
            self.slow_reader.ask()  # midnight went by
        self._put_together()

    def _take_before(self, before: Before) -> None:
        self.before = before
        self.unread.pop("before", None)
        self._put_together()

    def _put_together(self) -> None:
        if self.day and self.before:
            self.figures = Figures(self.day, self.before, self.line.now())
            self._complain()
            self.stack.setCurrentIndex(1)
            self._show()

    def _show(self) -> None:
        if self.figures:
            self.head.count.setText(long_day(self.figures.at))
            self.board.show_figures(self.figures, self.line.offline_since is not None)

    def _failed(self, what: str, error: Exception) -> None:
        unless_expected(error)
        self.unread[what] = error
        if self.figures:
            self._complain()
        else:
            title = self.tr("The figures could not be read")
            self.notice.say("circle-alert", title, str(error), self.tr("Try again"), self._load, "dangerText")

    def _complain(self) -> None:
        """Say what is old, also when the other half was read meanwhile. While offline the banner says it."""
        refused = [error for error in self.unread.values() if isinstance(error, Refused)]
        self.head.complain(self.tr("These figures could not be read again. {why}").format(why=refused[0]) if refused else "")

    def _export(self, name: str, titles: list[str], rows: Callable[[Figures], list[list[str]]]) -> None:
        if self.figures:
            self.export(name, titles, partial(rows, self.figures))
