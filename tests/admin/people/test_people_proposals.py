"""What waits for a second person, on the staff page and on its own; and all that is over: searched, reopened as documents, exported."""

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from admin_app.proposals.page import ApprovalsPage
from admin_app.proposals.question import Outcome, Question
from admin_app.staff import StaffPage
from core.base.identifiers import new_id
from core.live import Changes
from core.orders import State
from core.proposals import Kind, preview_limits, preview_suspension, reject_proposal
from core.staff import Role, me
from tests.admin.conftest import choose, names, page
from tests.support.people import SOON, confirmed
from tests.support.refund_views import words
from tests.support.refunds import refund, set_limits


@pytest.mark.parametrize("who", ["owner", "auditor"])
def test_the_staff_page_says_what_waits_for_a_second_person_and_leads_there(qtbot, open_at_desk, raised, who):
    page = open_at_desk(StaffPage, who, pages={"approvals"})
    qtbot.waitUntil(page.strip.isVisible)
    line = page.strip._look(page.strip.lines.shown[0])
    assert line.words == "Limits of Funmi Ade: ₦60,000.00 at once, ₦200,000.00 a day" and line.figure.startswith("until ")
    assert line.below == "Ada Eze: Knows the work, “Knows the work by now”"
    assert line.below_figure == "Gbenga Alabi can approve it."
    with qtbot.waitSignal(page.wanted) as wanted:
        page.strip.lines.setFocus()
        page.strip.lines.setCurrentIndex(page.strip.lines.rows.index(0, 0))
        QTest.keyClick(page.strip.lines, Qt.Key.Key_Return)
    assert wanted.args == ["approvals", raised.id]


def test_where_nothing_waits_there_is_no_strip(qtbot, open_at_desk, raised, login):
    page = open_at_desk(StaffPage, "owner", pages={"approvals"})
    qtbot.waitUntil(page.strip.isVisible)
    reject_proposal(login("finance"), new_id(), raised.id, "Not before the audit")
    page.take(Changes(False, frozenset({"proposals"}), frozenset({raised.id})))
    qtbot.waitUntil(page.strip.isHidden)


def test_a_refund_that_waits_is_pointed_to_on_its_own_page(qtbot, approvals, two, login, scene, owner_connection):
    set_limits(owner_connection, alone=0)
    waiting = refund(login("support"), scene.order(State.ACCEPTED, State.PREPARING).id)
    page = approvals()
    qtbot.waitUntil(page.strip.isVisible)
    line = page.strip._look(page.strip.lines.shown[0])
    assert (line.words, line.below_figure) == ("Refund of ₦2,500.00", "Waits for your word")
    with qtbot.waitSignal(page.wanted) as wanted:
        page.strip.lines.opened.emit(page.strip.lines.shown[0])
    assert wanted.args == ["refunds", waiting.id] and page.listing.notice.title.text() == "Nothing was proposed yet"


def test_all_of_them_stay_as_documents_with_who_when_why_and_what_became_of_them(qtbot, approvals, past, owner):
    page = approvals()
    assert names(page, 1) == [
        "Limits for everybody\n₦40,000.00 at once, ₦100,000.00 a day", "Ngozi Eze taken back", "Suspension of Ngozi Eze",
        "Limits of Funmi Ade\n₦60,000.00 at once, ₦200,000.00 a day",
    ]  # fmt: skip
    assert names(page, 2)[0] == "Something else\nLess until the audit is over"
    assert names(page, 3) == ["Done", "Done", "Done", "Rejected\nby Gbenga Alabi"]
    choose(page, 3)
    page.listing.open_current()
    said = words(page.detail)
    assert {"Limits of Funmi Ade", "Rejected", "₦50,000.00", "₦60,000.00", "Nobody agreed", "“Not before the audit”"} <= set(said)
    choose(page, 2)
    page.listing.open_current()
    assert {"Suspension of Ngozi Eze", "Ngozi Eze", "Active", "Suspended", "Nobody had to agree"} <= set(words(page.detail))


def test_they_are_searched_by_staff_customer_and_note_and_narrowed(qtbot, approvals, past):
    page = approvals()
    for typed, found in (("funmi", 1), ("ngozi", 2), ("before audit", 1), ("gbenga", 1), ("stolen", 2), ("nobody at all", 0)):
        page.filters.search.setText(typed)
        qtbot.waitUntil(lambda typed=typed, found=found: page.answered.search == typed and len(page.model.rows) == found)
    assert page.listing.notice.title.text() == "Nothing found"
    page.filters.clear()
    for question, found in ((Question(kind=Kind.LIMITS), 2), (Question(outcome=Outcome.ENDED), 1), (Question(outcome=Outcome.WAITING), 0)):
        page.look_at(question)
        qtbot.waitUntil(lambda question=question, found=found: page.answered == question and len(page.model.rows) == found)


def test_one_that_is_over_is_opened_as_a_document_by_its_id(qtbot, approvals, past):
    page = approvals()
    page.look_at(past[0].id)
    qtbot.waitUntil(lambda: page.detail.isVisible() and page.detail.title.text() == "Limits of Funmi Ade")
    assert len(page.model.rows) == 1 and page.filters.only.isVisible()
    page.filters.only.click()
    qtbot.waitUntil(lambda: len(page.model.rows) == 4)


def test_they_are_exported_with_what_each_changed(qtbot, approvals, past, tmp_path):
    path = tmp_path / "approvals.csv"
    page = approvals(ask=lambda *_: str(path))
    with qtbot.waitSignal(page.said) as said:
        page.head.export_all.emit()
    assert said.args[0] == "4 rows exported"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[3]["Changes"] == (
        "May refund alone, at once: ₦50,000.00 → ₦60,000.00; May refund alone, in a day: ₦200,000.00 → ₦200,000.00"
    )
    assert (rows[3]["Outcome"], rows[3]["Made by"], rows[3]["Ended by"], rows[3]["Why it ended"]) == (
        "Rejected", "Ada Eze", "Gbenga Alabi", "Not before the audit"
    )  # fmt: skip
    assert (rows[2]["What"], rows[2]["Changes"], rows[2]["Reason"]) == ("Suspension of Ngozi Eze", "Ngozi Eze: Active → Suspended", "Fraud")


def test_finance_sees_no_suspension_of_staff_and_the_owner_does(qtbot, approvals, hire, owner, scene):
    kemi = me(hire("kemi", Role.SUPPORT)).person_id
    confirmed(owner, preview_suspension(owner, new_id(), [], [kemi], True), "left")
    assert names(approvals(who="finance"), 1) == []
    assert names(approvals(who="owner"), 1) == ["Suspension of Kemi"]


def test_in_the_window_the_strip_leads_to_the_decision_and_support_has_none_of_it(qtbot, sign_in, raised):
    session = sign_in("owner")
    staff = page(session, StaffPage)
    session.frame.show_page(staff)
    qtbot.waitUntil(staff.strip.isVisible)
    staff.strip.lines.opened.emit(staff.strip.lines.shown[0])
    shown = page(session, ApprovalsPage)
    qtbot.waitUntil(lambda: shown.isVisible() and "Limits of Funmi Ade" in words(shown))
    support = sign_in("support")
    assert support.frame.findChildren(ApprovalsPage) == []
    assert "Approvals" not in [push.text() for push in support.frame.chrome.pages.buttons()]


def test_it_is_told_by_itself_when_somebody_proposes(qtbot, sign_in, owner, funmi, two):
    session = sign_in("finance")
    shown = page(session, ApprovalsPage)
    session.frame.show_page(shown)
    confirmed(owner, preview_limits(owner, new_id(), funmi, 6_000_000, 20_000_000))
    qtbot.waitUntil(lambda: shown.strip.isVisible() and len(shown.model.rows) == 1, timeout=SOON)
