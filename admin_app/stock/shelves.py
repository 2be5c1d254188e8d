"""Shelves: what one row of the stock page says, and what it is sorted by."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication

from core.base.quantity import shown, signed
from core.base.words import plain
from core.kitchens import Kitchen
from core.qt.line import LineState, moment
from core.qt.rows import RIGHT, Column
from core.stock import Item, Kind, Level

NEVER = datetime.min.replace(tzinfo=UTC)
ICONS = {Level.SHORT: "circle-alert", Level.OUT: "ban", Level.LOW: "triangle-alert"}
TONES = {Level.SHORT: "danger", Level.OUT: "danger", Level.LOW: "warn"}

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Shelf:
    """An item, and the kitchen on whose shelf it lies."""

    item: Item
    kitchen: Kitchen


class Sortable(NamedTuple):
    """A column, and what it is sorted by."""

    column: Column[Shelf]
    key: Callable[[Shelf], Any]


def amount(quantity: int, item: Item) -> str:
    """Write an item's quantity with its unit: "11.5 kg"."""
    return f"{shown(quantity, item.unit_size)} {item.unit}"


def level_word(level: Level) -> str:
    return {
        Level.SHORT: translate("stock", "Short"),
        Level.OUT: translate("stock", "Out"),
        Level.LOW: translate("stock", "Low"),
        Level.ENOUGH: translate("stock", "Enough"),
    }[level]


def kind_word(kind: Kind) -> str:
    return {
        Kind.OPENING: translate("stock", "Opening stock"),
        Kind.DELIVERY: translate("stock", "Delivery"),
        Kind.WASTE: translate("stock", "Waste"),
        Kind.COUNT: translate("stock", "Count"),
        Kind.CORRECTION: translate("stock", "Correction"),
        Kind.UNDO: translate("stock", "Undone"),
        Kind.HOLD: translate("stock", "Held"),
        Kind.RELEASE: translate("stock", "Given back"),
        Kind.USE: translate("stock", "Cooked"),
    }[kind]


def meets(level: Level, asked: Level) -> bool:
    """Whether a shelf at `level` is what somebody asks for: what is short is out, too."""
    return level == asked or (level == Level.SHORT and asked == Level.OUT)


def count_levels(shelves: Iterable[Shelf]) -> dict[Level, int]:
    """Return how many shelves are low, out, and short; the short ones are among those that are out."""
    found = [shelf.item.level for shelf in shelves]
    return {asked: sum(meets(level, asked) for level in found) for asked in (Level.LOW, Level.OUT, Level.SHORT)}


def changed_by(item: Item) -> str:
    """Name who changed it last: a person, or the order that did."""
    return item.changed_by or translate("stock", "Order {number}").format(number=item.changed_order)


def place_of(shelf: Shelf) -> tuple[str, str, str]:
    """What shelves are sorted by where nothing else tells them apart."""
    return plain(shelf.kitchen.name), plain(shelf.item.name), str(shelf.item.id)


class Columns:
    """The table's columns. Figures that are only the last known ones stand back, and their level is still told."""

    def __init__(self, line: LineState) -> None:
        self.line = line

    def all(self) -> tuple[Sortable, ...]:
        return (
            self._words(translate("stock", "Kitchen"), lambda shelf: shelf.kitchen.name, place_of, 124),
            self._words(translate("stock", "Item"), lambda shelf: shelf.item.name, lambda shelf: plain(shelf.item.name), None, 500),
            self._words(
                translate("stock", "Place"),
                lambda shelf: shelf.item.place.replace(", ", "\n", 1),
                lambda shelf: plain(shelf.item.place),
                112,
            ),
            self._available(),
            self._figure(translate("stock", "On hand"), lambda item: item.on_hand, 100),
            self._figure(translate("stock", "Held"), lambda item: item.held, 96),
            self._figure(translate("stock", "Warn at"), lambda item: item.warn_at, 88),
            self._words(translate("stock", "Last count"), self._counted, lambda shelf: shelf.item.counted_at or NEVER, 140),
            self._words(translate("stock", "Last change"), self._changed, lambda shelf: shelf.item.changed_at, 140),
        )

    def _words(
        self, title: str, words: Callable[[Shelf], str], key: Callable[[Shelf], Any], width: int | None, weight: int = 400
    ) -> Sortable:
        return Sortable(Column(title, words, width=width, weight=weight, tone=self._tone), key)

    def _figure(self, title: str, read: Callable[[Item], int], width: int) -> Sortable:
        def tone(shelf: Shelf) -> str | None:
            return "muted" if read(shelf.item) == 0 else self._tone(shelf)

        column = Column[Shelf](title, lambda shelf: amount(read(shelf.item), shelf.item), RIGHT, width, tone=tone)
        return Sortable(column, lambda shelf: read(shelf.item) / shelf.item.unit_size)

    def _available(self) -> Sortable:
        def words(shelf: Shelf) -> str:
            figure = amount(shelf.item.available, shelf.item)
            return figure if shelf.item.level == Level.ENOUGH else f"{figure}\n{level_word(shelf.item.level)}"

        def tone(shelf: Shelf) -> str | None:
            return f"{TONES[shelf.item.level]}Text" if shelf.item.level in TONES else self._tone(shelf)

        title = translate("stock", "Available")
        column = Column[Shelf](title, words, RIGHT, 108, 600, tone, lambda shelf: ICONS.get(shelf.item.level))
        return Sortable(column, lambda shelf: shelf.item.available / shelf.item.unit_size)

    def _tone(self, shelf: Shelf) -> str | None:
        return "muted" if self.line.offline_since else None

    def _counted(self, shelf: Shelf) -> str:
        item = shelf.item
        if item.counted_at is None:
            return translate("stock", "Never")
        return f"{item.counted_by}\n{moment(item.counted_at, self.line.now())}"

    def _changed(self, shelf: Shelf) -> str:
        item = shelf.item
        change = signed(item.change, item.unit_size) if item.change else kind_word(item.changed_kind)
        return f"{changed_by(item)}\n{moment(item.changed_at, self.line.now())} · {change}"
