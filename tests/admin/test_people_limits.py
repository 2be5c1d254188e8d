"""Limits by proposal: lowering them holds at once, raising them waits for a second person, who sees it before and after, and decides."""

import csv
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from admin_app.proposals.page import ApprovalsPage
from admin_app.proposals.question import Outcome, Question
from admin_app.proposals.sheet import ProposalSheet
from admin_app.staff import StaffPage
from admin_app.staff.limits_sheet import LimitsSheet
from core.base.identifiers import new_id
from core.live import Changes
from core.orders import State
from core.proposals import (
    Kind,
    Progress,
    approve_proposal,
    limits,
    preview_limits,
    preview_suspension,
    proposal,
    proposals,
    reject_proposal,
)
from core.qt import theme
from core.staff import Role, me
from tests.admin.conftest import choose, names, page
from tests.admin.sheets import closed, draw_over, press, sheet
from tests.support.looks import draw, faults
from tests.support.people import NOTE, SOON, act, age_figures, confirmed, fill, seen
from tests.support.refund_views import button, words, write
from tests.support.refund_views import press as click
from tests.support.refunds import age, name_approvers, refund, set_limits

SIZES = {"small": (1158, 768), "large": (1712, 1080)}
TRUST = "Knows the work by now"


@pytest.fixture
def funmi(login):
    """Funmi Ade of support, and her id."""
    return me(login("support")).person_id


@pytest.fixture
def two(owner_connection):
    """Ada Eze and Gbenga Alabi approve."""
    name_approvers(owner_connection, "ada", "gbenga")


@pytest.fixture
def change(qtbot, open_at_desk, scene):
    """Open the sheet of somebody's limits: `change("funmi")`; of everybody's: `change(None)`. Returns the page and the sheet."""

    def change(login, who="owner", **options):
        page = open_at_desk(StaffPage, who, **options)
        if login:
            choose(page, [row.login for row in page.model.rows].index(login))
            page.listing.open_current()
            qtbot.waitUntil(page.detail.powers.isVisible)
            page.detail.powers.change_button.click()
        else:
            page.everybody.click()
        scene.refill()
        asked = sheet(qtbot, LimitsSheet)
        qtbot.waitUntil(lambda: asked.fields.was is not None)
        return page, asked

    return change


@pytest.fixture
def raised(owner, funmi, two, scene):
    """Ada's proposal to let Funmi refund ₦60,000.00 at once, which waits for Gbenga."""
    waiting = confirmed(owner, preview_limits(owner, new_id(), funmi, 6_000_000, 20_000_000))
    assert waiting.state is Progress.AWAITING_APPROVAL
    scene.refill()
    return waiting


@pytest.fixture
def approvals(qtbot, open_at_desk):
    """Show the approvals to somebody, and a proposal that waits: `approvals(raised, "finance")`."""

    def approvals(found=None, who="finance", **options):
        page = open_at_desk(ApprovalsPage, who, pages={"refunds", "approvals"}, **options)
        if found:
            page.look_at(found.id)
            qtbot.waitUntil(lambda: page.decide.case is not None)
        return page

    return approvals


def type_limits(asked, at_once, a_day=None):
    """Type the amounts; those of now stand there already."""
    asked.fields.at_once.line.setText(at_once)
    if a_day is not None:
        asked.fields.a_day.line.setText(a_day)


def told(qtbot, page, *ids):
    """Tell the page that these changed, and wait until it has looked."""
    page.take(Changes(False, frozenset({"proposals"}), frozenset(ids)))
    readers = (page.news, page.decide.news, page.strip.reader)
    qtbot.waitUntil(lambda: not any(each._busy or each._wanted or each._rest.isActive() for each in readers))


def test_lowering_holds_at_once_and_says_so_before(qtbot, change, funmi, owner):
    page, asked = change("funmi")
    assert {"Limits of Funmi Ade", "Now ₦50,000.00", "Now ₦200,000.00"} <= set(words(asked))
    assert asked.check.text() == "Change an amount first" and not asked.check.isEnabled()
    type_limits(asked, "20,000", "₦100,000.00")
    assert "This takes effect at once. Nobody else need agree." in words(asked)
    click(asked, "Check these limits")
    seen(qtbot, asked)
    assert {"₦50,000.00", "₦20,000.00", "₦200,000.00", "₦100,000.00", "Lowered"} <= set(words(asked))
    assert "Lowering takes effect at once. Nobody else need agree." in words(asked)
    fill(asked, "Other work")
    assert not asked.confirming.form.typed.isVisible() and act(asked).property("kind") == "primary"
    with qtbot.waitSignal(page.said) as toast:
        click(asked, "Lower the limits of Funmi Ade")
    assert toast.args == ["Limits changed", "Funmi Ade"]
    found = limits(owner, funmi)
    assert (found.refund_alone, found.refund_a_day, found.is_own) == (2_000_000, 10_000_000, True)


def test_raising_says_at_once_who_must_agree_and_then_waits(qtbot, change, funmi, owner, two):
    page, asked = change("funmi")
    type_limits(asked, "60000", "100000")
    assert "Raising a limit takes a second person. Gbenga Alabi can approve it." in words(asked)
    click(asked, "Check these limits")
    seen(qtbot, asked)
    assert {"A second person must agree", "Gbenga Alabi can approve it.", "Raised", "Lowered"} <= set(words(asked))
    assert "Until somebody agrees nothing changes, also not what is lowered. After 24 hours it lapses." in words(asked)
    fill(asked, TRUST)
    with qtbot.waitSignal(page.said) as toast:
        click(asked, "Send for approval")
    assert toast.args == ["Sent for approval", "Limits of Funmi Ade"]
    found = limits(owner, funmi)
    assert (found.refund_alone, found.refund_a_day, found.is_own) == (5_000_000, 20_000_000, False)


def test_the_limits_of_everybody_leave_those_with_their_own_alone(qtbot, change, funmi, login, owner):
    confirmed(owner, preview_limits(owner, new_id(), funmi, 100, 100))
    page, asked = change(None)
    type_limits(asked, "10000")
    click(asked, "Check these limits")
    seen(qtbot, asked)
    assert "They hold for whoever has none of their own: 2 people now." in words(asked)
    assert "With limits of their own, which stay as they are: Funmi Ade." in words(asked)
    fill(asked, "Other work")
    with qtbot.waitSignal(page.said) as toast:
        click(asked, "Lower the limits for everybody")
    assert toast.args == ["Limits changed", "Everybody"]
    assert limits(owner, me(login("finance")).person_id).refund_alone == 1_000_000 and limits(owner, funmi).refund_alone == 100


def test_without_a_second_approver_it_is_said_before_and_refused_where_one_clicked(qtbot, change, funmi, owner):
    _, asked = change("funmi")
    type_limits(asked, "60000")
    missing = "There is no other approver: name one first, nothing can be raised until then."
    assert f"Raising a limit takes a second person. {missing}" in words(asked)
    click(asked, "Check these limits")
    seen(qtbot, asked)
    assert missing in words(asked)
    fill(asked, TRUST)
    click(asked, "Send for approval")
    refusal = "A second approver is needed for this, and there is none. Ask the owner to name one."
    qtbot.waitUntil(lambda: refusal in words(asked), timeout=SOON)
    assert asked.confirming.form.note.toPlainText() == NOTE and limits(owner, funmi).refund_alone == 5_000_000


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("−5", "A limit is not below zero."),
        ("twenty", "“twenty” is not an amount: write 1,250.00."),
        ("1,2500", "The commas in “1,2500” do not stand between thousands: write 1,250.00."),
    ],
)
def test_what_is_no_limit_is_said_under_its_field(change, typed, sentence):
    _, asked = change("funmi")
    type_limits(asked, typed)
    assert sentence in words(asked) and asked.check.text() == "Type both amounts first" and not asked.check.isEnabled()


def test_going_back_comes_to_the_amounts_again_and_all_that_was_typed_is_kept(qtbot, change, scene, owner):
    _, asked = change("funmi")
    type_limits(asked, "20,000")
    click(asked, "Check these limits")
    seen(qtbot, asked)
    fill(asked, "Other work")
    press(asked, Qt.Key.Key_Escape)
    assert asked.isVisible() and asked.fields.at_once.line.text() == "20,000"
    type_limits(asked, "30,000")
    scene.refill()
    click(asked, "Check these limits")
    seen(qtbot, asked)
    assert (asked.confirming.form.code, asked.confirming.form.note.toPlainText()) == ("new_work", NOTE) and "₦30,000.00" in words(asked)
    click(asked, "Go back")
    press(asked, Qt.Key.Key_Escape)
    closed(qtbot)
    assert proposals(owner, states=[Progress.DONE]) == []


def test_limits_that_somebody_changed_meanwhile_are_looked_at_again(qtbot, change, funmi, owner, scene):
    _, asked = change("funmi")
    type_limits(asked, "20,000")
    click(asked, "Check these limits")
    seen(qtbot, asked)
    fill(asked, "Other work")
    confirmed(owner, preview_limits(owner, new_id(), funmi, 4_000_000, 20_000_000))
    scene.refill()
    act(asked).click()
    qtbot.waitUntil(asked.moved.isVisible, timeout=SOON)
    assert "At once: was ₦50,000.00, is ₦40,000.00 by now" in words(asked.moved)
    scene.refill()
    click(asked, "Check again")
    qtbot.waitUntil(lambda: act(asked).text() == "Lower the limits of Funmi Ade", timeout=SOON)
    act(asked).click()
    closed(qtbot)
    assert limits(owner, funmi).refund_alone == 2_000_000


def test_figures_that_ran_out_and_five_quick_clicks(qtbot, change, funmi, owner, owner_connection, scene):
    _, asked = change("funmi")
    type_limits(asked, "20,000")
    click(asked, "Check these limits")
    seen(qtbot, asked)
    fill(asked, "Other work")
    age_figures(owner_connection, 6)
    act(asked).click()
    qtbot.waitUntil(lambda: act(asked).text() == "Check again", timeout=SOON)
    scene.refill()
    click(asked, "Check again")
    qtbot.waitUntil(lambda: act(asked).text() == "Lower the limits of Funmi Ade", timeout=SOON)
    push = act(asked)
    for _ in range(5):
        push.click()
    closed(qtbot)
    made = owner_connection.execute("SELECT count(*) FROM app.proposals WHERE confirmed_at IS NOT NULL").fetchone()
    assert made == (1,) and limits(owner, funmi).refund_alone == 2_000_000


@pytest.mark.parametrize(("who", "said"), [("owner", "Gbenga Alabi can approve it."), ("auditor", "Ada Eze or Gbenga Alabi can approve it.")])
def test_the_staff_page_says_what_waits_for_a_second_person_and_leads_there(qtbot, open_at_desk, raised, owner_connection, who, said):
    page = open_at_desk(StaffPage, who, pages={"approvals"})
    qtbot.waitUntil(page.strip.isVisible)
    line = page.strip._look(page.strip.lines.shown[0])
    assert line.words == "Limits of Funmi Ade: ₦60,000.00 at once, ₦200,000.00 a day" and line.figure.startswith("until ")
    assert line.below == "Ada Eze: Knows the work by now, “Knows the work by now”"
    assert line.below_figure == (said if who == "owner" else "Gbenga Alabi can approve it.")
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


def test_a_second_person_sees_it_before_and_after_types_the_amount_and_it_holds(qtbot, approvals, raised, funmi, owner):
    page = approvals(raised)
    said = words(page.decide)
    assert {"Limits of Funmi Ade", "Waiting for approval", "₦50,000.00", "₦60,000.00", "Raised", "Stays as it is"} <= set(said)
    assert any(each.startswith("Proposed by Ada Eze with the login ada, ") for each in said)
    assert "Knows the work by now: “Knows the work by now”" in said and "It takes effect the moment somebody agrees." in said
    assert not button(page, "Approve ₦60,000.00\nfor Funmi Ade").isEnabled() and "Type the amount first." in said
    typed = page.decide.decision.approving.typed
    typed.setText("50,000")
    typed.editingFinished.emit()
    assert "This is not the new limit." in words(page)
    typed.setText("60,000")
    assert "Matches the new limit." in words(page)
    click(page, "Approve ₦60,000.00\nfor Funmi Ade")
    qtbot.waitUntil(lambda: {"You approved it. It is in force.", "Done"} <= set(words(page)))
    assert limits(owner, funmi).refund_alone == 6_000_000 and proposal(owner, raised.id).approved_by == "Gbenga Alabi"


def test_it_is_rejected_with_a_reason_and_nothing_changes(qtbot, approvals, raised, funmi, owner):
    page = approvals(raised)
    click(page, "Reject …")
    assert {"Reject this proposal?", "Ada Eze reads your reason."} <= set(words(page))
    assert not button(page, "Reject\nLimits of Funmi Ade").isEnabled()
    write(page.decide.decision.acting.reason, "Not before the audit")
    click(page, "Reject\nLimits of Funmi Ade")
    qtbot.waitUntil(lambda: any(each.startswith("Rejected by Gbenga Alabi, ") for each in words(page)))
    found = proposal(owner, raised.id)
    assert (found.state, found.ended_why, limits(owner, funmi).refund_alone) == (Progress.REJECTED, "Not before the audit", 5_000_000)


def test_its_maker_cannot_approve_it_and_can_withdraw_it(qtbot, approvals, raised, owner):
    page = approvals(raised, "owner")
    assert {"You made this. A second person must look at it.", "Gbenga Alabi can approve it."} <= set(words(page))
    assert not page.decide.decision.deciding.isVisible()
    click(page, "Withdraw …")
    write(page.decide.decision.acting.reason, "She has left support")
    click(page, "Withdraw\nLimits of Funmi Ade")
    qtbot.waitUntil(lambda: any(each.startswith("Withdrawn by Ada Eze, ") for each in words(page)))
    assert proposal(owner, raised.id).state is Progress.WITHDRAWN


def test_whom_it_is_about_does_not_agree_to_it(approvals, owner, login, two, scene, owner_connection, hire):
    hire("kemi", Role.FINANCE_ADMIN).close()
    name_approvers(owner_connection, "kemi")
    gbenga = me(login("finance")).person_id
    own = confirmed(owner, preview_limits(owner, new_id(), gbenga, 6_000_000, 20_000_000))
    page = approvals(own)
    assert {"This is about you. Another approver must look at it.", "Kemi can approve it."} <= set(words(page))
    assert not page.decide.decision.deciding.isVisible()


def test_the_auditor_looks_only(approvals, raised):
    page = approvals(raised, "auditor")
    assert {"Only an approver may do this.", "Gbenga Alabi can approve it."} <= set(words(page))
    decision = page.decide.decision
    assert not decision.deciding.isVisible() and not decision.withdraw.isVisible()


def test_an_approver_of_today_reads_from_when_they_may(approvals, raised, owner_connection):
    name_approvers(owner_connection, "gbenga", days=0)
    page = approvals(raised)
    assert any(each.startswith("You may approve from ") for each in words(page)) and not page.decide.decision.deciding.isVisible()


def refused(qtbot, page, sentence, typed="60000"):
    """Approve, and wait until it is refused with this sentence, in its place."""
    page.decide.decision.approving.typed.setText(typed)
    click(page, "Approve ₦60,000.00\nfor Funmi Ade")
    qtbot.waitUntil(lambda: sentence in words(page), timeout=SOON)


def test_who_is_no_approver_any_more_is_refused_where_they_clicked(qtbot, approvals, raised, owner_connection):
    page = approvals(raised)
    owner_connection.execute("UPDATE app.people SET approver_since = NULL WHERE name = 'Gbenga Alabi'")
    refused(qtbot, page, "Only an approver may do this.")


def test_whose_role_changed_is_refused_where_they_clicked(qtbot, approvals, raised, owner, hire, owner_connection, scene):
    hire("kemi", Role.FINANCE_ADMIN)
    name_approvers(owner_connection, "kemi")
    page = approvals(raised, "kemi")
    owner_connection.execute("UPDATE app.staff SET role = 'support' WHERE login = 'kemi'")
    page.decide.decision.approving.typed.setText("60000")
    click(page, "Approve ₦60,000.00\nfor Funmi Ade")
    qtbot.waitUntil(lambda: bool(page.decide.decision.approving.meant.trouble) or "Only an approver may do this." in words(page), timeout=SOON)
    assert proposal(owner, raised.id).state is Progress.AWAITING_APPROVAL


def test_what_ran_out_of_time_is_refused(qtbot, approvals, raised, owner_connection):
    page = approvals(raised)
    age(owner_connection, raised.id, 24 * 60)
    refused(qtbot, page, "Nobody agreed in time. It must be proposed again.")


def test_something_else_than_was_shown_is_not_approved(qtbot, approvals, raised, owner):
    page = approvals(raised)
    approving = page.decide.decision.approving
    approving.typed.setText("60000")
    approving.shown = replace(raised, digest="0" * 64)
    click(page, "Approve ₦60,000.00\nfor Funmi Ade")
    qtbot.waitUntil(lambda: "This is not what you were shown. Look at it again." in words(page), timeout=SOON)
    assert approving.typed.text() == "" and proposal(owner, raised.id).state is Progress.AWAITING_APPROVAL


def test_whose_maker_is_shut_out_is_not_approved(qtbot, approvals, raised, owner_connection):
    page = approvals(raised)
    owner_connection.execute("UPDATE app.staff SET active = false, suspended = true WHERE login = 'ada'")
    refused(qtbot, page, "Whoever proposed this is shut out. It ends by itself.")


def test_limits_that_were_lowered_meanwhile_are_not_raised_by_an_old_proposal(qtbot, approvals, raised, owner, funmi, scene):
    page = approvals(raised)
    confirmed(owner, preview_limits(owner, new_id(), funmi, 100, 100))
    refused(qtbot, page, "Something changed meanwhile, so nothing was done. It must be proposed again.")
    assert limits(owner, funmi).refund_alone == 100 and proposal(owner, raised.id).state is Progress.STALE


def test_of_two_who_approve_one_is_told_that_the_other_was_first(qtbot, approvals, raised, hire, owner_connection, login, scene):
    hire("kemi", Role.FINANCE_ADMIN).close()
    name_approvers(owner_connection, "kemi")
    page = approvals(raised)
    approve_proposal(login("kemi"), new_id(), raised.id, raised.digest)
    refused(qtbot, page, "Kemi approved it a moment ago. It was done once, not twice.")


def test_five_quick_clicks_approve_once_and_offline_nothing_is_sent(qtbot, approvals, raised, line, owner_connection):
    page = approvals(raised)
    approving = page.decide.decision.approving
    approving.typed.setText("60000")
    line._take("offline", line.now(), None)
    assert not approving.go.isEnabled() and not page.decide.decision.reject.isEnabled()
    assert "No connection: nothing can be approved." in words(page)
    line._take("live", line.now(), None)
    assert approving.typed.text() == "60000"
    for _ in range(5):
        approving.go.click()
    qtbot.waitUntil(lambda: "You approved it. It is in force." in words(page))
    assert owner_connection.execute("SELECT count(*) FROM app.commands WHERE verb = 'approve_proposal'").fetchone() == (1,)


def test_it_is_found_opened_and_approved_by_keyboard_alone(qtbot, approvals, raised, funmi, owner):
    page = approvals()
    qtbot.waitUntil(page.strip.isVisible)

    def key(which):
        QTest.keyClick(QApplication.focusWidget(), which)

    page.strip.lines.setFocus()
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.decide.case is not None)
    assert page.decide.crumb.back.hasFocus()
    key(Qt.Key.Key_Tab)
    assert page.decide.decision.approving.typed.hasFocus()
    QTest.keyClicks(QApplication.focusWidget(), "60000")
    key(Qt.Key.Key_Return)
    assert proposal(owner, raised.id).state is Progress.AWAITING_APPROVAL  # Enter in the field does nothing
    key(Qt.Key.Key_Tab)
    key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: limits(owner, funmi).refund_alone == 6_000_000, timeout=SOON)
    qtbot.waitUntil(lambda: "You approved it. It is in force." in words(page))
    press(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.filters.search.hasFocus())


def test_what_was_decided_elsewhere_is_said_while_one_looks(qtbot, approvals, raised, login):
    page = approvals(raised, "owner")
    approve_proposal(login("finance"), new_id(), raised.id, raised.digest)
    told(qtbot, page, raised.id)
    assert any(each.startswith("Gbenga Alabi approved it, ") for each in words(page))


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


@pytest.fixture
def past(owner, login, raised, scene, town):
    """A suspension, its end, limits that were lowered, and limits that were rejected: newest last."""
    made = [confirmed(owner, preview_suspension(owner, new_id(), [town.customer], [], on), "fraud", "Paid with stolen cards") for on in (True, False)]
    scene.refill()
    made.append(confirmed(owner, preview_limits(owner, new_id(), None, 4_000_000, 10_000_000), "other", "Less until the audit is over"))
    reject_proposal(login("finance"), new_id(), raised.id, "Not before the audit")
    scene.refill()
    return [raised, *made]


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
    assert support.frame.findChildren(ApprovalsPage) == [] and support.frame.findChildren(ProposalSheet) == []


def test_it_is_told_by_itself_when_somebody_proposes(qtbot, sign_in, owner, funmi, two):
    session = sign_in("finance")
    shown = page(session, ApprovalsPage)
    session.frame.show_page(shown)
    confirmed(owner, preview_limits(owner, new_id(), funmi, 6_000_000, 20_000_000))
    qtbot.waitUntil(lambda: shown.strip.isVisible() and len(shown.model.rows) == 1, timeout=SOON)


@pytest.fixture
def grounded(qapp, dark):
    """Draw pages on the ground of their theme."""
    theme.apply(qapp, dark)

    def grounded(page):
        page.setObjectName("ground")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        page.setStyleSheet(f"#ground {{ background: {theme.colour('bg').name()}; }}")
        return page

    return grounded


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_is_typed_and_checked_is_named_large_enough_and_uncut(qtbot, grounded, change, two, dark, size):
    name = f"{SIZES[size][0]}-{'dark' if dark else 'light'}"
    page, asked = change("funmi", size=SIZES[size])
    grounded(page)
    type_limits(asked, "60,000")
    qtbot.wait(300)
    draw_over(page, asked, f"people-limits-{name}")
    assert faults(page, 40) == [] and faults(asked, 40) == []
    click(asked, "Check these limits")
    seen(qtbot, asked)
    fill(asked, TRUST)
    qtbot.wait(100)
    draw_over(page, asked, f"people-limits-check-{name}")
    assert faults(asked, 40) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_waits_and_is_over_is_named_large_enough_and_uncut(qtbot, grounded, approvals, owner, funmi, past, scene, dark, size, line):
    name = f"{SIZES[size][0]}-{'dark' if dark else 'light'}"
    waiting = confirmed(owner, preview_limits(owner, new_id(), funmi, 6_000_000, 20_000_000), "trust", "Works alone at night from May on")
    page = grounded(approvals(size=SIZES[size]))
    qtbot.waitUntil(page.strip.isVisible)
    choose(page, 1)
    page.listing.open_current()
    qtbot.wait(300)
    draw(page, f"people-approvals-{name}")
    assert faults(page, 40) == []
    page.look_at(waiting.id)
    qtbot.waitUntil(lambda: page.decide.case is not None)
    page.decide.decision.approving.typed.setText("60,000")
    qtbot.wait(300)
    draw(page, f"people-decide-limits-{name}")
    assert faults(page, 40) == []
    click(page, "Reject …")
    qtbot.wait(100)
    draw(page, f"people-reject-{name}")
    assert faults(page, 40) == []
    line._take("offline", line.now() - timedelta(minutes=5), None)
    qtbot.wait(50)
    draw(page, f"people-decide-offline-{name}")
    assert faults(page, 40) == []


def test_in_a_small_window_nothing_is_cut(qtbot, approvals, raised):
    page = approvals(raised, size=(703, 500))
    qtbot.wait(100)
    draw(page, "people-decide-limits-703")
    assert faults(page, 40) == []
