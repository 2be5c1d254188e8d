"""Entries: what somebody typed for the shelves, and what they saw then, until it is saved or emptied.  Verb: preview_stock."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

from core.base.quantity import smallest
from core.stock import Item


class Wanted(NamedTuple):
    """One figure as preview_stock takes it."""

    item_id: UUID
    on_hand: int
    seen_version: int


@dataclass(frozen=True)
class Row:
    """One shelf as it stands, and what was typed for it ("": nothing). `seen` is how it stood when somebody began to type."""

    item: Item
    text: str = ""
    seen: Item | None = None

    @property
    def id(self) -> UUID:
        return self.item.id

    @property
    def now(self) -> Item:
        """The newest that is known of the shelf: a refusal may know more than the last reading."""
        return self.seen if self.seen and self.seen.version > self.item.version else self.item

    @property
    def quantity(self) -> int | None:
        """Smallest units; None while nothing stands there that could be meant."""
        try:
            return smallest(self.text, self.item.unit_size)
        except ValueError:
            return None

    @property
    def why_not(self) -> str:
        """Say why what was typed cannot be meant; "" where it can, and where nothing was typed."""
        try:
            smallest(self.text, self.item.unit_size)
        except ValueError as error:
            return str(error) if self.text.strip() else ""
        return ""

    @property
    def has_moved(self) -> bool:
        """Whether the shelf changed since somebody began to type."""
        return self.seen is not None and self.item.version > self.seen.version

    @property
    def difference(self) -> int | None:
        """What the shelf would gain or lose."""
        return None if self.quantity is None else self.quantity - self.now.on_hand

    @property
    def counts(self) -> bool:
        """Whether there is something to correct. Of a shelf that changed meanwhile only the person can say that it is right."""
        return self.difference is not None and (self.has_moved or self.difference != 0)

    @property
    def short(self) -> int:
        """How much less than what orders hold would be left."""
        return 0 if self.quantity is None else max(0, self.now.held - self.quantity)


class Entries:
    """One for each shelf that something was typed for. What is not there stays as it is on the shelf."""

    def __init__(self) -> None:
        self._typed: dict[UUID, tuple[str, Item]] = {}

    def row(self, item: Item) -> Row:
        text, seen = self._typed.get(item.id, ("", None))
        return Row(item, text, seen)

    def write(self, item: Item, text: str) -> None:
        """Keep what was typed. Whoever empties it and types again has looked again."""
        _, seen = self._typed.get(item.id, ("", item))
        self._typed[item.id] = text, seen
        if not text.strip():
            self.drop([item.id])

    def see(self, item_id: UUID, on_hand: int, held: int, version: int) -> None:
        """The person was told how the shelf stands now, and means what they typed all the same."""
        text, seen = self._typed[item_id]
        self._typed[item_id] = text, replace(seen, on_hand=on_hand, held=held, available=on_hand - held, version=version)

    def drop(self, item_ids: Collection[UUID]) -> None:
        for item_id in item_ids:
            self._typed.pop(item_id, None)


def wanted(rows: Iterable[Row]) -> list[Wanted]:
    """Return what is to be corrected."""
    return [Wanted(row.id, row.quantity, row.seen.version) for row in rows if row.counts and row.seen and row.quantity is not None]
