"""Purses: what customers have in their wallets. Whose is nearly empty pays in; those who never had any money have none."""

from functools import partial
from random import Random
from uuid import UUID

from core.base.identifiers import new_id
from core.database.gateway import Database
from core.demo.errands import Errands
from core.demo.opening import customer_id
from core.demo.people import customers
from core.demo.provider import top_up
from core.demo.tally import Tally
from core.wallets import wallet

LOW, LOT = 1_000_000, 3_000_000  # kobo: below the one a customer pays in the other
CARD_TAKES = (2.0, 8.0)  # seconds, for whatever is paid by card


class Purses:
    """Works through errands. `support` may look into wallets; neither the ordering service nor the worker may."""

    def __init__(
        self, ordering: Database, worker: Database, support: Database, errands: Errands, tally: Tally, chance: Random
    ) -> None:
        self._ordering, self._worker, self._support = ordering, worker, support
        self._errands, self._tally, self._chance = errands, tally, chance
        self._penniless = {customer_id(customer) for customer in customers() if not customer.purse}  # and they stay so
        self._paying_in: set[UUID] = set()

    def look(self, customer: UUID) -> None:
        """Let a customer pay in, if there is little left."""
        purse = wallet(self._support, customer)
        if purse and purse.balance < LOW:
            self.pay_in_soon(customer)

    def pay_in_soon(self, customer: UUID) -> None:
        """Let a customer pay in, who is not about to already."""
        if customer not in self._penniless | self._paying_in:
            self._paying_in.add(customer)
            self._errands.do_in(self._chance.uniform(*CARD_TAKES), partial(self._pay_in, new_id(), new_id(), customer))

    def _pay_in(self, payment_id: UUID, answer_id: UUID, customer: UUID) -> None:
        top_up(self._ordering, self._worker, payment_id, answer_id, customer, LOT)
        self._paying_in.discard(customer)
        self._tally.top_ups += 1
