"""Moments: an order's story put together: what was done at once is one moment; days and long waits part them; lateness is said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from admin_app.orders import telling
from admin_app.orders.telling import took
from core.base.days import LAGOS
from core.orders import Happening, Order, State, Told
from core.qt.line import clock, day, moment
from core.qt.states import state_word

LONG = timedelta(minutes=30)  # without a step: from there on the line is broken
AT_ONCE = timedelta(seconds=2)  # the longest that one transaction writes
MINUTE = timedelta(minutes=1)
IN_THE_KITCHEN = frozenset({State.PLACED, State.ACCEPTED, State.PREPARING, State.READY})
OVER = frozenset({State.DELIVERED, State.CANCELLED, State.EXPIRED})
TITLES = (Told.STEP, Told.ACT, Told.CARD, Told.DISH, Told.MONEY, Told.STOCK)  # which of what was done at once gives it its title

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Line:
    """What came with a moment, and the items behind it."""

    icon: str
    words: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Moment:
    """What was done at once. `mark` says how late or early it was, in `tone`; `later` how long after the moment before."""

    at: datetime
    icon: str
    token: str
    title: str
    who: str = ""
    lines: tuple[Line, ...] = ()
    reason: str = ""
    mark: str = ""
    tone: str | None = None
    later: str = ""
    when: str = ""


@dataclass(frozen=True)
class Gap:
    """A long time in which nothing happened; `at` is its end."""

    at: datetime
    words: str


@dataclass(frozen=True)
class Day:
    """Where another day begins."""

    at: datetime
    words: str


Entry = Moment | Gap | Day


def compose(order: Order, story: Sequence[Happening], now: datetime) -> list[Entry]:
    """Put the story of an order together, oldest first."""
    asked = next((told.amount for told in story if (told.kind, told.what) == (Told.CARD, "asked")), None)
    entries: list[Entry] = []
    before: datetime | None = None
    for group in _at_once(story):
        if before and group[0].at - before >= LONG:
            entries.append(Gap(group[0].at, _without(group[0].at - before)))
        entries.append(_moment(order, group, before, asked))
        before = group[0].at
    if before and order.state not in OVER and now - before >= LONG:
        entries.append(Gap(now, translate("story", "{gap}, until now").format(gap=_without(now - before))))
    return list(_by_day(_with_promise(order, story, entries, now), now))


def late(order: Order, now: datetime) -> timedelta | None:
    """Tell how late an order is that is still in the kitchen: the promise is the kitchen's. None: it is not, by a whole minute."""
    over = now - order.promised_at
    return over if order.state in IN_THE_KITCHEN and over >= MINUTE else None


def _at_once(story: Sequence[Happening]) -> Iterator[list[Happening]]:
    """Part the story into what was done at once: by one login under one command, or by a confirmed refund, under its proposal's."""
    group: list[Happening] = []
    for told in story:
        if group and not _belongs(told, group):
            yield group
            group = []
        group.append(told)
    if group:
        yield group


def _belongs(told: Happening, group: Sequence[Happening]) -> bool:
    same_command = any(told.command_id == other.command_id for other in group)
    return told.login == group[-1].login and told.at - group[-1].at <= AT_ONCE and (same_command or group[0].kind is Told.ACT)


def _moment(order: Order, group: Sequence[Happening], before: datetime | None, asked: int | None) -> Moment:
    first, *others = sorted(group, key=lambda told: TITLES.index(told.kind))
    after = group[0].at - before if before else timedelta()
    mark, tone = _mark(order, first)
    return Moment(
        at=group[0].at,
        icon=telling.icon(first),
        token=telling.tone(first),
        title=telling.what(first, asked),
        who=telling.who(first),
        lines=tuple(Line(telling.icon(told), telling.what(told, asked), telling.items(told)) for told in others),
        reason=next(filter(None, map(telling.why, (first, *others))), ""),
        mark=mark,
        tone=tone,
        later=translate("orders", "{time} later").format(time=took(after)) if MINUTE <= after < LONG else "",
    )


def _mark(order: Order, told: Happening) -> tuple[str, str | None]:
    """Hold an order that leaves the kitchen against its promise, in words and a tone."""
    over = told.at - order.promised_at
    if told.kind is not Told.STEP or told.what not in (State.OUT, State.CANCELLED) or told.what == State.CANCELLED and over < MINUTE:
        return "", None
    if over < MINUTE:
        early = translate("story", "{time} before the promise").format(time=took(-over))
        return (early if over <= -MINUTE else translate("story", "As promised")), "ok"
    words = translate("story", "{time} late") if told.what == State.OUT else translate("story", "{time} after the promise")
    return words.format(time=took(over)), "danger" if over >= order.promised_at - order.placed_at else "warn"


def _with_promise(order: Order, story: Sequence[Happening], entries: list[Entry], now: datetime) -> list[Entry]:
    """Put the time that was promised onto the line, where it went by and the order was still in the kitchen."""
    steps = [told for told in story if told.kind is Told.STEP]
    there = [told for told in steps if told.at <= order.promised_at]
    left = next((told.at for told in steps if told.what in (State.OUT, *OVER)), now)
    if not there or State(there[-1].what) not in IN_THE_KITCHEN or left - order.promised_at < MINUTE:
        return entries
    missed = Moment(
        order.promised_at, "clock", "warnText", translate("story", "Promised for {time}").format(time=clock(order.promised_at)),
        lines=(Line("info", translate("story", "At that time: {state}").format(state=state_word(State(there[-1].what)))),),
    )  # fmt: skip
    place = next((place for place, entry in enumerate(entries) if entry.at > missed.at), len(entries))
    return [*entries[:place], missed, *entries[place:]]


def _by_day(entries: Sequence[Entry], now: datetime) -> Iterator[Entry]:
    """Write when each moment was: the time, and where a story spans days, the day above those of it."""
    days = [entry.at.astimezone(LAGOS).date() for entry in entries if isinstance(entry, Moment)]
    several, last = len(set(days)) > 1, None
    for entry in entries:
        if not isinstance(entry, Moment):
            yield entry
            continue
        if several and entry.at.astimezone(LAGOS).date() != last:
            last = entry.at.astimezone(LAGOS).date()
            yield Day(entry.at, (day(entry.at, now) or translate("story", "today")).capitalize())
        yield replace(entry, when=clock(entry.at) if several else moment(entry.at, now))


def _without(length: timedelta) -> str:
    return translate("story", "{time} without a step").format(time=took(length))
