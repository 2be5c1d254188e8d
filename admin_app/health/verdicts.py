"""Verdicts: what each card of the Health page says."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from admin_app.health.cards import Card
from admin_app.health.points import points
from admin_app.health.state import State
from admin_app.health.words import meter_words, point_words
from admin_app.promises.checks import Checks
from admin_app.promises.unwatched import last_checked, no_worker, not_checking
from core.health.meter import State as Verdict
from core.health.meter import worker_is_late
from core.qt.line import LineState, moment

translate = QCoreApplication.translate
Said = tuple[str, str | None, str, str]  # a verdict, its tone and icon, and a sentence on it


def tell_cards(cards: Sequence[Card], state: State | None, error: Exception | None, checks: Checks, line: LineState) -> None:
    """Tell the cards, in the order of the page's tables; offline no verdict has a colour, for it is only the last known one.

    `error`: why there is no `state`.
    """
    wait: Said = translate("health", "Reading …"), None, "hourglass", ""
    if error:
        wait = translate("health", "Not read"), "warn", "circle-alert", str(error)
    said: list[Said] = [
        meter_words(state.readings(checks.known)) if state else wait,
        _promises(checks),
        _worker(state, line) if state else wait,
        _server(state, line) if state else wait,
        _programs(state) if state else wait,
    ]
    for card, (verdict, tone, icon, detail) in zip(cards, said, strict=True):
        card.tell(verdict, None if line.offline_since else tone, icon, detail)


def missing(state: State | None, checks: Checks) -> str:
    """Say what stands still because no worker is seen, or none that checks the promises; "" where one does, or that is not known."""
    if state and worker_is_late(state.seen):
        return translate("health", "No worker is running. {meaning}").format(meaning=no_worker())
    if state and checks.known.is_late:
        return not_checking()
    return ""


def _promises(checks: Checks) -> Said:
    known, now = checks.known, checks.line.now()
    if checks.busy:
        return translate("health", "Checking …"), None, "hourglass", checks.dated()
    if known.at is None:
        return _unchecked(checks)
    words = checks.told()
    if broken := len(known.broken):
        return translate("health", "{n} broken").format(n=broken), "danger", "circle-alert", words
    if known.is_old(now):
        return translate("health", "Not checked"), "danger", "circle-alert", last_checked(known, now)
    if checks.error:
        return translate("health", "All {n} held").format(n=known.many), "warn", "circle-alert", words
    return translate("health", "All {n} hold").format(n=known.many), "ok", "shield-check", words


def _unchecked(checks: Checks) -> Said:
    """Say why nothing is known of the promises."""
    if checks.error or checks.unread:
        return translate("health", "Not checked"), "warn", "circle-alert", checks.why()
    if checks.known.ran:
        return translate("health", "Not checked"), "danger", "circle-alert", last_checked(checks.known, checks.line.now())
    return translate("health", "Reading …"), None, "hourglass", ""


def _worker(state: State, line: LineState) -> tuple[str, str, str, str]:
    newest = state.seen.kept.newest
    last = (
        translate("health", "Seen {time}").format(time=moment(newest, line.now()))
        if newest
        else translate("health", "It was never seen")
    )
    if worker_is_late(state.seen):
        return translate("health", "Not running"), "danger", "circle-alert", last
    return translate("health", "Running"), "ok", "circle-check", last


def _server(state: State, line: LineState) -> Said:
    """Say what is to be done of the server; its first such thing by name."""
    found = points(state, line)
    for verdict in (Verdict.ACT, Verdict.WATCH):
        if those := [each for each in found if each.verdict is verdict]:
            return *point_words(verdict, len(those)), f"{those[0].title}: {those[0].now}"
    return *point_words(Verdict.STAY, 0), found[0].now


def _programs(state: State) -> tuple[str, str, str, str]:
    windows = sum(each.listeners for each in state.programs)
    open_now = translate("health", "1 window open") if windows == 1 else translate("health", "{n} windows open").format(n=windows)
    if old := sum(each.listeners or each.connections for each in state.programs if each.is_too_old):
        return translate("health", "{n} too old").format(n=old), "danger", "circle-alert", open_now
    if any(each.is_behind for each in state.programs):
        return translate("health", "Some behind"), "warn", "clock", open_now
    return translate("health", "Up to date"), "ok", "circle-check", open_now
