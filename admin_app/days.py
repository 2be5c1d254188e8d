"""Days: which days somebody wants to see, in Lagos: today, yesterday, the last ones, or two that they chose."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from core.base.days import LAGOS


class Span(NamedTuple):
    """From `first` to `last`, both in it: a day, or how many days before today it is."""

    first: date | int
    last: date | int

    def since(self, now: datetime) -> datetime:
        return _midnight(self.first, now)

    def until(self, now: datetime) -> datetime:
        """When the day after the last one begins."""
        return _midnight(self.last, now) + timedelta(days=1)


TODAY, YESTERDAY, WEEK = Span(0, 0), Span(1, 1), Span(6, 0)


def last_days(days: int) -> Span:
    """The last so many days; the last one of them is today."""
    return Span(days - 1, 0)


def today(now: datetime) -> date:
    return now.astimezone(LAGOS).date()


def _midnight(day: date | int, now: datetime) -> datetime:
    """When a day begins: Lagos knows no summer time."""
    there = today(now) - timedelta(days=day) if isinstance(day, int) else day
    return datetime.combine(there, time(), LAGOS)
