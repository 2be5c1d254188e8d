"""Watch: is the trail still what was sealed? Verified from the last head that this machine kept.  Verifiers: core/audit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Event

from PySide6.QtCore import QObject, Signal

from core.audit import STREAMS, KeptHead, KeptHeads, Stream, Verdict, check
from core.base.errors import Offline, Refused
from core.database.gateway import Database
from core.qt.line import LineState
from core.qt.task import run


@dataclass(frozen=True)
class Found:
    """What a verification came to: a verdict for each stream; `whole`: from the first line on, read here; `at` in UTC."""

    verdicts: tuple[Verdict, ...]
    whole: bool
    at: datetime

    @property
    def wrong(self) -> int:
        return sum(verdict.found for verdict in self.verdicts)

    @property
    def rows(self) -> int:
        return sum(verdict.rows for verdict in self.verdicts)


class TrailWatch(QObject):
    """One verification at a time. What was found wrong stays said until a later one of as much or more is right."""

    changed = Signal()
    _stepped = Signal(object)  # a Verdict, from the thread that verifies

    def __init__(self, db: Database, kept: KeptHeads, line: LineState) -> None:
        super().__init__()
        self.db, self.kept, self.line = db, kept, line
        self.running, self.whole = False, False
        self.stopped = False  # the last one was, before it came to the end
        self.step: Verdict | None = None  # how far it came
        self.found: Found | None = None  # the last result
        self.alarm: Found | None = None  # what is wrong
        self.error = ""  # why it could not be verified
        self._stop = Event()
        self._stepped.connect(self._show_step)

    def verify(self, whole: bool = False) -> None:
        """Verify from the last kept head on, by the server's own function; `whole`: all of it, read line by line and hashed here."""
        if self.running:
            return
        self.running, self.whole, self.stopped, self.error, self.step = True, whole, False, "", None
        self._stop.clear()
        self.changed.emit()
        run(self, lambda: self._work(whole), then=self._ended, failed=self._failed)

    def stop(self) -> None:
        """End it at the next step. What it saw so far counts for nothing, but for what was wrong."""
        self._stop.set()

    def _work(self, whole: bool) -> list[Verdict] | None:
        """Verify every stream; None when it was stopped. Keeps the heads where nothing is wrong: a head is never kept before that."""
        newest = self.kept.newest()
        verdicts = [self._verdict(stream, newest, whole) for stream in STREAMS if not self._stop.is_set()]
        if self._stop.is_set():
            return [verdict for verdict in verdicts if verdict and verdict.found] or None
        ended = [verdict for verdict in verdicts if verdict]
        if not any(verdict.found for verdict in ended):
            for verdict in ended:
                if verdict.stream not in newest or newest[verdict.stream].head.position < verdict.head.position:
                    self.kept.keep(verdict.head)
        return ended

    def _verdict(self, stream: Stream, newest: Mapping[Stream, KeptHead], whole: bool) -> Verdict | None:
        last, since = None, newest[stream].head if stream in newest and not whole else None
        heads = [each.head for each in self.kept.daily(stream)] if whole else []
        for last in check(self.db, stream, heads, since=since, by_reader=whole):
            self._stepped.emit(last)
            if self._stop.is_set():
                break
        return last

    def _show_step(self, verdict: Verdict) -> None:
        if self.running:
            self.step = verdict
            self.changed.emit()

    def _ended(self, verdicts: Sequence[Verdict] | None) -> None:
        self.running, self.stopped = False, verdicts is None
        if verdicts:
            found = Found(tuple(verdicts), self.whole, self.line.now())
            self.found = found
            if found.wrong:
                self.alarm = found
            elif self.alarm is None or self.whole or not self.alarm.whole:
                self.alarm = None
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self.running = False
        self.error = str(error)
        self.changed.emit()
        if not isinstance(error, Refused | Offline):
            raise error  # a bug: the crash dialog has it
