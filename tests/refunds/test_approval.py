"""Above the limits a second person agrees: a person, not a login, an approver for a day or more, who was shown exactly this."""

import pytest

from core.base.errors import Forbidden, Illegal, Missing
from core.base.identifiers import new_id
from core.orders import State, cancel_order, order_money, start_cooking
from core.proposals import Outcome, Progress, approve_proposal, lapse_proposals, limits, proposal, reject_proposal, withdraw_proposal
from core.refunds import LineState, refund_orders
from core.staff import Role
from tests.refunds.conftest import COOKED
from tests.support.refunds import age, name_approvers, preview, refund, set_limits, why

JOLLOF = 250_000  # kobo


@pytest.fixture
def waiting(support, cooked, owner_connection, approvers):
    """A refund of two portions that waits for a second person."""
    set_limits(owner_connection, alone=2 * JOLLOF - 1)
    return refund(support, cooked(2).id)


def test_above_the_limit_nothing_moves_until_another_person_agrees(waiting, finance, town, balance, auditor):
    before = balance(town.customer)
    assert (waiting.outcome, waiting.state) == (Outcome.CONFIRMED, Progress.AWAITING_APPROVAL)
    assert (waiting.alone_limit, waiting.day_total) == (2 * JOLLOF - 1, 2 * JOLLOF)
    approved = approve_proposal(finance, new_id(), waiting.id, waiting.digest)
    assert (approved.outcome, approved.state, approved.approved_by) == (Outcome.APPROVED, Progress.DONE, "Gbenga Alabi")
    assert balance(town.customer) == before + 2 * JOLLOF


def test_exactly_the_limit_needs_nobody(support, cooked, owner_connection):
    set_limits(owner_connection, alone=JOLLOF)
    assert refund(support, cooked().id).state == Progress.DONE


def test_what_waits_is_set_aside_so_nobody_else_refunds_or_reverses_it(waiting, support, auditor):
    [row] = refund_orders(auditor, waiting.id)
    with pytest.raises(Exception, match="Nothing of this") as refused:
        preview(support, row.order_id)
    assert [left["why"] for left in refused.value.facts["left_out"]] == ["reserved"]


def test_the_maker_does_not_approve_their_own_under_any_login(hire, cooked, owner_connection):
    """A10: the maker, and the maker's second login."""
    maker = hire("sade", Role.FINANCE_ADMIN)
    [person_id] = owner_connection.execute("SELECT person_id FROM app.staff WHERE login = 'sade'").fetchone()
    second = hire("sade.home", Role.OWNER_ADMIN, person_id=person_id)
    name_approvers(owner_connection, "sade", "ada")
    set_limits(owner_connection, alone=0)
    waiting = refund(maker, cooked().id)
    assert why(approve_proposal, maker, new_id(), waiting.id, waiting.digest) == "own"
    assert why(approve_proposal, second, new_id(), waiting.id, waiting.digest) == "own"


def test_support_and_who_is_no_approver_and_who_is_one_for_less_than_a_day_may_not_approve(waiting, support, hire, owner_connection):
    """A10: support, no approver, an approver younger than 24 h."""
    with pytest.raises(Forbidden):
        approve_proposal(support, new_id(), waiting.id, waiting.digest)
    sade = hire("sade", Role.FINANCE_ADMIN)
    assert why(approve_proposal, sade, new_id(), waiting.id, waiting.digest) == "no_approver"
    name_approvers(owner_connection, "sade", days=0)
    assert why(approve_proposal, sade, new_id(), waiting.id, waiting.digest) == "young"


def test_without_a_second_approver_it_is_refused_at_once_and_nothing_is_set_aside(support, hire, cooked, owner_connection, auditor):
    """A10: no second approver."""
    set_limits(owner_connection, alone=0)
    order = cooked()
    assert why(refund, support, order.id) == "no_approver"
    sade = hire("sade", Role.FINANCE_ADMIN)
    name_approvers(owner_connection, "sade")
    assert why(refund, sade, order.id) == "no_approver"  # only herself
    assert order_money(auditor, order.id).gives_back == 0 and preview(support, order.id).total == JOLLOF


def test_an_approver_who_was_shown_something_else_is_refused(waiting, finance):
    """A11: another digest than shown."""
    assert why(approve_proposal, finance, new_id(), waiting.id, "0" * 64) == "digest"
    assert why(approve_proposal, finance, new_id(), waiting.id, None) == "digest"


def test_approving_twice_is_told_and_happens_once(waiting, finance, owner, town, balance):
    approve_proposal(finance, new_id(), waiting.id, waiting.digest)
    after = balance(town.customer)
    assert approve_proposal(owner, new_id(), waiting.id, waiting.digest).outcome == Outcome.REPLAYED
    assert balance(town.customer) == after


def test_a_proposal_that_is_not_there_cannot_be_approved(finance, approvers):
    with pytest.raises(Missing):
        approve_proposal(finance, new_id(), new_id(), "0" * 64)


def test_rejected_means_free_again_and_the_day_is_given_back(waiting, finance, support, auditor, owner_connection):
    rejected = reject_proposal(finance, new_id(), waiting.id, "Not our fault")
    assert (rejected.state, rejected.ended_by, rejected.ended_why) == (Progress.REJECTED, "Gbenga Alabi", "Not our fault")
    [row] = refund_orders(auditor, waiting.id)
    assert (row.state, row.why) == (LineState.LEFT_OUT, "rejected")
    assert limits(auditor, waiting.person_id).used_today == 0
    set_limits(owner_connection)
    assert refund(support, row.order_id).state == Progress.DONE


def test_the_maker_takes_back_what_nobody_agreed_to_yet_and_nobody_else_does(waiting, support, finance):
    assert why(withdraw_proposal, finance, new_id(), waiting.id, "Not needed any more") == "other"
    assert withdraw_proposal(support, new_id(), waiting.id, "Not needed any more").state == Progress.WITHDRAWN
    with pytest.raises(Illegal):
        approve_proposal(finance, new_id(), waiting.id, waiting.digest)


def test_after_a_day_nobody_can_agree_any_more_and_the_worker_sets_it_free(waiting, finance, worker, owner_connection, support):
    age(owner_connection, waiting.id, 24 * 60)
    assert why(approve_proposal, finance, new_id(), waiting.id, waiting.digest) == "expired"
    assert lapse_proposals(worker) == 1
    assert lapse_proposals(worker) == 0
    assert proposal(support, waiting.id).state == Progress.LAPSED


def test_an_order_that_only_moved_on_keeps_what_was_set_aside_and_is_refunded(scene, support, finance, owner_connection, approvers, cook):
    set_limits(owner_connection, alone=0)
    order = scene.order(State.ACCEPTED)
    waiting = refund(support, order.id)
    start_cooking(cook, new_id(), order.id, 2)
    assert approve_proposal(finance, new_id(), waiting.id, waiting.digest).state == Progress.DONE


def test_cancelled_while_it_waits_and_then_rejected_the_money_goes_back_after_all(
    scene, support, finance, owner_connection, approvers, auditor, balance
):
    set_limits(owner_connection, alone=0)
    customer_id = scene.customer(1_000_000)
    order = scene.order(State.ACCEPTED, customer_id=customer_id)
    waiting = refund(support, order.id)
    cancel_order(support, new_id(), order.id, 2, "changed their mind")
    assert order_money(auditor, order.id).reversed == 0 and balance(customer_id) == 1_000_000 - JOLLOF
    reject_proposal(finance, new_id(), waiting.id, "It was cancelled anyway")
    money = order_money(auditor, order.id)
    assert (money.reversed, money.refunded) == (JOLLOF, 0) and balance(customer_id) == 1_000_000


def test_cancelled_while_it_waits_and_then_approved_the_money_goes_back_once(scene, support, finance, owner_connection, approvers, balance):
    set_limits(owner_connection, alone=0)
    customer_id = scene.customer(1_000_000)
    order = scene.order(State.ACCEPTED, customer_id=customer_id)
    waiting = refund(support, order.id)
    cancel_order(support, new_id(), order.id, 2, "changed their mind")
    assert approve_proposal(finance, new_id(), waiting.id, waiting.digest).state == Progress.DONE
    assert balance(customer_id) == 1_000_000


def test_small_refunds_that_make_up_a_large_one_wait_too(support, scene, owner_connection, approvers):
    """A13: split below the limit; the day limit sends the rest to approval."""
    set_limits(owner_connection, a_day=2 * JOLLOF)
    states = [refund(support, scene.order(*COOKED).id).state for _ in range(4)]
    assert states == [Progress.DONE] * 2 + [Progress.AWAITING_APPROVAL] * 2


def test_the_day_ends_at_midnight_in_lagos_whatever_zone_the_caller_sets(scene, owner_connection, approvers, workplace, copy):
    """A13, C40: the caller's own time zone changes nothing."""
    set_limits(owner_connection, a_day=JOLLOF)
    states = []
    with workplace.bare("support", copy) as connection:
        for zone in ("Pacific/Kiritimati", "Pacific/Niue", "Africa/Lagos", "UTC", "Asia/Tokyo"):
            order = scene.order(*COOKED)
            connection.execute(f"SET TimeZone = '{zone}'")
            [token] = connection.execute(
                "SELECT token FROM api.preview_refund(gen_random_uuid(), %s::uuid[], ARRAY[NULL]::uuid[], ARRAY[NULL]::integer[],"
                " ARRAY[NULL]::text[])",
                [[order.id]],
            ).fetchone()
            confirmed = "SELECT state FROM api.confirm_proposal(gen_random_uuid(), %s, 'late', 'Came an hour late')"
            states += connection.execute(confirmed, [token]).fetchone()
    assert states == ["done"] + ["awaiting_approval"] * 4
