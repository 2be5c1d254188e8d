"""Money for customers, as it comes in: the ordering service asks for it, the worker says what the provider answered."""

from uuid import UUID

from core.base.identifiers import new_id
from core.database.gateway import Database
from core.payments import Payment, create_payment, settle_payment

MOST = 100_000_000  # kobo in one payment


def fund(ordering: Database, worker: Database, customer_id: UUID, kobo: int) -> None:
    """Put so many kobo into a customer's wallet."""
    while kobo:
        amount = min(kobo, MOST)
        settle(worker, create_payment(ordering, new_id(), customer_id, amount).id, amount)
        kobo -= amount


def settle(worker: Database, payment_id: UUID, amount: int, **other) -> Payment:
    """End a payment as made; any part of the provider's answer may be another: `settle(worker, payment_id, 500, currency="GHS")`."""
    answer = {"is_paid": True, "amount": amount, "currency": "NGN", "provider_id": f"charge {payment_id}"}
    return settle_payment(worker, new_id(), payment_id, **answer | other)
