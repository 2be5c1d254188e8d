"""Stock page: every shelf of every kitchen, live. Kitchens change their own stock; who may, corrects many figures of one at once."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from admin_app.desk import Desk
from admin_app.head import Head
from admin_app.listing import Listing
from admin_app.page import Ask, ListPage
from admin_app.reader import Reader
from admin_app.stock.correct import CorrectView
from admin_app.stock.correct_fill import ask_file
from admin_app.stock.detail import ItemDetail
from admin_app.stock.filters import Filter, Filters
from admin_app.stock.shelves import Columns, Shelf, place_of
from admin_app.stock.sides import Sides
from admin_app.stock.summary import Summary
from admin_app.stock.written import cells, titles
from admin_app.titles import put_titles
from core.base.errors import Refused
from core.kitchens import Kitchen, kitchens
from core.live import Changes
from core.qt.export import ask_where
from core.qt.rows import RowsModel, table
from core.qt.task import unless_expected
from core.qt.widgets import button
from core.staff import Role
from core.stock import Item, all_items

translate = QCoreApplication.translate

CORRECTS = frozenset({Role.KITCHEN_MANAGER, Role.OWNER_ADMIN})
SPARE = (2, 6, 7, 8, 5, 4)  # columns that step aside: place, warn at, last count, last change, held, on hand


class StockPage(ListPage):
    """All shelves are here (a few thousand at most), so searching, sorting and counting ask no server."""

    def __init__(self, desk: Desk, ask: Ask = ask_where, ask_for_file: Callable[[QWidget], str] = ask_file) -> None:
        db, line = desk.db, desk.line
        self.shelves: list[Shelf] = []
        self.loaded = False
        self.columns = Columns(line).all()
        self.model: RowsModel[Shelf] = RowsModel([each.column for each in self.columns], key=lambda shelf: shelf.item.id)
        view = table(self.model, translate("stock", "Stock"))
        self.header = put_titles(view, self.model, sorts=True)
        self.summary, self.filters = Summary(), Filters()
        exports = translate("stock", "What is shown"), translate("stock", "All stock")
        self.correct_many = button(translate("stock", "Correct many …"), None, "admin", "pencil")
        head = Head(translate("stock", "Stock"), line, button("", None, "admin", "list-filter"), exports, self.correct_many)
        super().__init__(line, head, Listing(view, self.model, ItemDetail(db, line), SPARE), [self.summary, self.filters], ask)
        self.correct_many.setVisible(desk.me.role in CORRECTS)
        self.setFocusProxy(self.filters.search)
        self.correct = CorrectView(desk, ask, ask_for_file)
        self.sides = Sides(self, self.correct, self.correct_many, lambda: self.filters.value.kitchen_id)
        head.news.setToolTip(self.tr("While you read nothing is moved. Sort and filter by the figures of now (F5)"))
        self.reader = Reader(lambda: lambda: (all_items(db), kitchens(db)), self._show, self._failed, self)
        self._listen()
        self._load()

    def take(self, changes: Changes) -> None:
        if changes.resync or changes.nouns & {"stock", "kitchens"}:
            self.reader.ask()
        self.correct.take(changes)

    def look_at(self, what: object) -> None:
        """Show the shelves that a Filter asks for."""
        self.sides.turn_back()
        if isinstance(what, Filter):
            self.filters.ask(what)

    def _listen(self) -> None:
        self.correct.said.connect(self.said)
        self.correct.wanted.connect(self.wanted)
        self.filters.changed.connect(self._filter)
        self.summary.chosen.connect(self.filters.kitchen.choose)
        self.header.sortIndicatorChanged.connect(self._sort)
        self.listing.rested.connect(self._sort)
        self.head.look_again.connect(self._look_again)
        self.head.news.clicked.connect(self._sort)
        self.head.export_shown.connect(lambda: self._export(self.model.rows))
        self.head.export_all.connect(lambda: self._export(sorted(self.shelves, key=place_of)))

    def _load(self) -> None:
        self.listing.say("hourglass", self.tr("Reading the stock …"))
        self.reader.ask()

    def _look_again(self) -> None:
        self._sort()
        self.reader.ask()

    def _show(self, answer: tuple[list[Item], list[Kitchen]]) -> None:
        items, known = answer
        by_id = {kitchen.id: kitchen for kitchen in known}
        self.shelves = [Shelf(item, by_id[item.kitchen_id]) for item in items if item.kitchen_id in by_id]
        self.head.complain("")
        self.filters.show_kitchens(known)
        self.summary.show_shelves(known, self.shelves)
        self.correct.show_shelves(self.shelves, known)
        self.loaded = True
        if self.listing.has_rows and self.listing.reading:
            self.listing.refresh(self._unmoved())
            self._tell(self._wanted())
        else:
            self._sort()

    def _filter(self) -> None:
        """Show the answer to another question."""
        self.summary.mark(self.filters.value.kitchen_id)
        if not self.loaded:
            return
        wanted = self._wanted()
        self._tell(wanted)
        if wanted:
            self.listing.show_rows(wanted)
            self._tell(wanted)
        elif self.shelves:
            said = self.tr("No item is like what you typed and chose.")
            self.listing.say("search", self.tr("Nothing found"), said, self.tr("Clear filters"), self.filters.clear)
        else:
            said = self.tr("Items appear here as soon as a kitchen has entered them.")
            self.listing.say("package", self.tr("No stock yet"), said)

    def _sort(self) -> None:
        """Put everything where it belongs by now; what is chosen stays chosen."""
        wanted = self._wanted()
        if wanted and self.listing.has_rows:
            self.listing.refresh(wanted)
            self._tell(wanted)
        else:
            self._filter()

    def _wanted(self) -> list[Shelf]:
        """Return what the filters admit, as the header says."""
        asked, key = self.filters.value, self.columns[self.header.sortIndicatorSection()].key
        found = sorted((shelf for shelf in self.shelves if asked.admits(shelf)), key=place_of)
        return sorted(found, key=key, reverse=self.header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder)

    def _unmoved(self) -> list[Shelf]:
        """Return the shelves that are shown, with the figures of now."""
        now = {shelf.item.id: shelf for shelf in self.shelves}
        return [now[shelf.item.id] for shelf in self.model.rows if shelf.item.id in now]

    def _tell(self, wanted: list[Shelf]) -> None:
        """Say how many there are, and whether they stand where they should."""
        self.filters.show_counts(self.shelves)
        one = len(self.shelves) == 1
        words = self.tr("{n} of {all} items") if len(wanted) < len(self.shelves) else self.tr("1 item") if one else self.tr("{n} items")
        self.head.count.setText(words.format(n=len(wanted), all=len(self.shelves)))
        moved = [shelf.item.id for shelf in self.model.rows] != [shelf.item.id for shelf in wanted]
        self.head.tell_news(self.tr("Sort again") if moved and self.listing.has_rows else "")

    def _failed(self, error: Exception) -> None:
        unless_expected(error)
        if not self.loaded:
            title = self.tr("The stock could not be read")
            self.listing.say("circle-alert", title, str(error), self.tr("Try again"), self._load, "dangerText")
        elif isinstance(error, Refused):  # while offline the banner says it
            self.head.complain(self.tr("These figures could not be read again. {why}").format(why=error))

    def _export(self, shelves: list[Shelf]) -> None:
        self.export(translate("stock", "stock"), titles(), lambda: map(cells, shelves))
