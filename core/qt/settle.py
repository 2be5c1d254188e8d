"""Settler: finds out what became of what was sent and never answered. It asks, it never sends anything again."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from core.base.errors import Busy, Exhausted, Offline, Outdated, Refused, TooFast
from core.commands import Outcome
from core.database.pending import Kept, Pending
from core.qt.line import LineState, Words
from core.qt.task import run

# A kept command younger than this may still be on its way, and asking would close its id before it arrives.
STILL_RUNNING = timedelta(seconds=15)
LOOK_EVERY = 3000  # ms

CHECKING, RECORDED, NOT_RECORDED, UNKNOWABLE = "checking", "recorded", "not_recorded", "unknowable"

translate = QCoreApplication.translate


class Doubt(NamedTuple):
    """One thing that was typed and whose outcome was lost, in words, and what is known of it now."""

    command_id: UUID
    words: str
    at: datetime
    state: str = CHECKING
    asked: Kept | None = None  # the request itself, so that a form can take it up again


class Settler(QObject):
    """Settles what is pending, at the start and whenever the server is there again."""

    changed = Signal()
    checking = Signal(str)
    recorded = Signal(str)
    not_recorded = Signal(str)
    unknowable = Signal(str)
    again = Signal(object)  # a Doubt that was not recorded: the person wants it back in its form

    def __init__(
        self,
        pending: Pending,
        settle: Callable[[UUID], Outcome],
        sentence: Callable[[str, dict[str, Any]], str],
        line: LineState,
        parent: QObject | None = None,
        repeats: Collection[str] = (),
    ) -> None:
        """`settle` blocks and asks the server; `sentence` turns a verb and its arguments into what the person typed.

        `repeats` names the verbs that a page can put back into its form when it hears `again`.
        """
        super().__init__(parent)
        self.repeats = repeats
        self.pending, self.settle, self.sentence, self.line = pending, settle, sentence, line
        self.doubts: list[Doubt] = []
        # Under way no more: what lay there before we began (whoever sent it is gone), and what lost its answer since.
        self._lost = {kept.command_id for kept in pending.waiting()}
        self._asking = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        line.changed.connect(self.look)

    def watch(self, command_id: UUID) -> None:
        """The answer to this command was lost: find out, beginning now."""
        self._lost.add(command_id)
        self.look()

    def look(self) -> None:
        """Take up what is new, and ask about what is open."""
        known = {doubt.command_id for doubt in self.doubts}
        for kept in self.pending.waiting():
            if kept.command_id not in known and self._is_over(kept):
                self._take(kept)
        waiting = [doubt.command_id for doubt in self.doubts if doubt.state == CHECKING]
        if waiting and not self._asking and self.line.state != "offline":
            self._asking = True
            run(self, lambda: self.settle(waiting[0]), then=self._told, failed=lambda error: self._refused(waiting[0], error))

    def clear(self) -> None:
        """The person has read what became of it: forget what is no longer being checked."""
        for doubt in self.doubts:
            self.dismiss(doubt)

    def dismiss(self, doubt: Doubt) -> None:
        """The person has read this one: forget it, unless it is still being checked."""
        if doubt.state != CHECKING:
            self.pending.forget(doubt.command_id)
            self.doubts = [other for other in self.doubts if other.command_id != doubt.command_id]
            self.changed.emit()

    def can_repeat(self, doubt: Doubt) -> bool:
        return doubt.state == NOT_RECORDED and doubt.asked is not None and doubt.asked.verb in self.repeats

    @property
    def says_it_all(self) -> bool:
        """The banner holds everything: one thing, and it is settled."""
        return len(self.doubts) == 1 and self.doubts[0].state != CHECKING and not self.can_repeat(self.doubts[0])

    def banner(self) -> Words | None:
        """Say how it stands, in one line."""
        if not self.doubts:
            return None
        if len(self.doubts) == 1:
            return Words(f"{describe(self.doubts[0])}: {self.doubts[0].words}", "info", "clock", what_now(self.doubts[0]))
        counts = {state: sum(doubt.state == state for doubt in self.doubts) for state in (CHECKING, RECORDED, NOT_RECORDED, UNKNOWABLE)}
        parts = (
            (CHECKING, translate("settle", "{n} being checked")),
            (RECORDED, translate("settle", "{n} recorded")),
            (NOT_RECORDED, translate("settle", "{n} not recorded")),
            (UNKNOWABLE, translate("settle", "{n} that cannot be known")),
        )
        said = ", ".join(words.format(n=counts[state]) for state, words in parts if counts[state])
        return Words(translate("settle", "Sent when the line was lost: {said}").format(said=said), "info", "clock")

    def _is_over(self, kept: Kept) -> bool:
        return kept.command_id in self._lost or kept.too_old or datetime.now(UTC) - kept.at > STILL_RUNNING

    def _take(self, kept: Kept) -> None:
        doubt = Doubt(kept.command_id, self.sentence(kept.verb, kept.args), kept.at, asked=kept)
        self.doubts.append(doubt)
        if kept.too_old:
            self._become(kept.command_id, UNKNOWABLE)
        else:
            self.checking.emit(doubt.words)
            self.changed.emit()

    def _told(self, outcome: Outcome) -> None:
        self._asking = False
        if outcome.recorded:  # what was not stays on disk until the person has read it: they may want it back
            self.pending.forget(outcome.id)
        self._become(outcome.id, RECORDED if outcome.recorded else NOT_RECORDED)
        self.look()

    def _refused(self, command_id: UUID, error: Exception) -> None:
        self._asking = False
        if isinstance(error, Offline | Busy | Exhausted | TooFast | Outdated):
            return  # asked again a little later, or by the program's next version
        self._become(command_id, UNKNOWABLE)
        if not isinstance(error, Refused):
            raise error  # a bug: the crash dialog has it

    def _become(self, command_id: UUID, state: str) -> None:
        self.doubts = [doubt._replace(state=state) if doubt.command_id == command_id else doubt for doubt in self.doubts]
        words = next(doubt.words for doubt in self.doubts if doubt.command_id == command_id)
        {RECORDED: self.recorded, NOT_RECORDED: self.not_recorded, UNKNOWABLE: self.unknowable}[state].emit(words)
        self.changed.emit()


def describe(doubt: Doubt) -> str:
    """Name the state of one doubt."""
    return {
        CHECKING: translate("settle", "Being checked"),
        RECORDED: translate("settle", "Recorded"),
        NOT_RECORDED: translate("settle", "Not recorded"),
        UNKNOWABLE: translate("settle", "Cannot be known"),
    }[doubt.state]


def what_now(doubt: Doubt) -> str:
    """Say what the person does next about it."""
    return {
        CHECKING: translate("settle", "Do not do it again yet."),
        RECORDED: translate("settle", "Nothing is left to do."),
        NOT_RECORDED: translate("settle", "Do it again if it is still right."),
        UNKNOWABLE: translate("settle", "Ask support before you do it again."),
    }[doubt.state]
