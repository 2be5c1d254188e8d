"""Question: which lines of the trail somebody wants to see; all of it is answered by the database."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from admin_app.days import Span
from core.audit import MOST_FOUND, TrailFilter, TrailLine, count_trail, find_trail, trail, trail_logins
from core.base.errors import Refused
from core.database.gateway import Database
from core.orders import orders

NUMBER = re.compile(r"# ?([1-9][0-9]{0,8})|([1-9][0-9]{2,8})")  # a short bare number may be one in a reason

translate = QCoreApplication.translate


class Doer(NamedTuple):
    """Who did it: a person, with all their logins, or a service or counter by its login."""

    person_id: UUID | None = None
    login: str | None = None


@dataclass(frozen=True)
class Question:
    """`object_id`, `command_id`: all of this object's, oldest first, or of this command's alone, as somebody follows them."""

    search: str = ""
    doer: Doer | None = None
    action: str | None = None
    kitchen_id: UUID | None = None
    span: Span | None = None
    object_id: UUID | None = None
    command_id: UUID | None = None

    @property
    def narrows(self) -> bool:
        return self != Question()


class Wanted(NamedTuple):
    """A question as the database is asked it; `many`: how many lines there are, counted no further than a cap."""

    filter: TrailFilter
    oldest_first: bool
    many: int


class TooMany(Refused):
    """More lines hold these words than are looked through."""


class TrailSource:
    """Reads the pages of the trail (admin_app/parts.py)."""

    def __init__(self, db: Database, now: Callable[[], datetime]) -> None:
        self.db, self.now = db, now

    def resolve(self, asked: Question) -> Wanted:
        """Find out what is meant by what was typed, and count. Raises TooFast, and TooMany with what to do."""
        wanted = self._filter(asked)
        if asked.search:
            wanted = self._searched(asked.search, wanted)
        many = len(wanted.ids) if wanted.ids is not None else count_trail(self.db, wanted)
        return Wanted(wanted, wanted.object_id is not None, many)

    def read(self, wanted: Wanted, last: TrailLine | None, size: int) -> list[TrailLine]:
        found = wanted.filter
        if found.ids is not None:  # they are in order already
            ids = list(found.ids)
            start = ids.index(last.id) + 1 if last else 0
            return trail(self.db, TrailFilter(ids=ids[start : start + size]), limit=size, oldest_first=wanted.oldest_first)
        return trail(self.db, found, (last.at, last.id) if last else None, size, wanted.oldest_first)

    def again(self, shown: Collection[Any], changed: Collection[UUID] | None) -> list[Any]:
        """What was written is for ever."""
        return []

    def _filter(self, asked: Question) -> TrailFilter:
        now = self.now()
        since, until = (asked.span.since(now), asked.span.until(now)) if asked.span else (None, None)
        doer = asked.doer or Doer()
        return TrailFilter(
            doer.person_id, doer.login, asked.action, asked.kitchen_id, asked.object_id, asked.command_id, since, until
        )  # fmt: skip

    def _searched(self, typed: str, wanted: TrailFilter) -> TrailFilter:
        """Narrow it to what was typed: an id, an order's number, a login, or words of a reason."""
        if found := _id(typed):
            is_object = bool(trail(self.db, TrailFilter(object_id=found), limit=1))
            return _only(wanted, "object_id" if is_object else "command_id", found)
        if number := NUMBER.fullmatch(typed):
            placed = orders(self.db, search=number[1] or number[2])
            if placed or number[1]:
                return _only(wanted, "object_id", placed[0].id) if placed else replace(wanted, ids=[])
        mine = [each for each in trail_logins(self.db) if each.login == typed.lower()]
        if mine:
            same = wanted.person_id in (None, mine[0].person_id) and wanted.login in (None, mine[0].login)
            return replace(wanted, person_id=mine[0].person_id, login=mine[0].login) if same else replace(wanted, ids=[])
        return replace(wanted, ids=self._with_words(typed, wanted))

    def _with_words(self, typed: str, wanted: TrailFilter) -> list[int]:
        found = find_trail(self.db, typed, wanted.person_id, wanted.action, wanted.kitchen_id, wanted.since, wanted.until)
        if len(found) > MOST_FOUND:
            words = translate("trail", "More than {n} lines hold these words. Narrow the search: another word, a person, or fewer days.")
            raise TooMany(words.format(n=f"{MOST_FOUND:,}"))
        followed = wanted.object_id is not None
        if found and (followed or wanted.command_id or wanted.login):  # of which find_trail knows nothing
            return [line.id for line in trail(self.db, replace(wanted, ids=found), limit=len(found), oldest_first=followed)]
        return found


def _only(wanted: TrailFilter, part: str, found: UUID) -> TrailFilter:
    """Narrow it to this object or command: to nothing where another one is followed already."""
    narrower: dict[str, Any] = {part: found} if getattr(wanted, part) in (None, found) else {"ids": []}
    return replace(wanted, **narrower)


def _id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
