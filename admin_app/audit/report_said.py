"""Report said: what the dialog says of a report: on its button, on the way, and in the end."""

from PySide6.QtCore import QCoreApplication

from admin_app.audit.report_job import ReportJob
from core.audit import MOST_LINES
from core.qt.texts import breakable

ENDED = frozenset({"signed", "refused", "failed"})
Said = tuple[str, str, str]  # words, tone, icon

translate = QCoreApplication.translate


def act_words(many: int) -> str:
    """Say on the button what it does, or why it does nothing."""
    if many > MOST_LINES:
        return translate("report", "Too many lines")
    words = translate("report", "Save 1 line as …") if many == 1 else translate("report", "Save {n} lines as …")
    return words.format(n=f"{many:,}") if many else translate("report", "No line to report")


def too_many() -> Said:
    words = translate("report", "More than {n} lines match. Narrow them: fewer days, a person, or what was done.")
    return words.format(n=f"{MOST_LINES:,}"), "warn", "list-filter"


def stage_words(job: ReportJob, long: bool) -> str:
    """Say what is being done, and how far it is; `long`: it has waited for a worker for a while."""
    share = translate("report", "{n} %").format(n=job.done * 100 // max(job.total, 1))
    of = translate("report", "{n} of {all}").format(n=f"{job.done:,}", all=f"{job.total:,}") if job.total else ""
    said = {
        "verifying": translate("report", "Verifying the trail …"),
        "reading": translate("report", "Reading the lines …"),
        "wording": translate("report", "Putting them into words …"),
        "drawing": translate("report", "Writing the pages …"),
        "filing": translate("report", "Filing it …"),
        "waiting": _long(job) if long else translate("report", "Filed. The worker signs it …"),
    }.get(job.stage, "")
    return f"{said} {share if job.stage == 'drawing' else of}".strip()


def end_words(job: ReportJob) -> Said | None:
    """Say what became of it; None while it is under way."""
    places = job.asked.places
    if job.stage == "signed":
        words = translate("report", "Signed. {file}, its statement and its signature are in {folder}. They belong together.")
        return words.format(file=places.pdf.name, folder=breakable(str(places.pdf.parent))), "ok", "shield-check"
    if job.stage == "stopped":
        return translate("report", "Stopped. Nothing was written."), "info", "info"
    if job.stage not in ENDED:
        return None
    why = translate("report", "The worker refused to sign it. {why}").format(why=job.words) if job.stage == "refused" else job.words
    kept = translate("report", "The pages are kept as {file}, without a signature.").format(file=places.unsigned.name) if job.made else ""
    return f"{why} {kept}".strip(), "danger", "circle-alert"


def _long(job: ReportJob) -> str:
    words = translate(
        "report",
        "Filed, but no worker has answered so far. You may close this: {file} is kept, and becomes the signed report as soon as a worker"
        " runs and this program stays open. After that: Report …, Sign an earlier one.",
    )
    return words.format(file=job.asked.places.unsigned.name)
