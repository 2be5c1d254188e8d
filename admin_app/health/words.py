"""Words: how the meter, the worker and programs are said. The triggers' own texts: triggered.py."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from admin_app.health.triggered import figure_words, later_words, lever_words, plain_titles
from core.health import OpenProgram
from core.health.figures import written
from core.health.meter import DAYS, OF_DAYS, Figure, Reading, State
from core.health.triggers import Source
from core.qt.line import moment

ICONS = {State.STAY: "check", State.WATCH: "eye", State.ACT: "triangle-alert", State.UNKNOWN: "eye-off", State.LATER: "clock"}
TONES = {State.STAY: "okText", State.WATCH: "warnText", State.ACT: "dangerText", State.UNKNOWN: "muted", State.LATER: "muted"}
NONE = "–"  # where there is no figure

translate = QCoreApplication.translate


def state_word(state: State) -> str:
    return {
        State.STAY: translate("health", "Fine"),
        State.WATCH: translate("health", "Look"),
        State.ACT: translate("health", "Do this"),
        State.UNKNOWN: translate("health", "Not measured"),
        State.LATER: translate("health", "Later"),
    }[state]


def source_word(source: Source) -> str:
    return {
        Source.WORKER: translate("health", "The worker"),
        Source.SERVER: translate("health", "The server"),
        Source.PROGRAM: translate("health", "This program"),
        Source.CHECKS: translate("health", "The promises"),
    }[source]


def title_of(reading: Reading) -> str:
    """Say what a trigger is about; its number is for the details."""
    return plain_titles()[reading.trigger.key]


def lever(reading: Reading) -> str:
    """Say what is to be done first."""
    return lever_words()[reading.trigger.key][0]


def figure_word(figure: Figure) -> str:
    """Say a figure as a sentence."""
    if figure.value is None:
        return translate("health", "Not measured")
    return figure_words()[figure.limit.key].format(value=written(figure.value, figure.limit.unit))


def foremost(reading: Reading) -> list[Figure]:
    """Return the two figures that are nearest to their thresholds, in their order: a cell has two lines."""
    measured = [each for each in reading.figures if each.value is not None] or list(reading.figures)
    nearest = sorted(measured, key=lambda each: (each.value or 0) / (each.limit.most or 1), reverse=True)[:2]
    return [each for each in reading.figures if each in nearest]


def since_words(figure: Figure, now: datetime) -> str:
    """Say from when on a figure counts."""
    if figure.value is None:
        return translate("health", "Not measured")
    if figure.since:
        return translate("health", "Since {time}").format(time=moment(figure.since, now))
    if figure.limit.key == "deadlocks":  # nobody ever set them back
        return translate("health", "Since it began counting")
    return translate("health", "At this moment")


def why(reading: Reading) -> str:
    """Say what is above its threshold, and on how many days, in sentences."""
    above = [f"{figure_word(each)}{_of(each)}" for each in reading.figures if each.is_above]
    days = translate("health", "It was too much on {n} of {all} days").format(n=reading.days, all=OF_DAYS) if reading.days else ""
    return "".join(f"{part}. " for part in (*above, days) if part).rstrip()


def _of(figure: Figure) -> str:
    """Name the queue in which something waits longest; "" where a figure is of none."""
    return f" ({queue_word(figure.queue)})" if figure.queue else ""


def queue_word(name: str) -> str:
    """Name what waits; what a newer server names, as it is."""
    return {
        "changes": translate("health", "old news"), "refunds": translate("health", "refunds"),
        "card orders": translate("health", "card orders"), "payments": translate("health", "card payments"),
        "seals": translate("health", "seals"),
    }.get(name, name)  # fmt: skip


def todo(reading: Reading) -> tuple[str, str]:
    """Say what is to be done, and why; two "" for nothing."""
    if reading.state == State.ACT:
        return lever(reading), why(reading)
    if reading.state == State.WATCH:
        words = translate("health", "Nothing yet: it takes {n} of {all} days").format(n=DAYS, all=OF_DAYS)
        return words, why(reading)
    if reading.state == State.UNKNOWN:
        return how_to_measure(reading), ""
    return later_words().get(reading.trigger.key, ("", ""))


def how_to_measure(reading: Reading) -> str:
    sources = {each.limit.source for each in reading.figures}
    if sources == {Source.PROGRAM}:
        return translate("health", "This program has not asked a hundred times yet")
    if sources == {Source.CHECKS}:
        return translate("health", "Check the promises")
    if reading.trigger.key == "T1":
        return translate("health", "Only a worker on the server's own machine sees it")
    return translate("health", "Let the worker run for half an hour")


def meter_words(readings: Sequence[Reading]) -> tuple[str, str, str, str]:
    """Return what the whole meter says: words, tone, icon, and a sentence: what is to be done first, or that nothing is."""
    for state in (State.ACT, State.WATCH):
        if those := [each for each in readings if each.state == state]:
            return *point_words(state, len(those)), title_of(those[0])
    return *point_words(State.STAY, 0), translate("health", "One server is enough")


def point_words(verdict: State, many: int) -> tuple[str, str, str]:
    """Return what is said of so many things with one verdict: words, tone and icon."""
    if verdict is State.ACT:
        said = translate("health", "1 thing to do") if many == 1 else translate("health", "{n} things to do").format(n=many)
        return said, "danger", "triangle-alert"
    if verdict is State.WATCH:
        return translate("health", "{n} to look at").format(n=many), "warn", "eye"
    return translate("health", "Fine"), "ok", "circle-check"


def age_word(program: OpenProgram) -> str:
    """Say whether a program is new enough."""
    if not program.program:
        return translate("health", "Not ours")
    if program.is_too_old:
        return translate("health", "Too old")
    return translate("health", "Behind") if program.is_behind else translate("health", "Up to date")


def program_word(program: OpenProgram) -> str:
    return {
        "rachel-kitchen": translate("health", "Kitchen program"),
        "rachel-admin": translate("health", "Office program"),
        "rachel-worker": translate("health", "Worker"),
        "rachel-cli": translate("health", "Command line"),
        "": translate("health", "Something else"),
    }.get(program.program, program.program)
