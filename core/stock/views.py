"""Stock, as it is read.  SQL twin: core/stock/views.sql."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.database.gateway import Database


class Kind(StrEnum):
    """Why stock moved. The last three are an order's: held when placed, released when cancelled, used when cooked."""

    OPENING = "opening"
    DELIVERY = "delivery"
    WASTE = "waste"
    COUNT = "count"
    CORRECTION = "correction"
    UNDO = "undo"
    HOLD = "hold"
    RELEASE = "release"
    USE = "use"


class Level(StrEnum):
    """How a shelf stands: short (more is held than is there), out, low (at the warning or below it), or enough."""

    SHORT = "short"
    OUT = "out"
    LOW = "low"
    ENOUGH = "enough"


@dataclass(frozen=True)
class Item:
    """One row of the view api.stock. All amounts are in the smallest unit, `unit_size` of which make one `unit`.

    `available` is on_hand - held and may be below zero after a count (a shortage). `version` counts changes of the shelf;
    an order that only holds does not raise it. `changed_*` and `change` (of what is available) tell the newest movement:
    `changed_by` is a person's name, or None when an order (`changed_order`, its number) did it.
    """

    id: UUID
    kitchen_id: UUID
    name: str
    place: str
    barcode: str | None
    unit: str
    unit_size: int
    on_hand: int
    held: int
    available: int
    warn_at: int
    full_at: int
    version: int
    counted_at: datetime | None
    counted_by: str | None
    changed_at: datetime
    changed_by: str | None
    changed_kind: Kind
    changed_order: int | None
    change: int

    @property
    def level(self) -> Level:
        """Judge what can still be sold."""
        if self.available < 0:
            return Level.SHORT
        if self.available == 0:
            return Level.OUT
        return Level.LOW if self.available <= self.warn_at else Level.ENOUGH


@dataclass(frozen=True)
class Movement:
    """One row of the view api.stock_movements: a change of an item, numbered per item without a gap, with the figures after it."""

    item_id: UUID
    number: int
    kind: Kind
    change: int
    change_held: int
    on_hand: int
    held: int
    version: int
    order_number: int | None
    undoes: int | None
    reason: str | None
    note: str
    by: str | None
    login: str
    at: datetime


def items(db: Database, kitchen_id: UUID) -> list[Item]:
    """Return what is on a kitchen's shelves, by name."""
    return db.rows(Item, "api.stock WHERE kitchen_id = %(kitchen_id)s ORDER BY name, id", kitchen_id=kitchen_id)


def all_items(db: Database) -> list[Item]:
    """Return what is on the shelves of all kitchens this login may see, by name."""
    return db.rows(Item, "api.stock ORDER BY name, id")


def movements(db: Database, item_id: UUID, before: int | None = None, limit: int = 50) -> list[Movement]:
    """Return up to `limit` movements of an item, newest first, older than number `before` where it is given."""
    return db.rows(
        Movement,
        "api.stock_movements WHERE item_id = %(item_id)s AND number < %(before)s ORDER BY number DESC LIMIT %(limit)s",
        item_id=item_id, before=before if before is not None else 2**31 - 1, limit=limit,
    )  # fmt: skip
