"""Refunds, as they are read.  SQL twin: core/refunds/views.sql."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from core.database.gateway import Database
from core.database.matching import holds

NUMBER = re.compile(r"[0-9]{1,18}")


class Destination(StrEnum):
    """Where money goes back to: the wallet at once, the card in days."""

    WALLET = "wallet"
    CARD = "card"


class LineState(StrEnum):
    """What became of a line: proposed (nobody confirmed it yet), confirmed (it waits to be run), sending (it waits for the cards)."""

    PROPOSED = "proposed"
    LEFT_OUT = "left_out"
    CONFIRMED = "confirmed"
    SENDING = "sending"
    UNKNOWN = "unknown"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class ProposedRefund:
    """One row of the view api.proposals, as a preview answers it: what a refund would do (`impact`, see core/refunds/preview.py), in kobo.

    `token` is needed to confirm it before `expires_at`; it is None when the call was repeated.
    """

    id: UUID
    state: str
    impact: dict[str, Any]
    total: int
    lines: int
    digest: str
    created_at: datetime
    expires_at: datetime
    token: str | None


@dataclass(frozen=True)
class RefundOrder:
    """One row of the view api.refund_orders: what of an order a refund gives back (`amount`, kobo), or leaves out, and what became of it.

    `why` is "" unless it was left out or failed: unpaid, reversed, refunded, reserved, less_left, uncooked, no_card, exempt, rejected,
    withdrawn, lapsed, wallet_full. `paid` and `given_back` are the order's, now.
    """

    proposal_id: UUID
    order_id: UUID
    number: int
    kitchen_id: UUID
    kitchen: str
    customer_id: UUID
    customer: str
    pay_with: str
    order_state: str
    placed_at: datetime
    destination: Destination
    state: LineState
    why: str
    amount: int
    portions: int
    dishes: str
    at: datetime
    paid: int
    given_back: int

    @property
    def key(self) -> tuple[int, str, str, str]:
        """What tells it from every other row of the same refund, and what the pages are sorted by."""
        return self.number, self.destination.value, self.state.value, self.why


@dataclass(frozen=True)
class RefundProgress:
    """One row of the view api.refund_progress: a refund's lines by what became of them. `amount_done` in kobo."""

    proposal_id: UUID
    done: int
    waiting: int
    sending: int
    unknown: int
    failed: int
    left_out: int
    amount_done: int


@dataclass(frozen=True)
class RefundableLine:
    """One row of the view api.refundable_lines: portions of a dish in an order, and how many of them can still be given back."""

    order_id: UUID
    dish_id: UUID
    dish: str
    quantity: int
    unit_price: int
    refunded: int
    reserved: int
    left_there: int


@dataclass(frozen=True)
class RunningRefund:
    """One row of the view api.running_refunds: a refund with lines that the worker has to run."""

    id: UUID
    confirmed_at: datetime


@dataclass(frozen=True)
class Case:
    """One row of the view api.refund_cases: an order that somebody paid and will not get. `amount` (kobo) can still be given back.

    `why` is "cancelled" (after cooking began; `reason` says why, `by` who) or "short" (`reason`: the items its shelf does not hold).
    """

    order_id: UUID
    number: int
    kitchen_id: UUID
    kitchen: str
    customer_id: UUID
    customer: str
    order_state: str
    pay_with: str
    why: str
    reason: str | None
    by: str | None
    at: datetime
    amount: int


@dataclass(frozen=True)
class Dismissed:
    """One row of the view api.dismissed_cases: somebody decided that no refund is due."""

    order_id: UUID
    reason: str
    by: str | None
    at: datetime


def refund_orders(
    db: Database,
    proposal_id: UUID,
    states: Collection[LineState] = (),
    search: str = "",
    after: tuple[int, str, str, str] | None = None,
    limit: int = 200,
) -> list[RefundOrder]:
    """Return up to `limit` orders of a refund, newest number first, in these states (none: any).

    `search` is an order's number or parts of a customer's name; `after` the `key` of the last row of the page before.
    """
    listed = db.table(RefundOrder, "api.refund_orders")
    column = listed.c
    query = listed.select().where(column.proposal_id == proposal_id)
    if states:
        query = query.where(column.state.in_([state.value for state in states]))
    for word in search.split():
        query = query.where(column.number == int(word)) if NUMBER.fullmatch(word) else query.where(holds(column.customer, word))
    keys = [column.number, column.destination, column.state, column.why]
    if after is not None:
        query = query.where(db.before(keys, list(after)))
    return db.select(RefundOrder, query.order_by(*(key.desc() for key in keys)).limit(limit))


def refund_progress(db: Database, proposal_id: UUID) -> RefundProgress | None:
    """Return how far a refund is; None when it has no lines, or is not for you."""
    found = db.rows(RefundProgress, "api.refund_progress WHERE proposal_id = %(proposal_id)s", proposal_id=proposal_id)
    return found[0] if found else None


def refundable_lines(db: Database, order_id: UUID) -> list[RefundableLine]:
    """Return the lines of an order with what can still be given back, by dish."""
    return db.rows(RefundableLine, "api.refundable_lines WHERE order_id = %(order_id)s ORDER BY dish, dish_id", order_id=order_id)


def running_refunds(db: Database) -> list[RunningRefund]:
    """Return the refunds that the worker has to go on with, the one that was confirmed first at the top."""
    return db.rows(RunningRefund, "api.running_refunds ORDER BY confirmed_at, id")


def refund_cases(db: Database, kitchen_id: UUID | None = None) -> list[Case]:
    """Return up to 1,000 orders that wait for somebody to decide about a refund, the oldest first; of one kitchen, or of all."""
    return db.rows(
        Case, "api.refund_cases WHERE %(kitchen_id)s::uuid IS NULL OR kitchen_id = %(kitchen_id)s ORDER BY at, number LIMIT 1000",
        kitchen_id=kitchen_id,
    )  # fmt: skip
