"""The expiry: ends card orders whose time to pay is over, so that others can have what they held.  Calls core/orders/steps.py."""

import threading
from collections.abc import Iterator
from uuid import UUID

from core.base.errors import Busy, Illegal, Refused
from core.base.identifiers import new_id
from core.database.gateway import Database
from core.orders import Order, expire_order, overdue_orders

LOOK_EVERY = 2.0  # seconds


class Expiry:
    """Keeps the id of each command until it is answered, and asks with the same one again: an order that was ended is told once."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._asked: dict[UUID, UUID] = {}  # by order

    def look(self) -> Iterator[Order]:
        """End what is overdue, one order after another, and yield each that this worker ended. Raises Offline or Refused.

        One that is refused for what it is does not stop those behind it: the refusal is raised at the end of the look.
        """
        refusal: Refused | None = None
        for order in overdue_orders(self._db):
            self._asked.setdefault(order.id, new_id())
        for order_id, command_id in list(self._asked.items()):
            try:
                ended = expire_order(self._db, command_id, order_id)
            except Busy:  # somebody has it in hand: it stays for the next look
                continue
            except Illegal:  # it was paid meanwhile, or another worker ended it
                del self._asked[order_id]
            except Refused as error:
                refusal = error
            else:
                del self._asked[order_id]
                yield ended
        if refusal:
            raise refusal

    def keep_looking(self, stopping: threading.Event) -> Iterator[Order]:
        """Look until the event is set; yield each order that was ended."""
        while not stopping.wait(LOOK_EVERY):
            yield from self.look()
