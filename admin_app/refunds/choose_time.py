"""From when until when orders were placed, in Lagos: one of a few spans, or two times that are typed. Nothing is chosen beforehand."""

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QTime, QTimeZone, Signal
from PySide6.QtWidgets import QButtonGroup, QDateTimeEdit, QWidget

from admin_app.days import TODAY, YESTERDAY
from core.base.days import LAGOS
from core.qt import theme
from core.qt.line import LineState
from core.qt.widgets import chip, column, label, row

FORMAT, MOST = "d MMM yyyy, HH:mm", timedelta(days=31)

translate = QCoreApplication.translate


class TimePick(QWidget):
    """A span fills both times in; they can be changed then."""

    changed = Signal()

    def __init__(self, line: LineState) -> None:
        super().__init__()
        self.line = line
        names = (
            translate("refunds", "The last hour"), translate("refunds", "Today so far"), translate("refunds", "Yesterday"),
            translate("refunds", "Other times"),
        )  # fmt: skip
        self.group, chips = QButtonGroup(self), [chip(name, "admin") for name in names]
        for place, each in enumerate(chips):
            self.group.addButton(each, place)
        self.since, self.until = _entry(translate("refunds", "From")), _entry(translate("refunds", "Until"))
        self.times = QWidget()
        from_, to = label(translate("refunds", "From"), 15, 500, "muted"), label(translate("refunds", "until"), 15, 500, "muted")
        self.wrong = label("", 14, 400, "danger")
        self.times.setLayout(row(from_, self.since, to, self.until, (self.wrong, 1), spacing=10))
        self.times.hide()
        self.setLayout(column(row(*chips, None, spacing=8), self.times, spacing=10))
        self.group.idClicked.connect(self._pick)
        self.since.dateTimeChanged.connect(self._show)
        self.until.dateTimeChanged.connect(self._show)

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """From when until when; None while nothing was chosen, or it cannot be."""
        return None if self.group.checkedId() < 0 or self.why_not else (_python(self.since), _python(self.until))

    @property
    def why_not(self) -> str:
        since, until = _python(self.since), _python(self.until)
        if since >= until:
            return translate("refunds", "It ends before it begins.")
        return translate("refunds", "31 days at most.") if until - since > MOST else ""

    def clear(self) -> None:
        self.group.setExclusive(False)
        for each in self.group.buttons():
            each.setChecked(False)
        self.group.setExclusive(True)
        self.times.hide()

    def _pick(self, place: int) -> None:
        now = self.line.now().astimezone(LAGOS)
        minute = now.replace(second=0, microsecond=0) + timedelta(minutes=1)  # what was placed in this minute is in it
        spans = (
            (minute - timedelta(hours=1), minute), (TODAY.since(now), minute), (YESTERDAY.since(now), YESTERDAY.until(now)),
            (TODAY.since(now), minute),
        )  # fmt: skip
        for entry, at in zip((self.since, self.until), spans[place], strict=True):
            entry.blockSignals(True)
            entry.setDateTime(_qt(at))
            entry.blockSignals(False)
        self.times.show()
        if place == len(spans) - 1:
            self.since.setFocus()
        self._show()

    def _show(self) -> None:
        self.wrong.setText(self.why_not)
        self.changed.emit()


def _entry(name: str) -> QDateTimeEdit:
    entry = QDateTimeEdit()
    entry.setTimeZone(QTimeZone(QTimeZone.Initialization.UTC))  # it only holds what the clocks of Lagos show: no zone moves it
    entry.setDisplayFormat(FORMAT)
    entry.setCalendarPopup(True)
    entry.setFont(theme.font(15))
    entry.setAccessibleName(name)
    entry.lineEdit().setAccessibleName(name)
    entry.setFixedWidth(220)
    return entry


def _python(entry: QDateTimeEdit) -> datetime:
    day, time = entry.date(), entry.time()
    return datetime(day.year(), day.month(), day.day(), time.hour(), time.minute(), tzinfo=LAGOS)


def _qt(at: datetime) -> QDateTime:
    there = at.astimezone(LAGOS)
    day, time = QDate(there.year, there.month, there.day), QTime(there.hour, there.minute)
    return QDateTime(day, time, QTimeZone(QTimeZone.Initialization.UTC))
