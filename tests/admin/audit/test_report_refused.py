"""Where there is no report of the trail: what was rewritten, what a captured worker says, and files that are somebody else's."""

import pytest

from admin_app.audit import AuditPage
from core.audit import Key, reports_of, sign_report, waiting_reports
from core.base.errors import Busy, Missing, Stale, TooFast, Unanswered
from core.base.identifiers import new_id
from core.commands import settle_command
from tests.admin.audit.reporting import begun, names, opened, reaches, said
from tests.admin.conftest import page as page_of
from tests.support.reports import answer


def test_a_file_that_was_never_filed_or_was_changed_gets_no_signature(qtbot, sealed_page, folder, signing):
    dialog = begun(sealed_page, folder / "report.pdf")
    reaches(qtbot, dialog, "waiting")
    dialog.reject()
    sealed_page.reports.waiting.clear()  # as if the program had been started anew
    signing.look()
    unsigned = folder / "report (not signed).pdf"
    unsigned.write_bytes(unsigned.read_bytes() + b" ")
    sealed_page.reports.ask_which = lambda parent: str(unsigned)
    dialog = opened(sealed_page, "")
    dialog.before.click()
    qtbot.waitUntil(lambda: "was never filed here, or it was changed since" in said(dialog))
    unsigned.unlink()
    dialog.before.click()
    qtbot.waitUntil(lambda: "could not be read" in said(dialog))
    assert "Choose another place" not in said(dialog)
    assert names(folder) == []


def test_where_nothing_was_sealed_there_is_no_report(qtbot, open_at_desk, lived, folder):
    page = open_at_desk(AuditPage, "auditor")
    page.filters.action.choose("cancel_order")
    qtbot.waitUntil(lambda: len(page.listing.view.model().rows) == 1)
    dialog = begun(page, folder / "report.pdf")
    reaches(qtbot, dialog, "failed")
    assert "None of these lines is sealed yet" in said(dialog) and names(folder) == []


def test_of_a_trail_that_was_rewritten_there_is_no_report(qtbot, sealed_page, folder, rewrite, auditor):
    rewrite("UPDATE app.audit_events SET reason = 'Because' WHERE action = 'cancel_order'")
    dialog = begun(sealed_page, folder / "report.pdf")
    reaches(qtbot, dialog, "failed")
    assert "The trail is not what was sealed, so there is no report." in said(dialog)
    assert names(folder) == [] and waiting_reports(auditor) == []
    rewrite("UPDATE app.audit_events SET reason = 'Out of stock: no chicken left' WHERE action = 'cancel_order'")


def test_an_old_line_that_was_changed_after_it_was_verified_gets_into_no_report(qtbot, sign_in, lived, seal, scene, folder, rewrite):
    seal()
    session = sign_in("owner")
    qtbot.waitUntil(lambda: session.watch.found is not None and not session.watch.running)
    scene.order()
    seal()
    rewrite("UPDATE app.audit_events SET reason = 'Because' WHERE action = 'cancel_order'")
    session.watch.verify()
    qtbot.waitUntil(lambda: not session.watch.running)
    assert session.watch.alarm is None  # it verifies from the head that it kept on
    session.frame.go("audit")
    page = page_of(session, AuditPage)
    qtbot.waitUntil(lambda: page.listing.has_rows)
    dialog = begun(page, folder / "report.pdf")
    reaches(qtbot, dialog, "failed")
    assert "The trail is not what was sealed" in said(dialog) and names(folder) == []
    assert session.watch.alarm.wrong > 0  # every page says so from now on
    dialog.reject()
    rewrite("UPDATE app.audit_events SET reason = 'Out of stock: no chicken left' WHERE action = 'cancel_order'")


def test_a_worker_that_refuses_is_quoted_and_the_pages_stay_unsigned(qtbot, sealed_page, folder, signing, rewrite):
    dialog = begun(sealed_page, folder / "report.pdf")
    reaches(qtbot, dialog, "waiting")
    rewrite("UPDATE app.reports SET lines = 1")
    signing.look()
    reaches(qtbot, dialog, "refused")
    assert "The worker refused to sign it. The statement says something else than what was filed." in said(dialog)
    assert "kept as report (not signed).pdf" in said(dialog) and names(folder) == ["report (not signed).pdf"]


@pytest.mark.parametrize("forged", ["another key's", "another report's", "none"])
def test_a_captured_workers_login_without_its_key_makes_no_signed_report(qtbot, sealed_page, folder, login, forged, tmp_path):
    dialog = begun(sealed_page, folder / "report.pdf")
    reaches(qtbot, dialog, "waiting")
    one, two = Key.of(tmp_path / "one.pem"), Key.of(tmp_path / "two.pem")
    told = answer(dialog.job.report, one)
    told["signature"] = {"another key's": answer(dialog.job.report, two)["signature"], "another report's": two.sign("rachel report 1"),
                         "none": "A" * 86 + "=="}[forged]  # fmt: skip
    sign_report(login("worker"), new_id(), dialog.job.report.id, **told)
    reaches(qtbot, dialog, "failed")
    assert "What came is not a signature of this report." in said(dialog) and names(folder) == ["report (not signed).pdf"]


def test_after_a_lost_answer_it_is_filed_once(qtbot, sealed_page, folder, auditor):
    dialog = begun(sealed_page, folder / "report.pdf")
    reaches(qtbot, dialog, "waiting")
    dialog.job._failed(Unanswered("No answer came."))
    assert "it is filed once" in said(dialog) and dialog.again.isVisible()
    dialog.again.click()
    reaches(qtbot, dialog, "waiting")
    assert len(waiting_reports(auditor)) == 1
    assert len(reports_of(auditor, dialog.job.made.sha256)) == 1


def test_one_whose_id_was_settled_as_not_recorded_is_made_anew(qtbot, sealed_page, folder, auditor):
    dialog = begun(sealed_page, folder / "report.pdf")
    settle_command(auditor, dialog.job.asked.id)  # as after a lost answer: the id is closed
    reaches(qtbot, dialog, "failed")
    assert said(dialog) == "It was not recorded. Make it once more." and names(folder) == []
    assert dialog.act.isVisible() and not dialog.again.isVisible()
    dialog.act.click()
    reaches(qtbot, dialog, "waiting")
    assert len(waiting_reports(auditor)) == 1 and names(folder) == ["report (not signed).pdf"]


@pytest.mark.parametrize("error", [Stale(""), Missing(""), TooFast("", {"seconds": 7200})])
def test_what_is_refused_for_good_leaves_no_pages_and_can_be_made_anew(qtbot, sealed_page, folder, error):
    dialog = begun(sealed_page, folder / "report.pdf")
    reaches(qtbot, dialog, "waiting")
    dialog.job.stage, dialog.job.report = "filing", None
    dialog.job._failed(error)
    assert names(folder) == [] and dialog.act.isVisible() and not dialog.again.isVisible()


@pytest.mark.parametrize("error", [Busy(""), TooFast("", {"seconds": 1}), Unanswered("")])
def test_what_may_be_filed_in_a_moment_keeps_its_pages_and_its_id(qtbot, sealed_page, folder, error):
    dialog = begun(sealed_page, folder / "report.pdf")
    reaches(qtbot, dialog, "waiting")
    dialog.job.stage, dialog.job.report = "filing", None
    dialog.job._failed(error)
    assert names(folder) == ["report (not signed).pdf"] and dialog.again.isVisible()


def test_a_folder_that_cannot_be_written_is_said_and_another_may_be_chosen(qtbot, sealed_page, folder, auditor):
    dialog = begun(sealed_page, folder / "gone" / "report.pdf")
    reaches(qtbot, dialog, "failed")
    assert "report.pdf could not be read or written: No such file or directory. Choose another place." in said(dialog)
    assert waiting_reports(auditor) == [] and not dialog.again.isVisible()
    sealed_page.reports.ask_where = lambda parent, suggested: str(folder / "report.pdf")
    dialog.act.click()
    reaches(qtbot, dialog, "waiting")
    assert len(waiting_reports(auditor)) == 1 and names(folder) == ["report (not signed).pdf"]


def test_what_lies_there_is_never_written_over_unasked(qtbot, sealed_page, folder, signing):
    (folder / "report.statement").write_text("somebody's")
    dialog = begun(sealed_page, folder / "report")
    assert said(dialog) == "report.statement is there already. Choose another name." and dialog.job is None
    (folder / "report.statement").unlink()
    (folder / "report.pdf").write_text("somebody's")
    sealed_page.reports.ask_where = lambda parent, suggested: str(folder / "report")  # the ending was not typed, so nobody was asked
    dialog.act.click()
    assert said(dialog) == "report.pdf is there already. Choose another name."
    sealed_page.reports.ask_where = lambda parent, suggested: str(folder / "report.pdf")  # that is asked by whoever asks for the file
    dialog.act.click()
    reaches(qtbot, dialog, "waiting")
    assert (folder / "report.pdf").read_text() == "somebody's"
    signing.look()
    reaches(qtbot, dialog, "signed")
    assert (folder / "report.pdf").read_bytes().startswith(b"%PDF-")


def test_one_that_waits_is_not_written_over(qtbot, sealed_page, folder):
    reaches(qtbot, begun(sealed_page, folder / "report.pdf"), "waiting")
    sealed_page.reports.dialog.reject()
    dialog = begun(sealed_page, folder / "report.pdf")
    assert "report (not signed).pdf waits for its signature there." in said(dialog)


def test_after_a_fault_of_ours_whoever_waits_gets_out(qtbot, sealed_page, folder):
    dialog = begun(sealed_page, folder / "report.pdf")
    reaches(qtbot, dialog, "waiting")
    with pytest.raises(ZeroDivisionError):
        dialog.job._failed(ZeroDivisionError())
    assert "The report could not be made." in said(dialog) and dialog.back.isVisible()
    dialog.back.click()
    assert sealed_page.reports.dialog is None
