"""Suspensions, limits and approvers by proposal: what bites when, and who must agree."""

import time

import pytest

from core.base.errors import Forbidden, Invalid, Missing, Offline
from core.base.identifiers import new_id
from core.orders import place_order
from core.payments import create_payment
from core.proposals import (
    REASONS,
    Kind,
    Outcome,
    Progress,
    approve_proposal,
    confirm_proposal,
    lapse_proposals,
    limits,
    preview_approver,
    preview_limits,
    preview_suspension,
    proposal,
)
from core.staff import Role, change_staff_role, create_staff_login, me, set_staff_password
from tests.support.refunds import age, name_approvers, preview, refund, set_limits, why
from tests.support.scene import VERIFIER

FRAUD, TRUST = ("fraud", "Paid with stolen cards"), ("trust", "Knows the work by now")


@pytest.fixture
def person(owner_connection):
    """The id of who has a login: `person("gbenga")`."""
    return lambda login: owner_connection.execute("SELECT person_id FROM app.staff WHERE login = %s", [login]).fetchone()[0]


def suspend(db, customers=(), people=(), on=True):
    proposed = preview_suspension(db, new_id(), list(customers), list(people), on)
    return confirm_proposal(db, new_id(), proposed.token, *FRAUD)


def test_a_suspended_customer_cannot_order_or_pay_in_until_it_is_taken_back(scene, finance, ordering):
    customer_id, town = scene.customer(1_000_000), scene.town
    scene.order(customer_id=customer_id)
    assert suspend(finance, [customer_id]).state == Progress.DONE
    basket = (town.yaba, customer_id, [town.water], [1], "")
    with pytest.raises(Missing):
        place_order(ordering, new_id(), *basket)
    with pytest.raises(Missing):
        create_payment(ordering, new_id(), customer_id, 1000)
    suspend(finance, [customer_id], on=False)
    place_order(ordering, new_id(), *basket)


def test_a_suspension_says_who_and_changes_nothing_before_it_is_confirmed(scene, finance):
    customer_id = scene.customer()
    proposed = preview_suspension(finance, new_id(), [customer_id], [], True)
    assert proposed.impact["customers"] == [{"customer": str(customer_id), "active": True}]
    scene.order(customer_id=scene.town.customer)


def test_of_two_who_suspend_the_same_customer_the_second_is_told(scene, finance, owner):
    customer_id = scene.customer()
    proposed = preview_suspension(owner, new_id(), [customer_id], [], True)
    suspend(finance, [customer_id])
    assert confirm_proposal(owner, new_id(), proposed.token, *FRAUD).outcome == Outcome.IMPACT_CHANGED


def test_a_suspended_person_is_out_at_once_and_what_they_proposed_lapses(scene, hire, owner, finance, worker, person, owner_connection):
    name_approvers(owner_connection, "ada", "gbenga")
    sade = hire("sade", Role.SUPPORT)
    set_limits(owner_connection, alone=0)
    waiting, fresh = refund(sade, scene.order().id), preview(sade, scene.order().id)
    suspend(owner, people=[person("sade")])
    with pytest.raises((Forbidden, Offline)):
        preview(sade, scene.order().id)
    assert why(approve_proposal, finance, new_id(), waiting.id, waiting.digest) == "left"
    age(owner_connection, fresh.id, 5)
    assert lapse_proposals(worker) == 1
    assert [proposal(owner, each.id).state for each in (waiting, fresh)] == [Progress.LAPSED] * 2


def test_a_person_taken_back_signs_in_again(hire, owner, person, login):
    hire("sade", Role.SUPPORT)
    suspend(owner, people=[person("sade")])
    suspend(owner, people=[person("sade")], on=False)
    assert me(login("sade")).login == "sade"


def test_nobody_suspends_themselves_and_people_are_the_owners_to_suspend(owner, finance, person):
    with pytest.raises(Invalid):
        suspend(owner, people=[person("ada")])
    with pytest.raises(Forbidden):
        suspend(finance, people=[person("funmi")])
    for customers, people in (([], []), ([new_id()], [])):
        with pytest.raises((Invalid, Missing)):
            suspend(owner, customers, people)


def test_lowering_a_limit_needs_nobody_and_raising_it_a_second_person(owner, finance, person, auditor, owner_connection):
    name_approvers(owner_connection, "ada", "gbenga")
    funmi = person("funmi")
    lower = preview_limits(owner, new_id(), funmi, 100_000, 200_000)
    assert (lower.impact["raises"], lower.impact["was_alone"]) == (False, 5_000_000)
    assert confirm_proposal(owner, new_id(), lower.token, *TRUST).state == Progress.DONE
    found = limits(auditor, funmi)
    assert (found.refund_alone, found.refund_a_day, found.is_own) == (100_000, 200_000, True)
    higher = preview_limits(owner, new_id(), funmi, 100_001, 200_000)
    waiting = confirm_proposal(owner, new_id(), higher.token, *TRUST)
    assert waiting.state == Progress.AWAITING_APPROVAL and limits(auditor, funmi).refund_alone == 100_000
    approve_proposal(finance, new_id(), waiting.id, waiting.digest)
    assert limits(auditor, funmi).refund_alone == 100_001


def test_without_a_second_approver_no_limit_is_raised(owner):
    proposed = preview_limits(owner, new_id(), None, 10**9, 10**10)
    with pytest.raises(Forbidden) as refused:
        confirm_proposal(owner, new_id(), proposed.token, *TRUST)
    assert refused.value.facts == {"why": "no_approver"}


def test_the_limits_of_everybody_are_those_of_whoever_has_no_own(owner, auditor, person):
    proposed = preview_limits(owner, new_id(), None, 1000, 2000)
    confirm_proposal(owner, new_id(), proposed.token, *TRUST)
    found = limits(auditor, person("funmi"))
    assert (found.refund_alone, found.refund_a_day, found.is_own) == (1000, 2000, False)


def test_a_change_of_limits_that_was_overtaken_is_stale(owner, finance, person, owner_connection):
    name_approvers(owner_connection, "ada", "gbenga")
    one, other = (preview_limits(owner, new_id(), person("funmi"), amount, 10**8) for amount in (1000, 2000))
    waiting = confirm_proposal(owner, new_id(), one.token, *TRUST)
    assert waiting.state == Progress.AWAITING_APPROVAL  # the day's limit is higher
    low = preview_limits(owner, new_id(), person("funmi"), 500, 500)
    confirm_proposal(owner, new_id(), low.token, *TRUST)
    assert approve_proposal(finance, new_id(), waiting.id, waiting.digest).outcome == Outcome.IMPACT_CHANGED
    assert confirm_proposal(owner, new_id(), other.token, *TRUST).outcome == Outcome.IMPACT_CHANGED


def test_the_owner_names_the_first_two_approvers_alone_and_the_third_with_one_of_them(
    owner, finance, person, hire, owner_connection, auditor
):
    hire("sade", Role.FINANCE_ADMIN)
    for login in ("ada", "gbenga"):
        proposed = preview_approver(owner, new_id(), person(login), True)
        assert confirm_proposal(owner, new_id(), proposed.token, *TRUST).state == Progress.DONE
    third = preview_approver(owner, new_id(), person("sade"), True)
    waiting = confirm_proposal(owner, new_id(), third.token, *TRUST)
    assert waiting.state == Progress.AWAITING_APPROVAL
    with pytest.raises(Forbidden) as refused:
        approve_proposal(finance, new_id(), waiting.id, waiting.digest)
    assert refused.value.facts == {"why": "young"}
    name_approvers(owner_connection, "gbenga")
    approve_proposal(finance, new_id(), waiting.id, waiting.digest)
    assert limits(auditor, person("sade")).approver_since is not None


def test_support_and_auditors_never_approve(owner, person):
    for login in ("funmi", "halima"):
        with pytest.raises(Invalid):
            preview_approver(owner, new_id(), person(login), True)


def test_an_approvers_logins_are_nobodys_to_change(owner, person, owner_connection, login):
    """Else one owner could become both pairs of eyes."""
    name_approvers(owner_connection, "ada", "gbenga")
    verifier = login("auditor").verifier("gbenga", "another password")
    calls = (
        lambda: set_staff_password(owner, new_id(), "gbenga", verifier),
        lambda: change_staff_role(owner, new_id(), "gbenga", 1, Role.OWNER_ADMIN, []),
        lambda: create_staff_login(owner, new_id(), "gbenga.too", "", Role.FINANCE_ADMIN, [], person("gbenga"), VERIFIER),
    )
    for call in calls:
        with pytest.raises(Forbidden) as refused:
            call()
        assert refused.value.facts == {"why": "approver"}
        time.sleep(0.01)


@pytest.mark.parametrize("kind", Kind)
def test_the_reasons_a_screen_offers_are_those_the_database_takes(owner_connection, kind):
    taken = owner_connection.execute("SELECT app.reason_codes(%s)", [kind]).fetchone()[0]
    assert list(REASONS[kind]) == taken
