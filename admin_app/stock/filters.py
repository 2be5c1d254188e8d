"""Filters: which shelves of stock are shown: by words, by kitchen, by how the shelf stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from admin_app.picker import KitchenPicker, named
from admin_app.stock.shelves import Shelf, count_levels, level_word, meets
from core.base.words import plain
from core.kitchens import Kitchen
from core.qt.form import Search
from core.qt.widgets import chip, column, row
from core.stock import Level

PAUSE = 120  # ms after the last key; everything is here, so no server has to be spared
LEVELS = (Level.LOW, Level.OUT, Level.SHORT)


@dataclass(frozen=True)
class Filter:
    """What was asked for. Several levels mean any of them; none means all."""

    words: str = ""
    kitchen_id: UUID | None = None
    levels: frozenset[Level] = frozenset()

    def admits(self, shelf: Shelf) -> bool:
        right_level = not self.levels or any(meets(shelf.item.level, asked) for asked in self.levels)
        return right_level and self.is_about(shelf)

    def is_about(self, shelf: Shelf) -> bool:
        """Whatever its level: is it of this kitchen, and does it bear these words?"""
        if self.kitchen_id not in (None, shelf.kitchen.id):
            return False
        known = plain(f"{shelf.item.name} {shelf.item.place} {shelf.item.barcode or ''} {shelf.kitchen.name}")
        return all(word in known for word in plain(self.words).split())


class Filters(QWidget):
    """The bar above the table."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.search = Search(self.tr("Search stock"), self.tr("Item, place or barcode"))
        self.search.setMaxLength(80)
        self.search.setMinimumWidth(160)
        self.search.setMaximumWidth(420)
        self.search.setToolTip(self.tr("Search (Ctrl+F)"))
        QShortcut(QKeySequence.StandardKey.Find, self, self.search.setFocus)
        self.kitchen = KitchenPicker()
        self.chips = {level: chip(level_word(level)) for level in LEVELS}
        self.setLayout(
            row((named(self.tr("Search"), self.search), 3), self.kitchen, column(None, row(*self.chips.values())), None, spacing=12)
        )
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(self.changed)
        self.search.textChanged.connect(self._soon.start)
        self.kitchen.changed.connect(self.changed)
        for push in self.chips.values():
            push.clicked.connect(self.changed)

    @property
    def value(self) -> Filter:
        levels = frozenset(level for level, push in self.chips.items() if push.isChecked())
        return Filter(self.search.text(), self.kitchen.value, levels)

    def show_kitchens(self, kitchens: Sequence[Kitchen]) -> None:
        self.kitchen.show_kitchens(kitchens)

    def show_counts(self, shelves: Iterable[Shelf]) -> None:
        """Say on each chip how many it would show."""
        asked = self.value
        for level, count in count_levels(shelf for shelf in shelves if asked.is_about(shelf)).items():
            self.chips[level].setText(f"{level_word(level)} {count}")

    def clear(self) -> None:
        """Show everything again."""
        self.ask(Filter())

    def ask(self, wanted: Filter) -> None:
        """Show what was asked for, at once."""
        self.search.setText(wanted.words)
        self.kitchen.choose(wanted.kitchen_id)
        for level, push in self.chips.items():
            push.setChecked(level in wanted.levels)
        self.changed.emit()
