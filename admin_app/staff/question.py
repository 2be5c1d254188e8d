"""Question: which logins somebody wants to see, and sorted how; all of it is answered by the database."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from core.database.gateway import Database
from core.staff import ListedLogin, Role, StaffOrder, Standing, list_staff


@dataclass(frozen=True)
class Question:
    """At first those who can sign in, by name. None means all."""

    search: str = ""
    role: Role | None = None
    kitchen_id: UUID | None = None
    state: Standing | None = Standing.ACTIVE
    order: StaffOrder = StaffOrder.NAME
    descending: bool = False

    @property
    def narrows(self) -> bool:
        return True  # of a company that works somebody is always there


class StaffSource:
    """Reads the staff page's logins (admin_app/parts.py)."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def resolve(self, asked: Question) -> Question:
        return asked

    def read(self, wanted: Question, last: ListedLogin | None, size: int) -> list[ListedLogin]:
        return list_staff(
            self.db, wanted.search, wanted.role, wanted.kitchen_id, wanted.state, order=wanted.order, descending=wanted.descending,
            after=last, limit=size,
        )  # fmt: skip

    def again(self, shown: Collection[Any], changed: Collection[UUID] | None) -> list[ListedLogin]:
        """Read all that are shown: staff are few, and what changes one login shows at the person's others."""
        return list_staff(self.db, logins=shown, limit=len(shown))
