"""The head of what waits for a second person: what, by whom and why, and how long it still waits."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from admin_app.proposals.words import waits_until
from admin_app.refunds.run_side import NARROW
from admin_app.refunds.words import progress_look, short_code
from core.proposals import Proposal
from core.qt.line import LineState, moment
from core.qt.texts import breakable, cut
from core.qt.widgets import Elided, column, label, pill, row

LONGEST = 44  # signs of a title

translate = QCoreApplication.translate


class DecidingHead(QWidget):
    def __init__(self, line: LineState, name: Callable[[Proposal], str], why: Callable[[Proposal], str]) -> None:
        """`name` and `why` say what people call a proposal, and why it was made."""
        super().__init__()
        self.line, self.name_of, self.why_of = line, name, why
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
        self.title.setText(cut(self.name_of(found), LONGEST))
        self.state.say(look.word, look.tone, look.icon)
        at = moment(found.confirmed_at or found.created_at, self.line.now())
        words = translate("proposals", "Proposed by {name} with the login {login}, {time}. Code of what was shown: {code}")
        self.who.setText(words.format(name=found.made_by, login=found.login, time=at, code=short_code(found.digest)))
        self.why.setText(breakable(self.why_of(found)))
        self._tell()

    def _tell(self) -> None:
        """Say how long it still waits, and while there is no connection of when all of this is."""
        if self.found is None:
            return
        now, since = self.line.now(), self.line.offline_since
        self.waits.setText(waits_until(self.found, now))
        self.age.setVisible(since is not None)
        if since:
            self.age.say(translate("proposals", "as of {time}").format(time=moment(since, now)), None, "clock")
