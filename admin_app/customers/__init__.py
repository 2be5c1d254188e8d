"""Customers: who orders, what they have, what they ordered, and what was refunded."""

from admin_app.customers.page import CustomersPage

__all__ = ["CustomersPage"]
