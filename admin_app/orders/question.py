"""Question: what somebody wants to see of the orders; all of it is answered by the database."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from core.database.gateway import Database
from core.orders import ListedOrder, State, orders
from core.qt.line import LAGOS

PAGE = 200
EXPORT_PAGE = 1000


@dataclass(frozen=True)
class Question:
    """`days`: 1 is today, 7 the last seven, None all. A day begins at midnight in Lagos."""

    search: str = ""
    kitchen_id: UUID | None = None
    state: State | None = None
    days: int | None = None

    def since(self, now: datetime) -> datetime | None:
        if self.days is None:
            return None
        midnight = now.astimezone(LAGOS).replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight - timedelta(days=self.days - 1)


@dataclass(frozen=True)
class Page:
    """A part of the answer; `more`: there is a next page."""

    rows: list[ListedOrder]
    more: bool


@dataclass(frozen=True)
class News:
    """The first page as it is now, and the orders that are shown and changed, whether they still match or not."""

    page: Page
    touched: list[ListedOrder]


def read_page(db: Database, asked: Question, now: datetime, last: ListedOrder | None = None, size: int = PAGE) -> Page:
    """Read the page below `last`, or the first one; one more than shown tells whether there is a next."""
    before = place_of(last) if last else None
    found = orders(db, asked.search, asked.kitchen_id, asked.state, asked.since(now), before=before, limit=size + 1)
    return Page(found[:size], len(found) > size)


def read_all(db: Database, asked: Question, now: datetime) -> Iterator[ListedOrder]:
    """Read everything, page after page."""
    page = read_page(db, asked, now, size=EXPORT_PAGE)
    yield from page.rows
    while page.more:
        page = read_page(db, asked, now, page.rows[-1], EXPORT_PAGE)
        yield from page.rows


def read_news(db: Database, asked: Question, now: datetime, shown: Collection[UUID], changed: Collection[UUID] | None) -> News:
    """Read the first page again, and what became of the orders that changed; `changed` None: nobody knows which did."""
    touched = [each for each in shown if changed is None or each in changed]
    return News(read_page(db, asked, now), orders(db, order_ids=touched, limit=len(touched)) if touched else [])


def newcomers(page: Page, shown: Sequence[ListedOrder], more: bool) -> int:
    """Count the orders that are not shown but should be, above the last one where `more` are below."""
    known = {order.id for order in shown}
    lowest = place_of(shown[-1]) if shown and more else None
    return sum(order.id not in known and (lowest is None or place_of(order) > lowest) for order in page.rows)


def place_of(order: ListedOrder) -> tuple[datetime, UUID]:
    """What orders are sorted by, and where the next page begins."""
    return order.placed_at, order.id
