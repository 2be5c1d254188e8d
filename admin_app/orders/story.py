"""Story: an order's steps on one line of time, oldest first: what, when, how much later, who, and why."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from admin_app.listing import empty
from core.orders import RECALLED, Step
from core.qt import theme
from core.qt.form import right_label
from core.qt.line import moment
from core.qt.states import ICONS, step_word, token
from core.qt.widgets import column, label, row

ICON, TRACK = 20, 28  # px

translate = QCoreApplication.translate


def took(length: timedelta) -> str:
    """Write how long it took: "40 s", "12 min", "3 h 05 min", "2 days"."""
    seconds = max(0, int(length.total_seconds()))
    if seconds < 60:
        return translate("orders", "{n} s").format(n=seconds)
    if seconds < 3600:
        return translate("orders", "{n} min").format(n=seconds // 60)
    if seconds < 2 * 86400:
        return translate("orders", "{hours} h {minutes} min").format(hours=seconds // 3600, minutes=f"{seconds % 3600 // 60:02}")
    return translate("orders", "{n} days").format(n=seconds // 86400)


def who(step: Step) -> str:
    """Name the person, or the service by its login."""
    return step.by or translate("orders", "Service {login}").format(login=step.login)


class StepRow(QWidget):
    """One step; a line leads on to the next."""

    def __init__(self, step: Step, before: Step | None, now: datetime, last: bool) -> None:
        super().__init__()
        self.step, self.last = step, last
        later = f" · {translate('orders', '{time} later').format(time=took(step.at - before.at))}" if before else ""
        said = f"{who(step)}{later}"
        parts: list[QWidget] = [label(said, 13, 400, "muted", wrap=True)]
        if reason := "" if step.reason == RECALLED else step.reason:
            parts.append(label(f"“{reason}”", 14, 400, None, wrap=True))
        top = row((label(step_word(step), 15, 600), 1), right_label(moment(step.at, now), 14, 400))
        self.setLayout(column(top, *parts, margins=(TRACK, 0, 0, 14 if not last else 2), spacing=1))
        self.setAccessibleName(", ".join([step_word(step), moment(step.at, now), said, reason or ""]).rstrip(", "))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.last:
            painter.setPen(QPen(theme.colour("borderStrong"), 1))
            painter.drawLine(QPoint(ICON // 2, ICON + 4), QPoint(ICON // 2, self.height()))
        painter.drawPixmap(0, 0, theme.icon(ICONS[self.step.state], token(self.step.state), ICON))


class Story(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("What happened"))
        self._steps = column(spacing=0)
        self.setLayout(self._steps)

    @property
    def count(self) -> int:
        return self._steps.count()

    def show_steps(self, steps: Sequence[Step], now: datetime) -> None:
        empty(self._steps)
        for place, step in enumerate(steps):
            self._steps.addWidget(StepRow(step, steps[place - 1] if place else None, now, place == len(steps) - 1))
