"""Today: how the day goes, for the office's first page.  SQL twin: core/health/today.sql.

A day is Lagos's; today is 0 days ago. "So far" counts what happened by this time of that day.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.database.gateway import Database


@dataclass(frozen=True)
class GivenBack:
    """One row of the view api.given_back: what was given back on one day for one cause ("reversal", "refund"), in kobo."""

    days_ago: int
    kind: str
    times: int
    amount: int
    times_so_far: int
    amount_so_far: int


@dataclass(frozen=True)
class WalletTotals:
    """The row of the view api.wallet_totals: what all customers have in their wallets, and what of it is frozen, in kobo."""

    wallets: int
    balance: int
    frozen: int
    frozen_balance: int


@dataclass(frozen=True)
class WaitingMoney:
    """The row of the view api.waiting_money, in kobo: card payments without an answer, wrongly paid ones, refunds to approve.

    `overdue` of the pending ones wait longer than an order would; `oldest` is when the oldest of them was asked for.
    """

    pending: int
    pending_amount: int
    overdue: int
    oldest: datetime | None
    mismatched: int
    mismatched_amount: int
    approvals: int
    approvals_amount: int


@dataclass(frozen=True)
class KitchenToday:
    """One row of the view api.kitchens_today: a kitchen's orders of today, what of its open ones is in trouble, and its shelves.

    `late`: promised a minute ago or more, the earliest for `late_since`. `unanswered`: neither accepted nor cancelled in five
    minutes; `unanswered_since` is when the oldest of the unanswered came, however short ago. `cancelled`: today.
    """

    kitchen_id: UUID
    kitchen: str
    orders: int
    open: int
    late: int
    late_since: datetime | None
    unanswered: int
    unanswered_since: datetime | None
    cancelled: int
    short: int
    out: int
    low: int


def given_back(db: Database, days: Collection[int]) -> list[GivenBack]:
    """Return what was given back on these days; nothing for a day without."""
    return db.rows(GivenBack, "api.given_back WHERE days_ago = ANY (%(days)s) ORDER BY days_ago, kind", days=list(days))


def wallet_totals(db: Database) -> WalletTotals:
    """Return what is in all wallets. Reads one row for each customer: ask seldom."""
    [row] = db.rows(WalletTotals, "api.wallet_totals")
    return row


def waiting_money(db: Database) -> WaitingMoney:
    """Return what of money waits for somebody."""
    [row] = db.rows(WaitingMoney, "api.waiting_money")
    return row


def kitchens_today(db: Database) -> list[KitchenToday]:
    """Return how each kitchen stands, by name."""
    return db.rows(KitchenToday, "api.kitchens_today ORDER BY kitchen, kitchen_id")
