"""Health page: the meter, the promises, what the worker saw, and which programs are open; each a card with its verdict, and a table."""

from functools import partial
from operator import attrgetter

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedLayout

from admin_app.desk import Desk
from admin_app.head import Head
from admin_app.health.cards import Cards
from admin_app.health.columns import Columns, meter_file, meter_titles
from admin_app.health.points import points
from admin_app.health.sheet import Sheet
from admin_app.health.state import State, read_state
from admin_app.health.told import SLOWEST, tell_point, tell_program, tell_promise, tell_quarter, tell_reading
from admin_app.health.verdicts import missing, tell_cards
from admin_app.page import Ask, HeadedPage
from admin_app.promises.checks import Checks
from admin_app.reader import Reader
from core.base.errors import Refused
from core.live import Changes
from core.qt.export import ask_where
from core.qt.task import unless_expected
from core.qt.widgets import button, column, note

EVERY = 60_000  # ms: the worker keeps a row a minute, and nothing else is so urgent

translate = QCoreApplication.translate


class HealthPage(HeadedPage):
    """Reads only while somebody looks at it."""

    def __init__(self, desk: Desk, ask: Ask = ask_where) -> None:
        exports = translate("health", "This table"), translate("health", "All figures of the reserves")
        self.check_now = button(translate("health", "Check now"), None, "admin", "shield-check")
        self.check_now.setAccessibleName(translate("health", "Check the promises now"))
        self.check_now.setToolTip(translate("health", "Check the promises now. It reads everything there is, and may take a while"))
        head = Head(translate("health", "Health"), desk.line, button("", None, "admin"), exports, self.check_now)
        super().__init__(desk.line, head, ask)
        self.db = desk.db
        self.checks = desk.checks or Checks(desk.db, desk.line, self)
        self.state: State | None = None
        self.error: Exception | None = None  # why there is no state yet
        self.sheets = self._make_sheets()
        self.cards = Cards([sheet.name for sheet in self.sheets])
        self.setFocusProxy(self.cards.cards[0])
        self.stack = QStackedLayout()
        for sheet in self.sheets:
            self.stack.addWidget(sheet)
        self.unwatched = note("", "danger", "circle-alert")
        self.unwatched.hide()
        self.setLayout(column(head, self.unwatched, self.cards, (self.stack, 1), margins=(28, 20, 28, 20), spacing=14))
        self.reader = Reader(lambda: partial(read_state, self.db), self._take, self._failed, self)
        self.clock = QTimer(self)
        self.clock.setInterval(EVERY)
        self._listen()
        for sheet in self.sheets:
            sheet.say("hourglass", self.tr("Reading how the server fares …"))

    def take(self, changes: Changes) -> None:
        if self.isVisible() and changes.resync:
            self.reader.ask()

    def look_at(self, what: object) -> None:
        """There is nothing to choose here."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_promises()
        self._look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape or not self.sheets[self.stack.currentIndex()].back():
            super().keyPressEvent(event)

    def _make_sheets(self) -> list[Sheet]:
        line, columns = self.line, Columns(self.line)
        self.meter = Sheet(
            translate("health", "Reserves"), columns.meter(), lambda each: each.trigger.key,
            lambda each: tell_reading(each, line, self.state.seen.counted.reads[:SLOWEST] if self.state else ()), (5, 4, 2),
        )  # fmt: skip
        self.promises = Sheet(
            translate("health", "Promises"), columns.promises(), attrgetter("name"),
            lambda each: tell_promise(each, self.checks.dated()), (3,),
        )  # fmt: skip
        self.quarters = Sheet(
            translate("health", "Worker"), columns.quarters(), attrgetter("begins"), lambda each: tell_quarter(each, line), (7, 3, 4, 2)
        )
        self.server = Sheet(translate("health", "Server"), columns.points(), attrgetter("key"), tell_point)
        self.programs = Sheet(
            translate("health", "Programs"), columns.programs(), lambda each: (each.program, each.version), tell_program, (3,)
        )
        return [self.meter, self.promises, self.quarters, self.server, self.programs]

    def _listen(self) -> None:
        self.cards.chosen.connect(self.stack.setCurrentIndex)
        self.check_now.clicked.connect(self.checks.check)
        self.checks.changed.connect(self._show_promises)
        self.line.changed.connect(self._show)
        self.head.look_again.connect(self._look)
        self.head.export_shown.connect(self._export_table)
        self.head.export_all.connect(self._export_meter)
        self.clock.timeout.connect(lambda: self._look() if self.isVisible() else None)
        self.clock.start()

    def _look(self) -> None:
        self.checks.look()
        self.reader.ask()

    def _take(self, state: State) -> None:
        self.head.complain("")
        self.state, self.error = state, None
        self._show()

    def _show(self) -> None:
        """Show what was read; whoever comes back to the page sees it then."""
        if not self.isVisible():
            return
        if self.state:
            self.meter.take(self.state.readings(self.checks.known))
            self.programs.take(self.state.programs)
            self.server.take(points(self.state, self.line))
            if self.state.seen.quarters:
                self.quarters.take(list(reversed(self.state.seen.quarters)))
            else:
                said = self.tr("A worker keeps a row a minute.")
                self.quarters.say("history", self.tr("No worker has kept anything yet"), said)
        said = missing(self.state, self.checks)
        self.unwatched.setVisible(bool(said))
        self.unwatched.say(said, "info" if self.line.offline_since else "danger", "circle-alert")
        tell_cards(self.cards.cards, self.state, self.error, self.checks, self.line)
        for sheet in self.sheets:
            sheet.view.viewport().update()

    def _show_promises(self) -> None:
        self.check_now.setEnabled(not self.checks.busy)
        checks = self.checks
        if checks.known.found:
            self.promises.take(checks.known.found)
            self.promises.tell_again()
        elif checks.busy:
            self.promises.say("hourglass", self.tr("Checking the promises …"), self.tr("Every rule, over everything there is"))
        elif checks.error or checks.unread:
            title, again = self.tr("The promises were not checked"), checks.check if checks.error else checks.look
            self.promises.say("circle-alert", title, checks.why(), self.tr("Try again"), again, "dangerText")
        elif checks.known.ran:
            title = self.tr("No worker has checked the promises yet")  # what that means stands above the cards
            self.promises.say("circle-alert", title, "", self.tr("Check now"), checks.check, "dangerText")
        else:
            self.promises.say("hourglass", self.tr("Reading what the checks found …"))
        self._show()

    def _failed(self, error: Exception) -> None:
        unless_expected(error)
        if self.state is None:
            self.error = error
            title, again = self.tr("It could not be read how the server fares"), self.tr("Try again")
            for sheet in (self.meter, self.quarters, self.server, self.programs):
                sheet.say("circle-alert", title, str(error), again, self.reader.ask, "dangerText")
            self._show()
        elif isinstance(error, Refused):  # while offline the banner says it
            self.head.complain(self.tr("These figures could not be read again. {why}").format(why=error))

    def _export_table(self) -> None:
        sheet = self.sheets[self.stack.currentIndex()]
        rows = sheet.written()  # here: the table belongs to this thread
        self.export(sheet.name.lower(), sheet.titles(), lambda: rows)

    def _export_meter(self) -> None:
        if self.state is None:
            self.head.complain(self.tr("There are no figures yet. Export them as soon as they are read."))
            return
        rows = meter_file(self.state.readings(self.checks.known))
        self.export(translate("health", "figures"), meter_titles(), lambda: rows)
