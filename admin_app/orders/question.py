"""Question: what somebody wants to see of the orders; all of it is answered by the database."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from admin_app.days import Span, last_days
from core.base.identifiers import new_id
from core.customers import find_customers, whole_number
from core.database.gateway import Database
from core.orders import ListedOrder, PayWith, State, orders


@dataclass(frozen=True)
class Question:
    """`days`: so many, and today is the last of them; or a span of them; None all. `went_back`: only those of which money went back."""

    search: str = ""
    kitchen_id: UUID | None = None
    state: State | None = None
    days: int | Span | None = None
    pay_with: PayWith | None = None
    went_back: bool = False

    @property
    def narrows(self) -> bool:
        return self != Question()

    @property
    def span(self) -> Span | None:
        return last_days(self.days) if isinstance(self.days, int) else self.days


class Wanted(NamedTuple):
    """A question, and whose orders are meant where a phone number was typed."""

    question: Question
    words: str
    customer_ids: list[UUID] | None


class OrderSource:
    """Reads the orders' pages (admin_app/parts.py)."""

    def __init__(self, db: Database, now: Callable[[], datetime]) -> None:
        self.db, self.now = db, now

    def resolve(self, asked: Question) -> Wanted:
        """Find out whose phone it is, where a whole one was typed. Raises TooFast."""
        if phone := whole_number(asked.search):
            return Wanted(asked, "", [customer.id for customer in find_customers(self.db, new_id(), phone)])
        return Wanted(asked, asked.search, None)

    def read(self, wanted: Wanted, last: ListedOrder | None, size: int) -> list[ListedOrder]:
        asked, now = wanted.question, self.now()
        since, until = (asked.span.since(now), asked.span.until(now)) if asked.span else (None, None)
        before = (last.placed_at, last.id) if last else None
        return orders(
            self.db, wanted.words, asked.kitchen_id, asked.state, since, until, asked.pay_with, asked.went_back, wanted.customer_ids,
            before=before, limit=size,
        )  # fmt: skip

    def again(self, shown: Collection[UUID], changed: Collection[UUID] | None) -> list[Any]:
        touched = [each for each in shown if changed is None or each in changed]
        return orders(self.db, order_ids=touched, limit=len(touched))
