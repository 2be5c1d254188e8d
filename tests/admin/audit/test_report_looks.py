"""What making a report looks like, in each of its stages: names, sizes, nothing cut, in both themes."""

import pytest

from admin_app.audit import AuditPage, report_job
from admin_app.audit import report as report_dialog
from core.base.errors import Unanswered
from tests.admin.audit.reporting import Signing, opened, reaches
from tests.admin.conftest import page
from tests.support.looks import whole
from tests.support.trail import write_lines

SIZES = (1366, 768), (1920, 1080)


@pytest.fixture
def shown(qtbot, sign_in, lived, seal):
    seal()
    session = sign_in("owner")
    session.frame.go("audit")
    trail = page(session, AuditPage)
    qtbot.waitUntil(lambda: trail.listing.has_rows and not session.watch.running)
    trail.frame_shown = session.frame
    return trail


def looks(trail, name):
    whole(trail.frame_shown, f"office-report-{name}", 40, *SIZES, sheet=trail.reports.dialog)


def test_each_stage_is_named_large_enough_and_uncut(qtbot, shown, tmp_path, login, monkeypatch):
    monkeypatch.setattr(report_job, "POLL_EVERY", 50)
    (tmp_path / "a folder with a rather long name for Mrs Ọkafọ").mkdir()
    folder = tmp_path / "a folder with a rather long name for Mrs Ọkafọ"
    shown.filters.search.setText("chicken")
    qtbot.waitUntil(lambda: shown.answered.search == "chicken")
    dialog = opened(shown, folder / "report.pdf")
    looks(shown, "asked")
    dialog.complain("audit trail report 2026-11-29.statement is there already. Choose another name.")
    looks(shown, "taken")
    dialog.note.setText("For the inspection of the third quarter, and for the bank")
    dialog.act.click()
    reaches(qtbot, dialog, "waiting")
    dialog.job._poll.stop()  # it says the same again and again, also while the theme changes
    looks(shown, "waiting")
    monkeypatch.setattr(report_dialog, "LONG", 0)
    dialog.job.changed.emit()
    looks(shown, "no-worker")
    dialog.job._failed(Unanswered("No answer came."))
    looks(shown, "failed")
    dialog.again.click()
    signing = Signing(login("worker"), tmp_path)
    reaches(qtbot, dialog, "waiting")
    signing.look()
    reaches(qtbot, dialog, "signed")
    looks(shown, "signed")


def test_too_many_and_how_far_it_is(qtbot, shown, tmp_path, scene, owner_connection):
    write_lines(owner_connection, scene.town, 10_100)
    shown.load()
    qtbot.waitUntil(lambda: not shown.loading and shown.resolved.many > 10_000)
    dialog = opened(shown, tmp_path / "report.pdf")
    looks(shown, "too-many")
    dialog.many = 312
    dialog.act.setEnabled(True)
    dialog.act.click()
    dialog.job.stop()
    reaches(qtbot, dialog, "stopped")
    dialog.job._show("drawing", 4200, 20200)
    looks(shown, "drawing")
