"""The office's list of orders: search, filters, keyset pages.  Reads the view of core/orders/views.sql."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from core.base.words import plain
from core.database.gateway import Database
from core.orders.views import ListedOrder, PayWith, State

NUMBER = re.compile(r"#?([1-9][0-9]{0,17})")  # what begins with a nought is a phone number on its way


def orders(
    db: Database,
    search: str = "",
    kitchen_id: UUID | None = None,
    state: State | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    pay_with: PayWith | None = None,
    went_back: bool = False,
    customer_ids: list[UUID] | None = None,
    order_ids: list[UUID] | None = None,
    before: tuple[datetime, UUID] | None = None,
    limit: int = 200,
) -> list[ListedOrder]:
    """Return up to `limit` orders, newest first: the one order an index serves, so no other is offered.

    `search` is an order's number ("1042", "#1042") or parts of a customer's name, accents or not; `since` and `until`: placed at or after
    the one, before the other; `went_back`: money went back; `before` is the (placed_at, id) of the last row of the page before.
    """
    if [] in (customer_ids, order_ids):
        return []
    listed = db.table(ListedOrder, "api.order_list")
    column = listed.c
    wanted = [
        *_search(column, search), *_equal(column, kitchen_id=kitchen_id, state=state, pay_with=pay_with),
        *_among(column, customer_id=customer_ids, id=order_ids), *([column.placed_at >= since] if since else []),
        *([column.placed_at < until] if until else []), *([column.went_back > 0] if went_back else []),
        *([db.before([column.placed_at, column.id], list(before))] if before else []),
    ]  # fmt: skip
    return db.select(ListedOrder, listed.select().where(*wanted).order_by(column.placed_at.desc(), column.id.desc()).limit(limit))


def _search(column: Any, search: str) -> list[Any]:
    if number := NUMBER.fullmatch(search.strip()):
        return [column.number == int(number[1])]
    return [column.sort_name.contains(plain(word), autoescape=True) for word in search.split()]


def _equal(column: Any, **values: Any) -> list[Any]:
    return [column[name] == value for name, value in values.items() if value is not None]


def _among(column: Any, **values: list[UUID] | None) -> list[Any]:
    return [column[name].in_(ids) for name, ids in values.items() if ids is not None]
