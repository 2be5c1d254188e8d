"""Landing: the first page of the refunds: what waits for you, what is under way, and what was there lately."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from admin_app.desk import Desk
from admin_app.head import Head
from admin_app.lines import Lines
from admin_app.reader import Reader
from admin_app.refunds import cases_columns, landing_looks
from admin_app.refunds.cases import Cases
from admin_app.refunds.landing_looks import spoken, under_way_line, waiting_line
from admin_app.refunds.landing_reading import Landing, read_landing
from admin_app.refunds.landing_recent import Recent
from admin_app.refunds.run_reading import Standing
from admin_app.refunds.run_side import Side
from core.base.errors import Refused
from core.live import Changes
from core.proposals import Proposal
from core.qt.task import unless_expected
from core.qt.widgets import button, column, frame, label, row
from core.refunds import Case
from core.staff import Role

MOST_SEEN = 3  # of a short list, before it scrolls
ITEM, LEAST = 63, 240  # px: a usual item of one; the least height of the others, before the page scrolls
RIGHT, NARROW = 430, 860  # px: the right column, and the width below which the columns stand below each other
GAP = 2000  # ms between two looks: orders change all the time
HEARD = frozenset({"proposals", "orders", "stock", "refunds", "staff"})
MAKERS = frozenset({Role.SUPPORT, Role.FINANCE_ADMIN, Role.OWNER_ADMIN})

translate = QCoreApplication.translate


class LandingView(QWidget):
    begun = Signal(object)  # the ids of orders that a refund is wanted for; [] for a new one
    opened = Signal(object)  # a Proposal that is to be seen as a document
    decided = Signal(object)  # a Proposal that waits for this person's word
    said = Signal(str, str)
    export = Signal(str, object, object)  # a name, the titles, and what gives the rows

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.may_act = desk, desk.me.role in MAKERS
        self.landing: Landing | None = None
        self.is_behind = False  # something changed while nobody saw it
        exports = translate("refunds", "Orders that wait"), translate("refunds", "All recent refunds that match")
        begin = button(translate("refunds", "New refund"), "primary", "admin", "plus")
        self.head = Head(translate("refunds", "Refunds"), desk.line, begin, exports)
        self.head.news.setVisible(self.may_act)
        waits = partial(waiting_line, line=desk.line)
        goes_on = partial(under_way_line, line=desk.line)
        self.waiting = Lines(translate("refunds", "Refunds that wait for your word"), waits, lambda each: spoken(waits(each)), _id)
        self.under_way = Lines(translate("refunds", "Refunds under way"), goes_on, lambda each: spoken(goes_on(each)), _id)
        self.quiet = label(translate("refunds", "Reading …"), 15, 400, "muted", wrap=True)
        self.cases, self.recent = Cases(desk, self.may_act), Recent(desk)
        self.ask_first = label(translate("refunds", "Refunds that wait for your word"), 14, 500, "muted")
        self.beside = row((self._left(), 3), (self._right(), 2), spacing=16)
        self.cases.setMinimumHeight(LEAST)
        self.recent.setMinimumHeight(LEAST)
        self.setLayout(column(self.head, (Side(self.beside), 1), spacing=14))
        self.reader = Reader(self._prepare, self._show, self._failed, self, GAP)
        self.setFocusProxy(self.head.news if self.may_act else self.recent.lines)
        self._listen()
        self.look()

    def look(self) -> None:
        self.is_behind = False
        self.reader.ask()
        self.recent.reader.ask()

    def take(self, changes: Changes) -> None:
        """Read again what changed; while nobody sees it, later."""
        heard = changes.resync or bool(changes.nouns & HEARD)
        if not self.isVisible():
            self.is_behind |= heard
        elif heard:
            self.reader.ask()
            if changes.resync or "proposals" in changes.nouns:
                self.recent.reader.ask()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.is_behind:
            self.look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        ways = self.beside.Direction
        self.beside.setDirection(ways.TopToBottom if event.size().width() < NARROW else ways.LeftToRight)

    def _left(self) -> QFrame:
        title = translate("refunds", "Waiting for you") if self.may_act else translate("refunds", "Waiting")
        or_not = label(translate("refunds", "Orders that may need a refund"), 14, 500, "muted")
        top = column(label(title, 16, 600), self.ask_first, self.waiting, or_not, margins=(16, 14, 12, 2), spacing=6)
        return frame("card", column(top, (self.cases, 1), margins=(2, 0, 2, 2), spacing=0))

    def _right(self) -> QWidget:
        title = label(translate("refunds", "Under way"), 16, 600)
        under_way = frame("card", column(title, self.quiet, self.under_way, margins=(16, 14, 8, 12), spacing=6))
        held = QWidget()
        held.setLayout(column(under_way, (self.recent, 1), spacing=14))
        return held

    def _listen(self) -> None:
        self.head.news.clicked.connect(lambda: self.begun.emit([]))
        self.head.look_again.connect(self.look)
        self.head.export_shown.connect(self._export_cases)
        self.head.export_all.connect(self._export_recent)
        for lines, told in ((self.waiting, self.decided), (self.under_way, self.opened)):
            lines.clicked.connect(lambda index, lines=lines, told=told: told.emit(_proposal(lines.rows.row_at(index))))
            lines.opened.connect(lambda each, told=told: told.emit(_proposal(each)))
        self.cases.checked.connect(self.begun)
        self.cases.settled.connect(self._settled)
        self.recent.opened.connect(self.opened)
        self.recent.failed.connect(self._complain)

    def _settled(self, case: Case) -> None:
        self.said.emit(translate("refunds", "No refund due"), translate("refunds", "Order {number}").format(number=case.number))
        self.reader.ask()

    def _prepare(self) -> Callable[[], Landing]:
        return partial(read_landing, self.desk.db, self.desk.me, self.desk.line.now())

    def _show(self, landing: Landing) -> None:
        self.landing = landing
        self.head.complain("")
        self.cases.show_cases(landing.cases)
        _fill(self.waiting, landing.waiting, self.ask_first)
        _fill(self.under_way, landing.under_way)
        self.quiet.setText(translate("refunds", "No refund runs or waits."))
        self.quiet.setVisible(not landing.under_way)

    def _failed(self, error: Exception) -> None:
        unless_expected(error)
        if self.landing is None:
            self.quiet.setText(translate("refunds", "What is under way could not be read."))
            self.cases.say("circle-alert", translate("refunds", "The orders could not be read"), str(error))
        self._complain(error)

    def _complain(self, error: Exception) -> None:
        if isinstance(error, Refused):  # while offline the banner says it
            self.head.complain(translate("refunds", "This page could not be read again. {why}").format(why=error))

    def _export_cases(self) -> None:
        cases = list(self.cases.model.rows)
        self.export.emit(translate("refunds", "orders to refund"), cases_columns.titles(), lambda: map(cases_columns.cells, cases))

    def _export_recent(self) -> None:
        found = self.recent.everything
        self.export.emit(translate("refunds", "refunds"), landing_looks.titles(), lambda: map(landing_looks.cells, found()))


def _fill(lines: Lines, rows: Sequence[Any], name: QLabel | None = None) -> None:
    """Show a short list as high as it is, up to a few items; none at all where it is empty."""
    lines.rows.refresh(rows)
    lines.setVisible(bool(rows))
    lines.setFixedHeight(ITEM * min(len(rows), MOST_SEEN) + 2)
    if name:
        name.setVisible(bool(rows))


def _id(each: Proposal | Standing) -> UUID:
    return _proposal(each).id


def _proposal(each: Proposal | Standing) -> Proposal:
    return each if isinstance(each, Proposal) else each.proposal
