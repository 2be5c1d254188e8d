"""A large refund runs 500 lines at a time: the first with the confirmation, the rest by the worker; it is stopped, resumed, ended."""

import pytest

from core.base.errors import Forbidden, Illegal, Invalid, TooFast
from core.base.identifiers import new_id
from core.orders import State, cancel_order, order_money
from core.proposals import Progress, confirm_proposal, proposal, resume_proposal, stop_proposal, withdraw_proposal
from core.refunds import LineState, refund_cases, refund_orders, refund_progress, run_refund, running_refunds
from core.staff import Role
from core.stock import count_stock
from tests.support.many import all_of_yaba
from tests.support.proposing import by_card
from tests.support.refunds import WHY, behind_the_guards, confirm, preview, refund

JOLLOF, WATER = 250_000, 30_000  # kobo


def test_a_rule_finds_its_orders_and_leaves_out_with_why(support, scene, cooked):
    paid, exempt, refunded = cooked(), cooked(), cooked()
    cold = scene.order()  # not in this state
    refund(support, refunded.id)
    proposed = all_of_yaba(support, scene, exempt_ids=[exempt.id])
    assert proposed.total == JOLLOF and proposed.impact["orders"] == 1
    assert {left["why"]: left["orders"] for left in proposed.impact["left_out"]} == {"exempt": 1, "refunded": 1}
    rows = {row.number: row.state for row in refund_orders(support, proposed.id)}
    assert rows == {paid.number: LineState.PROPOSED, exempt.number: LineState.LEFT_OUT, refunded.number: LineState.LEFT_OUT}
    assert cold.number not in rows


def test_a_rule_that_finds_nothing_or_is_none_is_refused(support, scene, refill):
    bad = ({"states": ["delivered"]}, {"states": ["eaten"]}, {"pay_with": "cash"}, {"since": None}, {"kitchen_id": new_id()})
    for other in bad:
        refill()
        with pytest.raises(Invalid):
            all_of_yaba(support, scene, **other)


def test_the_first_500_lines_run_with_the_confirmation_and_the_rest_by_the_worker(support, worker, scene, many, balance):
    """C42: each line once."""
    many(1200, each=3)
    running = confirm(support, all_of_yaba(support, scene))
    assert (running.state, running.lines) == (Progress.RUNNING, 1200)
    assert (refund_progress(support, running.id).done, refund_progress(support, running.id).waiting) == (500, 700)
    assert [found.id for found in running_refunds(worker)] == [running.id]
    assert [run_refund(worker, running.id) for _ in range(3)] == [500, 200, 0]
    assert proposal(support, running.id).state == Progress.DONE and running_refunds(worker) == []
    assert refund_progress(support, running.id).amount_done == 1200 * WATER


def test_a_stopped_refund_stands_still_and_goes_on_when_it_is_resumed(support, finance, worker, scene, many):
    many(600)
    running = confirm(support, all_of_yaba(support, scene))
    assert stop_proposal(finance, new_id(), running.id).state == Progress.STOPPED
    assert run_refund(worker, running.id) == 0
    with pytest.raises(Illegal):
        stop_proposal(support, new_id(), running.id)
    assert resume_proposal(support, new_id(), running.id).state == Progress.RUNNING
    assert run_refund(worker, running.id) == 100
    assert proposal(support, running.id).state == Progress.DONE


def test_what_was_stopped_can_be_ended_and_what_ran_stays_run(support, worker, scene, many):
    many(600)
    running = confirm(support, all_of_yaba(support, scene))
    stop_proposal(support, new_id(), running.id)
    ended = withdraw_proposal(support, new_id(), running.id, "Enough is enough")
    progress = refund_progress(support, running.id)
    assert (ended.state, progress.done, progress.left_out, progress.waiting) == (Progress.WITHDRAWN, 500, 100, 0)
    assert confirm(support, all_of_yaba(support, scene)).lines == 100


def test_of_two_colleagues_in_support_only_the_maker_stops(support, hire, scene, many):
    many(501)
    running = confirm(support, all_of_yaba(support, scene))
    with pytest.raises(Forbidden):
        stop_proposal(hire("sade", Role.SUPPORT), new_id(), running.id)


def test_a_card_line_waits_to_be_sent_and_says_so(support, scene, auditor):
    order = by_card(scene)
    proposed = preview(support, order.id)
    assert proposed.impact["card"] == {"orders": 1, "amount": WATER}
    running = confirm(support, proposed)
    [row] = refund_orders(auditor, running.id)
    assert (running.state, row.state) == (Progress.RUNNING, LineState.SENDING)
    assert (order_money(auditor, order.id).refunded, running_refunds(auditor)) == (0, [])


def test_a_card_order_can_be_refunded_to_the_wallet_at_once(support, scene, auditor):
    order = by_card(scene)
    assert confirm(support, preview(support, order.id, destination="wallet")).state == Progress.DONE
    assert order_money(auditor, order.id).refunded == WATER


def test_a_wallet_order_is_not_refunded_to_a_card(support, cooked):
    with pytest.raises(Invalid) as refused:
        preview(support, cooked().id, destination="card")
    assert refused.value.facts["left_out"][0]["why"] == "no_card"


@pytest.mark.long
def test_10001_lines_are_refused_and_10000_are_confirmed_in_time(support, worker, scene, many):
    """A15: 10,001 lines; and a confirmation of 10,000 stays well under the ten seconds that the reaper leaves."""
    many(10_001)
    with pytest.raises(Invalid):
        all_of_yaba(support, scene)
    some = [row[0] for row in scene.admin.execute("SELECT id FROM app.orders WHERE state = 'preparing' LIMIT 10000").fetchall()]
    running = confirm(support, preview(support, *some))
    assert (running.state, running.lines) == (Progress.RUNNING, 10_000)
    assert sum(run_refund(worker, running.id) for _ in range(19)) == 9_500


def test_somebody_who_only_previews_does_not_fill_the_disk(support, scene, cooked, refill):
    proposed = preview(support, cooked().id)
    with behind_the_guards(scene.admin) as admin:
        admin.execute("CREATE TEMP TABLE copies ON COMMIT DROP AS SELECT gen_random_uuid() AS id FROM generate_series(1, 200000)")
        admin.execute(
            "INSERT INTO app.refund_lines (proposal_id, order_id, dish_id, quantity, amount, destination, order_version, state)"
            " SELECT r.proposal_id, copies.id, r.dish_id, 1, 1, 'wallet', 1, 'proposed' FROM app.refund_lines AS r, copies"
        )
    with pytest.raises(TooFast):
        preview(support, cooked().id)
    scene.admin.execute("DELETE FROM app.refund_lines WHERE proposal_id = %s", [proposed.id])  # as the worker sweeps it
    refill()
    assert preview(support, cooked().id).total == JOLLOF


def test_what_a_kitchen_cancelled_after_cooking_began_is_put_forward_until_it_is_refunded(support, scene, login, finance):
    order = scene.order(State.ACCEPTED, State.PREPARING)
    cancel_order(login("manager"), new_id(), order.id, 3, "burnt")
    [case] = refund_cases(support)
    assert (case.number, case.why, case.reason, case.by, case.amount) == (order.number, "cancelled", "burnt", "Bisi Ojo", JOLLOF)
    refund(support, case.order_id)
    assert refund_cases(support) == []


def test_orders_that_the_shelf_cannot_serve_any_more_are_put_forward_the_last_promised_first(support, scene, manager):
    item_id = scene.item(3)
    dish_id = scene.dish(item_id)
    first, second, third = (scene.order(dish_id=dish_id) for _ in range(3))
    count_stock(manager, new_id(), item_id, 1, 1, "")
    assert [(case.number, case.why, case.reason) for case in refund_cases(support)] == [
        (second.number, "short", "Item"), (third.number, "short", "Item"),
    ]  # fmt: skip


def test_the_screen_that_was_confirmed_can_be_opened_as_it_was(support, cooked, auditor):
    proposed = preview(support, cooked().id)
    confirmed = confirm_proposal(support, new_id(), proposed.token, *WHY)
    later = proposal(auditor, confirmed.id)
    assert (later.impact, later.digest, later.total) == (proposed.impact, proposed.digest, proposed.total)
    assert (later.code, later.reason, later.made_by, later.login) == (*WHY, "Funmi Ade", "funmi")
