"""Times that Python cannot count with: nothing of ours writes such a one, but whoever owns the server can."""

from datetime import UTC, datetime, tzinfo
from typing import Self


class Endless(datetime):
    """Stands for an endless time, and for one before the year 1 or after 9999: it sorts first or last. `told` is what the server says."""

    told: str

    @classmethod
    def of(cls, told: str) -> "Endless":
        """Return what stands for a time as the server writes it: "infinity", "4713-01-01 00:00:00+00 BC"."""
        is_past = told.startswith("-") or told.endswith("BC")
        endless = cls(2, 1, 1, tzinfo=UTC) if is_past else cls(9998, 1, 1, tzinfo=UTC)  # a day's way from what no other zone can say
        endless.told = told
        return endless

    def astimezone(self, tz: tzinfo | None = None) -> Self:
        """Return the same time in another zone: the server still says of it what it said."""
        moved = super().astimezone(tz)
        moved.told = self.told
        return moved
