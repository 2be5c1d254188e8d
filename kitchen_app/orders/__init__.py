"""The kitchen's orders: the queue of what is to be cooked, step by step.  Behaviour: core/orders/*.py."""

from kitchen_app.orders.queue import OrderQueue

__all__ = ["OrderQueue"]
