"""Refunds that are over, newest first, page after page; of somebody, or of the last days."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QStackedLayout, QWidget

from admin_app.desk import Desk
from admin_app.lines import Lines
from admin_app.notice import Notice
from admin_app.parts import Part
from admin_app.picker import Picker
from admin_app.reader import Reader
from admin_app.refunds.landing_looks import recent_line, spoken
from admin_app.refunds.landing_reading import Asked, makers, read_all_recent, read_recent
from core.proposals import Proposal
from core.qt.task import run, unless_expected
from core.qt.widgets import column, label, row

translate = QCoreApplication.translate


class Recent(QFrame):
    opened = Signal(object)  # a Proposal
    failed = Signal(object)  # why it could not be read

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.desk = desk
        self.makers: dict[UUID, str] = {}  # those who were seen
        me = [(translate("refunds", "Me"), desk.me.person_id)] if desk.me.person_id else []
        self.maker = Picker(translate("refunds", "Made by"), [(translate("refunds", "Everybody"), None), *me], 150)
        days = ((translate("refunds", "Last {n} days").format(n=n), n) for n in (7, 30))
        self.period = Picker(translate("refunds", "Time"), [*days, (translate("refunds", "All time"), None)], 150)
        look = partial(recent_line, line=desk.line)
        self.lines = Lines(translate("refunds", "Recent refunds"), look, lambda each: spoken(look(each)), lambda each: each.id)
        self.notice, self.stack = Notice(), QStackedLayout()
        self.notice.say("hourglass", translate("refunds", "Reading the refunds …"))
        title = label(translate("refunds", "Recent"), 16, 600)
        head = row((column(title, None), 1), self.maker, self.period, margins=(16, 12, 14, 4), spacing=10)
        held = QWidget()
        held.setLayout(column(self.stack, margins=(14, 0, 4, 8)))
        self.stack.addWidget(self.notice)  # a stack that lies nowhere yet would show it as a window
        self.stack.addWidget(self.lines)
        self.setLayout(column(head, (held, 1), spacing=0))
        self.reader = Reader(self._prepare, self._show, self._failed, self)
        self.maker.changed.connect(self.reader.ask)
        self.period.changed.connect(self.reader.ask)
        self.lines.clicked.connect(lambda index: self.opened.emit(self.lines.rows.row_at(index)))
        self.lines.opened.connect(self.opened)
        self.lines.rows.wanted.connect(self._read_next)

    @property
    def asked(self) -> Asked:
        """What is wanted. Days begin with the moment, so that a page and the next one ask the same."""
        days, now = self.period.value, self.desk.line.now().replace(microsecond=0, second=0)
        return Asked(self.maker.value, now - timedelta(days=days) if days else None)

    def everything(self) -> Iterator[Proposal]:
        """Read all that is wanted. Blocks."""
        return read_all_recent(self.desk.db, self.asked)

    def _prepare(self) -> Callable[[], Part]:
        asked, size = self.asked, max(50, len(self.lines.shown))
        return lambda: read_recent(self.desk.db, asked, size=size)

    def _show(self, part: Part) -> None:
        if part.rows:
            self.lines.rows.refresh(part.rows)
            self.lines.rows.more = part.more
            self.stack.setCurrentWidget(self.lines)
            self._offer(part.rows)
        else:
            self.lines.rows.show([])
            self.notice.say("undo-2", translate("refunds", "No refund here"), translate("refunds", "Nobody confirmed one in this time."))
            self.stack.setCurrentWidget(self.notice)

    def _offer(self, rows: list[Proposal]) -> None:
        """Offer whoever was seen."""
        self.makers |= makers(rows)
        own = self.desk.me.person_id
        others: list[tuple[str, Any]] = sorted((name, person_id) for person_id, name in self.makers.items() if person_id != own)
        me = [(translate("refunds", "Me"), own)] if own else []
        self.maker.offer([(translate("refunds", "Everybody"), None), *me, *others])

    def _read_next(self, last: Proposal) -> None:
        def append(part: Part) -> None:
            if self.lines.shown and self.lines.shown[-1] is last:  # else it was read anew meanwhile
                self.lines.rows.append(part.rows, part.more)

        run(self, partial(read_recent, self.desk.db, self.asked, last), then=append, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        unless_expected(error)
        if not self.lines.shown:
            self.notice.say(
                "circle-alert", translate("refunds", "The refunds could not be read"), str(error), translate("refunds", "Try again"),
                self.reader.ask, "dangerText",
            )  # fmt: skip
        self.failed.emit(error)
