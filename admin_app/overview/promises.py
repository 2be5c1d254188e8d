"""Promises: whether what the company promised its customers holds, in one line. What is known: admin_app/promises."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from admin_app.promises.checks import Checks
from admin_app.promises.known import Known
from admin_app.promises.unwatched import last_checked, unchecked
from core.qt.widgets import Elided, Picture, button, column, row


class Promises(QWidget):
    """One line: they hold, or some are broken, when that was found, and a way to have them checked now."""

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
        self._say("hourglass", "muted", self.tr("Reading what the checks found …"), "")
        checks.begin()

    @property
    def known(self) -> Known:
        return self.checks.known

    @property
    def is_read(self) -> bool:
        """Tell whether it is known what the checks found, or why not."""
        return bool(self.known.ran or self.checks.error or self.checks.unread)

    def _show(self) -> None:
        checks = self.checks
        self.act.setEnabled(not checks.busy)
        if checks.busy:
            self._say("shield-check", "muted", self.tr("Checking the promises …"), self.tr("Every rule, over everything there is"))
        elif self.known.at:
            self._judge()
        elif checks.error or checks.unread:
            self._say("circle-alert", "warnText", self.tr("The promises were not checked"), checks.why())
        elif self.known.ran:
            self._say("circle-alert", "dangerText", last_checked(self.known, checks.line.now()), unchecked())
        if not checks.busy:
            self.checked.emit()

    def _judge(self) -> None:
        """Say what the last answer was; an old one is told as the past, and a broken promise stays broken."""
        checks, known, words = self.checks, self.known, self.checks.told()
        if known.broken:
            said = self.tr("{n} of {all} promises are broken").format(n=len(known.broken), all=known.many)
            self._say("circle-alert", "dangerText", said, words)
        elif known.is_old(checks.line.now()):
            self._say("circle-alert", "dangerText", last_checked(known, checks.line.now()), unchecked())
        elif checks.error:
            self._say("circle-alert", "warnText", self.tr("All {n} promises held").format(n=known.many), words)
        else:
            self._say("shield-check", "okText", self.tr("All {n} promises hold").format(n=known.many), words)

    def _say(self, icon: str, token: str, title: str, detail: str) -> None:
        self.picture.show_icon(icon, token)
        self.title.setText(title)
        self.detail.setText(detail)
        self.setAccessibleName(f"{title}. {detail}")
        self.setToolTip(f"{title}. {detail}")
