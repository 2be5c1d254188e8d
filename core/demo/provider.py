"""Stands in for the payment provider: whatever is asked for is paid. Does by itself what the provider's answers will make the worker do.

There is no HTTP in it and no webhook, so it shows how money comes in and not how a provider is spoken to: that stand-in comes
with the provider's client.
"""

from uuid import UUID

from core.database.gateway import Database
from core.payments import create_payment, settle_payment


def top_up(ordering: Database, worker: Database, payment_id: UUID, answer_id: UUID, customer: UUID, amount: int) -> None:
    """Put kobo into a customer's wallet. After any doubt it may be repeated with the same two ids."""
    create_payment(ordering, payment_id, customer, amount)
    pay(worker, payment_id, answer_id, amount)


def pay(worker: Database, payment_id: UUID, answer_id: UUID, amount: int) -> None:
    """Say that a payment was made as asked: a top-up, or that of a card order, whose id it has. Raises Illegal when it ended before."""
    settle_payment(worker, answer_id, payment_id, True, amount, "NGN", f"made up {payment_id}")
