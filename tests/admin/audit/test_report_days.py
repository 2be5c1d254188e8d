"""A report of lines that are asked for while the page is on the way to others: past midnight, and while it looks."""

from datetime import timedelta

import pytest

from admin_app.days import TODAY
from core.audit import waiting_reports
from tests.admin.audit.reporting import begun, names, opened, reaches, said


@pytest.fixture
def of_today(qtbot, sealed_page):
    """The page with the lines of today."""
    sealed_page.filters.days.stand(TODAY)
    qtbot.waitUntil(lambda: sealed_page.asked.span == TODAY and sealed_page.answered == sealed_page.asked and not sealed_page.loading)
    return sealed_page


def let_a_day_pass(page):
    then = page.line.now() + timedelta(days=1)
    page.line.now = page.source.now = lambda: then


def test_past_midnight_today_is_another_day(qtbot, of_today):
    before = of_today.resolved.filter
    let_a_day_pass(of_today)
    of_today.hear()
    qtbot.waitUntil(lambda: of_today.resolved.filter.since == before.since + timedelta(days=1))
    assert of_today.resolved.filter.until == before.until + timedelta(days=1)
    qtbot.waitUntil(lambda: of_today.listing.notice.title.text() == "Nothing found")


def test_a_report_past_midnight_is_of_the_day_that_it_names(qtbot, of_today, folder, auditor):
    let_a_day_pass(of_today)
    dialog = begun(of_today, folder / "report.pdf")
    reaches(qtbot, dialog, "failed")
    assert said(dialog) == "No line is like what you chose, so there is nothing to report."
    assert names(folder) == [] and waiting_reports(auditor) == []


def test_while_the_lines_are_not_read_it_says_so_and_tells_no_other_questions_number(qtbot, sealed_page, folder):
    sealed_page.filters.search.setText("nothing of the kind")
    assert opened(sealed_page, folder / "report.pdf") is None
    assert sealed_page.head.trouble.words.text() == "The lines are not read yet. Try again in a moment."
    qtbot.waitUntil(lambda: sealed_page.listing.notice.title.text() == "Nothing found")
    assert opened(sealed_page, folder / "report.pdf").act.text() == "No line to report"


def test_a_file_of_everything_past_midnight_is_of_today(qtbot, of_today, folder):
    let_a_day_pass(of_today)
    of_today.ask_where = lambda parent, suggested: str(folder / "trail.csv")
    with qtbot.waitSignal(of_today.said) as told:
        of_today.head.export_all.emit()
    assert told.args[0] == "0 rows exported"
