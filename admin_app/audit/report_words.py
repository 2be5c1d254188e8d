"""Report words: which lines somebody asked for, told without the screen, and the pages that they are written onto."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QLocale

from admin_app.audit.deeds import deeds
from admin_app.audit.facts import Fact, facts
from admin_app.audit.filters import Filters
from admin_app.audit.things import short, thing, who, why
from admin_app.exporting import full_time
from core.audit import Head, TrailLine
from core.base.days import LAGOS
from core.qt.paper import Section
from core.staff import Me

SHARES = 7, 12, 16, 20, 23, 27  # of the page, for the columns of the lines
FACTS = 15, 90
PX = 11

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Front:
    """What the first page says: whose report it is, of which lines and why, and from where up to which head the trail was verified."""

    id: UUID
    me: Me
    at: datetime
    filters: str
    note: str
    since: Head
    head: Head
    left_out: int  # lines that are not sealed yet

    @property
    def title(self) -> str:
        return translate("report", "Report of the audit trail")

    @property
    def foot(self) -> str:
        return translate("report", "Report {id}, trail {code}").format(id=self.id, code=self.head.code)


def filters_words(filters: Filters, now: datetime, *, kept: bool = False) -> str:
    """Say which lines are asked for: "Who: Funmi Ade; When: 12 March 2026"; the days mean the same tomorrow.

    `kept`: where it is kept for ever, and what was searched for, which may be a customer's name or number, must not stand.
    """
    asked, parts = filters.value, []
    if asked.search:
        words = translate("report", "words that stand on the pages alone") if kept else f"“{asked.search}”"
        parts.append((translate("report", "Search"), words))
    chosen = (translate("trail", "Who"), filters.doer), (translate("trail", "Did what"), filters.action)
    for name, picker in (*chosen, (translate("kitchens", "Kitchen"), filters.kitchen)):
        if picker.value is not None:
            parts.append((name, picker.box.currentText()))
    if asked.span:
        since, until = asked.span.since(now), asked.span.until(now) - timedelta(days=1)
        days = since.astimezone(LAGOS).date(), until.astimezone(LAGOS).date()
        parts.append((translate("trail", "When"), translate("report", " to ").join(map(_day, sorted(set(days))))))
    followed = (translate("report", "All that was done to"), asked.object_id), (translate("trail", "One command"), asked.command_id)
    parts += [(name, str(one)) for name, one in followed if one]
    return "; ".join(f"{name}: {words}" for name, words in parts) or translate("report", "Every line, of any time")


def sections(front: Front, lines: Sequence[TrailLine], step: Callable[[int], None]) -> list[Section]:
    """Lay out the report; `step` hears how many lines are put into words, and what it raises ends it."""
    return [Section("", _what_it_is(), (), list(_facts(front, len(lines))), widths=FACTS), _lines(lines, step)]


def _what_it_is() -> list[str]:
    return [
        translate(
            "report",
            "Who did what, on what, when, from where and why, as it was sealed. Beside this file belong its statement, which holds its"
            " SHA-256, and the signature of the statement: rachel audit report verify proves all three with the worker's public key.",
        )
    ]


def _facts(front: Front, many: int) -> Iterator[tuple[str, str]]:
    yield translate("report", "Which lines"), front.filters
    if front.note:
        yield translate("report", "What it is for"), front.note
    by = translate("report", "{person}, login {login}").format(person=front.me.name, login=front.me.login)
    yield translate("report", "Asked for by"), by
    yield translate("report", "Made"), translate("report", "{time}, Lagos time").format(time=full_time(front.at))
    one, more = translate("report", "1 line"), translate("report", "{n} lines")
    told = (one if many == 1 else more).format(n=f"{many:,}")
    if front.left_out:
        one = translate("report", "{lines}. 1 newer line was not sealed yet and is left out.")
        more = translate("report", "{lines}. {n} newer lines were not sealed yet and are left out.")
        told = (one if front.left_out == 1 else more).format(lines=told, n=f"{front.left_out:,}")
    yield translate("report", "Lines"), told
    verified = translate("report", "Positions {first} to {last}, where all these lines stand: everything there is what was sealed.")
    yield translate("report", "Verified"), verified.format(first=f"{front.since.position + 1:,}", last=f"{front.head.position:,}")
    yield translate("report", "Head of the trail"), f"{front.head.code}\n{front.head.head}"
    yield translate("report", "Number of the report"), str(front.id)


def _lines(lines: Sequence[TrailLine], step: Callable[[int], None]) -> Section:
    heads = [
        translate("report", "Position"), translate("trail", "When"), translate("trail", "Who"), translate("report", "Did what, on what"),
        translate("trail", "Why"), translate("trail", "What changed"),
    ]  # fmt: skip
    rows, words = [], deeds()
    for number, line in enumerate(lines, 1):
        done = words.get(line.action) or line.action.replace("_", " ").capitalize()
        rows.append(_cells(line, done))
        step(number)
    return Section(translate("report", "Lines"), (), heads, rows, frozenset({0}), SHARES, PX)


def _cells(line: TrailLine, done: str) -> list[str]:
    where = ", ".join(filter(None, [line.login, line.address]))
    named = thing(line).replace(short(line.object_id), str(line.object_id)) if line.object_id else thing(line)  # on paper nothing unfolds
    on = ", ".join(filter(None, [named, line.kitchen]))
    told = "\n".join(map(_changed, facts(line)))
    return [f"{line.position:,}", full_time(line.at), f"{who(line)}\n{where}", f"{done}\n{on}".strip(), why(line), told]


def _changed(fact: Fact) -> str:
    after = translate("trail", "no longer told") if fact.after is None else fact.after
    words = after if fact.before is None else f"{fact.before} → {after}"
    return f"{fact.name}: {words}".replace("\n", ", ")


def _day(day: date) -> str:
    return f"{day.day} {QLocale().monthName(day.month)} {day.year}"
