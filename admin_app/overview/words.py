"""The overview in words: comparisons, shares, days."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QLocale

from admin_app.overview.figures import WEEK
from core.base.days import LAGOS

TIMES = 3  # from so many times as much on, nobody counts in per cent

translate = QCoreApplication.translate


def when(days_ago: int) -> str:
    return translate("overview", "a week ago by now") if days_ago == WEEK else translate("overview", "yesterday by now")


def compared(now: int, then: int, days_ago: int) -> str:
    """Compare with an earlier day: "12 % above yesterday by now". Per cent are rounded, and never say "0 % above"."""
    before = when(days_ago)
    if then == 0:
        return translate("overview", "Nothing {when}").format(when=before)
    if now >= TIMES * then:
        return translate("overview", "{n} times as much as {when}").format(n=f"{now // then:,}", when=before)
    percent = round(100 * abs(now - then) / then)
    if percent == 0:
        return translate("overview", "The same as {when}").format(when=before)
    words = translate("overview", "{n} % above {when}") if now > then else translate("overview", "{n} % below {when}")
    return words.format(n=percent, when=before)


def share(part: int, whole: int) -> str:
    """Write a part of something: "1.9 %"; "0 %" of nothing, and "under 0.1 %" where it is something but hardly."""
    if part == 0 or whole == 0:
        return translate("overview", "0 %")
    tenths = round(1000 * part / whole)
    return translate("overview", "{n} %").format(n=f"{tenths // 10}.{tenths % 10}") if tenths else translate("overview", "under 0.1 %")


def long_day(at: datetime) -> str:
    """Write a day in full: "Thursday, 12 March"."""
    there = at.astimezone(LAGOS).date()
    locale = QLocale()
    name = locale.dayName(there.isoweekday(), QLocale.FormatType.LongFormat)
    return f"{name}, {there.day} {locale.monthName(there.month, QLocale.FormatType.LongFormat)}"


def weekday(at: datetime) -> str:
    """Write a day of the week as it stands under a bar: "Thu"."""
    return QLocale().dayName(at.astimezone(LAGOS).date().isoweekday(), QLocale.FormatType.ShortFormat)


def hour_span(hour: int) -> str:
    """Write an hour of the day: "12:00 to 13:00"."""
    return translate("overview", "{start}:00 to {end}:00").format(start=f"{hour:02}", end=f"{(hour + 1) % 24:02}")


def count(number: int, one: str, many: str) -> str:
    """Write how many: "1 order", "12 orders". `many` holds {n}."""
    return one if number == 1 else many.format(n=f"{number:,}")


def orders(number: int) -> str:
    return count(number, translate("overview", "1 order"), translate("overview", "{n} orders"))
