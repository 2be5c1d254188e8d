"""Kitchens: where food is cooked.  SQL twin: core/kitchens.sql."""

from dataclasses import dataclass
from uuid import UUID

from core.database.gateway import Database


@dataclass(frozen=True)
class Kitchen:
    """One row of the view api.kitchens."""

    id: UUID
    name: str
    district: str


def kitchens(db: Database) -> list[Kitchen]:
    """Return the kitchens this login may see, by name."""
    return db.rows(Kitchen, "api.kitchens ORDER BY name")


def create_kitchen(db: Database, command_id: UUID, name: str, district: str) -> Kitchen:
    """Open a kitchen and return it. Its id is the command's.

    Raises Invalid (a name that cannot be stored, or that another kitchen has).
    """
    [kitchen] = db.call(Kitchen, "create_kitchen", command_id=command_id, name=name, district=district)
    return kitchen
