"""Customers: who orders.  SQL twin: core/customers.sql."""

from dataclasses import dataclass
from uuid import UUID

from core.database.gateway import Database


@dataclass(frozen=True)
class Customer:
    """One row of the view api.customers; the phone is masked."""

    id: UUID
    name: str
    phone: str
    active: bool


def create_customer(db: Database, command_id: UUID, name: str, phone: str) -> Customer:
    """Write down a customer and return the row. `phone` is in international form: +2348031234567.

    Raises Invalid (facts["field"] says which).
    """
    [customer] = db.call(Customer, "create_customer", command_id=command_id, name=name, phone=phone)
    return customer
