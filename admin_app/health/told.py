"""Told: the details of a row of the Health page, as headed paragraphs: of a trigger, a promise, a quarter of an hour, a program."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from admin_app.health.columns import night_word, promise_word, quarter_figures
from admin_app.health.points import Point
from admin_app.health.triggered import exact_titles, lever_words
from admin_app.health.words import NONE, age_word, figure_word, program_word, since_words, source_word, state_word, title_of, todo
from admin_app.listing import Detail, empty
from admin_app.promises.known import Promise
from core.database.counters import Timed
from core.health import Area, LoadQuarter, OpenProgram
from core.health.figures import written
from core.health.meter import Figure, Reading, State
from core.qt.line import LineState, moment
from core.qt.texts import breakable
from core.qt.widgets import column, label, scrolled

SLOWEST = 5  # views

translate = QCoreApplication.translate


class Told(NamedTuple):
    """What the details say: parts are a heading and the lines below it."""

    title: str
    subtitle: str
    parts: Sequence[tuple[str, Sequence[str]]]


class ToldDetail(Detail):
    def __init__(self, name: str, tell: Callable[[Any], Told]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.tell = tell
        inside = QWidget()
        self._list = column(spacing=4)
        inside.setLayout(column(self._list, None))
        self.lay_out(6, (scrolled(inside), 1))

    def show_row(self, shown: Any) -> None:
        told = self.tell(shown)
        self.title.setText(breakable(told.title))
        self.subtitle.setText(told.subtitle)
        empty(self._list)
        for heading, lines in told.parts:
            self._list.addSpacing(8)
            self._list.addWidget(label(heading, 14, 600, "muted", wrap=True))
            for line in lines:
                self._list.addWidget(label(breakable(line), 15, 400, wrap=True))


def tell_reading(reading: Reading, line: LineState, slowest: Sequence[Timed]) -> Told:
    key, parts = reading.trigger.key, [(figure_word(each), _figure(each, line.now())) for each in reading.figures]
    if reading.state != State.STAY:
        parts.insert(0, (translate("health", "What to do"), [each for each in todo(reading) if each]))
    levers = [f"{number}. {lever}" for number, lever in enumerate(lever_words()[key], 1)]
    parts.append((translate("health", "Levers, in this order"), levers))
    if key == "T2" and slowest:
        words = translate("health", "{name}: {most} ms, {n} reads")
        parts.append((translate("health", "Slowest here"), [words.format(name=each.name, most=each.p95, n=each.times) for each in slowest]))
    guide = translate("health", "docs/scaling.md says what each costs and how to go back.")
    return Told(
        title_of(reading), state_word(reading.state),
        [*parts, (translate("health", "In the guide: {key} {title}").format(key=key, title=exact_titles()[key]), [guide])],
    )  # fmt: skip


def _figure(figure: Figure, now: datetime) -> list[str]:
    """Say what a figure must not exceed, who counted it, and since when."""
    return [
        translate("health", "At most: {most}").format(most=written(figure.limit.most, figure.limit.unit)),
        translate("health", "Counted by: {who}").format(who=source_word(figure.limit.source)),
        translate("health", "Counted: {since}").format(since=since_words(figure, now)),
    ]


def tell_promise(promise: Promise, at: str) -> Told:
    parts = [(at, [promise.title]), (translate("health", "Last night, 22:00 to 06:00"), [night_word(promise)])]
    if promise.violations or promise.night:
        do = translate("health", "Change nothing by hand. Call whoever runs the database: docs/server.md, “When a promise is broken”.")
        parts.append((translate("health", "What to do"), [do]))
    return Told(promise.name, promise_word(promise), [*parts, (translate("health", "Where it is broken"), [_stops(promise.area)])])


def _stops(area: Area) -> str:
    """Say what a broken promise stops."""
    return {
        Area.MONEY: translate("health", "The worker freezes all money, until two people release it."),
        Area.ORDERS: translate("health", "Nothing stops. Count the items it concerns."),
        Area.GUARDS: translate("health", "Nothing stops. Find out who changed it."),
    }[area]


def tell_point(point: Point) -> Told:
    do = [(translate("health", "What to do"), [point.do])] if point.do else []
    return Told(point.title, state_word(point.verdict), [(translate("health", "Now"), [point.now]), *do])


def tell_program(program: OpenProgram) -> Told:
    counts = [
        translate("health", "Windows: {n}").format(n=program.listeners),
        translate("health", "Connections: {n}").format(n=program.connections),
    ]
    do = ""
    if program.program and program.is_too_old:
        do = translate("health", "It only reads until it is brought up to date.")
    elif program.program and program.is_behind:
        do = translate("health", "It works. Bring it up to date in the next days.")
    parts = [(translate("health", "Open"), counts)]
    return Told(
        f"{program_word(program)} {program.version}".strip(), age_word(program),
        [*parts, *([(translate("health", "What to do"), [do])] if do else [])],
    )  # fmt: skip


def tell_quarter(quarter: LoadQuarter, line: LineState) -> Told:
    figures = [f"{each.title}: {each.text(quarter)}" for each in quarter_figures()]
    counts = [
        translate("health", "Transactions: {n}").format(n=NONE if quarter.commits is None else f"{quarter.commits:,}"),
        translate("health", "Deadlocks: {n}").format(n=NONE if quarter.deadlocks is None else f"{quarter.deadlocks:,}"),
    ]
    watched = translate("health", "{n} of 15 minutes were watched").format(n=quarter.minutes)
    title = translate("health", "From {time}").format(time=moment(quarter.begins, line.now()))
    return Told(title, watched, [(translate("health", "Figures"), figures), (translate("health", "The server's own count"), counts)])
