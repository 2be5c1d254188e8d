"""Orders page: the orders of all kitchens, newest first, live. Searched, filtered and paged by the database."""

from collections.abc import Callable, Iterable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from admin_app.head import Head
from admin_app.listing import Listing
from admin_app.orders.columns import cells, columns, titles
from admin_app.orders.detail import OrderDetail
from admin_app.orders.filters import Filters
from admin_app.orders.question import PAGE, News, Page, Question, newcomers, read_all, read_news, read_page
from admin_app.page import Ask, OfficePage
from admin_app.reader import Reader
from admin_app.titles import put_titles
from core.base.errors import Refused
from core.database.gateway import Database
from core.kitchens import kitchens
from core.live import Changes
from core.orders import ListedOrder
from core.qt.export import ask_where
from core.qt.line import LineState
from core.qt.rows import RowsModel, table
from core.qt.task import run, unless_expected
from core.qt.widgets import button

translate = QCoreApplication.translate

SPARE = (5, 3, 1)  # columns that step aside: portions, kitchen, placed


class OrdersPage(OfficePage):
    """Nothing moves under whoever reads: new orders wait behind a button until then."""

    def __init__(self, db: Database, line: LineState, ask: Ask = ask_where) -> None:
        self.db, self.filters = db, Filters()
        self.model: RowsModel[ListedOrder] = RowsModel(columns(line))
        view = table(self.model, translate("orders", "Orders"))
        put_titles(view, self.model)
        exports = translate("orders", "What is shown"), translate("orders", "All that match")
        head = Head(translate("orders", "Orders"), line, button("", "primary", "admin", "arrow-up"), exports)
        super().__init__(line, head, Listing(view, self.model, OrderDetail(db, line), SPARE), [self.filters], ask)
        self.setFocusProxy(self.filters.search)
        self.changed: set[UUID] | None = set()  # orders to look at again; None: all that are shown
        self.news = Reader(self._prepare_news, self._show_news, self._failed, self)
        self.kitchens = Reader(lambda: lambda: kitchens(db), self.filters.show_kitchens, self._failed, self)
        self.asked = self.answered = self.filters.value  # what is wanted, and what the table shows
        self.more, self.waiting = False, 0
        self._listen()
        self._load()
        self.kitchens.ask()

    def take(self, changes: Changes) -> None:
        if changes.resync:
            self.changed = None
        elif self.changed is not None:
            self.changed |= changes.objects
        if changes.resync or "orders" in changes.nouns:
            self.news.ask()
        if changes.resync or "kitchens" in changes.nouns:
            self.kitchens.ask()

    def _listen(self) -> None:
        self.filters.changed.connect(self._filter)
        self.listing.rested.connect(self.news.ask)
        self.model.wanted.connect(self._read_next)
        self.head.look_again.connect(self._look_again)
        self.head.news.clicked.connect(self.listing.leave)
        self.head.export_shown.connect(lambda: self._export(partial(list, self.model.rows)))
        self.head.export_all.connect(lambda: self._export(partial(read_all, self.db, self.asked, self.line.now())))

    def _filter(self) -> None:
        if self.filters.value != self.asked:
            self.asked = self.filters.value
            self._load()

    def _look_again(self) -> None:
        self._load()
        self.kitchens.ask()

    def _load(self) -> None:
        """Ask what the filters say. What is shown stays until there is an answer."""
        asked = self.asked
        self.head.count.setText(self.tr("Looking …"))
        if not self.listing.has_rows:
            self.listing.say("hourglass", self.tr("Reading the orders …"))
        run(
            self, partial(read_page, self.db, asked, self.line.now()),
            then=lambda page: self._show_first(page) if asked == self.asked else None, failed=self._failed,
        )  # fmt: skip

    def _show_first(self, page: Page) -> None:
        self.head.complain("")
        self.answered = self.asked
        if page.rows:
            self.listing.show_rows(page.rows, page.more)
        elif self.asked != Question():
            said = self.tr("No order is like what you typed and chose.")
            self.listing.say("search", self.tr("Nothing found"), said, self.tr("Clear filters"), self.filters.clear)
        else:
            said = self.tr("They appear here as soon as somebody places one.")
            self.listing.say("receipt", self.tr("No orders yet"), said)
        self._tell(page.more, 0)

    def _read_next(self, last: ListedOrder) -> None:
        asked = self.asked
        run(
            self, partial(read_page, self.db, asked, self.line.now(), last),
            then=lambda page: self._append(last, page) if asked == self.asked else None, failed=self._failed_below,
        )  # fmt: skip

    def _append(self, last: ListedOrder, page: Page) -> None:
        if self.model.rows and self.model.rows[-1].id == last.id:  # else the table was read anew meanwhile
            self.model.append(page.rows, page.more)
            self._tell(page.more, self.waiting)

    def _prepare_news(self) -> Callable[[], tuple[Question, News]]:
        asked, now, shown, changed = self.asked, self.line.now(), [order.id for order in self.model.rows], self.changed
        self.changed = set()
        return lambda: (asked, read_news(self.db, asked, now, shown, changed))

    def _show_news(self, answer: tuple[Question, News]) -> None:
        asked, news = answer
        if asked != self.asked:
            return
        self.head.complain("")
        if self.answered != asked or not self.listing.has_rows or not news.page.rows:
            self._show_first(news.page)
        elif self.listing.reading:
            now = {order.id: order for order in (*news.page.rows, *news.touched)}
            self.listing.refresh([now.get(order.id, order) for order in self.model.rows])
            self._tell(self.more, newcomers(news.page, self.model.rows, self.more))
        else:
            self.listing.refresh(news.page.rows)
            self.model.more = news.page.more
            self._tell(news.page.more, 0)

    def _tell(self, more: bool, waiting: int) -> None:
        """Say how many are shown, whether there are more below, and how many new ones wait."""
        self.more, self.waiting = more, waiting
        one = len(self.model.rows) == 1 and not more
        words = self.tr("{n} shown, more below") if more else self.tr("1 order") if one else self.tr("{n} orders")
        self.head.count.setText(words.format(n=f"{len(self.model.rows):,}"))
        new = self.tr("1 new order") if waiting == 1 else self.tr("{n} new orders")
        self.head.tell_news(new.format(n=f"{PAGE}+" if waiting >= PAGE else waiting) if waiting else "")

    def _failed(self, error: Exception) -> None:
        unless_expected(error)
        self.changed = None
        self._tell(self.more, self.waiting)
        if not self.listing.has_rows:
            title = self.tr("The orders could not be read")
            self.listing.say("circle-alert", title, str(error), self.tr("Try again"), self._load, "dangerText")
        elif self.answered != self.asked:
            self.head.complain(self.tr("{why} The table still shows what was asked for before.").format(why=error))
        elif isinstance(error, Refused):  # while offline the banner says it
            self.head.complain(self.tr("The orders could not be read again. {why}").format(why=error))

    def _failed_below(self, error: Exception) -> None:
        self.model.more = True
        self._failed(error)

    def _export(self, rows: Callable[[], Iterable[ListedOrder]]) -> None:
        self.export(translate("orders", "orders"), titles(), lambda: map(cells, rows()))
