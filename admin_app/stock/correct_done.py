"""Done corrections: what was corrected at once, newest first, and beside it each of them as it was confirmed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from admin_app.desk import Desk
from admin_app.exporting import export
from admin_app.listing import Listing
from admin_app.page import Ask
from admin_app.parts import PAGE, Part, read_all, read_part
from admin_app.reader import Reader
from admin_app.refunds.steps import StepHead
from admin_app.stock.correct_document import CorrectionDetail
from admin_app.stock.correct_written import DoneSource, cells, columns, titles
from admin_app.titles import put_titles
from core.base.days import LAGOS
from core.base.errors import Refused
from core.live import Changes
from core.proposals import Proposal
from core.qt.export import ask_where
from core.qt.rows import RowsModel, table
from core.qt.task import run, unless_expected
from core.qt.widgets import button, column, label, note, row

ROW_HEIGHT = 48  # px: most cells have two lines
SPARE = (3,)  # columns that step aside: orders left short (the details show them)

translate = QCoreApplication.translate


class DoneView(QWidget):
    """It changes only by what is added, and not under whoever reads."""

    said = Signal(str, str)  # as OfficePage.said
    wanted = Signal(str, object)  # as OfficePage.wanted
    left = Signal()

    def __init__(self, desk: Desk, ask: Ask = ask_where) -> None:
        super().__init__()
        self.desk, self.ask_where, self.source = desk, ask, DoneSource(desk.db)
        self.kitchens: dict[UUID, str] = {}
        self.sought: Proposal | None = None  # its details are wanted
        home = translate("stock", "Correct many"), translate("stock", "Back to the figures (Esc)")
        self.head = StepHead(translate("stock", "Done corrections"), "", home=home)
        self.export = button(translate("stock", "Export CSV"), None, "admin", "download")
        self.export.setToolTip(translate("stock", "All corrections, a row for each shelf"))
        self.trouble = note("", "danger", "circle-alert")
        self.trouble.hide()
        self.model: RowsModel[Proposal] = RowsModel(columns(desk.line, self.kitchens), parent=self)
        view = table(self.model, translate("stock", "Done corrections"), ROW_HEIGHT)
        put_titles(view, self.model)
        self.detail = CorrectionDetail(desk, self.kitchens)
        self.listing = Listing(view, self.model, self.detail, SPARE)
        top = row(label(translate("stock", "Done corrections"), 26, 600), None, self.export)
        self.setLayout(column(column(self.head, top, spacing=2), self.trouble, (self.listing, 1), spacing=12))
        self.news = Reader(self._prepare, self._show, self._failed, self)
        self._listen()

    def open(self, proposal: Proposal | None = None) -> None:
        """Show what was done by now, and the details of this one."""
        self.sought = proposal
        if not self.listing.has_rows:
            self.listing.say("hourglass", translate("stock", "Reading what was corrected …"))
        self.news.ask()

    def focus(self) -> None:
        self.listing.view.setFocus()

    def take(self, changes: Changes) -> None:
        is_reading = self.detail.isVisible() or self.listing.view.verticalScrollBar().value() > 0
        if self.isVisible() and (changes.resync or "proposals" in changes.nouns) and not is_reading:
            self.news.ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.listing.back():
            self.news.ask()
        else:
            self.left.emit()

    def _listen(self) -> None:
        self.head.left.connect(self.left)
        self.model.wanted.connect(self._read_older)
        self.detail.left.connect(self.news.ask)
        self.detail.wanted.connect(self.wanted)
        self.detail.export_wanted.connect(lambda proposal: self._export(lambda: [proposal]))
        self.export.clicked.connect(lambda: self._export(lambda: read_all(self.source, None)))
        self.listing.rested.connect(self.news.ask)
        self.desk.line.changed.connect(self.listing.view.viewport().update)

    def _prepare(self) -> Callable[[], Part]:
        size = max(PAGE, len(self.model.rows))
        return lambda: read_part(self.source, None, size=size)

    def _show(self, part: Part) -> None:
        self._complain("")
        if not part.rows:
            words = translate("stock", "What is corrected at once stands here, with who, when and why.")
            self.listing.say("history", translate("stock", "No corrections yet"), words)
        elif self.listing.has_rows:
            self.listing.refresh(part.rows)
        else:
            self.listing.show_rows(part.rows, part.more)
        self.model.more = part.more
        if self.sought and self.model.index_of(self.sought.id).isValid():
            self.listing.view.setCurrentIndex(self.model.index_of(self.sought.id))
            self.listing.open_current()
            self.sought = None

    def _read_older(self, last: Proposal) -> None:
        def failed(error: Exception) -> None:
            self.model.more = True
            self._failed(error)

        def append(part: Part) -> None:
            if self.model.rows and self.model.rows[-1] is last:  # else it was read anew meanwhile
                self.model.append(part.rows, part.more)

        run(self, lambda: read_part(self.source, None, last, PAGE), then=append, failed=failed)

    def _failed(self, error: Exception) -> None:
        unless_expected(error)
        if not self.listing.has_rows:
            title = translate("stock", "What was corrected could not be read")
            self.listing.say("circle-alert", title, str(error), translate("stock", "Try again"), self.open, "dangerText")
        elif isinstance(error, Refused):  # while offline the banner says it
            self._complain(str(error))

    def _complain(self, sentence: str) -> None:
        self.trouble.words.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def _export(self, proposals: Callable[[], Iterable[Proposal]]) -> None:
        """Ask for a file and write a row for each shelf; the file's name holds the day."""
        names: Mapping[UUID, str] = dict(self.kitchens)

        def written(count: int) -> None:
            self._complain("")
            one = translate("stock", "1 row exported")
            self.said.emit(one if count == 1 else translate("stock", "{n} rows exported").format(n=f"{count:,}"), chosen)

        chosen = self.ask_where(self, f"{translate('stock', 'corrections')} {self.desk.line.now().astimezone(LAGOS):%Y-%m-%d}.csv")
        if chosen:
            export(self, Path(chosen), titles(), partial(_rows, proposals, names), then=written, failed=self._complain)


def _rows(proposals: Callable[[], Iterable[Proposal]], kitchens: Mapping[UUID, str]) -> Iterator[list[str]]:
    return chain.from_iterable(cells(each, kitchens) for each in proposals())
