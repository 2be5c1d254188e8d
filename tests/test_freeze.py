"""The freeze: a broken promise about money stops whatever posts, and nothing else; what waits is done after the release."""

import psycopg
import pytest

from core.base.errors import Forbidden, Frozen
from core.base.identifiers import new_id
from core.health import check_runs, freeze, freezes, record_checks
from core.live import trim_outbox
from core.orders import PayWith, State, cancel_order, orders, place_order
from core.payments import PaymentState, create_payment
from core.proposals import confirm_proposal
from core.stock import receive_stock
from tests.support.freezing import freeze_money, frozen_by, release, skipped, tamper, tampered
from tests.support.ledger import account, post
from tests.support.money import settle
from tests.support.refunds import WHY, behind_the_guards, preview, set_limits

COOKED = (State.ACCEPTED, State.PREPARING)


def buy(scene, pay_with=PayWith.WALLET):
    return place_order(scene.ordering, new_id(), scene.town.yaba, scene.town.customer, [scene.town.water], [1], "", pay_with)


def test_a_run_without_a_fault_is_kept_and_freezes_nothing(scene, worker, auditor):
    run = record_checks(worker)
    assert (run.red, run.froze, run.checks > 30, run.took_ms >= 0) == ({}, False, True, True)
    assert check_runs(auditor) == [run] and freeze(auditor) is None
    buy(scene)


def test_a_run_that_finds_money_wrong_freezes_it_once_and_says_which_promise_is_broken(scene, worker, auditor, owner_connection):
    with tampered(scene, scene.customer(1000), scene.customer(1000)):
        first, second = record_checks(worker), record_checks(worker)
    assert (first.froze, second.froze) == (True, False)
    assert first.red == second.red == second.known_red == {"I02": 2} and first.known_red == {}
    [found] = freezes(auditor)
    assert found == freeze(auditor) and found.red == first.red and found.why.startswith("I02 ")
    trail = owner_connection.execute("SELECT action, noun, object_id, login, reason FROM app.audit_events WHERE action = 'freeze_money'")
    assert trail.fetchall() == [("freeze_money", "health", found.id, "worker", found.why)]


def test_what_is_broken_about_orders_or_guards_freezes_nothing(scene, worker, auditor, owner_connection):
    scene.order()
    change = "UPDATE app.order_lines SET unit_price = unit_price + %s"
    with behind_the_guards(owner_connection):
        owner_connection.execute(change, [1])
    assert (record_checks(worker).red, freeze(auditor)) == ({"I16": 1}, None)
    with behind_the_guards(owner_connection):
        owner_connection.execute(change, [-1])


def test_whatever_posts_is_refused_with_since_and_why_and_keeps_nothing(scene, worker, finance, support, ordering, owner_connection):
    set_limits(owner_connection)
    unpaid, placed, cooked = scene.order(pay_with=PayWith.CARD), scene.order(), scene.order(*COOKED)
    previewed, topped = preview(support, cooked.id), create_payment(ordering, new_id(), scene.town.customer, 500)
    since = freeze_money(scene)
    scene.refill()
    calls = [
        (buy, scene),
        (buy, scene, PayWith.CARD),
        (create_payment, ordering, new_id(), scene.town.customer, 500),
        (settle, worker, topped.id, 500),
        (settle, worker, unpaid.id, unpaid.total),
        (cancel_order, finance, new_id(), placed.id, 1, "changed their mind"),
        (confirm_proposal, support, new_id(), previewed.token, *WHY),
    ]
    before = owner_connection.execute("SELECT count(*) FROM app.commands").fetchone()
    for call in calls:
        refused = frozen_by(*call)
        assert refused.facts["why"] == since.why and refused.facts["all"] is True and refused.facts["since"]
    assert owner_connection.execute("SELECT count(*) FROM app.commands").fetchone() == before


def test_a_definer_with_a_fault_posts_nothing_while_money_is_frozen(scene, owner_connection):
    legs = {account(owner_connection, scene.town.customer): 100, account(owner_connection, "payable"): -100}
    freeze_money(scene)
    with pytest.raises(psycopg.Error) as refused:
        post(owner_connection, legs)
    assert refused.value.sqlstate == Frozen.sqlstate


def test_kitchens_stock_reading_and_card_payments_that_failed_go_on(scene, cook, worker, ordering):
    placed, unpaid, topped = scene.order(), scene.order(pay_with=PayWith.CARD), create_payment(ordering, new_id(), scene.town.customer, 50)
    cooked = scene.order(*COOKED)
    freeze_money(scene)
    receive_stock(cook, new_id(), scene.town.rice, 10, "")
    cancel_order(scene.desk("finance"), new_id(), cooked.id, 3, "the gas is out")  # nothing goes back: it is cooking
    assert settle(worker, unpaid.id, unpaid.total, is_paid=False).state is PaymentState.FAILED
    assert settle(worker, topped.id, 49).state is PaymentState.MISMATCH
    assert [order.state for order in orders(scene.owner, order_ids=[placed.id])] == [State.PLACED]
    trim_outbox(worker)


def test_an_order_that_was_placed_before_gets_its_first_answer_again(scene, ordering):
    command_id, basket = new_id(), (scene.town.yaba, scene.town.customer, [scene.town.water], [1], "")
    placed = place_order(ordering, command_id, *basket)
    freeze_money(scene)
    assert place_order(ordering, command_id, *basket) == placed


@pytest.mark.usefixtures("approvers")
def test_a_refund_that_would_wait_for_a_second_person_is_not_confirmed_either(scene, support, owner_connection):
    set_limits(owner_connection, alone=0)
    previewed = preview(support, scene.order(*COOKED).id)
    freeze_money(scene)
    frozen_by(confirm_proposal, support, new_id(), previewed.token, *WHY)


@pytest.mark.parametrize("who", ["cook", "manager", "counter", "support", "finance", "owner", "auditor", "ordering", "webhook"])
def test_nobody_but_the_worker_runs_the_checks(login, who):
    with pytest.raises(Forbidden):
        record_checks(login(who))


def test_runs_are_kept_for_ninety_days(scene, worker, auditor, owner_connection):
    old, young = record_checks(worker), record_checks(worker)
    owner_connection.execute("UPDATE app.check_runs SET at = at - interval '91 days' WHERE id = %s", [old.id])
    owner_connection.execute("UPDATE app.check_runs SET at = at - interval '89 days' WHERE id = %s", [young.id])
    newest = record_checks(worker)
    assert [run.id for run in check_runs(auditor)] == [newest.id, young.id]


def test_open_screens_hear_of_a_freeze_and_of_a_run_that_found_something_else_than_the_one_before(scene, worker, owner_connection):
    owner_connection.execute("DELETE FROM app.outbox")
    begun = freeze_money(scene)
    heard = owner_connection.execute("SELECT object_id FROM app.outbox WHERE noun = 'health' ORDER BY id").fetchall()
    assert heard == [(begun.id,), (None,), (None,)]  # it begins, something is broken, nothing is any more
    record_checks(worker)
    assert owner_connection.execute("SELECT count(*) FROM app.outbox WHERE noun = 'health'").fetchone() == (3,)


@pytest.mark.usefixtures("approvers")
def test_a_promise_that_is_still_broken_freezes_again_only_when_it_is_worse(scene, worker, auditor):
    customer_id = scene.customer(1000)
    with tampered(scene):
        assert record_checks(worker).froze
        scene.refill()
        release(scene)
        assert [record_checks(worker).froze for _ in range(2)] == [False, False]
        buy(scene)
        tamper(scene, customer_id, 1)
        assert record_checks(worker).froze  # two now
        scene.refill()
        release(scene)
        tamper(scene, customer_id, -1)
        assert not record_checks(worker).froze  # one
        tamper(scene, customer_id, 1)
        assert record_checks(worker).froze  # it was better meanwhile, so two are worse again
        tamper(scene, customer_id, -1)
    assert len(freezes(auditor)) == 3


@pytest.mark.usefixtures("approvers")
def test_what_got_worse_before_the_release_was_seen_and_does_not_freeze_again(scene, worker, auditor):
    customer_id = scene.customer(1000)
    with tampered(scene):
        assert record_checks(worker).froze
        tamper(scene, customer_id, 1)
        assert not record_checks(worker).froze  # it is frozen
        scene.refill()
        assert release(scene).impact["checks"][0]["now"] == 2
        assert not record_checks(worker).froze
        tamper(scene, customer_id, -1)
    assert freeze(auditor) is None


@pytest.mark.usefixtures("approvers")
def test_another_promise_that_broke_meanwhile_is_shown_with_what_releases_it_and_does_not_freeze_again(scene, worker, auditor):
    customer_id = scene.customer(1000)
    with tampered(scene):
        assert record_checks(worker).froze
        with skipped(scene, customer_id):
            assert not record_checks(worker).froze  # it is frozen
            scene.refill()
            shown = {check["name"]: (check["known"], check["was"], check["now"]) for check in release(scene).impact["checks"]}
            assert shown["I02"] == (0, 1, 1) and shown["I05"] == (0, 0, 1)
            assert not record_checks(worker).froze
            assert freeze(auditor) is None


@pytest.mark.usefixtures("approvers")
def test_another_promise_that_broke_after_the_newest_run_freezes_again_with_the_next(scene, worker, auditor):
    customer_id = scene.customer(1000)
    with tampered(scene):
        assert record_checks(worker).froze
        with skipped(scene, customer_id):
            scene.refill()
            assert [check["name"] for check in release(scene).impact["checks"]] == ["I02"]
            again = record_checks(worker)
    assert again.froze and "I05" in again.red and again.known_red == {"I02": 1}
    begun = freeze(auditor)
    assert begun and begun.known_red == {"I02": 1} and begun.red["I02"] == 1
    assert "I05 " in begun.why and "I02 " not in begun.why
