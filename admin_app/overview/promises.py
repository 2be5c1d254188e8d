"""Promises: whether what the company promised its customers holds. Checking reads everything there is, so it is done seldom."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from admin_app.reader import Reader
from core.base.errors import Unanswered
from core.database.gateway import Database
from core.health import Invariant, invariants
from core.qt.line import LineState, moment
from core.qt.task import unless_expected
from core.qt.widgets import Elided, Picture, button, column, row

EVERY = 3_600_000  # ms: while the page is open


class Promises(QWidget):
    """One line: they hold, or some are broken, when that was checked, and a way to check it now."""

    checked = Signal()

    def __init__(self, db: Database, line: LineState) -> None:
        super().__init__()
        self.line = line
        self.broken: list[Invariant] = []
        self.many = 0  # promises that were checked; 0: none yet
        self.picture = Picture("shield-check", "muted")
        self.title, self.detail = Elided("", 15, 600), Elided("", 13, 400, "muted")
        self.act = button("", None, "admin", "refresh-cw")
        self.act.setProperty("role", "quiet")
        self.act.setFixedWidth(44)
        self.act.setToolTip(self.tr("Check the promises now. It reads everything there is, and may take a while"))
        self.act.setAccessibleName(self.tr("Check the promises now"))
        self.act.clicked.connect(self.check)
        said = column(self.title, self.detail, spacing=1)
        self.setLayout(row(self.picture, (said, 1), self.act, margins=(8, 0, 0, 0), spacing=10))
        self._reader = Reader(lambda: lambda: invariants(db), self._show, self._failed, self)
        self._hourly = QTimer(self)
        self._hourly.setInterval(EVERY)
        self._hourly.timeout.connect(self.check)
        self._hourly.start()
        self.check()

    def check(self) -> None:
        self.act.setEnabled(False)
        self._say("shield-check", "muted", self.tr("Checking the promises …"), self.tr("Every rule, over everything there is"))
        self._reader.ask()

    def _show(self, found: Sequence[Invariant]) -> None:
        self.act.setEnabled(True)
        self.many, self.broken = len(found), [each for each in found if each.violations]
        now = self.line.now()
        checked = self.tr("Checked {time}").format(time=moment(now, now))
        if self.broken:
            words = self.tr("{n} of {all} promises are broken").format(n=len(self.broken), all=self.many)
            self._say("circle-alert", "dangerText", words, checked)
        else:
            self._say("shield-check", "okText", self.tr("All {n} promises hold").format(n=self.many), checked)
        self.checked.emit()

    def _failed(self, error: Exception) -> None:
        unless_expected(error)
        self.act.setEnabled(True)
        why = self.tr("It took too long. Try again later") if isinstance(error, Unanswered) else str(error)
        self._say("circle-alert", "warnText", self.tr("The promises were not checked"), why)

    def _say(self, icon: str, token: str, title: str, detail: str) -> None:
        self.picture.show_icon(icon, token)
        self.title.setText(title)
        self.detail.setText(detail)
        self.setAccessibleName(f"{title}. {detail}")
        self.setToolTip(f"{title}. {detail}")
