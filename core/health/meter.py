"""The meter: what each trigger reads today, and whether a lever is due.  Reads the views of core/health; its triggers: triggers.py."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from core.database.counters import Counted
from core.database.gateway import Database
from core.health.load import LoadKept, LoadNow, LoadQuarter, load_kept, load_now, load_quarters
from core.health.promises import Invariant
from core.health.server import Queue, ServerFacts, TableSize, queues, server, table_sizes
from core.health.triggers import DAYS, OF_DAYS, QUARTER, TRIGGERS, Limit, Source, Trigger

WATCHED = 12  # minutes of a quarter that must have been watched, for it to count
FEW = 60  # active looks: of fewer, a share says nothing, so it is taken of so many
ENOUGH = 100  # reads or calls of one program, before its share says anything
LAGOS = timedelta(hours=1)  # from UTC, all year
DAY = timedelta(days=1)


class State(StrEnum):
    STAY = "stay"
    WATCH = "watch"  # above its threshold, but not long or often enough
    ACT = "act"
    UNKNOWN = "unknown"  # could be measured, and was not
    LATER = "later"  # one server alone cannot


@dataclass(frozen=True)
class Figure:
    """What a limit reads; None: nobody measured. `since`: from when on it counts; None: it is of this moment.

    `queue`: which it is of, where it is of one of api.queues ("seals").
    """

    limit: Limit
    value: float | None
    since: datetime | None = None
    queue: str = ""

    @property
    def is_above(self) -> bool:
        return self.value is not None and self.value > self.limit.most


@dataclass(frozen=True)
class Reading:
    """What a trigger reads. `days`: of the last seven, on how many it was above for a quarter of an hour; None where that is not asked."""

    trigger: Trigger
    state: State
    figures: tuple[Figure, ...]
    days: int | None = None


@dataclass(frozen=True)
class Seen:
    """All that the meter is made of, read at about one moment. `found`: the promises as they were asked last; None: not yet.

    `counted`: what the program that shows the meter counted itself.
    """

    facts: ServerFacts
    now: LoadNow
    kept: LoadKept
    quarters: Sequence[LoadQuarter]
    queues: Sequence[Queue]
    sizes: Sequence[TableSize]
    counted: Counted
    found: Collection[Invariant] | None = None
    found_at: datetime | None = None


def look(db: Database, found: Collection[Invariant] | None = None, found_at: datetime | None = None) -> Seen:
    """Read what the meter is made of; cheap, but for the promises, which whoever asked them brings along."""
    parts = server(db), load_now(db), load_kept(db), load_quarters(db), queues(db), table_sizes(db)
    return Seen(*parts, db.counted(), found, found_at)


def read_meter(seen: Seen) -> list[Reading]:
    """Return each trigger with its figures of today, in the order of docs/scaling.md."""
    figures = _figures(seen)
    return [_read(trigger, figures, seen) for trigger in TRIGGERS]


def _read(trigger: Trigger, figures: Mapping[str, Figure], seen: Seen) -> Reading:
    if trigger.later:
        return Reading(trigger, State.LATER, tuple(Figure(limit, None) for limit in trigger.limits))
    mine = tuple(figures[limit.key] for limit in trigger.limits)
    days = _days_above(trigger, seen) if trigger.lasts else None
    if all(figure.value is None for figure in mine):
        state = State.UNKNOWN
    elif days is not None and days >= DAYS:
        state = State.ACT
    elif days or not trigger.together and any(figure.is_above for figure in mine):  # together: in one quarter of an hour, which days tell
        state = State.WATCH if trigger.lasts else State.ACT
    else:
        state = State.STAY
    return Reading(trigger, state, mine, days)


def _days_above(trigger: Trigger, seen: Seen) -> int:
    """Count the days in Lagos, of the last seven, with a quarter of an hour above the trigger's limits."""
    begins = seen.facts.answered_at - OF_DAYS * DAY
    reach = all if trigger.together else any
    return len({
        (quarter.begins + LAGOS).date() for quarter in seen.quarters
        if quarter.begins > begins and quarter.minutes >= WATCHED
        and reach(Figure(limit, _of_quarter(limit.key, quarter, seen.facts)).is_above for limit in trigger.limits)
    })  # fmt: skip


def _figures(seen: Seen) -> dict[str, Figure]:
    """Return every figure, by the key of its limit."""
    limits = {limit.key: limit for trigger in TRIGGERS for limit in trigger.limits}
    found: dict[str, tuple[float | None, datetime | None]] = {
        **{key: _highest(key, seen) for key, limit in limits.items() if limit.source == Source.WORKER},
        **_of_program(seen.counted),
        **_of_server(seen),
        "broken": (None if seen.found is None else sum(each.violations > 0 for each in seen.found), seen.found_at),
    }
    figures = {key: Figure(limits[key], *figure) for key, figure in found.items()}
    return figures | {"waiting": replace(figures["waiting"], queue=_oldest_queue(seen.queues))}


def _highest(key: str, seen: Seen) -> tuple[float | None, datetime | None]:
    """Return the highest quarter of an hour of the last day; where there is none, what is so at this moment, if that can be told."""
    since = seen.facts.answered_at - DAY
    values = [_of_quarter(key, each, seen.facts) for each in seen.quarters if each.begins > since and each.minutes >= WATCHED]
    known = [value for value in values if value is not None]
    if known:
        return max(known), max(since, seen.kept.oldest or since)
    if key == "listeners":
        return seen.now.listeners, None
    return (100 * seen.now.connections / seen.facts.max_connections, None) if key == "connections" else (None, None)


def _of_quarter(key: str, quarter: LoadQuarter, facts: ServerFacts) -> float | None:
    """Return a figure of one quarter of an hour, in its limit's unit; None where it was not measured."""
    looks = max(quarter.active, FEW)
    values = {
        "processor": None if quarter.processor is None else quarter.processor / 10,
        "on_lock": 100 * quarter.on_lock / looks,
        "listeners": quarter.listeners,
        "connections": 100 * quarter.connections / facts.max_connections,
        "on_wal": 100 * quarter.on_wal / looks,
        "commit": None if quarter.commit_time is None else quarter.commit_time / 1000,
    }
    return values[key]


def _of_program(counted: Counted) -> dict[str, tuple[float | None, datetime | None]]:
    reads, calls, since = counted.all_reads, counted.calls, counted.since
    return {
        "read": (reads.p95 if reads.times >= ENOUGH else None, since),
        "contended": (100 * counted.contended / calls if calls >= ENOUGH else None, since),
        "tries": (counted.tries if calls >= ENOUGH else None, since),
    }


def _of_server(seen: Seen) -> dict[str, tuple[float | None, datetime | None]]:
    facts = seen.facts
    ages = [(facts.answered_at - queue.due_since).total_seconds() for queue in seen.queues if queue.due_since]
    return {
        "deadlocks": (100 * facts.deadlocks / max(facts.commits, ENOUGH), facts.counts_since),
        "waiting": (max(0.0, *ages, 0.0), None),
        "stuck": (sum(queue.stuck for queue in seen.queues), None),
        "largest": (max((size.bytes for size in seen.sizes), default=0), None),
    }


def _oldest_queue(queues: Sequence[Queue]) -> str:
    """Return the name of the queue in which something waits longest; "" where nothing does."""
    waiting = [(queue.due_since, queue.name) for queue in queues if queue.due_since]
    return min(waiting)[1] if waiting else ""


def worker_is_late(seen: Seen) -> bool:
    """Tell whether no worker kept a minute for three minutes: then none runs, or it cannot reach the server."""
    return seen.kept.newest is None or seen.facts.answered_at - seen.kept.newest > timedelta(minutes=3)


__all__ = ["DAYS", "OF_DAYS", "QUARTER", "Figure", "Reading", "Seen", "State", "look", "read_meter", "worker_is_late"]
