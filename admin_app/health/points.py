"""Points: what one should know of the server, a row each: the clock, the archive of its log, its version, its size, what waits."""

from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import QCoreApplication

from admin_app.health.state import State
from admin_app.health.words import queue_word
from core.health import Queue
from core.health.archive import Archive, archive
from core.health.figures import size
from core.health.meter import State as Verdict
from core.qt.line import LineState, moment

APART = timedelta(seconds=5)  # two clocks
OVERDUE = timedelta(minutes=1)  # of what waits
LOGINS_FROM = 16  # the version from which the office can make logins

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Point:
    """One thing: how it stands in words, the verdict on that, and what to do ("" for nothing)."""

    key: str
    title: str
    now: str
    verdict: Verdict
    do: str = ""


def points(state: State, line: LineState) -> list[Point]:
    """Return everything that is known of the server."""
    return [
        _clock(state), _archive(state, line), _version(state, line), _size(state),
        *(_queue(each, state, line) for each in state.seen.queues), _oldest(state, line),
    ]  # fmt: skip


def _clock(state: State) -> Point:
    apart, title = state.apart, translate("health", "Clock")
    ahead = translate("health", "The server's clock is {n} s ahead of this computer's.")
    behind = translate("health", "The server's clock is {n} s behind this computer's.")
    seconds = abs(apart).total_seconds()
    now = (ahead if apart > timedelta(0) else behind).format(n=f"{seconds:,.0f}" if seconds >= 10 else f"{seconds:.1f}")
    if abs(apart) <= APART:
        return Point("clock", title, now, Verdict.STAY)
    return Point("clock", title, now, Verdict.WATCH, translate("health", "One of the two is wrong: let both follow a time server."))


def _archive(state: State, line: LineState) -> Point:
    """Say when a part of the log was put aside last, that it failed, or that there is none."""
    facts, found = state.seen.facts, archive(state.seen.facts, state.archive_mode)
    kept = moment(facts.archived_at, line.now()) if facts.archived_at else ""
    failed = moment(facts.archive_failed_at, line.now()) if facts.archive_failed_at else ""
    made = translate("health", "It was made last {kept}.").format(kept=kept)
    guide = translate("health", "The guide says how to begin: docs/server.md, “Backups”.")
    if found is Archive.FAILING:
        now = translate("health", "It failed {failed}.").format(failed=failed)
        before = made if kept else translate("health", "It was never made.")
        do = translate("health", "Mend archive_command now: the server's log says why. Until then its disk fills.")
        return _archived(f"{now} {before}", Verdict.ACT, do)
    if found is Archive.OFF:
        return _archived(translate("health", "There is none: it is switched off."), Verdict.WATCH, guide)
    if found is Archive.WAITING:
        return _archived(translate("health", "It is switched on, and was never made yet."), Verdict.WATCH, guide)
    if found is Archive.SILENT:
        return _archived(made, Verdict.WATCH, translate("health", "Nothing for a day: set archive_timeout, or look at the server's log."))
    return _archived(made, Verdict.STAY)


def _archived(now: str, verdict: Verdict, do: str = "") -> Point:
    return Point("archive", translate("health", "Archive of the log"), now, verdict, do)


def _version(state: State, line: LineState) -> Point:
    facts, title = state.seen.facts, translate("health", "Version")
    major, minor = divmod(facts.version, 10_000)
    words = translate("health", "PostgreSQL {version}, which was started {time}.")
    now = words.format(version=f"{major}.{minor}", time=moment(facts.started_at, line.now()))
    if major < LOGINS_FROM:
        do = translate("health", "Before 16 no logins are made here: upgrade it when you can.")
        return Point("version", title, now, Verdict.WATCH, do)
    return Point("version", title, now, Verdict.STAY)


def _size(state: State) -> Point:
    now = translate("health", "The database takes {size}.").format(size=size(state.seen.facts.bytes))
    return Point("size", translate("health", "Size"), now, Verdict.STAY)


def _queue(queue: Queue, state: State, line: LineState) -> Point:
    title = translate("health", "Waiting: {what}").format(what=queue_word(queue.name))
    if not queue.waiting and not queue.stuck:
        return Point(queue.name, title, translate("health", "Nothing is overdue."), Verdict.STAY)
    since = moment(queue.due_since, line.now()) if queue.due_since else ""
    waits = translate("health", "{n} overdue, the oldest since {time}.").format(n=f"{queue.waiting:,}", time=since) if since else ""
    stuck = translate("health", "Need a person: {n}.").format(n=f"{queue.stuck:,}") if queue.stuck else ""
    late = queue.due_since is not None and state.seen.facts.answered_at - queue.due_since > OVERDUE
    do = translate("health", "See that a worker runs, and run a second one.") if late else ""
    settle = _settle_word(queue.name) if queue.stuck else ""
    verdict = Verdict.ACT if late or queue.stuck else Verdict.STAY
    return Point(queue.name, title, " ".join(filter(None, [waits, stuck])), verdict, " ".join(filter(None, [do, settle])))


def _oldest(state: State, line: LineState) -> Point:
    """Say what holds sealing up: what was committed after the oldest open transaction began waits for its end."""
    title, oldest = translate("health", "Oldest open transaction"), state.oldest
    if oldest.began_at is None or state.seen.facts.answered_at - oldest.began_at <= OVERDUE:
        return Point("oldest", title, translate("health", "None is open for long."), Verdict.STAY)
    words = translate("health", "It is open since {time}, and what came after it is not sealed.")
    do = translate("health", "Call whoever runs the server: rachel doctor says how to end it.")
    return Point("oldest", title, words.format(time=moment(oldest.began_at, line.now())), Verdict.ACT, do)


def _settle_word(name: str) -> str:
    """Say who has to do with what does not go on by itself."""
    return {
        "payments": translate("health", "Finance settles them."),
        "seals": translate("health", "They were forged: change nothing, and call whoever runs the server."),
    }.get(name, "")
