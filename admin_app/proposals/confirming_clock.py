"""How long previewed figures still hold. The server's word counts, not this computer's clock, which may be wrong."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

LEAST = timedelta()


@dataclass(frozen=True)
class Held:
    """Figures that hold for so long, counted from when they were asked for: the server began to count a moment later.

    Two clocks count. The one that nobody can set stands still while a computer sleeps; the other one may be set back. Whichever says that
    more time has passed is believed: figures that are thrown away early can be looked at again.
    """

    holds: timedelta
    asked_at: datetime
    counted_from: float  # time.monotonic()

    def left(self, now: datetime) -> timedelta:
        passed = max(timedelta(seconds=time.monotonic() - self.counted_from), now - self.asked_at)
        return max(LEAST, self.holds - passed)


def held(created_at: datetime, expires_at: datetime, asked_at: datetime, counted_from: float) -> Held:
    """Return how long a preview holds; only the difference of the server's two times is used."""
    return Held(expires_at - created_at, asked_at, counted_from)


def minutes(left: timedelta) -> str:
    """Write what is left: "4:32"."""
    seconds = int(left.total_seconds())
    return f"{seconds // 60}:{seconds % 60:02}"
