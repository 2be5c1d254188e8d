"""Figures: what the overview shows, worked out of what was read. Knows no widget."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from core.base.days import LAGOS
from core.database.gateway import Database
from core.health import GivenBack, KitchenToday, WaitingMoney, WalletTotals, given_back, kitchens_today, waiting_money, wallet_totals
from core.orders import OrderHour, State, order_hours

WEEK = 7  # days ago: the same day of the week
COMPARED = (1, WEEK)


class SoFar(NamedTuple):
    """How many orders, and what they paid (kobo), by one time of a day."""

    orders: int
    paid: int


@dataclass(frozen=True)
class Today:
    """What changes with every order. Costs the day's own rows."""

    hours: list[OrderHour]
    back: list[GivenBack]
    money: WaitingMoney
    kitchens: list[KitchenToday]


@dataclass(frozen=True)
class Before:
    """What today is compared with, and what changes slowly. `hours` by days ago, as they were when the Lagos day was `day`."""

    day: date
    hours: dict[int, list[OrderHour]]
    back: list[GivenBack]
    wallets: WalletTotals


@dataclass(frozen=True)
class Figures:
    """Both, and the time they are of."""

    today: Today
    before: Before
    at: datetime

    @property
    def states(self) -> dict[State, int]:
        """How many of today's orders are in each state now."""
        states = dict.fromkeys(State, 0)
        for hour in self.today.hours:
            states[hour.state] += hour.orders
        return states

    @property
    def now(self) -> SoFar:
        return SoFar(sum(hour.orders for hour in self.today.hours), sum(hour.paid for hour in self.today.hours))

    def then(self, days_ago: int) -> SoFar:
        """Return how it stood by this time of an earlier day."""
        hours = self.before.hours.get(days_ago, [])
        return SoFar(sum(hour.orders_so_far for hour in hours), sum(hour.paid_so_far for hour in hours))

    def day(self, days_ago: int) -> int:
        """Return how many orders a whole day had; today, so far."""
        return self.now.orders if days_ago == 0 else sum(hour.orders for hour in self.before.hours.get(days_ago, []))

    def by_hour(self, days_ago: int) -> dict[int, int]:
        """Return how many orders each hour of a day had; an hour without any is left out."""
        return _by_hour(self.today.hours if days_ago == 0 else self.before.hours.get(days_ago, []))

    def back(self, kind: str) -> GivenBack:
        """Return what was given back today for one cause."""
        return next((each for each in self.today.back if each.kind == kind), GivenBack(0, kind, 0, 0, 0, 0))

    @property
    def given_back(self) -> int:
        """In kobo, today."""
        return sum(each.amount for each in self.today.back)

    def given_back_then(self, days_ago: int) -> int:
        """In kobo, by this time of an earlier day."""
        return sum(each.amount_so_far for each in self.before.back if each.days_ago == days_ago)


def lagos_day(now: datetime) -> date:
    return now.astimezone(LAGOS).date()


def read_today(db: Database) -> Today:
    return Today(order_hours(db, [0]), given_back(db, [0]), waiting_money(db), kitchens_today(db))


def read_before(db: Database, now: datetime, known: Before | None) -> Before:
    """Read what today is compared with. The days between are over, so they are read once a day; yesterday and a week ago move on."""
    day = lagos_day(now)
    fresh = known is None or known.day != day
    hours: dict[int, list[OrderHour]] = {} if known is None or fresh else dict(known.hours)
    for days_ago in range(1, WEEK + 1) if fresh else COMPARED:
        hours[days_ago] = []
    for hour in order_hours(db, [days for days in hours if fresh or days in COMPARED]):
        hours[hour.days_ago].append(hour)
    return Before(day, hours, given_back(db, COMPARED), wallet_totals(db))


def _by_hour(hours: Iterable[OrderHour]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for hour in hours:
        counts[hour.hour] = counts.get(hour.hour, 0) + hour.orders
    return counts
