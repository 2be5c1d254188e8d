"""Question: which customers somebody wants to see; all of it is answered by the database."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from admin_app.finding import Who, who
from core.customers import ListedCustomer, customers, customers_of_orders
from core.database.gateway import Database


@dataclass(frozen=True)
class Question:
    """`active`: None for all. `customer_id`: this customer alone, as another page asked for them."""

    search: str = ""
    active: bool | None = None
    customer_id: UUID | None = None

    @property
    def narrows(self) -> bool:
        return self != Question()


@dataclass(frozen=True)
class Wanted:
    """A question, and who is meant by its search."""

    question: Question
    who: Who


class CustomerSource:
    """Reads the customers' pages (admin_app/parts.py)."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def resolve(self, asked: Question) -> Wanted:
        alone = Who(ids=(asked.customer_id,)) if asked.customer_id else None
        return Wanted(asked, alone or who(self.db, asked.search))

    def read(self, wanted: Wanted, last: ListedCustomer | None, size: int) -> list[ListedCustomer]:
        return customers(self.db, wanted.who.words, wanted.question.active, wanted.who.ids, last, size)

    def again(self, shown: Collection[UUID], changed: Collection[UUID] | None) -> list[Any]:
        """Read those that changed. What changed may be a customer, a wallet (its id is its customer's), or an order of somebody."""
        touched = set(shown)
        if changed is not None:
            touched &= set(changed) | customers_of_orders(self.db, set(changed) - touched)
        return customers(self.db, customer_ids=touched, limit=len(touched)) if touched else []
