"""The office's list of orders: search, filters, keyset pages.  Reads the view of core/orders/views.sql."""

from datetime import datetime
from uuid import UUID

from core.database.gateway import Database
from core.orders.views import ListedOrder, State


def orders(
    db: Database,
    search: str = "",
    kitchen_id: UUID | None = None,
    state: State | None = None,
    since: datetime | None = None,
    before: tuple[datetime, UUID] | None = None,
    limit: int = 200,
) -> list[ListedOrder]:
    """Return up to `limit` orders, newest first.

    `search` is an order's number or a part of a customer's name; `since` a time (UTC) they were placed at or after;
    `before` the (placed_at, id) of the last row of the page before.
    """
    listed = db.table(ListedOrder, "api.order_list")
    query, column = listed.select(), listed.c
    if search.strip().isdigit():
        query = query.where(column.number == int(search))
    elif search.strip():
        query = query.where(column.customer.icontains(search.strip(), autoescape=True))
    if kitchen_id is not None:
        query = query.where(column.kitchen_id == kitchen_id)
    if state is not None:
        query = query.where(column.state == state.value)
    if since is not None:
        query = query.where(column.placed_at >= since)
    if before is not None:
        query = query.where(db.before([column.placed_at, column.id], list(before)))
    return db.select(ListedOrder, query.order_by(column.placed_at.desc(), column.id.desc()).limit(limit))
