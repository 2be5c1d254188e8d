"""The head of a refund that waits for a second person: what, by whom and why, and how long it still waits."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from admin_app.refunds.approve_against import time_left
from admin_app.refunds.run_side import NARROW
from admin_app.refunds.words import progress_look, reason_word, refund_name, short_code
from core.proposals import Progress, Proposal
from core.qt.line import LineState, moment
from core.qt.widgets import Elided, column, label, pill, row

translate = QCoreApplication.translate


class ApproveHead(QWidget):
    def __init__(self, line: LineState) -> None:
        super().__init__()
        self.line = line
        self.found: Proposal | None = None
        self.title, self.state, self.age = label("", 26, 600), pill(""), pill("", None, "clock")
        self.waits, self.who = label("", 15, 500, "muted"), Elided("", 15, 500)
        self.why = label("", 15, 400, None, wrap=True)
        self.top: QBoxLayout = row((row(self.title, 4, self.state, self.age, None), 1), self.waits)
        self.setLayout(column(self.top, self.who, self.why, spacing=4))
        line.changed.connect(self._tell)
        line.ticked.connect(self._tell)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW
        self.top.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def show_proposal(self, found: Proposal) -> None:
        self.found = found
        look = progress_look(found.state)
        self.title.setText(refund_name(found))
        self.state.say(look.word, look.tone, look.icon)
        at = moment(found.confirmed_at or found.created_at, self.line.now())
        words = translate("refunds", "Proposed by {name} with the login {login}, {time}. Code of what was shown: {code}")
        self.who.setText(words.format(name=found.made_by, login=found.login, time=at, code=short_code(found.digest)))
        self.why.setText(f"{reason_word(found.code)}: “{found.reason}”" if found.code else "")
        self._tell()

    def _tell(self) -> None:
        """Say how long it still waits, and while there is no connection of when all of this is."""
        if self.found is None:
            return
        now, since, until = self.line.now(), self.line.offline_since, self.found.approve_by
        waits = self.found.state is Progress.AWAITING_APPROVAL and until is not None
        words = translate("refunds", "Waits until {time}, {left}")
        self.waits.setText(words.format(time=moment(until, now), left=time_left(until, now)) if waits and until else "")
        self.age.setVisible(since is not None)
        if since:
            self.age.say(translate("refunds", "as of {time}").format(time=moment(since, now)), None, "clock")
