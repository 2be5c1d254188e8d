"""Difference: before and after, one fact below the other: what was is struck through, what is now stands behind an arrow."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from admin_app.audit.facts import Fact
from admin_app.listing import empty
from core.qt.texts import breakable
from core.qt.widgets import column, label, picture, row

translate = QCoreApplication.translate


class Difference(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "sunken")
        self._lines = column(spacing=8)
        self.setLayout(column(self._lines, margins=(14, 10, 14, 10)))

    def show_facts(self, facts: Sequence[Fact]) -> None:
        empty(self._lines)
        for fact in facts:
            self._lines.addWidget(_line(fact))
        if not facts:
            self._lines.addWidget(label(translate("trail", "Nothing is told of before and after."), 14, 400, "muted", wrap=True))


def _line(fact: Fact) -> QWidget:
    parts: list[QWidget] = []
    if fact.before is not None:
        parts += [_struck(fact.before), picture("arrow-right", "muted", 16)]
    gone = fact.after is None
    now = translate("trail", "no longer told") if gone else fact.after or ""
    after = label(breakable(now), 15, 400 if gone else 600, "muted" if gone else None, wrap=True)
    line = QWidget()
    line.setLayout(column(label(fact.name, 13, 400, "muted", wrap=True), row(*parts, (after, 1), spacing=10), spacing=1))
    told = translate("trail", "{name}: was {before}, is {after}") if fact.before is not None else translate("trail", "{name}: {after}")
    line.setAccessibleName(told.format(name=fact.name, before=fact.before, after=now))
    return line


def _struck(text: str) -> QLabel:
    words = label(breakable(text), 15, 400, "muted", wrap=len(text) > 24)
    font = words.font()
    font.setStrikeOut(True)
    words.setFont(font)
    return words
