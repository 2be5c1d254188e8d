"""Question: what somebody wants to see of the wallets; all of it is answered by the database."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from admin_app.finding import Who, who
from admin_app.parts import PAGE
from core.database.gateway import Database
from core.wallets import ListedWallet, Sort, wallets


@dataclass(frozen=True)
class Question:
    """`frozen`: None for all. `customer_id`: this wallet alone, as another page asked for it."""

    search: str = ""
    frozen: bool | None = None
    above_zero: bool = False
    sort: Sort = Sort.NAME
    customer_id: UUID | None = None

    @property
    def narrows(self) -> bool:
        return replace(self, sort=Sort.NAME) != Question()


@dataclass(frozen=True)
class Wanted:
    """A question, and who is meant by its search."""

    question: Question
    who: Who


class WalletSource:
    """Reads the wallets' pages (admin_app/parts.py)."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def resolve(self, asked: Question) -> Wanted:
        alone = Who(ids=(asked.customer_id,)) if asked.customer_id else None
        return Wanted(asked, alone or who(self.db, asked.search))

    def read(self, wanted: Wanted, last: ListedWallet | None, size: int) -> list[ListedWallet]:
        """Read the next wallets. Of the largest balances there is one page only; what is more than a page is an export, by name."""
        asked = wanted.question
        largest = asked.sort is Sort.BALANCE
        sort = Sort.NAME if largest and size > PAGE + 1 else asked.sort
        return wallets(
            self.db, wanted.who.words, asked.frozen, asked.above_zero, wanted.who.ids, sort, last,
            limit=PAGE if sort is Sort.BALANCE else size,
        )  # fmt: skip

    def again(self, shown: Collection[UUID], changed: Collection[UUID] | None) -> list[Any]:
        touched = [each for each in shown if changed is None or each in changed]
        return wallets(self.db, customer_ids=touched, limit=len(touched)) if touched else []
