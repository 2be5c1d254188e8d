"""Watch: is the trail still what was sealed? Verified from the last head that this machine kept.  Verifiers: core/audit."""

from threading import Event

from PySide6.QtCore import QObject, Signal

from admin_app.alarm import Found, KeptAlarm
from core.audit import STREAMS, Head, KeptHeads, Stream, Verdict, check
from core.base.errors import Offline, Refused
from core.database.gateway import Database
from core.qt.line import LineState
from core.qt.task import run


class TrailWatch(QObject):
    """One verification at a time. What was found wrong stays said until a later one of as much or more is right, also when the program
    is started anew: it is written down beside the kept heads.
    """

    changed = Signal()
    _stepped = Signal(object)  # a Verdict, from the thread that verifies

    def __init__(self, db: Database, kept: KeptHeads, line: LineState) -> None:
        super().__init__()
        self.db, self.kept, self.line = db, kept, line
        self.running, self.whole = False, False
        self.stopped = False  # the last one was, before it came to the end
        self.step: Verdict | None = None  # how far it came
        self.found: Found | None = None  # the last result
        self._file = KeptAlarm(kept.folder)
        self.alarm: Found | None = self._file.read()  # what is wrong
        self.unkept = ""  # why the alarm could not be written down
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

    def hear(self, verdict: Verdict) -> None:
        """Somebody else here verified, and found something wrong: that is an alarm as much as what is found by itself."""
        self.alarm = self._add(Found((verdict,), False, self.line.now()), self._before())
        self.changed.emit()

    def stop(self) -> None:
        """End it at the next step. What was right so far need not be verified again: the next one goes on from there."""
        self._stop.set()

    def _work(self, whole: bool) -> tuple[Found | None, Found | None]:
        """Verify every stream: what was found (None when it was stopped), and what is wrong now, another program's alarm with it."""
        refused: list[Refused] = []
        since, heads = self._known(whole, refused)
        verdicts = [self._verdict(stream, since.get(stream), heads[stream], refused) for stream in STREAMS if not self._stop.is_set()]
        stopped = self._stop.is_set()
        found = Found(tuple(each for each in verdicts if each and (each.found or not stopped)), whole, self.line.now())
        before = self._before()
        if found.wrong:
            return found, self._add(found, before)
        if refused:
            raise refused[0]
        if stopped:
            return None, before
        if before and found.covers(before):
            self._file.forget()
            return found, None
        return found, before

    def _before(self) -> Found | None:
        """Return what is wrong until now. Two programs of one account have one file; where it cannot be read, ours says more."""
        stored = self._file.read()
        return stored if stored and (stored.verdicts or not self.alarm) else self.alarm

    def _add(self, found: Found, before: Found | None) -> Found:
        """Write an alarm down beside the one before; where that cannot be done it is still said, and so is that."""
        alarm = found.beside(before)
        try:
            self._file.keep(alarm)
            self.unkept = ""
        except Refused as error:
            self.unkept = str(error)
        return alarm

    def _known(self, whole: bool, refused: list[Refused]) -> tuple[dict[Stream, Head], dict[Stream, list[Head]]]:
        """Return where each stream begins, and the heads that must still be there. Where they cannot be read, all is verified."""
        try:
            since = {} if whole else {stream: each.head for stream, each in self.kept.newest_verified("server").items()}
            return since, {stream: [each.head for each in self.kept.daily(stream)] if whole else [] for stream in STREAMS}
        except Refused as error:
            refused.append(error)
            return {}, {stream: [] for stream in STREAMS}

    def _verdict(self, stream: Stream, since: Head | None, heads: list[Head], refused: list[Refused]) -> Verdict | None:
        """Return how far it came. Where a head cannot be kept, that goes into `refused`: what is wrong must be found all the same."""
        last = None
        for last in check(self.db, stream, heads, since=since, by_reader=self.whole):
            if not last.found and not refused:
                try:
                    self.kept.keep_verified(last.head, "reader" if self.whole else "server")
                except Refused as error:
                    refused.append(error)
            self._stepped.emit(last)
            if self._stop.is_set():
                break
        return last

    def _show_step(self, verdict: Verdict) -> None:
        if self.running:
            self.step = verdict
            self.changed.emit()

    def _ended(self, came_to: tuple[Found | None, Found | None]) -> None:
        found, self.alarm = came_to
        self.running, self.stopped = False, found is None
        self.found = found or self.found
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self.running = False
        self.error = str(error)
        self.changed.emit()
        if not isinstance(error, Refused | Offline):
            raise error  # a bug: the crash dialog has it
