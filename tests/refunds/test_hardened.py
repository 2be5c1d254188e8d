"""What somebody may try around limits, the second person and the clock, and what may get in the way: it holds, and nothing sticks."""

import pytest

from core.base.errors import Illegal, Invalid
from core.base.identifiers import new_id
from core.menu import add_dishes
from core.orders import State, cancel_order, place_order, start_cooking
from core.proposals import (
    Outcome,
    Progress,
    approve_proposal,
    confirm_proposal,
    lapse_proposals,
    preview_approver,
    preview_limits,
    preview_stock,
    preview_suspension,
    proposal,
)
from core.refunds import dismiss_case, preview_refund, refund_cases, refund_orders
from core.staff import Role, change_staff_role, revoke_staff
from core.stock import count_stock
from core.worker.refunds import Runner
from tests.support.many import all_of_yaba
from tests.support.refunds import (
    age,
    behind_the_guards,
    confirm,
    name_approvers,
    preview,
    preview_line,
    refund,
    set_limits,
    why,
)

MUCH = 10**11  # kobo


@pytest.fixture
def waiting(support, cooked, owner_connection, approvers):
    """A refund of Funmi's that waits for a second person."""
    set_limits(owner_connection, alone=0)
    return refund(support, cooked().id)


@pytest.fixture
def person(owner_connection):
    return lambda login: owner_connection.execute("SELECT person_id FROM app.staff WHERE login = %s", [login]).fetchone()[0]


def test_what_waited_and_was_taken_back_leaves_the_day_as_it_was_however_much_it_was(owner_connection, person):
    charge = "SELECT app.charge_day(%s, '2026-03-12', %s)"
    charged = [owner_connection.execute(charge, [person("funmi"), kobo]).fetchone()[0] for kobo in (MUCH, MUCH, -MUCH, -MUCH, 5)]
    assert charged == [MUCH, 2 * MUCH, MUCH, 0, 5]


def test_what_was_confirmed_in_time_is_in_time_however_long_its_orders_were_locked(support, cooked, owner_connection, held, aside):
    order = cooked()
    proposed = preview(support, order.id)
    with behind_the_guards(owner_connection) as admin:
        admin.execute("UPDATE app.proposals SET expires_at = clock_timestamp() + interval '1 second' WHERE id = %s", [proposed.id])
    with held(f"SELECT FROM app.orders WHERE id = '{order.id}' FOR NO KEY UPDATE") as wait:
        confirming = aside(confirm, support, proposed)
        wait()
        owner_connection.execute("SELECT pg_sleep(1.2)")
    assert confirming.result(5).state is Progress.DONE


def test_far_too_many_portions_of_a_dear_dish_are_refused_in_our_words(support, scene, owner):
    dish_id = new_id()
    add_dishes(owner, new_id(), scene.town.yaba, [dish_id], ["Feast"], ["Rice"], [20_000_000])
    order = scene.order(State.ACCEPTED, State.PREPARING, dish_id=dish_id, customer_id=scene.customer(20_000_000))
    with pytest.raises(Invalid, match="Nothing of this"):
        preview_line(support, order.id, dish_id, 10_000)


def test_a_login_ends_at_once_whoever_has_the_orders_of_its_refunds_in_hand(waiting, support, hire, scene, owner, held, cooked, worker):
    sade = hire("sade", Role.SUPPORT)
    theirs = refund(sade, cooked().id)
    [row] = refund_orders(support, theirs.id)
    with held(f"SELECT FROM app.orders WHERE id = '{row.order_id}' FOR NO KEY UPDATE"):
        revoke_staff(owner, new_id(), "sade", "laptop stolen")
    assert lapse_proposals(worker) == 1
    assert proposal(support, theirs.id).state is Progress.LAPSED
    assert proposal(support, waiting.id).state is Progress.AWAITING_APPROVAL


def test_a_late_proposal_that_somebody_holds_up_holds_up_no_refund(waiting, support, scene, owner_connection, worker, held, aside, many):
    age(owner_connection, waiting.id, 24 * 60)
    [row] = refund_orders(support, waiting.id)
    many(501)
    running = confirm(support, all_of_yaba(support, scene, exempt_ids=[row.order_id]))
    with held(f"SELECT FROM app.orders WHERE id = '{row.order_id}' FOR NO KEY UPDATE"):
        ran = aside(lambda: list(Runner(worker).look())).result(20)
    assert [(each.proposal_id, each.lines) for each in ran] == [(running.id, 1)]
    assert proposal(support, waiting.id).state is Progress.LAPSED or lapse_proposals(worker) == 1


def test_whoever_set_the_makers_password_today_is_no_second_person(hire, owner, finance, cooked, owner_connection, approvers):
    set_limits(owner_connection, alone=0)
    waiting = refund(hire("sade", Role.SUPPORT), cooked().id)  # the owner made this login a moment ago
    assert why(approve_proposal, owner, new_id(), waiting.id, waiting.digest) == "hand"
    assert approve_proposal(finance, new_id(), waiting.id, waiting.digest).state is Progress.DONE


def test_nobody_makes_room_for_a_second_pair_of_eyes_of_their_own(owner, hire, person, owner_connection):
    hire("sade", Role.FINANCE_ADMIN)
    hire("creature", Role.FINANCE_ADMIN)
    name_approvers(owner_connection, "ada", "sade")
    proposed = preview_suspension(owner, new_id(), [], [person("sade")], True)
    confirm_proposal(owner, new_id(), proposed.token, "other", "On holiday")
    creature = preview_approver(owner, new_id(), person("creature"), True)
    assert why(confirm_proposal, owner, new_id(), creature.token, "trust", "Knows the work") == "no_approver"


def test_an_approver_whose_login_was_ended_counts_for_another_week(owner, hire, person, owner_connection):
    hire("sade", Role.FINANCE_ADMIN)
    hire("creature", Role.FINANCE_ADMIN)
    name_approvers(owner_connection, "ada", "sade")
    revoke_staff(owner, new_id(), "sade", "left")
    creature = preview_approver(owner, new_id(), person("creature"), True)
    assert why(confirm_proposal, owner, new_id(), creature.token, "trust", "Knows the work") == "no_approver"
    owner_connection.execute("UPDATE app.staff SET ended_at = ended_at - interval '8 days' WHERE login = 'sade'")
    assert confirm_proposal(owner, new_id(), creature.token, "trust", "Knows the work").state is Progress.DONE


def test_rights_are_looked_at_again_when_it_is_confirmed(scene, hire, owner, person):
    moved, demoted = hire("sade", Role.KITCHEN_MANAGER, [scene.town.yaba]), hire("kemi", Role.OWNER_ADMIN)
    shelf = preview_stock(moved, new_id(), [scene.item(10)], [5], [1])
    change_staff_role(owner, new_id(), "sade", 1, Role.KITCHEN_MANAGER, [scene.town.lekki])
    assert why(confirm_proposal, moved, new_id(), shelf.token, "spoiled", "The fridge broke") == "role"
    staff = preview_suspension(demoted, new_id(), [], [person("sade")], True)
    change_staff_role(owner, new_id(), "kemi", 1, Role.FINANCE_ADMIN, [])
    assert why(confirm_proposal, demoted, new_id(), staff.token, "abuse", "Took the till") == "role"


def test_an_approver_in_another_time_zone_sees_the_same(owner, person, approvers, workplace, copy):
    named = preview_approver(owner, new_id(), person("gbenga"), False)
    waiting = confirm_proposal(owner, new_id(), named.token, "new_work", "Moves to support")
    assert waiting.state is Progress.AWAITING_APPROVAL
    with workplace.bare("finance", copy) as connection:
        connection.execute("SET TimeZone = 'Africa/Lagos'")
        with pytest.raises(Exception, match="it is about you"):
            connection.execute("SELECT outcome FROM api.approve_proposal(gen_random_uuid(), %s, %s)", [waiting.id, waiting.digest])
    with workplace.bare("owner", copy) as connection:
        connection.execute("SET TimeZone = 'Africa/Lagos'")
        again = "SELECT impact FROM api.preview_approver(gen_random_uuid(), %s, false)"
        assert connection.execute(again, [person("gbenga")]).fetchone() == (waiting.impact,)


def test_no_refund_due_is_said_of_what_waits_for_it_and_only_once(support, finance, cooked):
    order = cooked()
    with pytest.raises(Illegal):
        dismiss_case(support, new_id(), order.id, "Nothing happened")
    cancel_order(finance, new_id(), order.id, 3, "burnt")
    assert [case.number for case in refund_cases(support)] == [order.number]
    dismiss_case(support, new_id(), order.id, "Their own mistake")
    assert refund_cases(support) == []
    with pytest.raises(Illegal):
        dismiss_case(support, new_id(), order.id, "Their own mistake")


def test_an_order_of_which_no_refund_was_due_is_put_forward_again_for_what_happens_later(support, finance, cook, scene):
    order = scene.order(State.ACCEPTED)
    count_stock(cook, new_id(), scene.town.rice, 0, scene.shelf(scene.town.rice).version, "spoiled")
    assert [(case.number, case.why) for case in refund_cases(support)] == [(order.number, "short")]
    dismiss_case(support, new_id(), order.id, "Rice is on its way")
    assert refund_cases(support) == []
    count_stock(cook, new_id(), scene.town.rice, 10_000, scene.shelf(scene.town.rice).version, "recount")
    start_cooking(cook, new_id(), order.id, 2)
    cancel_order(finance, new_id(), order.id, 3, "burnt")
    assert [(case.number, case.why) for case in refund_cases(support)] == [(order.number, "cancelled")]
    dismiss_case(support, new_id(), order.id, "Eaten all the same")
    assert refund_cases(support) == []


def test_one_line_that_cannot_go_back_keeps_the_rest_of_an_uncooked_order_too(support, scene):
    town = scene.town
    lines = [town.jollof, town.water]
    order = place_order(scene.ordering, new_id(), town.yaba, town.customer, lines, [1, 2], "")
    with pytest.raises(Invalid) as refused:
        preview_refund(support, new_id(), [order.id, order.id], lines, [None, None], ["card", None])
    left_out = refused.value.facts["left_out"]
    assert {left["why"] for left in left_out} == {"no_card", "uncooked"} and sum(left["amount"] for left in left_out) == order.total


def test_the_lines_of_a_stale_preview_are_swept_too(support, scene, cook, worker, owner_connection):
    order = scene.order(State.ACCEPTED)
    proposed = preview(support, order.id)
    cancel_order(support, new_id(), order.id, 2, "changed their mind")
    assert confirm(support, proposed).outcome is Outcome.IMPACT_CHANGED
    age(owner_connection, proposed.id, 70)
    assert lapse_proposals(worker) == 1
    assert refund_orders(support, proposed.id) == [] and lapse_proposals(worker) == 0


def test_nobody_raises_their_own_limit_as_the_second_person(owner, finance, person, approvers):
    higher = preview_limits(owner, new_id(), person("gbenga"), 10**9, 10**10)
    waiting = confirm_proposal(owner, new_id(), higher.token, "trust", "Knows the work")
    assert why(approve_proposal, finance, new_id(), waiting.id, waiting.digest) == "own"


def test_support_does_not_read_whose_logins_were_suspended(owner, support, auditor, hire, person):
    hire("sade", Role.SUPPORT)
    proposed = preview_suspension(owner, new_id(), [], [person("sade")], True)
    assert proposal(support, proposed.id) is None
    assert proposal(auditor, proposed.id).impact == proposed.impact


def test_a_kitchen_hears_nothing_of_refunds(support, cooked, login, waiting):
    cook = login("cook")
    heard = {noun for (noun,) in _nouns(cook)}
    assert "orders" in heard and not heard & {"proposals", "refunds", "wallets"}


def _nouns(db):
    with db._connections.lend(reading=True) as connection:
        return connection.execute("SELECT DISTINCT noun FROM api.changes").fetchall()

