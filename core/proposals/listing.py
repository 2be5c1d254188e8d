"""The office's lists of proposals that somebody confirmed, and of limits.  Reads the views of core/proposals/views.sql."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from core.database.gateway import Database
from core.database.matching import holds
from core.proposals.views import Kind, Limits, Progress, Proposal


def confirmed_proposals(
    db: Database,
    search: str = "",
    about: Collection[UUID] = (),
    kinds: Collection[Kind] = (),
    states: Collection[Progress] = (),
    before: tuple[datetime, UUID] | None = None,
    limit: int = 200,
) -> list[Proposal]:
    """Return up to `limit` proposals that somebody confirmed, newest first, of these kinds and in these states (none: any).

    `search`: parts of the names of who made it, agreed or ended it and of whom of the company it is about, or of its reasons, accents or
    not; or else it is about one of the customers `about`. `before` is the (created_at, id) of the last row of the page before.
    """
    listed = db.table(Proposal, "api.proposals")
    column = listed.c
    query = listed.select().where(column.confirmed_at.is_not(None))
    if kinds:
        query = query.where(column.kind.in_([kind.value for kind in kinds]))
    if states:
        query = query.where(column.state.in_([state.value for state in states]))
    if words := search.split():
        said = _says(column, words[0])
        for word in words[1:]:
            said &= _says(column, word)
        query = query.where(said | _is_about(column, about) if about else said)
    if before is not None:
        query = query.where(db.before([column.created_at, column.id], list(before)))
    return db.select(Proposal, query.order_by(column.created_at.desc(), column.id.desc()).limit(limit))


def all_limits(db: Database) -> list[Limits]:
    """Return the limits of everybody in the office, and whether they approve, by name."""
    return db.rows(Limits, "api.limits ORDER BY name, person_id")


def _says(column: Any, word: str) -> Any:
    """Return the filter for rows in whose names and reasons the word stands."""
    impact = column.impact
    texts = (column.made_by, column.approved_by, column.ended_by, column.reason, column.ended_why)
    found = holds(impact.op("->>")("name"), word) | holds(impact.op("#>>")("{people,0,name}"), word)
    for text in texts:
        found |= holds(text, word)
    return found


def _is_about(column: Any, customer_ids: Collection[UUID]) -> Any:
    """Return the filter for suspensions, and their ends, of these customers."""
    return column.asked.op("->")("customers").op("?|")([str(each) for each in customer_ids])
