"""Races for refunds: whoever clicks, confirms, approves or splits at once, each thing is refunded once, by the right people, or not."""

import pytest

from core.base.errors import Refused, Stale, TooFast
from core.base.identifiers import new_id
from core.orders import State, cancel_order, place_order
from core.proposals import Outcome, Progress, approve_proposal, confirm_proposal, preview_stock, proposal, reject_proposal
from core.refunds import refund_orders, refund_progress, run_refund
from core.staff import Role
from core.stock import receive_stock
from tests.support.many import all_of_yaba, cook_many
from tests.support.money import fund
from tests.support.races import REPEATS, tally
from tests.support.refunds import WHY, confirm, name_approvers, preview, refund, set_limits

JOLLOF = 250_000  # kobo
COOKED = (State.ACCEPTED, State.PREPARING)


@pytest.fixture
def support(login):
    return login("support", size=10)


@pytest.fixture
def finance(login):
    return login("finance", size=10)


@pytest.fixture
def bought(scene, ordering, worker, owner_connection):
    """Cooked orders of jollof, each of a customer of their own: `bought(3)`."""

    def bought(n=1):
        return [scene.order(*COOKED, customer_id=scene.customer(JOLLOF)) for _ in range(n)]

    set_limits(owner_connection)
    receive_stock(scene.cook, new_id(), scene.town.rice, 10**6, "")
    receive_stock(scene.cook, new_id(), scene.town.chicken, 10**4, "")
    receive_stock(scene.cook, new_id(), scene.town.oil, 10**6, "")
    return bought


def outcomes(answers):
    return sorted(answer.outcome if hasattr(answer, "outcome") else type(answer).__name__ for answer in answers)


def test_five_rapid_clicks_refund_once(scene, support, race, bought, balance):
    """A1: five connections; the other four are told that it is done."""
    for _ in range(REPEATS):
        [order] = bought()
        proposed = preview(support, order.id)
        answers = race(5, lambda n: confirm_proposal(support, new_id(), proposed.token, *WHY))
        assert outcomes(answers) == [Outcome.CONFIRMED] + [Outcome.REPLAYED] * 4
        assert {answer.state for answer in answers} == {Progress.DONE}
        assert balance(order.customer_id) == JOLLOF


def test_five_rapid_clicks_under_one_id_get_five_equal_answers(scene, support, race, bought, balance):
    """A1: as the programs send it."""
    for _ in range(REPEATS):
        [order] = bought()
        proposed, command_id = preview(support, order.id), new_id()
        answers = race(5, lambda n: confirm_proposal(support, command_id, proposed.token, *WHY))
        assert outcomes(answers) == [Outcome.CONFIRMED] * 5
        assert balance(order.customer_id) == JOLLOF


def test_a_hundred_orders_without_a_token_are_refunded_by_nobody(scene, login, bought, owner_connection, workplace):
    """A2: bulk refund of 100 orders without token; the server's log has a line."""
    cook_many(owner_connection, 100)
    for who in ("support", "finance", "owner"):
        db = login(who)
        all_of_yaba(db, scene)
        for token in ("", None, "0" * 64):
            answers = [_try(confirm_proposal, db, new_id(), token, *WHY)]
            assert tally(answers) == {"Forbidden": 1}
    assert owner_connection.execute("SELECT count(*) FROM app.transfers WHERE kind = 'refund'").fetchone() == (0,)
    log = (workplace.cluster.home / "log").read_text(encoding="utf-8")
    assert "security: funmi confirmed with a token that is not theirs" in log


def _try(call, *args):
    try:
        return call(*args)
    except Refused as refused:
        return refused


def test_a_stale_form_of_many_shelves_names_each_that_changed_and_changes_none(scene, manager):
    """A3: per line, with what moved it."""
    items = [scene.item(10) for _ in range(4)]
    receive_stock(scene.cook, new_id(), items[1], 5, "")
    receive_stock(scene.cook, new_id(), items[3], 7, "")
    with pytest.raises(Stale) as refused:
        preview_stock(manager, new_id(), items, [1, 2, 3, 4], [1] * 4)
    found = {each["item"]: (each["on_hand"], len(each["movements"])) for each in refused.value.facts["items"]}
    assert found == {str(items[1]): (15, 1), str(items[3]): (17, 1)}
    assert [scene.shelf(item).on_hand for item in items] == [10, 15, 10, 17]


def test_rapid_fire_over_five_connections_is_held_to_the_budget_of_the_person(scene, login, race, bought):
    """A4: 60 calls, 20 and 2 a second pass."""
    [order] = bought()
    scene.refill()
    connections = [login("support") for _ in range(2)]
    answers = race(60, lambda n: preview(connections[n % 2], order.id))
    assert 20 <= tally(answers)["done"] <= 24
    assert tally(answers)["done"] + sum(isinstance(answer, TooFast) for answer in answers) == 60


def test_two_refunds_of_the_same_orders_in_opposite_order_one_runs_and_one_is_told(scene, support, finance, race, bought, balance):
    """A9: two admins, overlapping previews; no deadlock."""
    for _ in range(REPEATS):
        orders = bought(3)
        ids = [order.id for order in orders]
        both = [preview(support, *ids), preview(finance, *reversed(ids))]
        answers = race(2, lambda n: confirm_proposal((support, finance)[n], new_id(), both[n].token, *WHY))
        assert outcomes(answers) == [Outcome.CONFIRMED, Outcome.IMPACT_CHANGED]
        assert [balance(order.customer_id) for order in orders] == [JOLLOF] * 3


def test_a_refund_and_a_cancellation_at_once_give_the_money_back_once(scene, support, finance, race, balance, owner_connection):
    """A8: an order changed between preview and confirm."""
    set_limits(owner_connection)
    for _ in range(REPEATS):
        customer_id = scene.customer(JOLLOF)
        order = scene.order(customer_id=customer_id)
        proposed = preview(support, order.id)
        race(2, lambda n: confirm(support, proposed) if n else cancel_order(finance, new_id(), order.id, 1, "changed their mind"))
        assert balance(customer_id) == JOLLOF
        assert scene.shelf(scene.town.rice).held == 0


def test_two_approvers_at_once_run_it_once(scene, support, finance, owner, race, bought, balance, owner_connection):
    """A12: one approves, the other is told."""
    name_approvers(owner_connection, "ada", "gbenga")
    for _ in range(REPEATS):
        [order] = bought()
        set_limits(owner_connection, alone=0)
        waiting = refund(support, order.id)
        answers = race(2, lambda n: approve_proposal((finance, owner)[n], new_id(), waiting.id, waiting.digest))
        assert outcomes(answers) == [Outcome.APPROVED, Outcome.REPLAYED]
        assert balance(order.customer_id) == JOLLOF


def test_approved_and_rejected_at_once_it_is_one_of_both(scene, support, finance, owner, race, bought, balance, owner_connection):
    name_approvers(owner_connection, "ada", "gbenga")
    for _ in range(REPEATS):
        [order] = bought()
        set_limits(owner_connection, alone=0)
        waiting = refund(support, order.id)
        answers = race(
            2,
            lambda n: reject_proposal(owner, new_id(), waiting.id, "Not our fault")
            if n
            else approve_proposal(finance, new_id(), waiting.id, waiting.digest),
        )
        state = proposal(support, waiting.id).state
        assert len([answer for answer in answers if not isinstance(answer, Exception)]) == 1, answers
        assert balance(order.customer_id) == (JOLLOF if state is Progress.DONE else 0)


def test_split_over_four_connections_the_day_limit_sends_the_rest_to_approval(scene, hire, race, bought, owner_connection):
    """A13: four refunds at once, two within the day's limit."""
    name_approvers(owner_connection, "ada", "gbenga")
    set_limits(owner_connection, a_day=2 * JOLLOF)
    for turn in range(REPEATS):
        maker = hire(f"maker{turn}", Role.SUPPORT, size=4)
        orders = bought(4)
        set_limits(owner_connection, a_day=2 * JOLLOF)
        proposed = [preview(maker, order.id) for order in orders]
        answers = race(4, lambda n: confirm(maker, proposed[n]))
        assert sorted(answer.state for answer in answers) == [Progress.AWAITING_APPROVAL] * 2 + [Progress.DONE] * 2
        maker.close()


def test_a_big_refund_runs_while_orders_are_placed_and_nobody_waits_in_a_circle(
    scene, support, login, worker, race, owner_connection, ordering
):
    """C42: a refund of 1,500 lines, stopped by nobody, beside orders of the same customers."""
    cook_many(owner_connection, 1500, each=5)
    set_limits(owner_connection)
    fund(ordering, worker, scene.town.customer, 10**8)
    running = confirm(support, all_of_yaba(support, scene))
    shop = login("ordering", size=4)

    def work(n):
        if n == 0:
            while run_refund(worker, running.id):
                pass
            return "ran"
        return [place_order(shop, new_id(), scene.town.yaba, scene.town.customer, [scene.town.water], [1], "") for _ in range(50)]

    answers = race(5, work)
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert refund_progress(support, running.id).done == 1500


def test_two_workers_run_each_line_once(scene, support, login, again, race, owner_connection):
    """C42: each line once, whoever runs it."""
    cook_many(owner_connection, 1800, each=2)
    set_limits(owner_connection)
    running = confirm(support, all_of_yaba(support, scene))
    workers = [login("worker"), again("worker")]
    ran = race(2, lambda n: sum(run_refund(workers[n], running.id) for _ in range(4)))
    assert sum(ran) == 1300
    assert {row.state for row in refund_orders(support, running.id, limit=2000)} == {"done"}
