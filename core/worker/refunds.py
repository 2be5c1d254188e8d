"""The runner: goes on with refunds that a person confirmed, and ends what nobody agreed to.  Calls core/refunds/run.py."""

import threading
from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from core.base.errors import Busy, Frozen, Refused
from core.database.gateway import Database
from core.proposals import lapse_proposals
from core.refunds import RunningRefund, run_refund, running_refunds

LOOK_EVERY = 1.0  # seconds
LAPSE_EVERY = 60  # looks


class Ran(NamedTuple):
    """So many lines of one refund were run."""

    proposal_id: UUID
    lines: int


class Runner:
    """Each call is its own transaction: it can be stopped between two, and whatever kills it, each line has run once or not yet."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._looks = 0
        self._refusal: Refused | None = None

    def look(self) -> Iterator[Ran]:
        """Run the next lines of each refund under way, in turns, until none has any left; yield each that ran.

        One that is refused for what it is does not stop the others: the refusal is raised at the end. Raises Offline or Refused.
        """
        self._refusal = None
        self._lapse()
        while waiting := running_refunds(self._db):
            ran = [found for found in map(self._run, waiting) if found.lines]
            yield from ran
            if not ran:  # stopped meanwhile, or somebody has them in hand
                break
        if self._refusal:
            raise self._refusal

    def keep_looking(self, stopping: threading.Event) -> Iterator[Ran]:
        """Look until the event is set; yield what ran."""
        while not stopping.wait(LOOK_EVERY):
            for ran in self.look():
                yield ran
                if stopping.is_set():
                    return

    def _run(self, refund: RunningRefund) -> Ran:
        try:
            return Ran(refund.id, run_refund(self._db, refund.id))
        except (Busy, Frozen):  # an order of it is in somebody's hand, or all money stands still: a later look has it
            return Ran(refund.id, 0)
        except Refused as error:
            self._refusal = error
            return Ran(refund.id, 0)

    def _lapse(self) -> None:
        """Now and then: end what nobody agreed to in time."""
        self._looks += 1
        if self._looks % LAPSE_EVERY == 1:
            try:
                while lapse_proposals(self._db):
                    pass
            except (Busy, Frozen):
                return
            except Refused as error:
                self._refusal = error
