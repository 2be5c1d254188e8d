"""The office's list of orders: search, filters, keyset pages.  Reads the view of core/orders/views.sql."""

import re
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from core.database.gateway import Database
from core.database.matching import holds
from core.orders.views import ListedOrder, State

NUMBER = re.compile(r"#?([0-9]{1,18})")


def orders(
    db: Database,
    search: str = "",
    kitchen_id: UUID | None = None,
    state: State | None = None,
    since: datetime | None = None,
    order_ids: Collection[UUID] | None = None,
    before: tuple[datetime, UUID] | None = None,
    limit: int = 200,
) -> list[ListedOrder]:
    """Return up to `limit` orders, newest first: the one order an index serves, so no other is offered.

    `search` is an order's number ("1042", "#1042") or parts of a customer's name, accents or not; `since` a time (UTC) they
    were placed at or after; `order_ids` those to look among; `before` the (placed_at, id) of the last row of the page before.
    """
    listed = db.table(ListedOrder, "api.order_list")
    column = listed.c
    query = listed.select().where(*_search(column, search))
    if kitchen_id is not None:
        query = query.where(column.kitchen_id == kitchen_id)
    if state is not None:
        query = query.where(column.state == state.value)
    if since is not None:
        query = query.where(column.placed_at >= since)
    if order_ids is not None:
        query = query.where(column.id.in_(order_ids))
    if before is not None:
        query = query.where(db.before([column.placed_at, column.id], list(before)))
    return db.select(ListedOrder, query.order_by(column.placed_at.desc(), column.id.desc()).limit(limit))


def _search(column: Any, search: str) -> list[Any]:
    if number := NUMBER.fullmatch(search.strip()):
        return [column.number == int(number[1])]
    return [holds(column.customer, word) for word in search.split()]
