"""A report that was left before it was signed: it is finished without anybody, and never half."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from admin_app.audit import report_job
from tests.admin.audit.reporting import begun, names, reaches
from tests.admin.conftest import tell

SIGNED = ["report.pdf", "report.statement", "report.statement.sig"]


def test_a_signature_that_came_since_it_was_looked_for_is_fetched_when_it_is_left(qtbot, sealed_page, folder, signing, monkeypatch):
    monkeypatch.setattr(report_job, "POLL_EVERY", 600_000)
    dialog = begun(sealed_page, folder / "report.pdf")
    reaches(qtbot, dialog, "waiting")
    signing.look()
    with qtbot.waitSignal(sealed_page.said) as heard:
        dialog.reject()
    assert heard.args == ["Report signed", str(folder / "report.pdf")] and names(folder) == SIGNED
    assert sealed_page.reports.waiting == {}


def test_where_the_files_could_not_be_written_it_waits_for_the_next_occasion(qtbot, sealed_page, folder, signing, monkeypatch):
    complained, complain = [], sealed_page.head.complain
    monkeypatch.setattr(sealed_page.head, "complain", lambda words: (complained.append(words), complain(words)))  # news take it away again
    dialog = begun(sealed_page, folder / "report.pdf")
    reaches(qtbot, dialog, "waiting")
    (folder / "report.pdf").mkdir()  # what no file can be written over
    dialog.reject()
    signing.look()
    tell(sealed_page, "audit")
    qtbot.waitUntil(lambda: any("could not be read or written" in words for words in complained))
    qtbot.waitUntil(lambda: len(sealed_page.reports.waiting) == 1)
    (folder / "report.pdf").rmdir()
    with qtbot.waitSignal(sealed_page.said):
        tell(sealed_page, "audit")
    assert names(folder) == SIGNED and sealed_page.reports.waiting == {}


def test_nobody_leaves_it_while_its_files_are_written(qtbot, sealed_page, folder, signing):
    dialog = begun(sealed_page, folder / "report.pdf")
    reaches(qtbot, dialog, "waiting")
    stages = []

    def try_to_leave():
        stages.append(dialog.job.stage)
        if dialog.job.stage == "filing":
            QTest.keyClick(dialog, Qt.Key.Key_Escape)

    dialog.job.changed.connect(try_to_leave)
    signing.look()
    reaches(qtbot, dialog, "signed")
    assert stages[-2:] == ["filing", "signed"] and dialog.isVisible() and names(folder) == SIGNED
