"""The second person: they see limits before and after, type the amount and approve, or reject; and whoever may not reads why."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.base.identifiers import new_id
from core.live import Changes
from core.proposals import Progress, approve_proposal, limits, preview_limits, preview_suspension, proposal
from core.staff import Role, me
from tests.admin.sheets import press
from tests.support.people import SOON, confirmed
from tests.support.refund_views import button, words, write
from tests.support.refund_views import press as click
from tests.support.refunds import age, name_approvers


def told(qtbot, page, *ids):
    """Tell the page that these changed, and wait until it has looked."""
    page.take(Changes(False, frozenset({"proposals"}), frozenset(ids)))
    readers = (page.news, page.decide.news, page.strip.reader)
    qtbot.waitUntil(lambda: not any(each._busy or each._wanted or each._rest.isActive() for each in readers))


def refused(qtbot, page, sentence, typed="60000"):
    """Approve, and wait until it is refused with this sentence, in its place."""
    page.decide.decision.approving.typed.setText(typed)
    click(page, "Approve ₦60,000.00 at once\nand ₦200,000.00 a day")
    qtbot.waitUntil(lambda: sentence in words(page), timeout=SOON)


def test_a_second_person_sees_it_before_and_after_types_the_amount_and_it_holds(qtbot, approvals, raised, funmi, owner):
    page = approvals(raised)
    said = words(page.decide)
    assert {"Limits of Funmi Ade", "Waiting for approval", "₦50,000.00", "₦60,000.00", "Raised", "Stays as it is"} <= set(said)
    assert any(each.startswith("Proposed by Ada Eze with the login ada, ") for each in said)
    assert "Knows the work: “Knows the work by now”" in said and "It takes effect the moment somebody agrees." in said
    assert not button(page, "Approve ₦60,000.00 at once\nand ₦200,000.00 a day").isEnabled() and "Type the amount first." in said
    typed = page.decide.decision.approving.typed
    typed.setText("50,000")
    typed.editingFinished.emit()
    assert "This is not the new limit." in words(page)
    typed.setText("60,000")
    assert "Matches the new limit." in words(page)
    click(page, "Approve ₦60,000.00 at once\nand ₦200,000.00 a day")
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


def test_who_is_no_approver_any_more_is_refused_where_they_clicked(qtbot, approvals, raised, owner_connection):
    page = approvals(raised)
    owner_connection.execute("UPDATE app.people SET approver_since = NULL WHERE name = 'Gbenga Alabi'")
    refused(qtbot, page, "Only an approver may do this.")


def test_what_ran_out_of_time_is_refused(qtbot, approvals, raised, owner_connection):
    page = approvals(raised)
    age(owner_connection, raised.id, 24 * 60)
    refused(qtbot, page, "Nobody agreed in time. It must be proposed again.")


def test_something_else_than_was_shown_is_not_approved(qtbot, approvals, raised, owner):
    page = approvals(raised)
    approving = page.decide.decision.approving
    approving.typed.setText("60000")
    approving.shown = replace(raised, digest="0" * 64)
    click(page, "Approve ₦60,000.00 at once\nand ₦200,000.00 a day")
    qtbot.waitUntil(lambda: "This is not what you were shown. Look at it again." in words(page), timeout=SOON)
    assert approving.typed.text() == "" and proposal(owner, raised.id).state is Progress.AWAITING_APPROVAL


def test_whose_maker_is_shut_out_is_not_approved(qtbot, approvals, hire, owner, funmi, two, scene):
    bola = hire("bola", Role.OWNER_ADMIN)
    person_id = me(bola).person_id
    waiting = confirmed(bola, preview_limits(bola, new_id(), funmi, 6_000_000, 20_000_000))
    page = approvals(waiting)
    confirmed(owner, preview_suspension(owner, new_id(), [], [person_id], True), "fraud")
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
