"""Chosen days: which days somebody wants to see, from a few or by two entries for the first and the last, by keyboard or a calendar."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QToolButton, QWidget

from admin_app.days import TODAY, WEEK, YESTERDAY, Span, today
from admin_app.picker import Picker
from core.qt import theme
from core.qt.widgets import label, row

PAUSE = 350  # ms after the last key: a date is typed in several
FORMAT = "d MMM yyyy"
WIDTH, HEIGHT = 164, 44  # px
CALENDAR = 364, 330  # px
CHOSEN = "chosen"  # what is picked where the two entries say it

translate = QCoreApplication.translate


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


class SpanPicker(Picker):
    """Any time, some days, or those that `chosen` says, which stands elsewhere and is there only then."""

    def __init__(self, name: str, now: Callable[[], datetime], width: int) -> None:
        offered = [
            (translate("days", "Any time"), None), (translate("days", "Today"), TODAY), (translate("days", "Yesterday"), YESTERDAY),
            (translate("days", "Last 7 days"), WEEK), (translate("days", "Chosen days"), CHOSEN),
        ]  # fmt: skip
        super().__init__(name, offered, width)
        self.chosen = ChosenDays(now)
        self.changed.connect(lambda: self.chosen.setVisible(self.value == CHOSEN))
        self.chosen.changed.connect(self.changed)

    @property
    def span(self) -> Span | None:
        """Return the days; None: any."""
        return self.chosen.span if self.value == CHOSEN else self.value

    def stand(self, span: Span | None) -> None:
        """Stand at these days."""
        offered = span in (None, TODAY, YESTERDAY, WEEK)
        if span and not offered:
            self.chosen.show_span(span)
        self.choose(span if offered else CHOSEN)
        self.chosen.setVisible(not offered)


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
