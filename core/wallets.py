"""Wallets: what customers paid in and what they paid with.  SQL twin: core/wallets.sql."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.database.gateway import Database


class Cause(StrEnum):
    """Why money moved: paid in, spent on an order, given back with a cancelled order, refunded."""

    TOP_UP = "top_up"
    PAYMENT = "payment"
    REVERSAL = "reversal"
    REFUND = "refund"


@dataclass(frozen=True)
class Wallet:
    """One row of the view api.wallets. `balance` in kobo; `version` is how many entries it has; frozen when `frozen_at` is set."""

    customer_id: UUID
    customer: str
    balance: int
    version: int
    frozen_at: datetime | None
    frozen_why: str | None


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


def explain_wallet(db: Database, customer_id: UUID, after: int = 0, limit: int = 1000) -> list[Entry]:
    """Return up to `limit` steps of a wallet, from zero (or after step `after`) to now, each with the balance it led to."""
    return db.rows(
        Entry,
        "api.wallet_entries WHERE customer_id = %(customer_id)s AND number > %(after)s ORDER BY number LIMIT %(limit)s",
        customer_id=customer_id, after=after, limit=limit,
    )  # fmt: skip


def freeze_wallet(db: Database, command_id: UUID, customer_id: UUID, reason: str) -> Wallet:
    """Stop money from leaving a wallet; it may still come in. Raises Missing, Illegal (frozen already) or Invalid (no reason)."""
    [row] = db.call(Wallet, "freeze_wallet", command_id=command_id, customer_id=customer_id, reason=reason)
    return row


def unfreeze_wallet(db: Database, command_id: UUID, customer_id: UUID, reason: str) -> Wallet:
    """Let money leave a frozen wallet again. Raises Missing, Illegal (not frozen) or Invalid (no reason)."""
    [row] = db.call(Wallet, "unfreeze_wallet", command_id=command_id, customer_id=customer_id, reason=reason)
    return row
