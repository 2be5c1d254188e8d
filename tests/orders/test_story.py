"""An order's whole story: each thing that happened to it is told once, in order, with who did it and why."""

import pytest

from core.base.errors import Forbidden
from core.base.identifiers import new_id
from core.orders import PayWith, State, advance_order, cancel_order, expire_order, mark_dish_ready, order_story, recall_order, start_cooking
from core.proposals import confirm_proposal
from core.refunds import dismiss_case, preview_refund
from tests.support.money import settle
from tests.support.proposing import case

NAME, READERS = "api.order_story", ("support", "finance", "owner", "auditor")


@pytest.fixture
def story(login):
    """What an auditor reads of an order: `story(order)`."""
    auditor = login("auditor")
    return lambda order: order_story(auditor, order.id)


def gist(happenings, *kinds):
    """The kinds and whats, of all kinds or of these; those of one moment sorted, for they happened at once."""
    return [f"{each.kind} {each.what}" for each in happenings if not kinds or each.kind in kinds]


def one(happenings, kind, what):
    [found] = [each for each in happenings if (each.kind, each.what) == (kind, what)]
    return found


def test_a_wallet_order_from_placing_to_the_door_is_told_once_step_by_step(scene, cook, manager, story):
    order = scene.order(State.ACCEPTED, State.PREPARING)
    mark_dish_ready(cook, new_id(), order.id, scene.town.jollof, True)
    for version, state in enumerate((State.READY, State.OUT, State.DELIVERED), 3):
        scene.refill()
        advance_order(manager, new_id(), order.id, version, state)
    told = story(order)
    assert sorted(gist(told[:3])) == ["money payment", "step placed", "stock hold"]
    assert sorted(gist(told[4:6])) == ["step preparing", "stock use"]
    assert gist([told[3], *told[6:]]) == ["step accepted", "dish ready", "step ready", "step out", "step delivered"]
    assert [each.at for each in told] == sorted(each.at for each in told)


def test_each_says_who_did_it_and_from_which_login(scene, story):
    told = story(scene.order(State.ACCEPTED))
    assert {(each.by, each.login) for each in told if each.what != "accepted"} == {(None, "ordering")}
    assert (one(told, "step", "accepted").by, one(told, "step", "accepted").login) == ("Chidi Okoye", "chidi")


def test_what_an_order_took_from_the_shelf_is_one_row_a_step_with_its_items_behind_it(scene, story):
    told = story(scene.order(State.ACCEPTED, State.PREPARING, quantity=2))
    items = [
        {"name": "Chicken", "quantity": 2, "unit": "pcs", "unit_size": 1}, {"name": "Oil", "quantity": 40, "unit": "L", "unit_size": 1000},
        {"name": "Rice", "quantity": 400, "unit": "kg", "unit_size": 1000},
    ]  # fmt: skip
    assert one(told, "stock", "hold").facts == one(told, "stock", "use").facts == {"items": items}


def test_what_takes_nothing_from_the_shelf_tells_nothing_of_it(scene, story):
    assert gist(story(scene.order(dish_id=scene.town.water)), "stock") == []


def test_what_is_done_at_once_has_one_command(scene, cook, story):
    told = story(scene.order(State.ACCEPTED, State.PREPARING))
    commands = [each.command_id for each in told]
    assert [commands.count(each) for each in dict.fromkeys(commands)] == [3, 1, 2]


def test_a_cancelled_order_says_why_what_went_back_and_what_was_released(scene, login, story):
    order = scene.order(State.ACCEPTED)
    cancel_order(login("finance"), new_id(), order.id, 2, "Customer asked: by phone")
    told = story(order)
    cancelled = one(told, "step", "cancelled")
    assert (cancelled.reason, cancelled.by, cancelled.login) == ("Customer asked: by phone", "Gbenga Alabi", "gbenga")
    assert (one(told, "money", "payment").amount, one(told, "money", "reversal").amount) == (250_000, 250_000)
    assert len(one(told, "stock", "release").facts["items"]) == 3
    assert gist(told, "act") == []


def test_a_step_that_was_taken_back_stands_there_twice_once_each_way(scene, cook, story):
    order = scene.order(State.ACCEPTED)
    recall_order(cook, new_id(), order.id, 2)
    assert [(each.what, each.reason) for each in story(order) if each.kind == "step"] == [
        ("placed", None), ("accepted", None), ("placed", "recalled"),
    ]  # fmt: skip


def test_a_card_order_tells_what_was_asked_what_failed_and_what_came_in(scene, worker, story):
    order = scene.order(pay_with=PayWith.CARD)
    settle(worker, order.id, order.total, is_paid=False)
    settle(worker, order.id, order.total, provider_id="psk_42")
    told = story(order)
    assert gist(told, "card") == ["card asked", "card failed", "card success"]
    assert (one(told, "card", "asked").amount, one(told, "card", "asked").login) == (250_000, "ordering")
    success = one(told, "card", "success")
    assert (success.amount, success.login, success.facts) == (250_000, "worker", {"currency": "NGN", "provider_id": "psk_42"})
    assert gist(told, "money") == ["money top_up", "money payment"]
    assert gist(told, "step") == ["step awaiting_payment", "step placed"]


def test_a_card_that_paid_something_else_says_how_much_in_which_currency(scene, worker, story):
    order = scene.order(pay_with=PayWith.CARD)
    settle(worker, order.id, 900, currency="GHS")
    mismatch = one(story(order), "card", "mismatch")
    assert (mismatch.amount, mismatch.facts["currency"]) == (900, "GHS")
    assert gist(story(order), "money") == []


def test_money_that_came_too_late_is_told_after_the_order_expired(scene, worker, story):
    order = scene.order(pay_with=PayWith.CARD)
    expire_order(worker, new_id(), scene.end_time_to_pay(order.id))
    settle(worker, order.id, order.total)
    told = story(order)
    assert gist(told)[-2:] in (["card success", "money top_up"], ["money top_up", "card success"])
    assert gist(told, "step", "money") == ["step awaiting_payment", "step expired", "money top_up"]


def test_a_dish_that_was_not_ready_after_all_is_told_too(scene, cook, manager, story):
    order = scene.order(State.ACCEPTED, State.PREPARING)
    mark_dish_ready(cook, new_id(), order.id, scene.town.jollof, True)
    mark_dish_ready(manager, new_id(), order.id, scene.town.jollof, False)
    ticks = [each for each in story(order) if each.kind == "dish"]
    assert [(each.what, each.by, each.facts) for each in ticks] == [
        ("ready", "Chidi Okoye", {"dish": "Jollof rice"}), ("not_ready", "Bisi Ojo", {"dish": "Jollof rice"}),
    ]  # fmt: skip


def test_a_refund_is_told_from_its_confirmation_on_with_this_orders_part_of_it(scene, login, story):
    order, other = (scene.order(State.ACCEPTED, State.PREPARING) for _ in range(2))
    finance, both = login("finance"), [order.id, other.id]
    shown = preview_refund(finance, new_id(), both, [None, None], [None, None], [None, None])
    assert gist(story(order), "act") == []
    confirm_proposal(finance, new_id(), shown.token, "quality", "it was burnt")
    told = story(order)
    act = one(told, "act", "confirm_proposal")
    assert (act.amount, act.reason, act.by) == (250_000, "it was burnt", "Gbenga Alabi")
    refund = one(told, "money", "refund")
    assert (refund.amount, refund.login, refund.command_id) == (250_000, "gbenga", shown.id)


def test_a_refund_to_a_card_says_that_it_is_on_its_way(scene, worker, login, story):
    order, finance = scene.order(pay_with=PayWith.CARD), login("finance")
    settle(worker, order.id, order.total)
    advance_order(scene.cook, new_id(), order.id, 2, State.ACCEPTED)
    start_cooking(scene.cook, new_id(), order.id, 3)
    shown = preview_refund(finance, new_id(), [order.id], [None], [None], [None])
    confirm_proposal(finance, new_id(), shown.token, "quality", "it was burnt")
    sending = one(story(order), "act", "refund_sending")
    assert (sending.amount, sending.by, sending.login) == (250_000, "Gbenga Alabi", "gbenga")
    assert gist(story(order), "money") == ["money top_up", "money payment"]


def test_what_else_the_office_did_to_an_order_is_told_with_its_reason(scene, login, story):
    order = case(scene)
    dismiss_case(login("support"), new_id(), order.id, "they were given another meal")
    act = one(story(order), "act", "dismiss_case")
    assert (act.reason, act.by, act.login) == ("they were given another meal", "Funmi Ade", "funmi")


def test_a_story_tells_of_its_own_order_alone(scene, worker, story):
    first, second = scene.order(pay_with=PayWith.CARD), scene.order(State.ACCEPTED)
    settle(worker, first.id, first.total)
    assert {each.order_id for each in story(first)} == {first.id}
    assert gist(story(second), "card") == []


@pytest.mark.parametrize("who", READERS)
def test_the_office_and_the_auditor_read_it(login, scene, who):
    assert gist(order_story(login(who), scene.order().id), "step") == ["step placed"]


@pytest.mark.parametrize("who", ["cook", "manager", "counter", "ordering", "worker"])
def test_a_kitchen_and_a_service_do_not(login, scene, who):
    with pytest.raises(Forbidden):
        order_story(login(who), scene.order().id)


def test_whoever_was_shut_out_reads_nothing_any_more(login, scene, owner_connection):
    support, order = login("support"), scene.order()
    owner_connection.execute("UPDATE app.staff SET active = false WHERE login = 'funmi'")
    assert order_story(support, order.id) == []
    owner_connection.execute("UPDATE app.staff SET active = true WHERE login = 'funmi'")


def test_no_table_is_read_whole_for_it(workplace, copy, scene):
    order = scene.order()
    with workplace.bare("auditor", copy) as connection:
        connection.execute("SET enable_seqscan = off")  # the tables of a test are so small that reading them whole is cheapest
        plan = "\n".join(line for (line,) in connection.execute(f"EXPLAIN SELECT at FROM {NAME} WHERE order_id = '{order.id}'").fetchall())
    for table in ("order_history", "stock_movements", "transfers", "entries", "payments", "audit_events", "refund_lines"):
        assert f"Seq Scan on {table}" not in plan, plan
