"""Promises: whether what the company promised its customers holds, in one line. What is asked, and when: admin_app/checks.py."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from admin_app.checks import Checks
from core.health import Invariant
from core.qt.widgets import Elided, Picture, button, column, row


class Promises(QWidget):
    """One line: they hold, or some are broken, when that was checked, and a way to check it now."""

    checked = Signal()

    def __init__(self, checks: Checks) -> None:
        super().__init__()
        self.checks = checks
        self.picture = Picture("shield-check", "muted")
        self.title, self.detail = Elided("", 15, 600), Elided("", 13, 400, "muted")
        self.act = button("", None, "admin", "refresh-cw")
        self.act.setProperty("role", "quiet")
        self.act.setFixedWidth(44)
        self.act.setToolTip(self.tr("Check the promises now. It reads everything there is, and may take a while"))
        self.act.setAccessibleName(self.tr("Check the promises now"))
        self.act.clicked.connect(checks.check)
        said = column(self.title, self.detail, spacing=1)
        self.setLayout(row(self.picture, (said, 1), self.act, margins=(8, 0, 0, 0), spacing=10))
        checks.changed.connect(self._show)
        checks.begin()

    @property
    def broken(self) -> list[Invariant]:
        return self.checks.broken

    @property
    def many(self) -> int:
        """How many promises were checked; 0: none yet."""
        return len(self.checks.found)

    def _show(self) -> None:
        checks = self.checks
        self.act.setEnabled(not checks.busy)
        if checks.busy:
            self._say("shield-check", "muted", self.tr("Checking the promises …"), self.tr("Every rule, over everything there is"))
        elif checks.at:
            self._judge()
            self.checked.emit()
        elif checks.error:
            self._say("circle-alert", "warnText", self.tr("The promises were not checked"), checks.why())

    def _judge(self) -> None:
        """Say what the last answer was; one that could not be had again is told as the past, and a broken promise stays broken."""
        if self.broken:
            words = self.tr("{n} of {all} promises are broken").format(n=len(self.broken), all=self.many)
            self._say("circle-alert", "dangerText", words, self.checks.dated())
        elif self.checks.error:
            self._say("circle-alert", "warnText", self.tr("All {n} promises held").format(n=self.many), self.checks.dated())
        else:
            self._say("shield-check", "okText", self.tr("All {n} promises hold").format(n=self.many), self.checks.dated())

    def _say(self, icon: str, token: str, title: str, detail: str) -> None:
        self.picture.show_icon(icon, token)
        self.title.setText(title)
        self.detail.setText(detail)
        self.setAccessibleName(f"{title}. {detail}")
        self.setToolTip(f"{title}. {detail}")
