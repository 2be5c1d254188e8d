"""Orders in words: their state, their clock and lateness, the next step, and who took the last one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from core.base.errors import Frozen
from core.base.identifiers import new_id
from core.orders import QueuedOrder, State, advance_order, cancel_order, queue, recall_order, start_cooking
from core.qt import reasons
from core.qt.states import state_word
from kitchen_app.orders.told import refusal
from kitchen_app.orders.words import clock, late, next_step, who_did
from tests.support.freezing import freeze_money

PLACED_AT = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)  # 12:00 in Lagos
ORDER = QueuedOrder(
    UUID(int=1), 1042, UUID(int=2), State.PLACED, 1, "", PLACED_AT, PLACED_AT + timedelta(minutes=35), None, PLACED_AT,
    None, None, None, None,
)  # fmt: skip


def order(state=State.PLACED, **facts):
    return replace(ORDER, state=state, **facts)


def after(minutes, seconds=0):
    return PLACED_AT + timedelta(minutes=minutes, seconds=seconds)


def test_every_state_has_a_word_of_its_own():
    said = [state_word(state) for state in State]
    assert said == ["Awaiting payment", "Placed", "Accepted", "Cooking", "Ready", "Out", "Delivered", "Cancelled", "Expired"]


@pytest.mark.parametrize(
    ("minutes", "seconds", "found"),
    [(34, 59, None), (35, 59, None), (36, 0, (1, "late")), (41, 30, (6, "late")), (69, 59, (34, "late")), (70, 0, (35, "very_late"))],
)
def test_an_order_is_late_from_a_minute_after_the_promise_and_very_late_from_twice_it(minutes, seconds, found):
    assert late(order(), after(minutes, seconds)) == found


@pytest.mark.parametrize("state", [State.AWAITING_PAYMENT, State.OUT, State.DELIVERED, State.CANCELLED, State.EXPIRED])
def test_what_is_not_in_the_kitchen_is_not_the_kitchens_lateness(state):
    assert late(order(state), after(90)) is None


@pytest.mark.parametrize(
    ("minutes", "text", "tone"),
    [(-2, "Just now", None), (0.9, "Just now", None), (12.5, "12 min", None), (41, "Late 6 min", "warn"), (75, "Late 40 min", "danger"),
     (35 + 95, "Late 1 h 35 min", "danger")],
)  # fmt: skip
def test_the_clock_counts_from_placing_and_says_late_in_words_and_tone(minutes, text, tone):
    assert clock(order(), after(minutes)) == (text, tone)


def test_the_clock_of_a_card_order_says_until_when_it_may_be_paid_in_lagos_time():
    unpaid = order(State.AWAITING_PAYMENT, due_at=after(65))
    assert clock(unpaid, after(50)) == ("Pays until 13:05", None)
    assert clock(unpaid, after(65)) == ("Time to pay is over", "warn")


def test_the_clock_of_a_cancelled_order_stands_still():
    assert clock(order(State.CANCELLED, changed_at=after(44)), after(90)) == ("at 12:44", None)


def test_the_next_step_leads_an_order_from_placed_to_delivered(scene, cook, town):
    order_id, walked = scene.order().id, []
    while found := [each for each in queue(cook, town.yaba) if each.id == order_id]:
        step = next_step(found[0])
        walked.append(step.act)
        if step.state is State.PREPARING:
            start_cooking(cook, new_id(), order_id, found[0].version)
        else:
            advance_order(cook, new_id(), order_id, found[0].version, step.state)
    assert walked == ["Accept", "Start cooking", "Ready", "Out", "Delivered"]


@pytest.mark.parametrize("state", [State.AWAITING_PAYMENT, State.DELIVERED, State.CANCELLED, State.EXPIRED])
def test_where_the_kitchen_has_nothing_to_do_no_step_is_offered(state):
    assert next_step(order(state)) is None


@pytest.mark.parametrize(
    ("state", "facts", "said"),
    [
        (State.PLACED, {}, "Placed, 12:00"),
        (State.AWAITING_PAYMENT, {}, "Placed, 12:00"),
        (State.PLACED, {"came_from": State.AWAITING_PAYMENT}, "Paid by card, 12:00"),
        (State.ACCEPTED, {"changed_by": "Bisi"}, "Accepted by Bisi, 12:00"),
        (State.PREPARING, {"changed_by": "Bisi"}, "Cooking started by Bisi, 12:00"),
        (State.READY, {"changed_by": "Bisi"}, "Made ready by Bisi, 12:00"),
        (State.OUT, {"changed_by": "Bisi"}, "Sent out by Bisi, 12:00"),
        (State.PREPARING, {"changed_by": "Chidi", "reason": "recalled"}, "Taken back by Chidi, 12:00"),
        (State.CANCELLED, {"changed_by": "Bisi", "reason": "no gas"}, "Cancelled by Bisi: no gas"),
        (State.CANCELLED, {"changed_by": "Bisi", "reason": "Out of stock"}, "Cancelled by Bisi: out of stock"),
        (State.CANCELLED, {"changed_by": "Bisi", "reason": "Out of stock: No Rice"}, "Cancelled by Bisi: out of stock: No Rice"),
        (State.CANCELLED, {"reason": "changed their mind"}, "Cancelled by the ordering service: changed their mind"),
        (State.CANCELLED, {"changed_by": "{name}", "reason": "{time} {x"}, "Cancelled by {name}: {time} {x"),
    ],
)
def test_the_newest_step_is_said_with_who_took_it(state, facts, said):
    assert who_did(order(state, **facts)) == said


def test_a_persons_note_that_only_looks_like_a_reason_stays_as_it_was_typed():
    assert reasons.reason("Other: the pot fell") == "Other: the pot fell"


def test_what_the_server_records_reads_the_same_way(scene, manager, cook, town):
    accepted, cancelled = scene.order(State.ACCEPTED), scene.order()
    recalled = recall_order(cook, new_id(), accepted.id, 2)
    cancel_order(manager, new_id(), cancelled.id, 1, f"{reasons.DUPLICATE}: see 1041")
    said = {found.id: who_did(found) for found in queue(cook, town.yaba)}
    assert said[recalled.id].startswith("Taken back by Chidi Okoye, ")
    assert said[cancelled.id] == "Cancelled by Bisi Ojo: duplicate order: see 1041"


def test_while_money_is_frozen_a_manager_is_told_what_to_do_with_a_paid_order(scene, manager):
    placed = scene.order()
    freeze_money(scene)
    with pytest.raises(Frozen) as refused:
        cancel_order(manager, new_id(), placed.id, 1, "the gas is out")
    said = refusal(replace(ORDER, number=placed.number), refused.value)
    assert said == f"Money is frozen, so a paid order cannot be cancelled. Cook order {placed.number}, or ask the office."
