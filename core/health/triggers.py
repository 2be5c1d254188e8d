"""Triggers: at which figure which lever is due, in what order, and where each figure comes from. Explained in docs/scaling.md.

A new figure is a Limit of its trigger, and a line in core/health/meter.py that reads it.
"""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """How a figure is meant."""

    PERCENT = "%"
    MILLISECONDS = "ms"
    SECONDS = "s"
    BYTES = "B"
    COUNT = ""


class Source(StrEnum):
    """Who counted a figure."""

    WORKER = "worker"  # once a second, kept for eight days
    SERVER = "server"  # its own statistics, and its tables as they are now
    PROGRAM = "program"  # the one that shows it, about its own calls
    CHECKS = "checks"  # the promises, when they were asked


@dataclass(frozen=True)
class Limit:
    """A figure and what it must not exceed. `name` follows the figure in a sentence: "34 % of the processor"."""

    key: str
    name: str
    most: float
    unit: Unit
    source: Source


@dataclass(frozen=True)
class Trigger:
    """`together`: it takes all limits, else one is enough. `lasts`: it must be so for 15 minutes on 3 days of 7. Levers in their order."""

    key: str
    title: str
    limits: tuple[Limit, ...]
    levers: tuple[str, ...]
    lasts: bool = False
    together: bool = False
    later: str = ""  # why one server alone cannot measure it, and when it begins to matter


QUARTER, DAYS, OF_DAYS = 15, 3, 7  # minutes; days above the limit, of how many
GIGABYTE = 10**9

TRIGGERS = (
    Trigger(
        "T1", "The server's processor",
        (Limit("processor", "of the processor", 70, Unit.PERCENT, Source.WORKER),),
        ("Find the dearest query and make it cheaper", "Read reports from a standby", "Keep menus in a cache", "Take a bigger machine",
         "Split by region"),
        lasts=True,
    ),
    Trigger(
        "T2", "Reading at the screen",
        (Limit("read", "for 95 of 100 reads", 100, Unit.MILLISECONDS, Source.PROGRAM),),
        ("Find the slowest view and make it cheaper", "Read reports from a standby", "Read fresh lists from a standby, with a token"),
    ),
    Trigger(
        "T3", "Calls that collide",
        (Limit("contended", "of calls met somebody else", 1, Unit.PERCENT, Source.PROGRAM),
         Limit("tries", "tries for a command", 2, Unit.COUNT, Source.PROGRAM),
         Limit("deadlocks", "in a deadlock", 1, Unit.PERCENT, Source.SERVER)),
        ("Look at the order of locks", "Make the transaction shorter", "Split the stock of a dish into buckets"),
    ),
    Trigger(
        "T4", "Kicks to programs",
        (Limit("on_lock", "wait for a kick's lock", 5, Unit.PERCENT, Source.WORKER),
         Limit("listeners", "listening", 100, Unit.COUNT, Source.WORKER)),
        ("Take NOTIFY out of every transaction but the relay's", "Let programs ask every few seconds instead of listening",
         "Kick through Redis"),
        lasts=True,
    ),
    Trigger(
        "T5", "Connections",
        (Limit("connections", "of the connections", 70, Unit.PERCENT, Source.WORKER),),
        ("Close idle ones sooner", "More memory, and a higher max_connections", "PgBouncer for services that share a login",
         "Split by region"),
        lasts=True,
    ),
    Trigger(
        "T6", "Writing the log",
        (Limit("on_wal", "wait for the log", 50, Unit.PERCENT, Source.WORKER),
         Limit("commit", "for 95 of 100 commits", 20, Unit.MILLISECONDS, Source.WORKER)),
        ("Give the log a fast disk of its own", "Twenty messages in one transaction", "Split by region"),
        lasts=True, together=True,
    ),
    Trigger(
        "T7", "Standbys behind",
        (Limit("replay", "behind", 2, Unit.SECONDS, Source.SERVER),
         Limit("fallbacks", "of reads with a token fell back", 5, Unit.PERCENT, Source.PROGRAM)),
        ("Take reports off that standby", "Add a standby"),
        later="There is no standby to read from. It begins to matter with the first one.",
    ),
    Trigger(
        "T8", "Work that waits",
        (Limit("waiting", "overdue, the oldest", 60, Unit.SECONDS, Source.SERVER),
         Limit("stuck", "need a person", 0, Unit.COUNT, Source.SERVER)),
        ("See that a worker runs, and run a second one", "RabbitMQ behind the relay"),
    ),
    Trigger(
        "T9", "People far away",
        (Limit("far", "of people wait over 200 ms", 10, Unit.PERCENT, Source.PROGRAM),),
        ("A database in that region",),
        later="All programs are in one region. It begins to matter when people work from a second one.",
    ),
    Trigger(
        "T10", "The largest table",
        (Limit("largest", "for the largest table", 200 * GIGABYTE, Unit.BYTES, Source.SERVER),),
        ("Partition it by month", "Detach old months and keep them in an archive"),
    ),
    Trigger(
        "T11", "Promises and money",
        (Limit("broken", "promises are broken", 0, Unit.COUNT, Source.CHECKS),),
        ("Call whoever runs the database. What moves money stops by itself",),
    ),
)  # fmt: skip
