"""The shelf as a list of cards: sorted for people, searched, filtered, and kept up to date in place.  Facts: core/stock/views.py."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import QObject, Qt, QTimer

from core.base.days import LAGOS
from core.base.words import plain
from core.qt.line import LineState
from core.qt.rows import ROOT, Column, RowsModel
from core.qt.texts import breakable, tip
from core.stock import Item, Level
from kitchen_app.stock.words import change, done, spoken

RING = timedelta(seconds=4)  # how long the ring round a changed card takes to fade
MARK = timedelta(seconds=10)  # how long the change itself stays on it: as long as "just now" does
FRAME = 66  # ms between two steps of the fading


class Filter(StrEnum):
    """Which cards to show."""

    ALL = "all"
    LOW = "low"
    OUT = "out"
    CHANGED = "changed"


class News(NamedTuple):
    """What just changed on a card, in a word, and when it was seen here."""

    words: str
    at: datetime


class ShelfModel(RowsModel[Item]):
    """All items of a kitchen; the rows are those that match the search and the filter.

    What comes in while somebody works changes cards in place: one that no longer matches stays, and one that newly
    matches comes last, until the next question (`seek`).
    """

    def __init__(self, line: LineState, parent: QObject | None = None) -> None:
        super().__init__([Column("", lambda item: item.name)], parent=parent)
        self.line = line
        self.items: dict[UUID, Item] = {}
        self.text = ""
        self.filter = Filter.ALL
        self._news: dict[UUID, News] = {}
        self._fading = QTimer(self)
        self._fading.setInterval(FRAME)
        self._fading.timeout.connect(self._fade)

    def take(self, items: Iterable[Item]) -> None:
        """Take in how the shelf stands now."""
        before = self.items
        self.items = {item.id: item for item in sorted(items, key=lambda item: (plain(item.name), item.name, str(item.id)))}
        for item in self.items.values():
            old = before.get(item.id)
            if old and old != item and (old.version, old.held, old.on_hand) != (item.version, item.held, item.on_hand):
                self._news[item.id] = News(_news(old, item), self.line.now())
        stay = [self.items[row.id] for row in self.rows if row.id in self.items]
        shown = {item.id for item in stay}
        self.refresh(stay + [item for item in self.items.values() if item.id not in shown and self._matches(item)])
        if self._news:
            self._fading.start()

    def seek(self, text: str, only: Filter) -> None:
        """Ask anew: items whose name, place or barcode hold every word of the text."""
        self.text, self.filter = text, only
        self.show(item for item in self.items.values() if self._matches(item))

    def counts(self) -> dict[Filter, int]:
        """Return how many items each filter would show, whatever is searched for."""
        return {only: sum(self._passes(item, only) for item in self.items.values()) for only in Filter}

    def with_barcode(self, code: str) -> Item | None:
        return next((item for item in self.items.values() if item.barcode == code), None)

    def news(self, item: Item) -> str:
        """Return what just changed on this card; "" when nothing did."""
        told = self._news.get(item.id)
        return told.words if told and self.line.now() - told.at < MARK else ""

    def glow(self, item: Item) -> float:
        """Return how strong the ring of a change still is: from 1 down to 0."""
        told = self._news.get(item.id)
        return max(0.0, 1 - (self.line.now() - told.at) / RING) if told else 0.0

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(self.rows[index.row()])
        if index.isValid() and role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(self.rows[index.row()])
        return super().data(index, role)

    def _matches(self, item: Item) -> bool:
        where = plain(f"{item.name} {item.place} {item.barcode or ''}")
        return self._passes(item, self.filter) and all(word in where for word in plain(self.text).split())

    def _passes(self, item: Item, only: Filter) -> bool:
        if only == Filter.LOW:
            return item.level != Level.ENOUGH
        if only == Filter.OUT:
            return item.level in (Level.OUT, Level.SHORT)
        today = self.line.now().astimezone(LAGOS).date()
        return only == Filter.ALL or item.changed_at.astimezone(LAGOS).date() == today

    def _fade(self) -> None:
        now = self.line.now()
        self._news = {key: told for key, told in self._news.items() if now - told.at < MARK and key in self.items}
        for place in (self.index_of(key) for key in self._news):
            if place.isValid():
                self.dataChanged.emit(place, place)
        if not self._news:
            self._fading.stop()
            self.dataChanged.emit(self.index(0, 0, ROOT), self.index(max(0, len(self.rows) - 1), 0, ROOT))

    def _tip(self, item: Item) -> str:
        keys = self.tr("Enter: change it. Arrows: move. /: search.")
        barcode = [self.tr("Barcode {code}").format(code=item.barcode)] if item.barcode else []
        return tip("\n".join([breakable(item.name), item.place, *barcode, keys]))


def _news(old: Item, new: Item) -> str:
    """Say what changed: by how much what is left to sell, or else what was done."""
    return change(new.available - old.available, new) if new.available != old.available else done(new)
