"""Lines: the orders of one refund, what each gets back, and what became of that. Searched, filtered and paged by the database."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from admin_app.desk import Desk
from admin_app.exporting import export
from admin_app.page import Ask
from admin_app.parts import PAGE, Part
from admin_app.reader import Reader
from admin_app.refunds.lines_bar import LinesBar
from admin_app.refunds.lines_columns import cells, titles
from admin_app.refunds.lines_reading import Asked, read_all, read_page
from admin_app.refunds.lines_table import LinesTable
from admin_app.refunds.words import orders_word
from core.base.days import LAGOS
from core.base.errors import Refused
from core.live import Changes
from core.qt.export import ask_where
from core.qt.task import run, unless_expected
from core.qt.widgets import column, frame
from core.refunds import LineState, RefundOrder

translate = QCoreApplication.translate


class OrdersOfRefund(QWidget):
    """A card without a margin of its own. Enter or a double click on a row opens the order."""

    wanted = Signal(str, object)  # the page of the orders, and an order's number (as OfficePage.wanted)
    said = Signal(str, str)  # for a toast: what was exported
    state_asked = Signal(object)  # a LineState: only those of which this became are asked for; None: all

    def __init__(self, desk: Desk, ask: Ask = ask_where) -> None:
        super().__init__()
        self.desk, self.ask_where = desk, ask
        self.asked: Asked | None = None  # what is wanted
        self.answered: Asked | None = None  # what the table shows
        self.bar, self.table = LinesBar(), LinesTable(desk.line)
        self.model = self.table.model
        self.setLayout(column(frame("card", column(self.bar, (self.table, 1), margins=(2, 2, 2, 2), spacing=0))))
        self.news = Reader(self._prepare_news, self._show_news, self._failed, self)
        self._listen()

    def show_proposal(self, proposal_id: UUID) -> None:
        """Show the orders of this refund, all of them."""
        self.bar.stand(None)
        self._ask(Asked(proposal_id))

    def show_state(self, state: LineState | None) -> None:
        """Show those alone of which this became; None: all."""
        if self.asked:
            self.bar.stand(state)
            self._ask(Asked(self.asked.proposal_id, state))

    def look_again(self) -> None:
        """Read again what is shown, where it stands."""
        if self.asked:
            self.news.ask()

    def take(self, changes: Changes) -> None:
        """Something changed: read again what is shown of it."""
        known = {row.order_id for row in self.model.rows} | ({self.asked.proposal_id} if self.asked else set())
        if changes.resync or changes.nouns & {"proposals", "orders"} and changes.objects & known:
            self.look_again()

    def _listen(self) -> None:
        self.bar.changed.connect(self._filter)
        self.model.wanted.connect(self._read_next)
        self.table.opened.connect(lambda row: self.wanted.emit("orders", row.number) if "orders" in self.desk.pages else None)
        self.bar.export_shown.connect(lambda: self._export(partial(map, cells, list(self.model.rows))))
        self.bar.export_all.connect(lambda: self._export(lambda: map(cells, read_all(self.desk.db, self.asked) if self.asked else ())))

    def _filter(self) -> None:
        """Ask what the bar says."""
        if self.asked:
            self._ask(Asked(self.asked.proposal_id, self.bar.state, self.bar.text))

    def _ask(self, asked: Asked) -> None:
        """Ask anew. What is shown stays until there is an answer, unless it is another refund's."""
        if self.asked is None or self.asked.proposal_id != asked.proposal_id:
            self.table.say("hourglass", self.tr("Reading the orders …"))
        self.asked = asked
        self.state_asked.emit(asked.state)
        self.bar.count.setText(self.tr("Looking …"))
        run(
            self, partial(read_page, self.desk.db, asked), then=lambda part: self._show_first(asked, part),
            failed=lambda error: self._failed(error) if asked == self.asked else None,
        )  # fmt: skip

    def _show_first(self, asked: Asked, part: Part) -> None:
        if asked != self.asked:
            return
        self.answered = asked
        self.bar.complain("")
        if part.rows:
            self.table.show_part(part)
        elif asked.narrows:
            said = self.tr("No order of this refund is like this.")
            self.table.say("search", self.tr("Nothing found"), said, self.tr("Show all"), lambda: self.show_state(None))
        else:
            self.table.say("receipt", self.tr("No orders"), self.tr("Nobody confirmed this refund, and its list was not kept."))
        self._count()

    def _read_next(self, last: RefundOrder) -> None:
        asked = self.answered

        def append(part: Part) -> None:
            if asked == self.answered and self.model.rows and self.model.rows[-1] is last:  # else the table was read anew meanwhile
                self.model.append(part.rows, part.more)
                self._count()

        def failed(error: Exception) -> None:
            self.model.more = True
            self._failed(error)

        if asked:
            run(self, partial(read_page, self.desk.db, asked, last), then=append, failed=failed)

    def _prepare_news(self) -> Callable[[], tuple[Asked | None, Part]]:
        """Read again as far as is seen; what is below is read when it is scrolled to."""
        asked, size = self.asked, max(PAGE, self.table.seen + PAGE // 2)
        return lambda: (asked, read_page(self.desk.db, asked, size=size) if asked else Part([], False))

    def _show_news(self, answer: tuple[Asked | None, Part]) -> None:
        asked, part = answer
        if asked is None or asked != self.asked:
            return
        if asked != self.answered or not self.table.has_rows or not part.rows:
            self._show_first(asked, part)
        else:
            self.bar.complain("")
            self.table.refresh(part)
            self._count()

    def _count(self) -> None:
        shown = len(self.model.rows)
        self.bar.count.setText(self.tr("{n} shown, more below").format(n=f"{shown:,}") if self.model.more else orders_word(shown))

    def _failed(self, error: Exception) -> None:
        unless_expected(error)
        self._count()
        if not self.table.has_rows:
            title = self.tr("The orders could not be read")
            self.table.say("circle-alert", title, str(error), self.tr("Try again"), self._filter, "dangerText")
        elif self.answered != self.asked:
            self.bar.complain(self.tr("{why} The table still shows what was asked for before.").format(why=error))
        elif isinstance(error, Refused):  # while offline the banner says it
            self.bar.complain(self.tr("These orders could not be read again. {why}").format(why=error))

    def _export(self, rows: Callable[[], Iterable[Sequence[str]]]) -> None:
        """Ask for a file and write the rows into it; the file's name holds the day."""

        def written(count: int) -> None:
            self.bar.complain("")
            self.said.emit(self.tr("1 row exported") if count == 1 else self.tr("{n} rows exported").format(n=f"{count:,}"), str(path))

        chosen = self.ask_where(self, f"{translate('refunds', 'refund')} {self.desk.line.now().astimezone(LAGOS):%Y-%m-%d}.csv")
        if chosen:
            path = Path(chosen)
            export(self, path, titles(), rows, then=written, failed=self.bar.complain)
