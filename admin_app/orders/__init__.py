"""Orders of all kitchens, to look at."""

from admin_app.orders.page import OrdersPage

__all__ = ["OrdersPage"]
