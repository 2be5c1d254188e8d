"""The head of a refund's document: what it is, where it is, how far, and how fresh all of that is."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QProgressBar, QWidget

from admin_app.refunds.run_pace import Pace, left_words
from admin_app.refunds.run_reading import Standing
from admin_app.refunds.run_side import NARROW
from admin_app.refunds.run_words import beside, how_far
from admin_app.refunds.words import progress_look, refund_name
from core.proposals import Progress
from core.qt.line import LineState, moment
from core.qt.widgets import chip, column, label, pill, row

translate = QCoreApplication.translate


class RunHead(QWidget):
    turned = Signal(bool)  # to how it was confirmed, or back to the run

    def __init__(self, line: LineState) -> None:
        super().__init__()
        self.line, self.pace = line, Pace()
        self.standing: Standing | None = None
        self.title, self.state, self.age = label("", 26, 600), pill(""), pill("", None, "clock")
        self.how_far, self.beside = label("", 15, 500), label("", 15, 400, "warn", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(translate("refunds", "Lines done"))
        self.run, self.shown = chip(translate("refunds", "The run"), "admin"), chip(translate("refunds", "As it was confirmed"), "admin")
        self.ways = QButtonGroup(self)
        for push in (self.run, self.shown):
            self.ways.addButton(push)
        self.run.setChecked(True)
        self.shown.toggled.connect(self.turned)
        self.top: QBoxLayout = row((row(self.title, 4, self.state, self.age, None), 1), row(self.run, self.shown, None))
        self.setLayout(column(self.top, self.bar, row(self.how_far, (self.beside, 1), spacing=10), spacing=8))
        line.changed.connect(self._tell)
        line.ticked.connect(self._tell)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW
        self.top.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def show_standing(self, standing: Standing) -> None:
        if self.standing is None or self.standing.proposal.id != standing.proposal.id:
            self.pace = Pace()
            self.run.setChecked(True)
        self.standing = standing
        if standing.proposal.state is not Progress.RUNNING:
            self.pace = Pace()  # it stands still: how fast it was says nothing of how fast it will be
        self.pace.tell(self.line.now(), standing.handled)
        look = progress_look(standing.proposal.state)
        self.title.setText(refund_name(standing.proposal))
        self.state.say(look.word, look.tone, look.icon)
        self.bar.setRange(0, standing.proposal.lines)
        self.bar.setValue(standing.progress.done)
        self._tell()

    def _tell(self) -> None:
        """Say how far it is, and while there is no connection of when that is."""
        if self.standing is None:
            return
        since, now = self.line.offline_since, self.line.now()
        runs = self.standing.proposal.state is Progress.RUNNING and not since
        left = left_words(self.pace.left(now, self.standing.progress.waiting)) if runs else ""
        self.how_far.setText(how_far(self.standing, left))
        self.beside.setText(beside(self.standing))
        self.age.setVisible(since is not None)
        if since:
            self.age.say(translate("refunds", "as of {time}").format(time=moment(since, now)), None, "clock")
