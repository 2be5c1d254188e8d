"""A report of the trail from the office: what stands in it, who signs it, and that nothing half is ever left."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from admin_app.audit import AuditPage
from admin_app.audit import report as report_dialog
from core.audit import TrailFilter, read_statement, trail, waiting_reports
from core.base.identifiers import new_id
from core.orders import place_order
from core.qt import task
from core.stock import receive_stock
from tests.admin.audit.reporting import begun, names, opened, pages, reaches, said
from tests.admin.conftest import names as column
from tests.admin.conftest import tell
from tests.support.trail import write_lines
from tests.support.waiting import wait_until


def only(qtbot, page, action):
    page.filters.action.choose(action)
    qtbot.waitUntil(lambda: page.answered == page.asked and page.asked.action == action and not page.loading)


def test_the_lines_that_are_filtered_become_pages_a_statement_and_a_signature(qtbot, sealed_page, folder, signing, auditor):
    only(qtbot, sealed_page, "cancel_order")
    dialog = begun(sealed_page, folder / "report.pdf", "For the inspection")
    reaches(qtbot, dialog, "waiting")
    assert names(folder) == ["report (not signed).pdf"]
    [signed] = signing.look()
    reaches(qtbot, dialog, "signed")
    assert names(folder) == ["report.pdf", "report.statement", "report.statement.sig"]
    pdf, stated = (folder / "report.pdf").read_bytes(), read_statement((folder / "report.statement").read_text(encoding="utf-8"))
    assert pdf.startswith(b"%PDF-") and pages(pdf) == 1
    told = stated.told
    assert (told.sha256, told.size, told.lines) == (sha256(pdf).hexdigest(), len(pdf), 1)
    assert (told.filters, told.note) == ("Did what: Cancelled an order", "For the inspection")
    assert signing.key.sign_bytes(stated.text.encode()) == (folder / "report.statement.sig").read_bytes()
    assert stated.head.code in dialog.codes.text() and "Signed. report.pdf" in said(dialog)
    assert [line.action for line in trail(auditor, TrailFilter(object_id=signed.id), oldest_first=True)] == ["file_report", "sign_report"]


def test_words_that_were_searched_for_stand_on_the_pages_and_are_kept_nowhere(qtbot, sealed_page, folder, auditor, owner_connection):
    sealed_page.filters.search.setText("chicken")
    only(qtbot, sealed_page, "cancel_order")
    dialog = begun(sealed_page, folder / "report.pdf")
    assert dialog.which.text().replace("\u200b", "") == dialog.job.asked.filters == "Search: “chicken”; Did what: Cancelled an order"
    reaches(qtbot, dialog, "waiting")
    [report] = waiting_reports(auditor)
    assert report.filters == "Search: words that stand on the pages alone; Did what: Cancelled an order"
    tables = "app.reports AS r", "app.audit_events AS r WHERE r.noun = 'audit'", "app.commands AS r WHERE r.verb = 'file_report'"
    held = [row for table in tables for row in owner_connection.execute(f"SELECT r::text FROM {table}").fetchall()]
    assert len(held) > 2 and not any("chicken" in row[0] for row in held)


def test_where_nothing_was_chosen_nothing_happens(sealed_page, folder, auditor):
    dialog = begun(sealed_page, "")
    assert dialog.job is None and dialog.act.isVisible() and waiting_reports(auditor) == []


def test_while_no_worker_runs_the_pages_are_kept_unsigned_and_finished_when_one_does(qtbot, sealed_page, folder, signing, monkeypatch):
    monkeypatch.setattr(report_dialog, "LONG", 0)
    dialog = begun(sealed_page, folder / "report.pdf")
    reaches(qtbot, dialog, "waiting")
    qtbot.waitUntil(lambda: "no worker has answered so far" in dialog.stage.text())
    assert "report (not signed).pdf is kept" in dialog.stage.text() and "After that: Report …, Sign an earlier one." in dialog.stage.text()
    dialog.back.click()
    assert sealed_page.reports.dialog is None
    tell(sealed_page, "audit")
    assert names(folder) == ["report (not signed).pdf"]
    signing.look()
    with qtbot.waitSignal(sealed_page.said) as heard:
        tell(sealed_page, "audit")
    assert heard.args == ["Report signed", str(folder / "report.pdf")]
    assert names(folder) == ["report.pdf", "report.statement", "report.statement.sig"]
    assert sealed_page.reports.waiting == {}


def test_one_that_another_program_left_unsigned_is_signed_by_choosing_its_file(qtbot, sealed_page, folder, signing, open_at_desk):
    dialog = begun(sealed_page, folder / "report.pdf")
    reaches(qtbot, dialog, "waiting")
    dialog.reject()
    unsigned = folder / "report (not signed).pdf"
    other = open_at_desk(AuditPage, "owner")
    other.reports.ask_which = lambda parent: str(unsigned)
    dialog = opened(other, "")
    dialog.before.click()
    qtbot.waitUntil(lambda: "No worker has answered yet" in said(dialog))
    signing.look()
    dialog.before.click()
    qtbot.waitUntil(lambda: said(dialog) == "Signed. report.pdf has its statement and its signature beside it.")
    assert names(folder) == ["report.pdf", "report.statement", "report.statement.sig"]


def test_it_can_be_stopped_while_it_reads_and_leaves_nothing(qtbot, open_at_desk, scene, seal, owner_connection, folder, auditor):
    write_lines(owner_connection, scene.town, 1500, newest=datetime.now(UTC))
    wait_until(lambda: seal()["events"].position > 1500)  # whatever else the server does meanwhile
    page = open_at_desk(AuditPage, "auditor")
    dialog = begun(page, folder / "report.pdf")
    qtbot.waitUntil(lambda: dialog.job.stage in ("reading", "wording", "drawing"))
    assert dialog.stop.isVisible() and not dialog.back.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)  # stops, and stays open
    reaches(qtbot, dialog, "stopped")
    assert said(dialog) == "Stopped. Nothing was written." and dialog.isVisible() and dialog.act.isEnabled()
    assert names(folder) == [] and waiting_reports(auditor) == []
    dialog.act.click()
    reaches(qtbot, dialog, "waiting")
    assert [report.lines for report in waiting_reports(auditor)] == [len(trail(auditor, limit=9000)) - 1]  # but for its own line


def test_it_can_be_stopped_after_its_last_step_too_and_leaves_nothing(qtbot, sealed_page, folder, auditor):
    dialog = begun(sealed_page, folder / "report.pdf")
    job = dialog.job

    def stop_when_all_is_drawn():
        if job.stage == "drawing" and not job._stop.is_set():
            wait_until(lambda: names(folder) == ["report (not signed).pdf"])  # while nothing else is done in this thread
            job.stop()

    job.changed.connect(stop_when_all_is_drawn)
    reaches(qtbot, dialog, "stopped")
    assert said(dialog) == "Stopped. Nothing was written." and names(folder) == [] and waiting_reports(auditor) == []
    dialog.act.click()
    reaches(qtbot, dialog, "waiting")


def test_a_sheet_that_is_closed_from_outside_or_a_program_that_ends_stops_it(qtbot, open_at_desk, scene, seal, owner_connection, folder):
    write_lines(owner_connection, scene.town, 3000)
    seal()
    page = open_at_desk(AuditPage, "auditor")
    dialog = begun(page, folder / "report.pdf")
    dialog.hide()
    reaches(qtbot, dialog, "stopped")
    dialog.act.click()
    stop, dialog.job = dialog.job._stop, None
    page.reports.deleteLater()
    qtbot.waitUntil(stop.is_set)
    assert task.wait(10) and names(folder) == []


def test_more_than_ten_thousand_lines_are_to_be_narrowed(open_at_desk, scene, seal, owner_connection, folder):
    write_lines(owner_connection, scene.town, 10_100)
    seal()
    dialog = opened(open_at_desk(AuditPage, "auditor"), folder / "report.pdf")
    assert (dialog.act.text(), dialog.act.isEnabled()) == ("Too many lines", False)
    assert "More than 10,000 lines match. Narrow them" in said(dialog)


def test_what_is_not_sealed_yet_is_left_out_and_told(qtbot, sealed_page, folder, cook, scene, auditor):
    receive_stock(cook, new_id(), scene.town.rice, 100, "")
    only(qtbot, sealed_page, "receive_stock")
    reaches(qtbot, begun(sealed_page, folder / "report.pdf"), "waiting")
    assert [report.lines for report in waiting_reports(auditor)] == [1]


def test_nothing_to_report_is_said_on_the_button(qtbot, sealed_page, folder):
    sealed_page.filters.search.setText("nothing of the kind")
    qtbot.waitUntil(lambda: sealed_page.listing.notice.title.text() == "Nothing found")
    dialog = opened(sealed_page, folder / "report.pdf")
    assert (dialog.act.text(), dialog.act.isEnabled()) == ("No line to report", False)


def test_while_offline_there_is_none(sealed_page, line):
    line._take("offline", line.now(), None)
    assert not sealed_page.reports.push.isEnabled()
    line._take("live", line.now(), None)
    assert sealed_page.reports.push.isEnabled()


@pytest.mark.parametrize("who", ["support", "finance", "owner", "auditor"])
def test_whoever_reads_the_trail_may_report_it(qtbot, open_at_desk, lived, seal, folder, signing, who):
    seal()
    page = open_at_desk(AuditPage, who)
    dialog = begun(page, folder / "report.pdf")
    reaches(qtbot, dialog, "waiting")
    signing.look()
    reaches(qtbot, dialog, "signed")


def test_all_is_done_by_keyboard(qtbot, sealed_page, folder, signing):
    sealed_page.reports.ask_where = lambda parent, suggested: str(folder / suggested)
    sealed_page.reports.push.setFocus()
    QTest.keyClick(sealed_page.reports.push, Qt.Key.Key_Return)
    dialog = sealed_page.reports.dialog
    dialog.note.setFocus()
    QTest.keyClicks(dialog.note, "Inspection")
    QTest.keyClick(dialog.note, Qt.Key.Key_Return)
    assert dialog.job is None  # Enter on a line sends nothing
    for _ in range(8):
        if dialog.focusWidget() is dialog.act:
            break
        QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Tab)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    reaches(qtbot, dialog, "waiting")
    signing.look()
    reaches(qtbot, dialog, "signed")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert sealed_page.reports.dialog is None
    assert column(sealed_page, 2)[0]  # the page is there as before


def test_new_lines_that_come_meanwhile_move_nothing_under_the_report(qtbot, sealed_page, folder, ordering, scene, auditor, seal):
    only(qtbot, sealed_page, "place_order")
    many = sealed_page.resolved.many
    place_order(ordering, new_id(), scene.town.yaba, scene.town.customer, [scene.town.water], [1], "")
    seal()
    reaches(qtbot, begun(sealed_page, folder / "report.pdf"), "waiting")
    assert waiting_reports(auditor)[0].lines == many + 1
