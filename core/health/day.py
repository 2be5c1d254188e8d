"""One day of the company, as it is filed: orders, money by kind, who gave back how much; and one night of the checks."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from core.base.days import LAGOS
from core.database.gateway import Database
from core.health.freeze import CheckRun

MORNING, NIGHT = time(6), timedelta(hours=8)
ORDERS = """(
    SELECT kitchen, state, count(*) AS orders, sum(total)::bigint AS total, sum(went_back)::bigint AS went_back
    FROM api.order_list WHERE placed_at >= %(begins)s AND placed_at < %(ends)s GROUP BY kitchen, state
) AS d ORDER BY kitchen, state"""
MONEY = """(
    SELECT kind, count(*) AS times, sum(amount)::bigint AS amount
    FROM api.wallet_entries WHERE at >= %(begins)s AND at < %(ends)s GROUP BY kind
) AS d ORDER BY kind"""
ACTS = """(
    SELECT p.kind, p.made_by, p.approved_by, count(*) AS times, sum(p.total)::bigint AS total,
        coalesce(sum(g.amount_done), 0)::bigint AS done
    FROM api.proposals AS p LEFT JOIN api.refund_progress AS g ON g.proposal_id = p.id
    WHERE p.confirmed_at >= %(begins)s AND p.confirmed_at < %(ends)s AND p.state NOT IN ('rejected', 'withdrawn', 'lapsed')
    GROUP BY p.kind, p.made_by, p.approved_by
) AS d ORDER BY kind, made_by, approved_by"""


@dataclass(frozen=True)
class DayOrders:
    """Orders placed on the day, at one kitchen, that are in one state now: what they cost, and what of it went back, in kobo."""

    kitchen: str
    state: str
    orders: int
    total: int
    went_back: int


@dataclass(frozen=True)
class DayMoney:
    """What moved in customers' wallets on the day, of one kind ("top_up", "payment", "reversal", "refund"), in kobo."""

    kind: str
    times: int
    amount: int


@dataclass(frozen=True)
class DayActs:
    """What one person confirmed on the day by proposal, of one kind, and who approved it (None: nobody had to, or nobody has yet).

    `total` kobo were asked for, and `done` of them were given back by now.
    """

    kind: str
    made_by: str
    approved_by: str | None
    times: int
    total: int
    done: int


@dataclass(frozen=True)
class Day:
    """A day in Lagos; `read_at` (UTC) is when it was read."""

    day: date
    read_at: datetime
    orders: list[DayOrders]
    money: list[DayMoney]
    acts: list[DayActs]


def read_day(db: Database, day: date) -> Day:
    """Return the figures of a day in Lagos."""
    begins = datetime.combine(day, time(), LAGOS)
    within = {"begins": begins, "ends": begins + timedelta(days=1)}
    return Day(
        day, datetime.now(UTC), db.rows(DayOrders, ORDERS, **within), db.rows(DayMoney, MONEY, **within), db.rows(DayActs, ACTS, **within)
    )


@dataclass(frozen=True)
class Night:
    """What the worker's runs of the checks found in one night: how many there were, and the most violations of each broken promise."""

    begins: datetime
    ends: datetime
    runs: int
    red: dict[str, int]


def last_night(now: datetime) -> tuple[datetime, datetime]:
    """Return when the last night that is over began and ended: from 22:00 to 06:00 in Lagos, while the kitchens are closed."""
    there = now.astimezone(LAGOS)
    ends = datetime.combine(there.date(), MORNING, LAGOS)
    if there < ends:
        ends -= timedelta(days=1)
    return ends - NIGHT, ends


def read_night(db: Database, begins: datetime, ends: datetime) -> Night:
    """Return what the runs that began in a night found."""
    runs = db.rows(CheckRun, "api.check_runs WHERE at >= %(begins)s AND at < %(ends)s ORDER BY id", begins=begins, ends=ends)
    red: dict[str, int] = {}
    for each in runs:
        for name, violations in each.red.items():
            red[name] = max(red.get(name, 0), violations)
    return Night(begins, ends, len(runs), red)
