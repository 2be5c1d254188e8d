"""What `rachel doctor` says of the meter: each trigger as a finding."""

from collections.abc import Iterable

from core.cli.doctor_findings import Finding, Mark
from core.health.figures import written
from core.health.meter import DAYS, OF_DAYS, Figure, Reading, State
from core.health.triggers import Source

MARKS: dict[State, Mark] = {State.STAY: "ok", State.WATCH: "look", State.ACT: "act", State.UNKNOWN: "look", State.LATER: "ok"}
UNMEASURED = {
    Source.WORKER: "nobody measured it",
    Source.SERVER: "nobody measured it",
    Source.PROGRAM: "each program counts its own",
    Source.CHECKS: "the promises were not asked",
}


def meter(readings: Iterable[Reading]) -> list[Finding]:
    """Return a finding for each trigger, in their order."""
    return [Finding(f"{each.trigger.key} {each.trigger.title}", _mark(each), figures(each), todo(each)) for each in readings]


def figures(reading: Reading) -> str:
    """Write what a trigger reads: "34 % of the processor (70 %)"; in brackets its threshold."""
    if reading.state == State.LATER:
        return "not measured on one server"
    return ", ".join(_figure(each) for each in reading.figures) + _days(reading)


def todo(reading: Reading) -> str:
    """Say what is to be done and why; "" for nothing."""
    if reading.state == State.ACT:
        return f"{'; then: '.join(reading.trigger.levers)}. Why and how: docs/scaling.md, {reading.trigger.key}."
    if reading.state == State.WATCH:
        return f"Nothing yet: it becomes a lever when it is so on {DAYS} days of {OF_DAYS}. docs/scaling.md, {reading.trigger.key}."
    if reading.state == State.UNKNOWN:
        return _how_to_measure(reading)
    return reading.trigger.later


def _how_to_measure(reading: Reading) -> str:
    if _is_of_programs(reading):
        return "The office program shows its own figure on the page Health."
    if reading.trigger.key == "T1":
        return "Let `rachel worker` run on the server's own machine for half an hour: only there it sees the processor."
    return "Let `rachel worker` run for half an hour."


def _mark(reading: Reading) -> Mark:
    return "ok" if reading.state == State.UNKNOWN and _is_of_programs(reading) else MARKS[reading.state]


def _is_of_programs(reading: Reading) -> bool:
    return all(each.limit.source == Source.PROGRAM for each in reading.figures)


def _figure(figure: Figure) -> str:
    limit = figure.limit
    most = written(limit.most, limit.unit)
    if figure.value is None:
        return f"{f'? {limit.unit}'.rstrip()} {limit.name} ({most}; {UNMEASURED[limit.source]})"
    of = f" of {figure.queue}" if figure.queue else ""
    return f"{written(figure.value, limit.unit)} {limit.name}{of} ({most})"


def _days(reading: Reading) -> str:
    return f"; above on {reading.days} of the last {OF_DAYS} days" if reading.days else ""
