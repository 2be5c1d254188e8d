"""Line: is the server there, since when not, and how old is a figure. All in words; times in, UTC; times out, Lagos."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTimer, Signal

from core.base.days import LAGOS

translate = QCoreApplication.translate


class Words(NamedTuple):
    """What a pill or a banner says, and in which colours; `aside` stands at the far end of a banner."""

    text: str
    tone: str
    icon: str
    aside: str = ""


def clock(at: datetime) -> str:
    """Write the time of day: "12:39"."""
    return f"{at.astimezone(LAGOS):%H:%M}"


def day(at: datetime, now: datetime) -> str:
    """Write which day: "" for today, "yesterday", "12 Mar", "12 Mar 2025"."""
    there, here = at.astimezone(LAGOS).date(), now.astimezone(LAGOS).date()
    if there == here:
        return ""
    if there == here - timedelta(days=1):
        return translate("line", "yesterday")
    month = QLocale().monthName(there.month, QLocale.FormatType.ShortFormat)
    return f"{there.day} {month}" if there.year == here.year else f"{there.day} {month} {there.year}"


def moment(at: datetime, now: datetime) -> str:
    """Write a time as people say it: "12:39", "yesterday 17:05", "12 Mar 17:05"."""
    return f"{day(at, now)} {clock(at)}".strip()


def ago(at: datetime, now: datetime, offline_since: datetime | None = None) -> str:
    """Write how old a figure is: "20 s ago", "6 min ago", then its time. Offline it is only known "as of 12:39", whatever its age."""
    if offline_since:
        return translate("line", "as of {time}").format(time=moment(offline_since, now))
    seconds = (now - at).total_seconds()
    if seconds < 10:  # also when the server's clock is ahead of ours
        return translate("line", "just now")
    if seconds < 60:
        return translate("line", "{n} s ago").format(n=int(seconds) // 10 * 10)  # a figure that ticks draws the eye for nothing
    if seconds < 3600:
        return translate("line", "{n} min ago").format(n=int(seconds) // 60)
    return moment(at, now)


def utc_now() -> datetime:
    return datetime.now(UTC)


class LineState(QObject):
    """The state of the line, for everything on screen that depends on it, and the one clock that ages are recomputed by."""

    changed = Signal()
    ticked = Signal()  # once a second
    _told = Signal(str, object, object)

    def __init__(self, now: Callable[[], datetime] = utc_now, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now = now
        self.state = "checking"
        self.since = now()
        self.next_try: datetime | None = None
        self.too_old = ""
        self._told.connect(self._take)  # by a signal, so that tell() may be called in any thread
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.ticked)
        self._timer.start()

    def tell(self, state: str, answered: datetime | None, next_try: datetime | None = None) -> None:
        """Say that the line is "live", "checking" or "offline", and when the server answered last. May be called in any thread."""
        self._told.emit(state, answered, next_try)

    def outdate(self, sentence: str) -> None:
        """This program is too old for the server: `sentence` says so. From now on it only reads."""
        self.too_old = sentence
        self.changed.emit()

    @property
    def offline_since(self) -> datetime | None:
        """What ago() wants: since when figures are only the last known ones."""
        return self.since if self.state == "offline" else None

    @property
    def can_save(self) -> bool:
        return self.state != "offline" and not self.too_old

    def pill(self) -> Words:
        if self.state == "offline":
            since = day(self.since, self.now()) or clock(self.since)  # the banner has both
            return Words(translate("line", "Offline since {time}").format(time=since), "danger", "wifi-off")
        if self.state == "checking":
            return Words(translate("line", "Checking"), "warn", "refresh-cw")
        return Words(translate("line", "Live"), "ok", "wifi")

    def banner(self) -> Words | None:
        """Return what the whole program must know now, if anything."""
        if self.state == "offline":
            since = moment(self.since, self.now())
            text = translate("line", "No connection since {time}. You see the last known figures. Saving is off until it is back.")
            return Words(text.format(time=since), "warn", "wifi-off", self._trying())
        if self.too_old:
            aside = translate("line", "You can look. Saving is off.")
            return Words(self.too_old, "danger", "circle-alert", aside)
        return None

    def _trying(self) -> str:
        seconds = round((self.next_try - self.now()).total_seconds()) if self.next_try else 0
        if seconds > 0:
            return translate("line", "Trying again in {n} s").format(n=seconds)
        return translate("line", "Trying again")

    def _take(self, state: str, answered: datetime | None, next_try: datetime | None) -> None:
        self.state, self.next_try = state, next_try
        self.since = answered or self.since  # it never did: since this program began
        self.changed.emit()
