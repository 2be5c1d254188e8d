"""The staff page and what people refund and approve: told in the details, kept from one owner's hands, and weighed before a login ends."""

from datetime import timedelta

import pytest

from admin_app.staff import StaffPage
from admin_app.staff.end import EndDialog
from admin_app.staff.limits import said
from core.base.identifiers import new_id
from core.proposals import Progress, lapse_proposals, limits, proposal
from core.staff import Role, me, revoke_staff
from tests.admin.conftest import choose
from tests.admin.sheets import sheet, texts, type_in, wait_for
from tests.support.refunds import name_approvers, refund, set_limits


@pytest.fixture
def kemi(hire):
    """Somebody of finance, signed in: a login is the whole server's, so that the standing ones must stay as they are."""
    return hire("kemi", Role.FINANCE_ADMIN)


@pytest.fixture
def page(open_at_desk, kemi):
    return open_at_desk(StaffPage)


def open_login(qtbot, page, login):
    choose(page, [row.login for row in page.model.rows].index(login))
    page.listing.open_current()
    qtbot.waitUntil(page.detail.foot.isVisible)
    return page.detail


def ask_to_end(qtbot, page, login):
    open_login(qtbot, page, login).foot.end_button.click()
    dialog = sheet(qtbot, EndDialog)
    qtbot.waitUntil(lambda: dialog.found is not None)
    return dialog


def test_the_details_tell_what_somebody_refunds_alone_and_nothing_of_a_cook(qtbot, page):
    detail = open_login(qtbot, page, "kemi")
    wait_for(qtbot, detail, "Refunds alone up to ₦50,000.00 at once, ₦200,000.00 a day.")
    assert "₦0.00 of today is used up." in texts(detail)
    open_login(qtbot, page, "chidi")
    qtbot.waitUntil(lambda: "Limits" not in texts(detail))


def test_an_approver_is_told_as_one_from_when_on_and_their_password_and_role_are_left_alone(qtbot, page, kemi, owner, owner_connection):
    name_approvers(owner_connection, "kemi", days=0)
    detail = open_login(qtbot, page, "kemi")
    qtbot.waitUntil(lambda: any("Agrees to what others propose from" in words for words in texts(detail)))
    foot = detail.foot
    assert (foot.renew_button.isEnabled(), foot.change_button.isEnabled(), foot.end_button.isEnabled()) == (False, False, True)
    assert foot.why.text().startswith("They agree to what others propose.")
    found = limits(owner, me(kemi).person_id)
    later = said(found, found.approves_from + timedelta(seconds=1))
    assert later[-1] == ("shield-check", "Agrees to what others propose, as the second person.")


def test_what_waits_for_a_second_person_is_told_and_lapses_when_its_maker_goes(
    qtbot, page, scene, kemi, owner, worker, owner_connection
):
    name_approvers(owner_connection, "ada", "gbenga")
    set_limits(owner_connection, alone=100)
    waiting = refund(kemi, scene.order().id)
    assert waiting.state is Progress.AWAITING_APPROVAL
    dialog = ask_to_end(qtbot, page, "kemi")
    amount = f"₦{waiting.total / 100:,.2f}"
    wait_for(qtbot, dialog, f"1 proposal of theirs that waits for a second person lapses. {amount} set aside for that are free again.")
    type_in(dialog.reason, "left")
    type_in(dialog.name, "Kemi")
    scene.refill()
    dialog.act.click()
    qtbot.waitUntil(lambda: lapse_proposals(worker) == 1)  # as the worker does, once a minute
    assert proposal(owner, waiting.id).state is Progress.LAPSED


@pytest.mark.parametrize(
    ("others", "warning"),
    [
        ([], "Then nobody is left who agrees to what others propose: above the limits nothing can be refunded."),
        (["gbenga"], "Then only Gbenga Alabi is left to agree to what others propose, and nobody to what Gbenga Alabi proposes."),
        (["gbenga", "ada"], None),
    ],
)
def test_ending_the_last_approvers_warns_loudly(qtbot, page, owner_connection, others, warning):
    name_approvers(owner_connection, "kemi", *others)
    dialog = ask_to_end(qtbot, page, "kemi")
    if warning:
        wait_for(qtbot, dialog, warning)
    assert dialog.warned.count() == (1 if warning else 0)


def test_an_approver_who_left_does_not_count_as_one(qtbot, page, hire, owner, owner_connection):
    hire("uche", Role.FINANCE_ADMIN).close()
    name_approvers(owner_connection, "kemi", "uche")
    revoke_staff(owner, new_id(), "uche", "left")
    dialog = ask_to_end(qtbot, page, "kemi")
    wait_for(qtbot, dialog, "Then nobody is left who agrees to what others propose: above the limits nothing can be refunded.")
