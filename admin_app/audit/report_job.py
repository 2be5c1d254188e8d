"""Report job: read the lines, verify the trail they stand in, draw the pages, file them, wait for the signature; can be stopped."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from threading import Event
from typing import Literal
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from admin_app.audit.question import Question, TrailSource, Wanted
from admin_app.audit.report_files import Places, why_unwritten
from admin_app.audit.report_words import Front, sections
from admin_app.desk import Desk
from admin_app.parts import read_all
from core.audit import MOST_LINES, Head, Report, TrailLine, Verdict, check, file_report, head_before, report
from core.base.errors import Invalid, Missing, Offline, Refused, Reused, Stale, TooFast, Unanswered
from core.qt.paper import draw_pdf
from core.qt.task import run, unless_expected

POLL_EVERY = 1000  # ms
SHORT = 60  # seconds: so long somebody waits before the same is sent again
Stage = Literal["verifying", "reading", "wording", "drawing", "filing", "waiting", "signed", "refused", "stopped", "failed"]
Tell = Callable[[str, int, int], None]  # a stage, and so much of so much; raises Stopped

translate = QCoreApplication.translate


class Stopped(Exception):
    """Somebody has enough of it."""


class Unreportable(Refused):
    """There is nothing that a report could be made of; says what to do."""


class Rewritten(Unreportable):
    """The trail is not what was sealed where these lines stand: `verdict` says what is wrong."""

    verdict: Verdict


@dataclass(frozen=True)
class Asked:
    """What a report is to be of. `wanted` is the question as it was resolved; None: not yet.

    `filters` stands on the pages, `filed` is kept for ever: the words somebody searched for are not in it.
    """

    id: UUID
    question: Question
    wanted: Wanted | None
    filters: str
    filed: str
    note: str
    at: datetime
    places: Places


@dataclass(frozen=True)
class Made:
    """What is filed of the pages that were drawn."""

    sha256: str
    size: int
    lines: int
    head: Head


class ReportJob(QObject):
    """Goes through its stages; `words` say what went wrong. Once it is filed it may be left: somebody else looks after it."""

    changed = Signal()
    _told = Signal(str, int, int)

    def __init__(self, desk: Desk, source: TrailSource, asked: Asked, parent: QObject) -> None:
        super().__init__(parent)
        self.desk, self.source, self.asked = desk, source, asked
        self.stage: Stage = "reading"
        self.done, self.total = 0, 0
        self.words = ""
        self.made: Made | None = None  # once the pages lie there
        self.report: Report | None = None  # once it is filed
        self._stop = Event()
        self._told.connect(self._show)
        self._poll = QTimer(self, singleShot=True, interval=POLL_EVERY)
        self._poll.timeout.connect(self._look)
        self.destroyed.connect(self._stop.set)

    def begin(self) -> None:
        """Make the pages; or, where they lie there already, file them again under the same id."""
        if self.made:
            self._file(self.made)
        else:
            self._stop.clear()
            self._show("reading", 0, 0)
            run(self, partial(_make, self.desk, self.source, self.asked, self._tell), then=self._drawn, failed=self._failed)

    def stop(self) -> None:
        """End it at the next step. Pages that were not ready are gone."""
        self._stop.set()
        self._poll.stop()

    def _tell(self, stage: str, done: int, total: int) -> None:
        if self._stop.is_set():
            raise Stopped
        if done % 50 == 0 or done == total:
            self._told.emit(stage, done, total)

    def _show(self, stage: Stage, done: int, total: int) -> None:
        self.stage, self.done, self.total = stage, done, total
        self.changed.emit()

    def _drawn(self, made: Made) -> None:
        """File the pages; where somebody had enough of it after the last step, they go again."""
        if not self._stop.is_set():
            self._file(made)
            return
        try:
            self.asked.places.forget_unsigned()
        except OSError as error:
            self._failed(error)
        else:
            self._failed(Stopped())

    def _file(self, made: Made) -> None:
        self.made = made
        self._show("filing", 0, 0)
        asked, db = self.asked, self.desk.db
        head = made.head.position, made.head.head

        def file_it(command_id: UUID) -> Report:
            return file_report(db, command_id, made.sha256, made.size, made.lines, asked.filed, asked.note, *head)

        self.desk.send(self, asked.id, file_it, then=self._looked, failed=self._failed)

    def _look(self) -> None:
        def later(error: Exception) -> None:
            unless_expected(error)
            self._poll.start()

        run(self, lambda: report(self.desk.db, self.asked.id), then=self._looked, failed=later)

    def _looked(self, filed: Report | None) -> None:
        if self.stage not in ("filing", "waiting"):
            return  # it ended meanwhile
        self.report = filed
        if filed and filed.signature:
            self._show("filing", 0, 0)  # nobody may leave between its files
            run(self, partial(self.asked.places.keep_signed, filed), then=lambda _: self._show("signed", 0, 0), failed=self._failed)
        elif filed and filed.refusal:
            self.words = filed.refusal
            self._show("refused", 0, 0)
        else:
            self._show("waiting", 0, 0)
            if not self._stop.is_set():
                self._poll.start()

    def _failed(self, error: Exception) -> None:
        self._poll.stop()
        if self.stage == "filing" and not self.report and _is_never_filed(error):
            self._forget_pages()
        if isinstance(error, Rewritten) and self.desk.watch:
            self.desk.watch.hear(error.verdict)
        self.words = translate("report", "The report could not be made.")
        try:
            self.words = why_failed(error, self.asked.places.pdf.name, elsewhere=not self.made)
        finally:  # also where it is a bug: whoever waits must get out
            self._show("stopped" if isinstance(error, Stopped) else "failed", 0, 0)

    def _forget_pages(self) -> None:
        """Nothing is ever filed of them under this id: whoever still wants a report makes it anew."""
        self.made = None
        with suppress(OSError):  # then they are in the way where they lie, which is said when that place is chosen again
            self.asked.places.forget_unsigned()


def why_failed(error: Exception, file: str, *, elsewhere: bool = False) -> str:
    """Say why there is no report; `elsewhere`: it may still be made in another place. Raises what is a bug."""
    if isinstance(error, Unanswered):
        return translate("report", "The answer was lost. Try again: it is filed once.")
    if isinstance(error, Reused):
        return translate("report", "It was not recorded. Make it once more.")
    if isinstance(error, Refused | Offline):
        return str(error)
    if isinstance(error, OSError):
        return why_unwritten(error, file, elsewhere=elsewhere)
    if isinstance(error, Stopped):
        return ""
    raise error  # the crash dialog has it


def _is_never_filed(error: Exception) -> bool:
    """Whether the server refuses this for ever. All of it is found after it looked whether this id was filed before: it was not."""
    long = isinstance(error, TooFast) and error.facts.get("seconds", 0) > SHORT
    return long or isinstance(error, Reused | Stale | Missing | Invalid)


def _make(desk: Desk, source: TrailSource, asked: Asked, tell: Tell) -> Made:
    """Read, verify what was read, draw, and keep the pages, named as not signed. Blocks."""
    lines, left_out = _read(source, asked, tell)
    since = head_before(desk.db, "events", min(line.position or 0 for line in lines))
    head = _verified(desk, since, tell)
    front = Front(asked.id, desk.me, asked.at, asked.filters, asked.note, since, head, left_out)
    laid_out = sections(front, lines, lambda done: tell("wording", done, len(lines)))
    pages = draw_pdf(front.title, laid_out, foot=front.foot, wide=True, progress=lambda done, total: tell("drawing", done, total))
    asked.places.keep_unsigned(pages)
    return Made(sha256(pages).hexdigest(), len(pages), len(lines), head)


def _read(source: TrailSource, asked: Asked, tell: Tell) -> tuple[list[TrailLine], int]:
    """Return the lines that are sealed, and how many more there are."""
    wanted = asked.wanted or source.resolve(asked.question)
    lines, left_out = list[TrailLine](), 0
    for line in read_all(source, wanted):
        if line.position is None:
            left_out += 1
        else:
            lines.append(line)
        tell("reading", len(lines), max(len(lines), min(wanted.many, MOST_LINES)))
        if len(lines) > MOST_LINES:
            words = translate("report", "More than {n} lines match. Narrow them: fewer days, a person, or what was done.")
            raise Unreportable(words.format(n=f"{MOST_LINES:,}"))
    if not lines:
        raise Unreportable(
            translate("report", "None of these lines is sealed yet. Try again in a moment; if it stays so, the worker does not run.")
            if left_out else translate("report", "No line is like what you chose, so there is nothing to report.")
        )  # fmt: skip
    return lines, left_out


def _verified(desk: Desk, since: Head, tell: Tell) -> Head:
    """Return the newest head, when all from `since` up to it is what was sealed, and this computer's own head is still one of them."""
    kept = [each.head for each in desk.watch.kept.newest().values()] if desk.watch else []
    for verdict in check(desk.db, since.stream, kept, since=since):
        tell("verifying", verdict.rows, verdict.end - verdict.since)
    if verdict.found:
        words = translate("report", "The trail is not what was sealed, so there is no report. Press Verify everything to see what.")
        rewritten = Rewritten(words)
        rewritten.verdict = verdict
        raise rewritten
    return verdict.head
