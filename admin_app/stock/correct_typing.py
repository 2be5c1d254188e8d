"""Typing: the shelves of one kitchen, each with a place for its new figure. It says what is typed and sends nothing."""

from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from admin_app.stock.correct_bar import EntryBar
from admin_app.stock.correct_columns import KEYS
from admin_app.stock.correct_entries import Entries, Row
from admin_app.stock.correct_fill import ask_file, fill, read_file, said
from admin_app.stock.correct_foot import EntryFoot
from admin_app.stock.correct_table import EntryTable
from admin_app.stock.filters import Filter
from admin_app.stock.shelves import Shelf, place_of
from core.kitchens import Kitchen
from core.qt.line import LineState
from core.qt.widgets import column

translate = QCoreApplication.translate


class TypingView(QWidget):
    """What was typed stays until it was saved or emptied, whatever else is shown meanwhile."""

    left = Signal()
    edited = Signal()
    shown = Signal()  # the shelves of a kitchen

    def __init__(self, line: LineState, ask: Callable[[QWidget], str] = ask_file) -> None:
        super().__init__()
        self.ask_file = ask
        self.entries = Entries()
        self.shelves: list[Shelf] = []
        self.is_busy = False  # it is being checked
        self.bar, self.table, self.foot = EntryBar(), EntryTable(line), EntryFoot(line)
        self.setLayout(column(self.bar, (self.table, 1), self.foot, spacing=12))
        self._listen()
        line.changed.connect(self.tell)

    @property
    def own(self) -> list[Shelf]:
        """The shelves of the kitchen that was chosen."""
        return sorted((shelf for shelf in self.shelves if shelf.kitchen.id == self.bar.kitchen_id), key=place_of)

    @property
    def kitchen(self) -> Kitchen | None:
        return self.own[0].kitchen if self.own else None

    @property
    def rows(self) -> list[Row]:
        """All of them as they stand now, with what was typed, whether they are shown or not."""
        return [self.entries.row(shelf.item) for shelf in self.own]

    def show_shelves(self, shelves: Sequence[Shelf], kitchens: Sequence[Kitchen]) -> None:
        """Show how the shelves stand now. No row moves; new ones come last."""
        self.shelves = list(shelves)
        self.bar.show_kitchens(kitchens)
        if self.table.has_rows and self.kitchen:
            self.refresh()
        else:
            self.display()

    def display(self) -> None:
        """Show what the bar asks for, as the titles say; rows come, go and move here alone."""
        asked, titles = Filter(self.bar.search.text()), self.table.titles
        found = [self.entries.row(shelf.item) for shelf in self.own if asked.admits(shelf)]
        if self.bar.typed.isChecked():
            found = [row for row in found if row.text]
        turned = titles.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        found.sort(key=KEYS[titles.sortIndicatorSection()], reverse=turned)
        if found:
            self.table.show_rows(found)
        elif self.kitchen:
            words = translate("stock", "No item of this kitchen is like this."), translate("stock", "Show all items")
            self.table.say("search", translate("stock", "Nothing found"), *words, self.bar.clear)
        elif self.bar.kitchen_id:
            words_then = translate("stock", "Items appear here as soon as the kitchen has entered them.")
            self.table.say("package", translate("stock", "No stock yet"), words_then)
        else:
            words_then = translate("stock", "One correction is for the shelves of one kitchen.")
            self.table.say("package", translate("stock", "Choose a kitchen above"), words_then)
        self.tell()
        self.shown.emit()

    def refresh(self) -> None:
        """Show the same rows as they stand now."""
        now = {row.id: row for row in self.rows}
        shown = [now.pop(row.id) for row in self.table.model.rows if row.id in now]
        narrowed = self.bar.search.text() or self.bar.typed.isChecked()
        self.table.refresh(shown if narrowed else [*shown, *now.values()])
        self.tell()

    def tell(self) -> None:
        rows = self.rows
        self.bar.allow(bool(rows))
        self.bar.show_typed(sum(bool(row.text) for row in rows))
        self.foot.tell(rows, self.is_busy)

    def focus(self) -> None:
        """Go on where people type."""
        if self.table.has_rows:
            self.table.begin()
        else:
            (self.bar.kitchen.box if self.bar.kitchen_id is None else self.bar.search).setFocus()

    def _listen(self) -> None:
        bar, table = self.bar, self.table
        bar.filtered.connect(self.display)
        bar.kitchen_chosen.connect(self.display)
        table.titles.sortIndicatorChanged.connect(lambda *_: self.display())
        bar.entered.connect(self._type_first)
        bar.paste_wanted.connect(lambda: self._fill(QGuiApplication.clipboard().text()))
        bar.file_wanted.connect(self._read_file)
        table.typed.connect(self._typed)
        table.pasted.connect(self._fill)
        table.ended.connect(self._end)
        table.given_up.connect(self.left)

    def _type_first(self) -> None:
        """Enter in the search, or a scanner's: type in the first row that was found."""
        if self.table.has_rows:
            self.table.stand_at(self.table.model.rows[0].id)
            self.table.begin()

    def _end(self) -> None:
        """The last row is done: look for the next one, where rows were looked for, or check them."""
        if self.bar.search.text():
            self.bar.search.setFocus()
            self.bar.search.selectAll()
        else:
            self.foot.act.setFocus()

    def _typed(self, item_id: UUID, text: str) -> None:
        for shelf in self.own:
            if shelf.item.id == item_id:
                self.entries.write(shelf.item, text)
        self.edited.emit()
        self.foot.complain("")
        self.refresh()

    def _fill(self, text: str) -> None:
        """Write many figures at once: straight down from the current row, or where their names say."""
        rows, current = self.table.model.rows, self.table.view.currentIndex().row()
        items = {shelf.item.id: shelf.item for shelf in self.own}
        filled = fill(text, list(items.values()), [row.item for row in rows[max(0, current) :]])
        for item_id, figure in filled.texts.items():
            self.entries.write(items[item_id], figure)
        self.edited.emit()
        self.refresh()
        tone, icon = ("warn", "triangle-alert") if filled.unknown or not filled.texts else ("info", "info")
        self.foot.complain(said(filled), tone, icon)

    def _read_file(self) -> None:
        chosen = self.ask_file(self)
        if not chosen:
            return
        try:
            self._fill(read_file(Path(chosen)))
        except OSError as error:
            words = translate("stock", "{file} could not be read: {why}.")
            self.foot.complain(words.format(file=Path(chosen).name, why=error.strerror))
        except ValueError as error:
            self.foot.complain(str(error))
