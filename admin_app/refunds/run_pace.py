"""Pace: how long a refund may still run, told only where it was seen to go on."""

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

LEAST = timedelta(seconds=5)  # what is seen in less says little
KEPT = timedelta(minutes=2)

translate = QCoreApplication.translate


class Pace:
    def __init__(self) -> None:
        self._seen: list[tuple[datetime, int]] = []  # when, and how many lines had been run: each time it was more

    def tell(self, now: datetime, handled: int) -> None:
        """So many lines are run now."""
        if not self._seen or handled > self._seen[-1][1]:
            self._seen = [each for each in self._seen if now - each[0] < KEPT] + [(now, handled)]

    def left(self, now: datetime, waiting: int) -> timedelta | None:
        """Return how long the others take; None where that cannot be told: too little was seen, or it has stalled."""
        if len(self._seen) < 2 or waiting <= 0:
            return None
        (began, first), (last, run) = self._seen[0], self._seen[-1]
        if last - began < LEAST or now - last > last - began:
            return None
        return (last - began) / (run - first) * waiting


def left_words(left: timedelta | None) -> str:
    """Say it roughly: "about 2 min left"; "" where it cannot be told."""
    if left is None:
        return ""
    minutes = round(left.total_seconds() / 60)
    if minutes == 0:
        return translate("refunds", "less than a minute left")
    return translate("refunds", "about {n} min left").format(n=f"{minutes:,}")
