"""The tally: what happened in the town so far, by what the server answered."""

import time
from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID


@dataclass
class Tally:
    """Of orders the ids, so that they can be looked for. `refused` counts orders by why there was none: short, unfunded, frozen."""

    placed: set[UUID] = field(default_factory=set)
    cooked: set[UUID] = field(default_factory=set)
    refused: Counter[str] = field(default_factory=Counter)
    delivered: int = 0
    cancelled: int = 0
    paid_by_card: int = 0
    top_ups: int = 0
    refunds: int = 0
    deliveries: int = 0
    began: float | None = None  # time.monotonic() of the first order

    @property
    def seconds(self) -> float:
        """Return how long ago the first order was placed."""
        return time.monotonic() - self.began if self.began else 0.0

    def __str__(self) -> str:
        return (
            f"{len(self.placed)} orders ({self.paid_by_card} paid by card), {self.delivered} delivered, {self.cancelled} cancelled, "
            f"turned away {self.refused['short']} (sold out) and {self.refused['unfunded']} (no money), {self.deliveries} deliveries"
        )
