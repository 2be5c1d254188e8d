"""Changes: what a proposal changes, one thing below the other: its name, what it is, an arrow, and what it will be."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QWidget

from admin_app.listing import empty
from core.qt.widgets import column, label, picture, row

MOST = 40  # said one by one

translate = QCoreApplication.translate


class Change(NamedTuple):
    """One thing that changes. `tone` is that of what it will be; `below`: what else to know of it."""

    name: str
    before: str
    after: str
    tone: str | None = None
    below: str = ""


class Changes(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "sunken")
        self._lines = column(spacing=12)
        self.setLayout(column(self._lines, margins=(16, 12, 16, 12)))

    def show_changes(self, changes: Sequence[Change], is_old: bool = False) -> None:
        """Show them; those that are only those of then (`is_old`) stand back."""
        empty(self._lines)
        for change in changes[:MOST]:
            self._lines.addWidget(_line(change, is_old))
        if len(changes) > MOST:
            more = translate("proposals", "And {n} more.").format(n=f"{len(changes) - MOST:,}")
            self._lines.addWidget(label(more, 14, 400, "muted"))


def _line(change: Change, is_old: bool) -> QWidget:
    before = label(change.before, 16, 500, "muted")
    after = label(change.after, 16, 600, "muted" if is_old else change.tone, wrap=True)
    both = row(before, column(picture("arrow-right", "muted", 18), None), (after, 1), spacing=12)
    below = [label(change.below, 14, 400, "muted", wrap=True)] if change.below else []
    line = QWidget()
    line.setLayout(column(label(change.name, 14, 600, wrap=True), both, *below, spacing=3))
    line.setAccessibleName(translate("proposals", "{name}: {before}, then {after}").format(
        name=change.name, before=change.before, after=change.after))  # fmt: skip
    return line
