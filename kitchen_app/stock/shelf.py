"""The shelf: search, filters and cards. It shows what it is given and says which item was chosen; it asks nobody."""

from collections.abc import Iterable
from uuid import UUID

from PySide6.QtCore import QItemSelection, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QStackedWidget, QWidget

from core.qt import theme
from core.qt.form import Search
from core.qt.line import LineState
from core.qt.rows import ROW
from core.qt.texts import tip
from core.qt.widgets import chip, column, row
from core.stock import Item
from kitchen_app.stock.cards import CardView
from kitchen_app.stock.model import Filter, ShelfModel
from kitchen_app.stock.notice import Notice
from kitchen_app.stock.states import Message, Skeleton

NARROW = 780  # px: below, the filters stand under the search


class Shelf(QWidget):
    """Until the first items come it says that they are being loaded."""

    chosen = Signal(object)  # an Item
    opened = Signal()
    retried = Signal()

    def __init__(self, line: LineState) -> None:
        super().__init__()
        self.model = ShelfModel(line, self)
        self.cards = CardView(self.model)
        self.search = Search(self.tr("Find an item"), self.tr("Find an item or scan a barcode"), "touch")
        self.search.setMinimumWidth(220)
        self.search.setToolTip(tip(self.tr("Find an item (/ or Ctrl+F)")))
        self.notice, self.reminder = Notice(), Notice()
        self.loading, self.message = Skeleton(), Message("package")
        self.states = QStackedWidget()
        for state in (self.loading, self.cards, self.message):
            self.states.addWidget(state)
        self.names = {
            Filter.ALL: self.tr("All"),
            Filter.LOW: self.tr("Low"),
            Filter.OUT: self.tr("Out"),
            Filter.CHANGED: self.tr("Changed today"),
        }
        self.filters = QButtonGroup(self)
        self.chips = {only: chip(self.names[only], "touch") for only in Filter}
        for push in self.chips.values():
            self.filters.addButton(push)
            push.clicked.connect(self.seek)
            push.toggled.connect(lambda on, push=push: push.setFont(theme.font(15, 600 if on else 500)))
        self.chips[Filter.ALL].setChecked(True)
        self.top: QBoxLayout = row((self.search, 1), row(*self.chips.values(), None), spacing=12)
        above = column(self.top, self.reminder, self.notice, margins=(0, 0, 20, 0), spacing=14)
        self.setLayout(column(above, (self.states, 1), margins=(20, 16, 6, 0), spacing=14))
        self._listen(line)

    def _listen(self, line: LineState) -> None:
        self.search.textChanged.connect(self.seek)
        self.search.returnPressed.connect(self.enter)
        self.cards.opened.connect(self.opened)
        self.cards.selectionModel().selectionChanged.connect(self._choose)
        line.changed.connect(self.cards.viewport().update)
        line.ticked.connect(self.cards.viewport().update)

    def take(self, items: Iterable[Item]) -> None:
        """Show how the shelf stands now. Nothing moves: see the model."""
        self.model.take(items)
        self._show_counts()
        self._show_state()

    def fail(self, sentence: str) -> None:
        """The shelf could not be read; what was read before stays."""
        if not self.model.items:
            self.message.picture.show_icon("circle-alert", "dangerText")
            self.message.say(self.tr("The shelf could not be read"), sentence, self.tr("Try again"), self._retry)
            self.states.setCurrentWidget(self.message)

    def seek(self) -> None:
        """Show what matches the search and the filter."""
        self.notice.hide()
        kept = self.selected()
        only = next(only for only, push in self.chips.items() if push.isChecked())
        self.model.seek(self.search.text(), only)
        if kept:
            self.cards.setCurrentIndex(self.model.index_of(kept.id))
        self._show_state()

    def point_at(self, item_id: UUID) -> bool:
        """Choose an item, also one that search or filter hide; False when it is not on this shelf."""
        if item_id not in self.model.items:
            return False
        self.notice.hide()
        if not self.model.index_of(item_id).isValid():
            self.show_all()
        self.cards.point_at(self.model.index_of(item_id))
        return True

    def show_all(self) -> None:
        self.chips[Filter.ALL].setChecked(True)
        self.search.clear()
        self.seek()
        self.cards.setFocus()

    def selected(self) -> Item | None:
        found = self.cards.selectionModel().selectedIndexes()
        return found[0].data(ROW) if found else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = self.width() < NARROW
        self.top.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        super().resizeEvent(event)

    def _choose(self, chosen: QItemSelection, left: QItemSelection) -> None:
        self.notice.hide()
        if item := self.selected():
            self.chosen.emit(item)

    def enter(self) -> None:
        """Go from the search to what it found."""
        self.cards.setFocus()
        if self.model.rows and not self.selected():
            self.cards.point_at(self.model.index(0, 0))

    def _retry(self) -> None:
        self.states.setCurrentWidget(self.loading)
        self.retried.emit()

    def _show_counts(self) -> None:
        for only, count in self.model.counts().items():
            self.chips[only].setText(f"{self.names[only]}  {count}")

    def _show_state(self) -> None:
        first = self.states.currentWidget() is self.loading
        if self.model.rows:
            self.states.setCurrentWidget(self.cards)
        else:
            self._explain()
            self.states.setCurrentWidget(self.message)
        if first and not self.search.hasFocus():
            (self.cards if self.model.rows else self.search).setFocus()

    def _explain(self) -> None:
        """Say why there are no cards."""
        self.message.picture.show_icon("search" if self.model.items else "package", "muted")
        if self.model.items:
            self.message.say(self.tr("Nothing matches"), _asked_for(self), self.tr("Show all"), self.show_all)
        else:
            empty = self.tr("As soon as this kitchen has an item, it shows here.")
            self.message.say(self.tr("There is nothing on this shelf yet"), empty)


def _asked_for(shelf: Shelf) -> str:
    """Say what nothing matched."""
    name, text = shelf.names[shelf.model.filter], shelf.model.text.strip()[:60]
    if not text:
        return shelf.tr("No item is under “{filter}” now.").format(filter=name)
    if shelf.model.filter == Filter.ALL:
        return shelf.tr("No item's name, place or barcode holds “{text}”.").format(text=text)
    return shelf.tr("No item under “{filter}” holds “{text}”.").format(filter=name, text=text)
