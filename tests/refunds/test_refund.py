"""A refund: previewed, confirmed, and the money is back. Never more than was paid, per order and per line."""

import pytest

from core.base.errors import Forbidden, Invalid, Missing
from core.base.identifiers import new_id
from core.orders import PayWith, State, cancel_order, order_history, order_money, start_cooking
from core.proposals import Outcome, Progress, confirm_proposal, proposal
from core.refunds import LineState, preview_refund, refund_orders, refundable_lines
from core.wallets import Cause, explain_wallet
from tests.support.refunds import WHY, age, confirm, preview, preview_line, refund

JOLLOF = 250_000  # kobo


def test_a_preview_says_exactly_what_would_happen_and_nothing_happens(support, cooked, town, balance):
    first, second = cooked(), cooked(2)
    before = balance(town.customer)
    proposed = preview(support, first.id, second.id)
    impact = proposed.impact
    assert (proposed.total, proposed.lines, proposed.state) == (3 * JOLLOF, 2, "previewed")
    assert (impact["total"], impact["orders"], impact["customers"]) == (3 * JOLLOF, 2, 1)
    assert impact["wallet"] == {"orders": 2, "amount": 3 * JOLLOF} and impact["card"] == {"orders": 0, "amount": 0}
    assert impact["largest"] == {"number": second.number, "amount": 2 * JOLLOF}
    assert impact["several_most"] == [{"customer_id": str(town.customer), "orders": 2, "amount": 3 * JOLLOF}]
    assert balance(town.customer) == before


def test_a_confirmed_refund_puts_the_money_back_into_the_wallet_that_paid(support, cooked, town, balance, auditor):
    order = cooked(2)
    before = balance(town.customer)
    done = refund(support, order.id)
    assert (done.outcome, done.state, done.total) == (Outcome.CONFIRMED, Progress.DONE, 2 * JOLLOF)
    assert balance(town.customer) == before + 2 * JOLLOF
    money = order_money(auditor, order.id)
    assert (money.paid, money.refunded, money.reversed) == (2 * JOLLOF, 2 * JOLLOF, 0)
    entry = explain_wallet(auditor, town.customer)[-1]
    assert (entry.kind, entry.amount, entry.order_number) == (Cause.REFUND, 2 * JOLLOF, order.number)


def test_one_portion_of_a_line_is_refunded_and_then_the_other_and_then_nothing_is_left(support, cooked, town, auditor):
    order = cooked(2)
    assert confirm(support, preview_line(support, order.id, town.jollof, 1)).total == JOLLOF
    [line] = refundable_lines(auditor, order.id)
    assert (line.quantity, line.refunded, line.left_there) == (2, 1, 1)
    assert refund(support, order.id).total == JOLLOF
    with pytest.raises(Invalid, match="Nothing of this") as refused:
        preview(support, order.id)
    assert refused.value.facts["left_out"] == [{"why": "refunded", "orders": 1, "amount": 2 * JOLLOF}]


def test_more_portions_than_are_left_are_left_out_with_why(support, cooked, town):
    order, other = cooked(2), cooked()
    confirm(support, preview_line(support, order.id, town.jollof, 1))
    proposed = preview_refund(support, new_id(), [order.id, other.id], [town.jollof] * 2, [2, 1], [None, None])
    assert proposed.total == JOLLOF
    assert proposed.impact["left_out"] == [{"why": "less_left", "orders": 1, "amount": 2 * JOLLOF}]


def test_the_same_line_many_times_counts_once(support, cooked, town):
    """A15: the same line 100,000 times."""
    order, n = cooked(), 100_000
    proposed = preview_refund(support, new_id(), [order.id] * n, [town.jollof] * n, [1] * n, [None] * n)
    assert (proposed.lines, proposed.total) == (1, JOLLOF)


def test_a_line_named_in_two_different_ways_is_refused(support, cooked, town):
    order = cooked(2)
    for dishes, quantities in (([town.jollof] * 2, [1, 2]), ([town.jollof, None], [1, None])):
        with pytest.raises(Invalid, match="named twice"):
            preview_refund(support, new_id(), [order.id] * 2, dishes, quantities, [None, None])


def test_an_order_or_a_dish_that_is_not_there_is_refused(support, cooked, town):
    with pytest.raises(Missing):
        preview(support, new_id())
    with pytest.raises(Missing):
        preview_line(support, cooked().id, town.moi_moi)


def test_without_a_reason_nothing_is_confirmed_and_the_token_still_works(support, cooked, refill):
    """A15: no reason."""
    proposed = preview(support, cooked().id)
    for code, reason in (("late", ""), ("late", "abc"), ("late", None), ("", "Came an hour late"), ("stale", "Came an hour late")):
        refill()
        with pytest.raises(Invalid):
            confirm_proposal(support, new_id(), proposed.token, code, reason)
    assert confirm(support, proposed).state == Progress.DONE


@pytest.mark.parametrize("token", ["", "0" * 64, None, "' OR true --"])
def test_a_forged_token_confirms_nothing(support, cooked, token):
    """A5: forged, empty, null."""
    preview(support, cooked().id)
    with pytest.raises(Forbidden) as refused:
        confirm_proposal(support, new_id(), token, *WHY)
    assert refused.value.facts == {"why": "token"}


def test_another_persons_token_confirms_nothing(support, finance, cooked):
    """A6: another person's token."""
    proposed = preview(support, cooked().id)
    with pytest.raises(Forbidden) as refused:
        confirm_proposal(finance, new_id(), proposed.token, *WHY)
    assert refused.value.facts == {"why": "token"}
    assert confirm(support, proposed).state == Progress.DONE


def test_after_five_minutes_the_figures_no_longer_hold(support, cooked, owner_connection):
    """A7: token expired."""
    proposed = preview(support, cooked().id)
    age(owner_connection, proposed.id, 5)
    with pytest.raises(Forbidden) as refused:
        confirm(support, proposed)
    assert refused.value.facts == {"why": "expired"}
    assert proposal(support, proposed.id).state == Progress.LAPSED


def test_an_order_that_changed_stops_everything_and_says_what_moved(support, cooked, scene, town, balance, cook, auditor):
    """A8: an order changed between preview and confirm."""
    still, moves = cooked(), scene.order(State.ACCEPTED)
    before = balance(town.customer)
    proposed = preview(support, still.id, moves.id)
    start_cooking(cook, new_id(), moves.id, 2)
    stale = confirm(support, proposed)
    assert (stale.outcome, stale.state) == (Outcome.IMPACT_CHANGED, Progress.STALE)
    assert stale.moved["orders"] == 1
    assert stale.moved["moved"] == [
        {"number": moves.number, "was": "accepted", "was_amount": JOLLOF, "now": "preparing", "now_amount": JOLLOF, "why": None}
    ]
    assert balance(town.customer) == before
    with pytest.raises(Forbidden):
        confirm(support, proposed)


def test_a_repeated_preview_answers_without_its_token(support, cooked):
    order, command_id = cooked(), new_id()
    first = preview_refund(support, command_id, [order.id], [None], [None], [None])
    again = preview_refund(support, command_id, [order.id], [None], [None], [None])
    assert first.token and again.token is None
    assert (again.id, again.impact, again.digest) == (first.id, first.impact, first.digest)


def test_a_repeated_confirmation_returns_what_it_did_and_moves_nothing(support, cooked, town, balance):
    proposed, command_id = preview(support, cooked().id), new_id()
    first = confirm_proposal(support, command_id, proposed.token, *WHY)
    after = balance(town.customer)
    assert confirm_proposal(support, command_id, proposed.token, *WHY) == first
    again = confirm_proposal(support, new_id(), proposed.token, *WHY)
    assert (again.outcome, again.id, again.state) == (Outcome.REPLAYED, first.id, Progress.DONE)
    assert balance(town.customer) == after


def test_an_order_that_nobody_cooks_yet_is_refunded_whole_and_so_cancelled_and_its_stock_returns_once(support, scene, town, rice, auditor):
    order = scene.order(State.ACCEPTED, quantity=2)
    held = scene.shelf(town.rice).held
    proposed = preview(support, order.id)
    assert proposed.impact["ends"] == 1
    confirm(support, proposed)
    assert scene.shelf(town.rice).held == held - 400 and rice() == 10_000
    money = order_money(auditor, order.id)
    assert (money.refunded, money.gives_back) == (2 * JOLLOF, 0)
    last = order_history(auditor, order.id)[-1]
    assert (last.state, last.reason, last.by) == (State.CANCELLED, "Refunded: Came an hour late", "Funmi Ade")


def test_a_part_of_an_order_that_nobody_cooks_yet_is_left_out(support, scene, town):
    order = scene.order(quantity=2)
    with pytest.raises(Invalid) as refused:
        preview_line(support, order.id, town.jollof, 1)
    assert refused.value.facts["left_out"] == [{"why": "uncooked", "orders": 1, "amount": JOLLOF}]


def test_what_was_given_back_by_cancelling_is_not_refunded_too(support, scene):
    order = scene.order()
    cancel_order(support, new_id(), order.id, 1, "changed their mind")
    with pytest.raises(Invalid) as refused:
        preview(support, order.id)
    assert [left["why"] for left in refused.value.facts["left_out"]] == ["reversed"]


def test_an_unpaid_order_is_left_out(support, scene, cooked):
    unpaid = scene.order(pay_with=PayWith.CARD)
    proposed = preview(support, unpaid.id, cooked().id)
    assert [left["why"] for left in proposed.impact["left_out"]] == ["unpaid"]


def test_the_run_is_a_document_of_each_order(support, cooked, town, auditor):
    order = cooked(2)
    done = refund(support, order.id)
    [row] = refund_orders(auditor, done.id)
    assert (row.number, row.customer, row.state, row.amount, row.portions, row.dishes) == (
        order.number, "Ngozi Eze", LineState.DONE, 2 * JOLLOF, 2, "2 × Jollof rice",
    )  # fmt: skip
