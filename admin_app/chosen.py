"""Chosen days: two entries for the first and the last day somebody wants to see, by keyboard or from a calendar."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QToolButton, QWidget

from admin_app.days import WEEK, Span, today
from core.qt import theme
from core.qt.widgets import label, row

PAUSE = 350  # ms after the last key: a date is typed in several
FORMAT = "d MMM yyyy"
WIDTH, HEIGHT = 164, 44  # px
CALENDAR = 364, 330  # px


class ChosenDays(QWidget):
    """No day after today; where one of them is moved past the other, that one goes with it."""

    changed = Signal()

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.now = now
        self.first, self.last = _entry(self.tr("First day")), _entry(self.tr("Last day"))
        self.setLayout(row(label(self.tr("From"), 15, 500, "muted"), self.first, label(self.tr("to"), 15, 500, "muted"), self.last, None))
        self.show_span(WEEK)
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(self.changed)
        self.first.dateChanged.connect(lambda day: self._moved(self.last, max(day, self.last.date())))
        self.last.dateChanged.connect(lambda day: self._moved(self.first, min(day, self.first.date())))
        self.hide()

    @property
    def span(self) -> Span:
        return Span(_python(self.first), _python(self.last))

    def show_span(self, span: Span) -> None:
        """Stand at these days; whoever set them knows, so nothing is said."""
        now = self.now()
        for entry, at in ((self.first, span.since(now)), (self.last, span.until(now))):
            entry.blockSignals(True)
            entry.setMaximumDate(_qt(today(now)))
            entry.setDate(_qt(today(at)) if entry is self.first else _qt(today(at)).addDays(-1))
            entry.blockSignals(False)

    def _moved(self, other: QDateEdit, day: QDate) -> None:
        other.blockSignals(True)
        other.setDate(day)
        other.blockSignals(False)
        self._soon.start()


def _entry(name: str) -> QDateEdit:
    entry = QDateEdit()
    entry.setDisplayFormat(FORMAT)
    entry.setCalendarPopup(True)
    entry.setFont(theme.font(15))
    entry.setAccessibleName(name)
    entry.setToolTip(name)
    entry.lineEdit().setAccessibleName(name)
    entry.setFixedSize(WIDTH, HEIGHT)
    _dress(entry.calendarWidget())
    return entry


def _dress(calendar: QCalendarWidget) -> None:
    calendar.setMinimumSize(*CALENDAR)
    calendar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)  # or its outline is not drawn
    if inside := calendar.layout():
        inside.setContentsMargins(1, 1, 1, 1)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, QTextCharFormat())  # not red: a kitchen works every day
    for name, icon, said in (
        ("qt_calendar_prevmonth", "chevron-left", QCoreApplication.translate("chosen", "The month before")),
        ("qt_calendar_nextmonth", "chevron-right", QCoreApplication.translate("chosen", "The next month")),
    ):
        push = calendar.findChild(QToolButton, name)
        if isinstance(push, QToolButton):
            push.setIcon(theme.qicon(icon))
            push.setIconSize(QSize(20, 20))
            push.setAccessibleName(said)


def _python(entry: QDateEdit) -> date:
    return date(entry.date().year(), entry.date().month(), entry.date().day())


def _qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
