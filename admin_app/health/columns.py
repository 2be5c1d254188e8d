"""Columns: the tables of the Health page: what a row says on screen, and in a file."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication

from admin_app.exporting import full_time
from admin_app.health.points import Point
from admin_app.health.triggered import exact_titles
from admin_app.health.words import (
    ICONS,
    NONE,
    TONES,
    age_word,
    figure_word,
    foremost,
    program_word,
    since_words,
    source_word,
    state_word,
    title_of,
    todo,
)
from admin_app.promises.known import Promise
from core.health import LoadQuarter, OpenProgram
from core.health.figures import written
from core.health.meter import FEW, Reading, State
from core.qt.line import LineState, clock, day
from core.qt.rows import RIGHT, Column

translate = QCoreApplication.translate


class Titled(NamedTuple):
    """A column of a file."""

    title: str
    text: Callable[[Any], str]


class Columns:
    """Figures that are only the last known ones stand back; the word of a verdict is still told."""

    def __init__(self, line: LineState) -> None:
        self.line = line

    def meter(self) -> tuple[Column[Reading], ...]:
        return (
            Column(translate("health", "What"), title_of, weight=500, tone=self._tone),
            Column(translate("health", "Now"), lambda each: _lines(dict.fromkeys(map(figure_word, foremost(each)))),
                   width=236, tone=self._tone),
            Column(translate("health", "At most"), lambda each: _lines(written(f.limit.most, f.limit.unit) for f in foremost(each)),
                   RIGHT, 96, tone=self._tone),
            Column(translate("health", "Verdict"), lambda each: state_word(each.state), width=144, weight=600,
                   tone=lambda each: TONES[each.state], icon=lambda each: ICONS[each.state]),
            Column(translate("health", "What to do"), lambda each: _lines(part for part in todo(each) if part), width=290, tone=self._tone),
            Column(translate("health", "Counted by"), self._counted, width=200, tone=self._tone),
        )  # fmt: skip

    def promises(self) -> tuple[Column[Promise], ...]:
        return (
            Column(translate("health", "Name"), lambda each: each.name, width=84, weight=500, tone=self._tone),
            Column(translate("health", "Promise"), lambda each: each.title, tone=self._tone),
            Column(translate("health", "Now"), promise_word, width=170, weight=600,
                   tone=lambda each: "dangerText" if each.violations else "okText",
                   icon=lambda each: "circle-alert" if each.violations else "check"),
            Column(translate("health", "Last night"), night_word, width=170, weight=500,
                   tone=lambda each: "dangerText" if each.night else "muted",
                   icon=lambda each: "circle-alert" if each.night else None if each.night is None else "check"),
        )  # fmt: skip

    def quarters(self) -> tuple[Column[LoadQuarter], ...]:
        return (
            Column(translate("health", "Quarter of an hour"), self._when, weight=500, tone=self._tone),
            *(Column[LoadQuarter](each.title, each.text, RIGHT, 120, tone=self._tone) for each in quarter_figures()),
            Column(
                translate("health", "Watched"),
                lambda each: translate("health", "{n} min").format(n=each.minutes),
                RIGHT,
                130,
                tone=self._tone,
            ),
        )

    def points(self) -> tuple[Column[Point], ...]:
        return (
            Column(translate("health", "What"), lambda each: each.title, width=230, weight=500, tone=self._tone),
            Column(translate("health", "Now"), lambda each: _lines(part for part in (each.now, each.do) if part), tone=self._tone),
            Column(translate("health", "Verdict"), lambda each: state_word(each.verdict), width=144, weight=600,
                   tone=lambda each: TONES[each.verdict], icon=lambda each: ICONS[each.verdict]),
        )  # fmt: skip

    def programs(self) -> tuple[Column[OpenProgram], ...]:
        return (
            Column(translate("health", "Program"), program_word, weight=500, tone=self._tone),
            Column(translate("health", "Version"), lambda each: each.version or NONE, width=120, tone=self._tone),
            Column(translate("health", "Windows"), lambda each: f"{each.listeners:,}", RIGHT, 110, tone=self._tone),
            Column(translate("health", "Connections"), lambda each: f"{each.connections:,}", RIGHT, 130, tone=self._tone),
            Column(translate("health", "Age"), age_word, width=170, weight=600, tone=_age_tone, icon=_age_icon),
        )

    def _tone(self, _: Any) -> str | None:
        return "muted" if self.line.offline_since else None

    def _counted(self, reading: Reading) -> str:
        if reading.state == State.LATER:
            return NONE
        first = foremost(reading)[0]
        return f"{source_word(first.limit.source)}\n{since_words(first, self.line.now())}"

    def _when(self, quarter: LoadQuarter) -> str:
        return f"{day(quarter.begins, self.line.now())} {clock(quarter.begins)}".strip()


def quarter_figures() -> tuple[Titled, ...]:
    """Return the figures of a quarter of an hour; shares of active looks as the meter takes them."""
    return (
        Titled(translate("health", "Server busy"), lambda each: NONE if each.processor is None else f"{each.processor / 10:.0f} %"),
        Titled(translate("health", "Connections"), lambda each: f"{each.connections:,}"),
        Titled(translate("health", "Windows"), lambda each: f"{each.listeners:,}"),
        Titled(translate("health", "Wait for news"), lambda each: f"{100 * each.on_lock / max(each.active, FEW):.0f} %"),
        Titled(translate("health", "Wait for disk"), lambda each: f"{100 * each.on_wal / max(each.active, FEW):.0f} %"),
        Titled(translate("health", "Saving"), lambda each: NONE if each.commit_time is None else f"{each.commit_time / 1000:.1f} ms"),
    )


def night_word(promise: Promise) -> str:
    """Say how a promise stood last night, at its worst."""
    if promise.night is None:
        return translate("health", "Not checked")
    if not promise.night:
        return translate("health", "Held")
    one = promise.night == 1
    return translate("health", "1 row broke it") if one else translate("health", "{n} rows broke it").format(n=f"{promise.night:,}")


def promise_word(promise: Promise) -> str:
    if not promise.violations:
        return translate("health", "Holds")
    one = promise.violations == 1
    return translate("health", "1 row breaks it") if one else translate("health", "{n} rows break it").format(n=f"{promise.violations:,}")


def meter_file(readings: Sequence[Reading]) -> list[list[str]]:
    """Write every figure of the meter, one a row."""
    return [
        [
            each.trigger.key, exact_titles()[each.trigger.key], figure_word(figure),
            "" if figure.value is None else f"{figure.value:.3f}", f"{figure.limit.most:g}", figure.limit.unit.value,
            state_word(each.state), "" if each.days is None else str(each.days), source_word(figure.limit.source), full_time(figure.since),
        ]
        for each in readings for figure in each.figures
    ]  # fmt: skip


def meter_titles() -> list[str]:
    return [
        translate("health", "Trigger"), translate("health", "Title"), translate("health", "In words"), translate("health", "Figure"),
        translate("health", "Threshold"), translate("health", "Unit"), translate("health", "Verdict"), translate("health", "Days above"),
        translate("health", "Counted by"), translate("health", "Since"),
    ]  # fmt: skip


def _lines(parts: Any) -> str:
    return "\n".join(parts)


def _age_tone(program: OpenProgram) -> str:
    if program.is_too_old:
        return "dangerText"
    return "warnText" if program.is_behind else "okText" if program.program else "muted"


def _age_icon(program: OpenProgram) -> str:
    if program.is_too_old:
        return "circle-alert"
    return "clock" if program.is_behind else "check" if program.program else "info"
