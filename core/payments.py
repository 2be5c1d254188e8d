"""Payments: attempts to take money from outside.  SQL twin: core/payments.sql."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.database.gateway import Database


class PaymentState(StrEnum):
    """Where a payment is. `mismatch`: the provider took something else than was asked for; nothing was credited."""

    PENDING = "pending"
    SUCCESS = "success"
    FAILED = "failed"
    MISMATCH = "mismatch"


@dataclass(frozen=True)
class Payment:
    """One row of the view api.payments. Its id is the reference the provider knows; `amount` in kobo."""

    id: UUID
    customer_id: UUID
    order_id: UUID | None
    amount: int
    state: PaymentState
    provider_id: str | None
    version: int
    created_at: datetime
    settled_at: datetime | None


def create_payment(db: Database, command_id: UUID, customer_id: UUID, amount: int) -> Payment:
    """Ask for money, in kobo, for a customer's wallet. Nothing has moved. Raises Invalid, Missing or Frozen."""
    [row] = db.call(Payment, "create_payment", command_id=command_id, customer_id=customer_id, amount=amount)
    return row


def settle_payment(
    db: Database,
    command_id: UUID,
    payment_id: UUID,
    is_paid: bool,
    amount: int | None,
    currency: str | None,
    provider_id: str | None,
) -> Payment:
    """End a payment by what the provider answered for its reference, once. The worker's.

    Paid as asked: the wallet is credited, and the order it was for is paid from there if it still waits in time. Paid
    otherwise (amount, currency): `mismatch`, no credit. Not paid: `failed`; it may still succeed later.
    Raises Missing, Illegal (it ended already), Reused (the provider's id belongs to another payment), Invalid, or Frozen: all money
    stands still, nothing was kept; ask again with the same id after the release.
    """
    [row] = db.call(
        Payment, "settle_payment", command_id=command_id, payment_id=payment_id, is_paid=is_paid, amount=amount,
        currency=currency, provider_id=provider_id,
    )  # fmt: skip
    return row
