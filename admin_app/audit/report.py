"""Report dialog: what a report would be of and what it is for; then how far it is, and what became of it."""

import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from admin_app.audit.report_job import ReportJob
from admin_app.audit.report_said import ENDED, act_words, end_words, stage_words, too_many
from core.audit import MOST_LINES
from core.qt.dialog import Dialog, heading
from core.qt.form import Field, entry
from core.qt.texts import breakable
from core.qt.widgets import button, column, frame, label, note, row

WIDTH, LONGEST = 640, 200  # px, signs
FINE = 1000  # steps of the bar
LONG = 10.0  # seconds after which it is said that no worker answers
MAKING = frozenset({"verifying", "reading", "wording", "drawing"})  # what can be stopped


class ReportDialog(Dialog):
    """Shows a job's stages in its own place. Escape goes back; while pages are made, it stops them first."""

    wanted = Signal(str)  # what it is for: now it is asked where it goes
    earlier = Signal()  # one that was made before is to be signed
    left = Signal()

    def __init__(self, parent: QWidget, which: str, many: int) -> None:
        """`which` lines, in words, and how many: no further than one more than may be."""
        super().__init__(parent, self.tr("A report of these lines"))
        self.setFixedWidth(WIDTH)
        self.job: ReportJob | None = None
        self.many, self.waits_since = many, 0.0
        self.which = label(breakable(which), 15, 500, wrap=True)
        self.note = entry()
        self.note.setMaxLength(LONGEST)
        known = self.tr("It stands on the first page and is kept for ever. Write no customer's name and no phone number.")
        self.field = Field(self.tr("What it is for, if you like"), self.note, known)
        self.stage, self.bar = label("", 15, 500, wrap=True), QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("How far the report is"))
        self.end = note("", "ok", "circle-check")
        self.codes = label("", 14, 400, "muted", wrap=True)
        self.codes.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.codes.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # Tab reaches it
        self.back = button("", None, "admin")
        self.before = button(self.tr("Sign an earlier one …"), None, "admin")
        self.stop = button(self.tr("Stop"), None, "admin", "x")
        self.again = button(self.tr("Try again"), None, "admin", "refresh-cw")
        self.act = button(act_words(self.many), "primary", "admin", "printer")
        self._lay_out()
        self._listen()
        self._show()
        self.setFocus()

    def complain(self, sentence: str) -> None:
        """Say above the buttons what is in the way; "" for nothing."""
        self.end.say(sentence, "danger", "circle-alert")
        self.end.setVisible(bool(sentence))
        self.adjustSize()

    def praise(self, sentence: str) -> None:
        """Say above the buttons what was done."""
        self.end.say(sentence, "ok", "circle-check")
        self.end.show()
        self.adjustSize()

    def follow(self, job: ReportJob) -> None:
        """Show how far this job is, from now on."""
        self.job = job
        job.changed.connect(self._show)
        self._show()

    def reject(self) -> None:
        if self.job and self.job.stage in MAKING:
            self.job.stop()
        elif not (self.job and self.job.stage == "filing"):
            super().reject()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous() and self.job:  # the window is closed, or the sheet is
            self.job.stop()

    def _lay_out(self) -> None:
        fact = self.tr("Pages to print or to file, with the head of the trail. The worker signs them; nobody else can.")
        chosen = frame("sunken", column(label(self.tr("Which lines"), 14, 400, "muted"), self.which, margins=(14, 10, 14, 12), spacing=2))
        self.working = QWidget()
        self.working.setLayout(column(self.stage, self.bar, spacing=8))
        foot = row(self.back, self.before, None, self.stop, self.again, self.act)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_content(column(
            heading(self.windowTitle(), fact, "printer"), chosen, self.field, self.working, self.end, self.codes, foot,
            margins=(28, 24, 28, 24), spacing=14,
        ))  # fmt: skip

    def _listen(self) -> None:
        self.back.clicked.connect(self.reject)
        self.before.clicked.connect(self.earlier)
        self.stop.clicked.connect(self.reject)
        self.again.clicked.connect(lambda: self.job.begin() if self.job else None)
        self.act.clicked.connect(lambda: self.wanted.emit(" ".join(self.note.text().split())))

    def _show(self) -> None:
        stage = self.job.stage if self.job else "stopped"
        asking = stage == "stopped" or stage == "failed" and not (self.job and self.job.made)  # as if nothing had been
        working = stage not in ENDED
        self.field.setVisible(asking)
        self.working.setVisible(working and not asking)
        self._show_end(stage)
        self.back.setText(self.tr("Go back") if asking else self.tr("Close"))
        self.back.setVisible(asking or stage == "waiting" or not working)
        self.stop.setVisible(stage in MAKING)
        self.again.setVisible(stage == "failed" and not asking)
        self.before.setVisible(asking)
        self.act.setVisible(asking)
        self.act.setEnabled(0 < self.many <= MOST_LINES)
        self.act.setText(act_words(self.many))
        self._show_stage(stage)
        self.adjustSize()

    def _show_stage(self, stage: str) -> None:
        if self.job:
            self.waits_since = (self.waits_since or time.monotonic()) if stage == "waiting" else 0.0
            self.stage.setText(stage_words(self.job, time.monotonic() - self.waits_since > LONG))
            self.bar.setRange(0, FINE if self.job.total else 0)
            self.bar.setValue(self.job.done * FINE // max(self.job.total, 1))

    def _show_end(self, stage: str) -> None:
        said = end_words(self.job) if self.job else too_many() if self.many > MOST_LINES else None
        self.end.setVisible(said is not None)
        if said:
            self.end.say(*said)
        made = self.job.made if self.job and stage == "signed" else None
        self.codes.setVisible(made is not None)
        if made:
            self.codes.setText(self.tr("Head of the trail: {code}").format(code=made.head.code))
