"""Complaints: what some customers write after their food came, and the refund that support proposes. What is too much for support waits."""

from functools import partial
from random import Random
from uuid import UUID

from core.base.errors import Forbidden, Invalid
from core.base.identifiers import new_id
from core.database.gateway import Database
from core.demo.errands import Errands
from core.demo.tally import Tally
from core.proposals import confirm_proposal
from core.refunds import preview_refund, refundable_lines

COMPLAINS = 0.06  # of those whose order was delivered
WRITES_IN = (2.0, 8.0)  # seconds
WHOLE = 0.4  # of the complaints: about the whole order, else about one dish of it
WHY = (
    ("late", "Came an hour late and cold"), ("missing", "One dish was not in the bag"), ("wrong", "Somebody else's food"),
    ("quality", "The rice was burnt"),
)  # fmt: skip


class Complaints:
    """Answered through errands, one at a time, by whoever sits in support."""

    def __init__(self, support: Database, errands: Errands, tally: Tally, chance: Random) -> None:
        self._support, self._errands, self._tally, self._chance = support, errands, tally, chance

    def hear(self, order_id: UUID) -> None:
        """An order was delivered; its customer may have something to say about it."""
        if self._chance.random() < COMPLAINS:
            code, words = self._chance.choice(WHY)
            whole = self._chance.random() < WHOLE
            answer = partial(self._answer, new_id(), new_id(), order_id, whole, code, words)
            self._errands.do_in(self._chance.uniform(*WRITES_IN), answer)

    def _answer(self, preview_id: UUID, confirm_id: UUID, order_id: UUID, whole: bool, code: str, words: str) -> None:
        """Propose to give something back. Asked again after a lost answer, the preview has no token any more: then it is left at that."""
        line = None if whole else refundable_lines(self._support, order_id)[0]
        try:
            proposed = preview_refund(
                self._support, preview_id, [order_id], [line.dish_id if line else None], [1 if line else None], [None]
            )  # fmt: skip
            if proposed.token:
                confirm_proposal(self._support, confirm_id, proposed.token, code, words)
                self._tally.refunds += 1
        except (Invalid, Forbidden):  # somebody at a window gave it back already, or it took too long
            return
