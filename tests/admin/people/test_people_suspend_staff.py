"""Suspending somebody who works here, and taking them back: what is closed, what lapses, and what must not be overlooked."""

import pytest

from core.base.errors import Forbidden, Offline
from core.base.identifiers import new_id
from core.orders import State
from core.proposals import Kind, Progress, preview_suspension, proposals
from core.staff import Role, Standing, list_staff, me
from tests.support.people import SOON, act, confirmed, fill
from tests.support.refund_views import press as click
from tests.support.refund_views import words
from tests.support.refunds import name_approvers, refund, set_limits


def standing(db, login):
    return list_staff(db, logins=[login])[0].state


def test_whoever_is_suspended_is_out_at_once_with_all_logins_and_what_they_proposed(
    qtbot, shut_out, scene, kemi, owner, worker, hire, owner_connection
):
    hire("kemi.too", Role.AUDITOR, person_id=me(kemi).person_id).close()
    name_approvers(owner_connection, "ada", "gbenga")
    set_limits(owner_connection, alone=0)
    waiting = refund(kemi, scene.order(State.ACCEPTED, State.PREPARING).id)
    page, asked = shut_out("kemi")
    said = words(asked)
    assert {"kemi, Finance admin", "kemi.too, Auditor", "In use", "Shut out"} <= set(said)
    [at_once] = [each for each in said if "closed at once" in each]
    assert at_once.startswith("Office program 7.7.7 from 127.0.0.1, since ")
    amount = f"₦{waiting.total / 100:,.2f}"
    assert f"1 proposal of theirs that waits for a second person lapses. {amount} set aside for that are free again." in said
    assert "This is for a time: an owner can take them back, with the same logins, passwords and roles." in said
    assert "To shut somebody out for ever, end their logins instead: nobody gets an ended login again." in said
    fill(asked, "Has left", typed="Kemi")
    with qtbot.waitSignal(page.said) as toast:
        click(asked, "Suspend Kemi")
    assert toast.args == ["Suspended", "Kemi"]
    assert {standing(owner, login) for login in ("kemi", "kemi.too")} == {Standing.SUSPENDED}
    with pytest.raises((Forbidden, Offline)):
        refund(kemi, scene.order(State.ACCEPTED, State.PREPARING).id)
    qtbot.waitUntil(lambda: page.detail.state.words.text() == "Suspended")
    assert page.detail.foot.suspend_button.text() == "Take back …"


def test_whoever_is_taken_back_signs_in_again(qtbot, shut_out, kemi, owner, login):
    confirmed(owner, preview_suspension(owner, new_id(), [], [me(kemi).person_id], True), "fraud")
    page, asked = shut_out("kemi", state=Standing.SUSPENDED)
    assert "They can sign in again at once, with the passwords they had." in words(asked)
    fill(asked, "It was a mistake")
    with qtbot.waitSignal(page.said) as toast:
        click(asked, "Take back Kemi")
    assert toast.args == ["Taken back", "Kemi"] and standing(owner, "kemi") is Standing.ACTIVE
    assert me(login("kemi")).login == "kemi"


def test_it_is_loud_where_an_approver_or_the_only_other_owner_goes(qtbot, shut_out, hire, owner_connection):
    hire("bola", Role.OWNER_ADMIN).close()
    name_approvers(owner_connection, "bola", "gbenga")
    _, asked = shut_out("bola")
    said = words(asked)
    assert "Then you are the only owner: nobody else can make logins, end them, or end yours." in said
    assert any(each.startswith("Bola agrees to what others propose. Suspended they agree to nothing") for each in said)
    assert "Then only Gbenga Alabi is left to agree to what others propose, and nobody to what Gbenga Alabi proposes." in said


def test_nobody_suspends_themselves_or_a_counter(qtbot, staff, hire, owner, scene):
    hire("ada.too", Role.AUDITOR, person_id=me(owner).person_id).close()
    foot = staff("ada.too").detail.foot
    qtbot.waitUntil(foot.isVisible)
    assert not foot.suspend_button.isEnabled() and foot.why.text() == "This is another login of yours. Nobody suspends themselves."
    foot = staff("yaba.counter").detail.foot
    qtbot.waitUntil(foot.isVisible)
    assert not foot.suspend_button.isVisible()


def test_the_auditor_looks_only(staff, kemi):
    page = staff("kemi", "auditor")
    assert not page.detail.foot.isVisible() and not page.detail.powers.isVisible() and not page.everybody.isVisible()


def test_a_login_that_ended_meanwhile_is_said_to_be_different(qtbot, shut_out, scene, kemi, hire, owner):
    hire("kemi.too", Role.AUDITOR, person_id=me(kemi).person_id).close()
    _, asked = shut_out("kemi")
    fill(asked, "Has left", typed="Kemi")
    confirmed(owner, preview_suspension(owner, new_id(), [], [me(kemi).person_id], True), "fraud")
    scene.refill()
    act(asked).click()
    qtbot.waitUntil(asked.moved.isVisible, timeout=SOON)
    assert "kemi, Finance admin: suspended by now" in words(asked.moved)
    assert [each.kind for each in proposals(owner, states=[Progress.DONE])] == [Kind.SUSPENSION]
