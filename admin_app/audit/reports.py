"""Reports: the button of the trail's page that makes one, and what looks after those that wait for their signature."""

from functools import partial
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from admin_app.audit.question import TrailSource
from admin_app.audit.report import ReportDialog
from admin_app.audit.report_files import Places, why_unwritten
from admin_app.audit.report_job import Asked, ReportJob, why_failed
from admin_app.audit.report_words import filters_words
from admin_app.desk import Desk
from admin_app.paged import PagedPage, resolved_now
from core.audit import Report, report, reports_of
from core.base.days import LAGOS
from core.base.errors import Refused
from core.base.identifiers import new_id
from core.live import Changes
from core.qt.buttons import Button
from core.qt.task import run

translate = QCoreApplication.translate


def ask_where(parent: QWidget, suggested: str) -> str:
    """Ask for the file; "" when the person thought better of it."""
    path, _ = QFileDialog.getSaveFileName(parent, translate("report", "Save the report"), suggested, "PDF (*.pdf)")
    return path


def ask_which(parent: QWidget) -> str:
    """Ask for a report that is not signed yet; "" when the person thought better of it."""
    path, _ = QFileDialog.getOpenFileName(parent, translate("report", "Sign an earlier report"), "", "PDF (*.pdf)")
    return path


class Unsigned(Refused):
    """There is no signature for this file; says why."""


class Reports(QObject):
    """Needs the line, as everything that is written down does."""

    def __init__(self, page: PagedPage, desk: Desk, push: Button) -> None:
        super().__init__(page)
        self.page, self.desk, self.push = page, desk, push
        self.ask_where, self.ask_which = ask_where, ask_which
        self.dialog: ReportDialog | None = None
        self.waiting: dict[UUID, Places] = {}  # filed, and closed before a worker answered
        push.clicked.connect(self.open)
        desk.line.changed.connect(self._show_line)
        self._show_line()

    def open(self) -> None:
        """Ask what it is for, over the lines that are shown now."""
        page = self.page
        if not page.asked == page.answered == page.filters.value:
            page.head.complain(translate("report", "The lines are not read yet. Try again in a moment."))
            return
        known = max(page.resolved.many if page.resolved else 0, len(page.model.rows))
        dialog = self.dialog = ReportDialog(page, filters_words(page.filters, page.line.now()), known)
        dialog.wanted.connect(partial(self._begin, dialog))
        dialog.earlier.connect(partial(self._sign_earlier, dialog))
        dialog.finished.connect(lambda: self._closed(dialog))
        dialog.open()

    def hear(self, changes: Changes) -> None:
        """Look whether what waits was answered meanwhile."""
        if changes.resync or "audit" in changes.nouns:
            for report_id, places in list(self.waiting.items()):
                run(self, partial(report, self.desk.db, report_id), then=partial(self._answered, places), failed=self._failed)

    def _begin(self, dialog: ReportDialog, note: str) -> None:
        page = self.page
        name = translate("report", "audit trail report {day}").format(day=f"{self.desk.line.now().astimezone(LAGOS):%Y-%m-%d}")
        chosen = self.ask_where(dialog, f"{name}.pdf")
        if not chosen:
            return
        places = Places.chosen(chosen)
        if why_not := places.why_not():
            dialog.complain(why_not)
            return
        now = self.desk.line.now()  # the file may have been chosen past midnight
        which = filters_words(page.filters, now), filters_words(page.filters, now, kept=True)
        asked = Asked(new_id(), page.asked, resolved_now(page), *which, note, now, places)
        assert isinstance(page.source, TrailSource)
        if dialog.job:
            dialog.job.deleteLater()  # it came to nothing
        job = ReportJob(self.desk, page.source, asked, self)
        job.changed.connect(lambda: self._moved(dialog, job))
        dialog.follow(job)
        job.begin()

    def _moved(self, dialog: ReportDialog, job: ReportJob) -> None:
        """A job that waits when nobody looks any more is followed here."""
        if job.stage == "waiting" and dialog is not self.dialog:
            self.waiting[job.asked.id] = job.asked.places
            self.hear(Changes(resync=True))  # it may have been answered since the job looked
        elif job.stage == "signed" and dialog is not self.dialog:
            self._say(job.asked.places)

    def _closed(self, dialog: ReportDialog) -> None:
        self.dialog = None
        if dialog.job:
            self._moved(dialog, dialog.job)
            if dialog.job.stage != "filing":  # of that one the answer is still to come
                dialog.job.deleteLater()
        dialog.deleteLater()

    def _answered(self, places: Places, filed: Report | None) -> None:
        if not filed or filed.answered_at is None or self.waiting.pop(filed.id, None) is None:
            return

        def failed(error: Exception) -> None:
            if isinstance(error, OSError) and places.unsigned.exists():
                self.waiting[filed.id] = places
            self._failed(error)

        if filed.refusal:
            words = translate("report", "The worker refused to sign {file}. {why}")
            self.page.head.complain(words.format(file=places.unsigned.name, why=filed.refusal))
        else:
            run(self, partial(places.keep_signed, filed), then=lambda _: self._say(places), failed=failed)

    def _sign_earlier(self, dialog: ReportDialog) -> None:
        if chosen := self.ask_which(dialog):
            dialog.complain("")
            places = Places.earlier(Path(chosen))

            def failed(error: Exception) -> None:
                dialog.complain(why_failed(error, places.unsigned.name))

            done = translate("report", "Signed. {file} has its statement and its signature beside it.").format(file=places.pdf.name)
            run(dialog, partial(self._find, places), then=lambda _: dialog.praise(done), failed=failed)

    def _find(self, places: Places) -> None:
        """Find the signature of a file, and make the three of it. Blocks. Raises Refused, Offline or OSError."""
        found = reports_of(self.desk.db, sha256(places.unsigned.read_bytes()).hexdigest())
        file = places.unsigned.name
        if not found:
            raise Unsigned(translate("report", "{file} was never filed here, or it was changed since.").format(file=file))
        if found[0].refusal:
            words = translate("report", "The worker refused to sign {file}. {why}")
            raise Unsigned(words.format(file=file, why=found[0].refusal))
        if not found[0].signature:
            words = translate("report", "No worker has answered yet. {file} is signed as soon as one runs: try again then.")
            raise Unsigned(words.format(file=file))
        places.keep_signed(found[0])

    def _say(self, places: Places) -> None:
        self.page.said.emit(translate("report", "Report signed"), str(places.pdf))

    def _failed(self, error: Exception) -> None:
        """It is looked at again at the next occasion."""
        if isinstance(error, OSError):
            self.page.head.complain(why_unwritten(error, translate("report", "The report")))
        elif isinstance(error, Refused):
            self.page.head.complain(str(error))

    def _show_line(self) -> None:
        self.push.setEnabled(self.desk.line.can_save)
