"""Columns: what one line of the trail says in the table, and how it is written into a file."""

import json
from typing import Any

from PySide6.QtCore import QCoreApplication

from admin_app.audit.deeds import deed
from admin_app.audit.facts import when
from admin_app.audit.things import thing, who, why
from core.audit import TrailLine
from core.base.times import Endless
from core.qt.line import LineState, clock, day
from core.qt.rows import LEFT, Column

SPARE = (4, 5)  # columns that step aside: kitchen, why (the details show them)

translate = QCoreApplication.translate


def moment_to_the_second(line: TrailLine, state: LineState) -> str:
    """Write when it was, in two lines; whoever owns the server can give a line a time that is none."""
    if line.at is None or isinstance(line.at, Endless):
        return "\n".join(when(line.at).split(": ", 1))
    return f"{clock(line.at)}:{line.at:%S}\n{day(line.at, state.now())}".strip()


def columns(state: LineState) -> tuple[Column[TrailLine], ...]:
    """Return the table's columns. Rows that are only the last known ones stand back."""

    def tone(line: TrailLine) -> str | None:
        return "muted" if state.offline_since else None

    return (
        Column(translate("trail", "When"), lambda line: moment_to_the_second(line, state), LEFT, 112, tone=tone),
        Column(translate("trail", "Who"), who, LEFT, 150, 600, tone),
        Column(translate("trail", "Did what"), lambda line: deed(line.action), LEFT, 210, tone=tone),
        Column(translate("trail", "On what"), thing, tone=tone),
        Column(translate("trail", "Kitchen"), lambda line: line.kitchen or "", LEFT, 110, tone=tone),
        Column(translate("trail", "Why"), why, LEFT, 230, tone=tone),
    )


def titles() -> list[str]:
    """Return the titles of what cells() writes."""
    return [
        translate("trail", "When"), translate("trail", "Person"), translate("trail", "Login"), translate("trail", "Did what"),
        translate("trail", "On what"), translate("trail", "Kitchen"), translate("trail", "Why"), translate("trail", "Before"),
        translate("trail", "After"), translate("trail", "Address"), translate("trail", "Program"), translate("trail", "Action"),
        translate("trail", "Noun"), translate("trail", "Object"), translate("trail", "Command"), translate("trail", "Line"),
        translate("trail", "Sealed at"),
    ]  # fmt: skip


def cells(line: TrailLine) -> list[str]:
    """Write a line for a file: everything of it, the time in full, before and after as they are kept."""
    return [
        when(line.at), line.person or "", line.login, deed(line.action), thing(line), line.kitchen or "", line.reason or "",
        _kept(line.before), _kept(line.after), line.address or "", line.program, line.action, line.noun, str(line.object_id or ""),
        str(line.command_id), str(line.id), str(line.position or ""),
    ]  # fmt: skip


def _kept(told: dict[str, Any] | None) -> str:
    return "" if told is None else json.dumps(told, ensure_ascii=False)
