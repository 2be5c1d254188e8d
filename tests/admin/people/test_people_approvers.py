"""Naming approvers, and ending it, by proposal: the rules in plain words, alone while there are fewer than two, else with another one."""

import pytest

from admin_app import asked
from admin_app.staff import StaffPage
from core.base.identifiers import new_id
from core.database.pending import Pending
from core.proposals import Progress, limits, preview_approver, proposal, proposals
from core.staff import Role, me
from tests.support.looks import ground, whole
from tests.support.people import NOTE, SOON, TRUST, act, confirmed, fill
from tests.support.refund_views import button, words
from tests.support.refund_views import press as click
from tests.support.refunds import name_approvers


@pytest.fixture
def kemi_id(kemi):
    return me(kemi).person_id


@pytest.fixture
def waiting(owner, two, kemi_id, scene):
    """Ada's proposal to make Kemi an approver, which waits for Gbenga."""
    found = confirmed(owner, preview_approver(owner, new_id(), kemi_id, True), "new_work", "Is in the office every day")
    assert found.state is Progress.AWAITING_APPROVAL
    scene.refill()
    return found


def test_the_first_is_named_alone_and_all_that_follows_is_said_before(qtbot, name, owner, kemi_id):
    page, sheet = name("kemi")
    said = words(sheet)
    assert {"Let Kemi approve?", "Kemi agrees to what others propose", "No approver", "From a day after it takes effect"} <= set(said)
    assert any(each.startswith("From ") and each.endswith("refunds above limits, limits, approvers.") for each in said)
    assert "Their login, password and role are then nobody’s to change, no owner’s either: first this is ended." in said
    assert "Nobody approves now." in said and any(each.startswith("There are fewer than two, so you decide alone.") for each in said)
    assert "One alone is not enough: nobody agrees to their own proposals. Name a second one." in said
    fill(sheet, TRUST)
    with qtbot.waitSignal(page.said) as toast:
        click(sheet, "Let Kemi approve")
    assert toast.args == ["Approver named", "Kemi"] and limits(owner, kemi_id).approver_since is not None


def test_the_third_needs_one_of_the_two_and_is_sent_for_approval(qtbot, name, owner, two, kemi_id):
    page, sheet = name("kemi")
    said = words(sheet)
    assert {"A second person must agree", "There are two approvers or more. Gbenga Alabi can approve it."} <= set(said)
    assert "Approvers now: Ada Eze and Gbenga Alabi." in said
    assert "Until another approver agrees nothing changes. After 24 hours it lapses." in said
    fill(sheet, TRUST)
    with qtbot.waitSignal(page.said) as toast:
        click(sheet, "Send for approval")
    assert toast.args == ["Sent for approval", "Kemi as an approver"] and limits(owner, kemi_id).approver_since is None


def test_one_who_was_suspended_still_counts_and_what_waits_is_not_called_done(qtbot, name, owner, hire, two, owner_connection, kemi_id):
    """The sheet cannot know of everybody who counts: what the server answers is told."""
    hire("bola", Role.FINANCE_ADMIN).close()
    name_approvers(owner_connection, "bola")
    owner_connection.execute("UPDATE app.people SET approver_since = NULL WHERE name = 'Ada Eze'")
    page, sheet = name("kemi", suspend="bola")
    fill(sheet, TRUST)
    with qtbot.waitSignal(page.said) as toast:
        click(sheet, "Let Kemi approve")
    assert toast.args == ["Sent for approval", "Kemi as an approver"]


def test_the_second_person_types_the_name(qtbot, approvals, waiting, owner, kemi_id):
    page = approvals(waiting)
    said = words(page.decide)
    assert {"Kemi as an approver", "No approver", "From a day after it takes effect"} <= set(said)
    assert "Other work: “Is in the office every day”" in said
    assert "Never what they proposed themselves, under no login, and never what is about themselves." in said
    assert not button(page, "Approve Kemi\nas an approver").isEnabled() and "Type the name first." in said
    page.decide.decision.approving.typed.setText("Keni")
    page.decide.decision.approving.typed.editingFinished.emit()
    assert "This is not the name." in words(page)
    page.decide.decision.approving.typed.setText("kemi")
    click(page, "Approve Kemi\nas an approver")
    qtbot.waitUntil(lambda: "You approved it. It is in force." in words(page))
    assert limits(owner, kemi_id).approver_since is not None and proposal(owner, waiting.id).approved_by == "Gbenga Alabi"


def test_whoever_is_named_does_not_agree_to_it_themselves(approvals, waiting, owner_connection):
    name_approvers(owner_connection, "kemi")
    page = approvals(waiting, "kemi")
    assert "This is about you. Another approver must look at it." in words(page) and not page.decide.decision.deciding.isVisible()


def test_who_approves_by_now_is_part_of_what_was_shown(qtbot, name, owner, owner_connection, scene):
    page, sheet = name("kemi")
    fill(sheet, TRUST)
    name_approvers(owner_connection, "gbenga")
    act(sheet).click()
    qtbot.waitUntil(sheet.moved.isVisible, timeout=SOON)
    assert "Who approves is different by now: 1 more, 0 fewer" in words(sheet.moved)
    assert sheet.confirming.form.note.toPlainText() == NOTE and proposals(owner, states=[Progress.DONE]) == []
    scene.refill()
    click(sheet, "Check again")
    qtbot.waitUntil(lambda: "Approvers now: Gbenga Alabi." in words(sheet), timeout=SOON)


def test_ending_it_says_who_is_left_and_takes_another_approver(qtbot, name, approvals, owner, two, kemi_id, owner_connection, login):
    name_approvers(owner_connection, "kemi")
    page, sheet = name("kemi")
    said = words(sheet)
    assert {"No longer let Kemi approve?", "No longer", "Their login, password and role can be changed again by any owner."} <= set(said)
    assert "Approvers now: Ada Eze, Gbenga Alabi and Kemi." in said
    fill(sheet, "Has left")
    with qtbot.waitSignal(page.said) as toast:
        click(sheet, "Send for approval")
    assert toast.args == ["Sent for approval", "Kemi no approver any more"]
    [found] = proposals(owner, states=[Progress.AWAITING_APPROVAL])
    shown = approvals(found)
    shown.decide.decision.approving.typed.setText("Kemi")
    click(shown, "Approve that Kemi\nis none any more")
    qtbot.waitUntil(lambda: limits(owner, kemi_id).approver_since is None, timeout=SOON)


def test_where_nobody_could_agree_it_is_said_and_what_to_do_instead(name, owner_connection):
    name_approvers(owner_connection, "ada", "kemi")
    _, sheet = name("kemi")
    said = words(sheet)
    assert "Then only Ada Eze is left to agree to what others propose, and nobody to what Ada Eze proposes." in said
    nobody = "Nobody could agree to this: nobody agrees to what they propose, or to what is about themselves. Where Kemi has left, end"
    assert any(each.startswith(nobody) for each in said)


def test_support_and_whoever_refunds_nothing_are_not_offered_it(qtbot, staff):
    page = staff("funmi")
    qtbot.waitUntil(page.detail.powers.isVisible)
    assert page.detail.powers.change_button.isVisible() and not page.detail.powers.approver_button.isVisible()
    page = staff("chidi")
    qtbot.waitUntil(page.detail.foot.isVisible)
    assert not page.detail.powers.isVisible()


def test_offline_none_of_it_can_be_begun(qtbot, staff, line):
    page = staff("funmi")
    qtbot.waitUntil(page.detail.powers.isVisible)
    line._take("offline", line.now(), None)
    pushes = (page.detail.powers.change_button, page.everybody, page.detail.foot.suspend_button)
    assert not any(push.isEnabled() for push in pushes)


def test_a_lost_answer_is_spoken_of_by_what_people_call_it(waiting, login, tmp_path):
    finance = login("finance")
    pending = Pending(tmp_path / "lost")
    pending.keep(new_id(), "approve_proposal", {"proposal_id": str(waiting.id), "digest": waiting.digest})
    [kept] = pending.waiting()
    assert asked.sentence(kept.verb, kept.args, asked.names_of(finance, [kept])) == "Kemi as an approver: approved"


def test_nothing_is_cut_unnamed_or_too_small(name, approvals, waiting):
    approve = ground(approvals(waiting))
    whole(approve, "people-decide-approver", 40)
    page, sheet = name("kemi")
    whole(page, "people-approver", 40, sheet=sheet, held=(page, sheet))
    assert isinstance(page, StaffPage)


def test_another_approver_meanwhile_makes_it_stale(qtbot, approvals, waiting, owner_connection, hire, owner):
    hire("bola", Role.FINANCE_ADMIN).close()
    page = approvals(waiting)
    name_approvers(owner_connection, "bola")
    page.decide.decision.approving.typed.setText("Kemi")
    click(page, "Approve Kemi\nas an approver")
    stale = "Something changed meanwhile, so nothing was done. It must be proposed again."
    qtbot.waitUntil(lambda: stale in words(page), timeout=SOON)
    assert proposal(owner, waiting.id).state is Progress.STALE
