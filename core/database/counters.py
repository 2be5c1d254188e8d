"""Counters: what this program asked of the database since it began: how long its reads took, and how its verbs ended."""

import re
import threading
import time
from bisect import bisect_left
from collections import Counter, OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg

from core.base.errors import Offline, Refused

EDGES = (1, 2, 5, 10, 20, 30, 50, 70, 100, 150, 200, 300, 500, 1000, 2000, 5000, 10_000)  # ms; what took longer counts as the last
CONTENDED = ("40001", "40P01", "55P03")  # SQLSTATEs: somebody else was in the way, the same id may be sent again
REMEMBERED = 1000  # ids that may come again
SOURCE = re.compile(r"\bFROM (?:api\.)?(\w+)")


@dataclass(frozen=True)
class Timed:
    """How many reads of one view were answered, and the ms within which 95 of 100 of them were (None: none was)."""

    name: str
    times: int
    p95: int | None


@dataclass(frozen=True)
class Counted:
    """What one program counted since `since` (its own clock, UTC).

    `calls`: verbs that were sent; `repeats` of them with an id that was sent before. `refusals` of verbs by SQLSTATE, or "offline" and
    "unanswered". `all_reads` together, then `reads` by view, the slowest first.
    """

    since: datetime
    all_reads: Timed
    reads: tuple[Timed, ...]
    calls: int
    repeats: int
    refusals: dict[str, int]

    @property
    def contended(self) -> int:
        """How many calls somebody else was in the way of."""
        return sum(self.refusals.get(code, 0) for code in CONTENDED)

    @property
    def tries(self) -> float:
        """How often one command was sent, on average."""
        return self.calls / (self.calls - self.repeats) if self.calls > self.repeats else 1.0


class Counters:
    """Safe to share between threads. It costs a lock and an addition for each statement, and never more memory."""

    def __init__(self) -> None:
        self._since = datetime.now(UTC)
        self._lock = threading.Lock()
        self._reads: dict[str, list[int]] = {}  # by view: how many took up to each edge
        self._calls = self._repeats = 0
        self._refusals: Counter[str] = Counter()
        self._open: OrderedDict[UUID, None] = OrderedDict()  # commands that ended in a way after which one asks again

    @contextmanager
    def timed(self, query: str, args: dict[str, Any], reading: bool) -> Iterator[None]:
        """Count one statement. What it raises is raised on."""
        began, why = time.monotonic(), ""
        try:
            yield
        except (Refused, Offline, psycopg.Error) as error:
            why = _code(error)
            raise
        finally:
            if not reading:
                self._called(args.get("command_id"), why)
            elif not why:
                self._read(query, time.monotonic() - began)

    def counted(self) -> Counted:
        """Return the counts of this moment."""
        with self._lock:
            reads = [(name, list(many)) for name, many in self._reads.items()]
            calls, repeats, refusals = self._calls, self._repeats, dict(self._refusals)
        by_view = sorted((_timed(name, many) for name, many in reads), key=lambda each: (-(each.p95 or 0), each.name))
        together = [sum(column) for column in zip(*(many for _, many in reads), strict=True)] or [0]
        return Counted(self._since, _timed("", together), tuple(by_view), calls, repeats, refusals)

    def _read(self, query: str, seconds: float) -> None:
        found = SOURCE.search(query)
        edge = min(bisect_left(EDGES, seconds * 1000), len(EDGES) - 1)
        with self._lock:
            self._reads.setdefault(found[1] if found else "", [0] * len(EDGES))[edge] += 1

    def _called(self, command_id: UUID | None, why: str) -> None:
        with self._lock:
            self._calls += 1
            if command_id and command_id in self._open:
                self._repeats += 1
                del self._open[command_id]
            if why:
                self._refusals[why] += 1
            if command_id and why in (*CONTENDED, "unanswered", "offline"):
                self._open[command_id] = None
                if len(self._open) > REMEMBERED:
                    self._open.popitem(last=False)


def _code(error: Exception) -> str:
    """Return the SQLSTATE as the server said it, before it was put into our words; else what kind of error it was."""
    told = error if isinstance(error, psycopg.Error) else error.__cause__
    if isinstance(told, psycopg.Error) and told.sqlstate:
        return told.sqlstate
    return type(error).__name__.lower()


def _timed(name: str, many: list[int]) -> Timed:
    """Find the edge below which 95 of 100 lie."""
    total, seen = sum(many), 0
    for edge, count in zip(EDGES, many, strict=False):
        seen += count
        if total and seen * 100 >= total * 95:
            return Timed(name, total, edge)
    return Timed(name, total, None)
