"""Charts: what the bars of the overview are: orders per hour today against a week ago, and the last seven days."""

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from admin_app.overview import words
from admin_app.overview.bars import Bar
from admin_app.overview.figures import WEEK, Figures
from core.base.days import LAGOS

OPENS, CLOSES = 8, 22  # the hours that are always shown; others as far as there were orders

translate = QCoreApplication.translate


def hour_bars(figures: Figures) -> list[Bar]:
    today, before = figures.by_hour(0), figures.by_hour(WEEK)
    known = {OPENS, CLOSES, *today, *before}
    now = figures.at.astimezone(LAGOS).hour
    return [_hour(hour, today.get(hour, 0), before.get(hour, 0), now) for hour in range(min(known), max(known) + 1)]


def day_bars(figures: Figures) -> list[Bar]:
    """The last seven days, today's last: so far."""
    return [_day(figures, days_ago) for days_ago in range(WEEK - 1, -1, -1)]


def _hour(hour: int, value: int, then: int, now: int) -> Bar:
    said = translate("overview", "{hour}: {orders}, a week ago {n}")
    if hour > now:
        said = translate("overview", "{hour}: a week ago {n}")
    return Bar(str(hour), value, then, hour == now, said.format(hour=words.hour_span(hour), orders=words.orders(value), n=f"{then:,}"))


def _day(figures: Figures, days_ago: int) -> Bar:
    value, at = figures.day(days_ago), _days_before(figures.at, days_ago)
    said = translate("overview", "{day}: {orders}") if days_ago else translate("overview", "{day}, so far: {orders}")
    name = words.weekday(at)
    return Bar(name, value, None, days_ago == 0, said.format(day=words.long_day(at), orders=words.orders(value)))


def _days_before(at: datetime, days_ago: int) -> datetime:
    return at - timedelta(days=days_ago)
