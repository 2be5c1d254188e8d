"""Story: everything that happened to an order on one line of time, oldest first: what, when, who, why; long waits break the line."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from admin_app.listing import empty
from admin_app.orders.moments import Day, Entry, Gap, Line, Moment
from admin_app.orders.written import said
from core.qt import theme
from core.qt.form import right_label
from core.qt.texts import breakable
from core.qt.widgets import Picture, column, label, row

ICON, TRACK, SMALL = 20, 30, 16  # px

translate = QCoreApplication.translate


class OnLine(QWidget):
    """A piece of the line of time: it leads on to the next, and where nothing happened for long it is broken."""

    def __init__(self, last: bool, broken: bool = False) -> None:
        super().__init__()
        self.last, self.broken = last, broken

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.last and not self.broken:
            return
        painter = QPainter(self)
        pen = QPen(theme.colour("warn" if self.broken else "borderStrong"), 2 if self.broken else 1)
        pen.setStyle(Qt.PenStyle.DotLine if self.broken else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.drawLine(QPoint(ICON // 2, 0 if self.broken else ICON + 4), QPoint(ICON // 2, self.height()))


class MomentRow(OnLine):
    """What was done at once: its title and time, how late, who, what came with it, and why."""

    def __init__(self, moment: Moment, last: bool, with_items: bool) -> None:
        super().__init__(last)
        self.picture = Picture(moment.icon, moment.token, ICON)
        self.picture.setParent(self)
        top = row((label(breakable(moment.title), 15, 600, wrap=True), 1), right_label(moment.when, 14, 400), spacing=8)
        parts: list[QWidget] = [label(moment.mark, 14, 600, moment.tone, wrap=True)] if moment.mark else []
        if who := " · ".join(filter(None, [moment.who, moment.later])):
            parts.append(label(breakable(who), 13, 400, "muted", wrap=True))
        parts += [_line(line, with_items) for line in moment.lines]
        if moment.reason:
            parts.append(label(breakable(f"“{moment.reason}”"), 14, 400, None, wrap=True))
        self.setLayout(column(top, *parts, margins=(TRACK, 0, 0, 4 if last else 16), spacing=2))
        self.setAccessibleName(f"{moment.when} {said(moment)}")


class GapRow(OnLine):
    def __init__(self, gap: Gap, last: bool) -> None:
        super().__init__(last, broken=True)
        words = label(gap.words, 14, 600, "warn", wrap=True)
        self.setLayout(column(words, margins=(TRACK, 4, 0, 4 if last else 14), spacing=0))
        self.setAccessibleName(gap.words)


class DayRow(OnLine):
    def __init__(self, day: Day) -> None:
        super().__init__(last=True)
        self.setLayout(column(label(day.words, 14, 600, "muted"), margins=(0, 2, 0, 10)))
        self.setAccessibleName(day.words)


class Story(QWidget):
    """`with_items`: each item that moved on the shelf is shown, too."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("What happened"))
        self.entries: list[Entry] = []
        self.with_items = False
        self._rows = column(spacing=0)
        self.setLayout(self._rows)

    @property
    def moments(self) -> list[Moment]:
        return [entry for entry in self.entries if isinstance(entry, Moment)]

    def show_entries(self, entries: Sequence[Entry]) -> None:
        if list(entries) != self.entries or not entries:
            self.entries = list(entries)
            self._draw()

    def show_items(self, on: bool) -> None:
        self.with_items = on
        self._draw()

    def _draw(self) -> None:
        empty(self._rows)
        for place, entry in enumerate(self.entries):
            self._rows.addWidget(self._row(entry, place == len(self.entries) - 1))

    def _row(self, entry: Entry, last: bool) -> QWidget:
        if isinstance(entry, Gap):
            return GapRow(entry, last)
        return DayRow(entry) if isinstance(entry, Day) else MomentRow(entry, last, self.with_items)


def _line(line: Line, with_items: bool) -> QWidget:
    holder = QWidget()
    words = [label(breakable(line.words), 14, 400, wrap=True)]
    if with_items:
        words += [label(breakable(item), 13, 400, "muted", wrap=True) for item in line.items]
    holder.setLayout(row(column(2, Picture(line.icon, "muted", SMALL), None), (column(*words, spacing=0), 1), spacing=8))
    return holder
