"""Wallets: what customers paid in and what they paid with.  SQL twin: core/wallets.sql."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from core.base.words import plain
from core.database.gateway import Database


class Cause(StrEnum):
    """Why money moved: paid in, spent on an order, given back with a cancelled order, refunded."""

    TOP_UP = "top_up"
    PAYMENT = "payment"
    REVERSAL = "reversal"
    REFUND = "refund"


class Sort(StrEnum):
    """How wallets are listed: by their customer's name, by when money moved last (newest first), or the largest balances."""

    NAME = "name"
    MOVED = "moved"
    BALANCE = "balance"


@dataclass(frozen=True)
class Wallet:
    """One row of the view api.wallets. `balance` in kobo; `version` is how many entries it has; frozen when `frozen_at` is set.

    `frozen_by` is a person's name, None where nobody kept it.
    """

    customer_id: UUID
    customer: str
    balance: int
    version: int
    frozen_at: datetime | None
    frozen_why: str | None
    frozen_by: str | None


@dataclass(frozen=True)
class ListedWallet:
    """One row of the view api.wallet_list, and of the view api.moved_wallets: a wallet as the office lists it, the phone masked.

    `sort_name`: the name as it is sorted and searched. `moved`, `moved_at`: its newest entry and that entry's time, None before the first.
    """

    customer_id: UUID
    customer: str
    sort_name: str
    phone: str
    balance: int
    version: int
    frozen_at: datetime | None
    frozen_why: str | None
    frozen_by: str | None
    moved: int | None
    moved_at: datetime | None


@dataclass(frozen=True)
class Entry:
    """One row of the view api.wallet_entries: step `number` of a wallet, in kobo, with the balance after it.

    `reason` is that of the cancelled order, for a reversal; `words` say why the money moved, for whoever asks by phone;
    `by` is a person's name, None for a service.
    """

    customer_id: UUID
    number: int
    kind: Cause
    amount: int
    balance: int
    order_number: int | None
    reason: str | None
    words: str
    reference: str
    by: str | None
    login: str
    at: datetime


def wallet(db: Database, customer_id: UUID) -> Wallet | None:
    """Return a customer's wallet; None when there is no such customer."""
    found = db.rows(Wallet, "api.wallets WHERE customer_id = %(customer_id)s", customer_id=customer_id)
    return found[0] if found else None


def wallets(
    db: Database,
    search: str = "",
    frozen: bool | None = None,
    above_zero: bool = False,
    customer_ids: Collection[UUID] | None = None,
    sort: Sort = Sort.NAME,
    last: ListedWallet | None = None,
    limit: int = 200,
) -> list[ListedWallet]:
    """Return up to `limit` wallets; `last` is the last row of the page before.

    `search`: parts of a name, accents or not; `customer_ids`: those to look among. By name and by movement there is a next page, found
    by an index. By balance there is none: an index on it would cost every order, and in pages over a figure that changes all the time
    wallets would be left out or come twice. So these are the largest of one moment, found by looking at every wallet once.
    """
    if customer_ids is not None and not customer_ids:
        return []
    chosen = _Chosen(search, frozen, above_zero, customer_ids)
    if sort is Sort.BALANCE:
        return [] if last else _largest(db, chosen, limit)
    found = _moved(db, chosen, last, limit) if sort is Sort.MOVED and not (last and last.moved is None) else []
    if sort is Sort.NAME or len(found) < limit:
        last = last if sort is Sort.NAME or last and last.moved is None else None
        found += _by_name(db, chosen, last, limit - len(found), untouched=sort is Sort.MOVED)
    return found


def explain_wallet(db: Database, customer_id: UUID, after: int = 0, limit: int = 1000) -> list[Entry]:
    """Return up to `limit` steps of a wallet, from zero (or after step `after`) to now, each with the balance it led to."""
    return db.rows(
        Entry,
        "api.wallet_entries WHERE customer_id = %(customer_id)s AND number > %(after)s ORDER BY number LIMIT %(limit)s",
        customer_id=customer_id, after=after, limit=limit,
    )  # fmt: skip


def wallet_steps(db: Database, customer_id: UUID, before: int | None = None, limit: int = 50) -> list[Entry]:
    """Return up to `limit` steps of a wallet, newest first: from now, or from before step `before`, back to zero."""
    return db.rows(
        Entry,
        "api.wallet_entries WHERE customer_id = %(customer_id)s AND number < %(before)s ORDER BY number DESC LIMIT %(limit)s",
        customer_id=customer_id, before=2**31 - 1 if before is None else before, limit=limit,
    )  # fmt: skip


def freeze_wallet(db: Database, command_id: UUID, customer_id: UUID, reason: str) -> Wallet:
    """Stop money from leaving a wallet; it may still come in. Raises Missing, Illegal (frozen already) or Invalid (no reason)."""
    [row] = db.call(Wallet, "freeze_wallet", command_id=command_id, customer_id=customer_id, reason=reason)
    return row


def unfreeze_wallet(db: Database, command_id: UUID, customer_id: UUID, reason: str) -> Wallet:
    """Let money leave a frozen wallet again. Raises Missing, Illegal (not frozen) or Invalid (no reason)."""
    [row] = db.call(Wallet, "unfreeze_wallet", command_id=command_id, customer_id=customer_id, reason=reason)
    return row


@dataclass(frozen=True)
class _Chosen:
    """Which wallets are wanted."""

    search: str
    frozen: bool | None
    above_zero: bool
    customer_ids: Collection[UUID] | None

    def among(self, column: Any) -> list[Any]:
        conditions = [column.sort_name.contains(plain(word), autoescape=True) for word in self.search.split()]
        if self.frozen is not None:
            conditions.append(column.frozen_at.is_not(None) if self.frozen else column.frozen_at.is_(None))
        if self.above_zero:
            conditions.append(column.balance > 0)
        if self.customer_ids is not None:
            conditions.append(column.customer_id.in_(self.customer_ids))
        return conditions


def _by_name(db: Database, chosen: _Chosen, last: ListedWallet | None, limit: int, untouched: bool) -> list[ListedWallet]:
    """`untouched`: only those that nothing ever moved in."""
    listed = db.table(ListedWallet, "api.wallet_list")
    order = [listed.c.sort_name, listed.c.customer_id]
    query = listed.select().where(*chosen.among(listed.c))
    if untouched:
        query = query.where(listed.c.version == 0)
    if last:
        query = query.where(db.after(order, [last.sort_name, last.customer_id]))
    return db.select(ListedWallet, query.order_by(*order).limit(limit))


def _moved(db: Database, chosen: _Chosen, last: ListedWallet | None, limit: int) -> list[ListedWallet]:
    listed = db.table(ListedWallet, "api.moved_wallets")
    query = listed.select().where(*chosen.among(listed.c))
    if last:
        query = query.where(listed.c.moved < last.moved)
    return db.select(ListedWallet, query.order_by(listed.c.moved.desc()).limit(limit))


def _largest(db: Database, chosen: _Chosen, limit: int) -> list[ListedWallet]:
    listed = db.table(ListedWallet, "api.wallet_list")
    query = listed.select().where(*chosen.among(listed.c))
    return db.select(ListedWallet, query.order_by(listed.c.balance.desc(), listed.c.customer_id).limit(limit))
