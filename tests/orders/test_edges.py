"""The whole state machine: each role tries each step from each state and walks exactly the edges it may; nobody gets around them."""

from typing import NamedTuple
from uuid import UUID

import psycopg
import pytest

from core.base.errors import Forbidden, Illegal, Refused
from core.base.identifiers import new_id
from core.orders import PayWith, State, advance_order, cancel_order, expire_order, order_history, orders, recall_order, start_cooking
from tests.support.money import settle
from tests.support.verbs import EVERYBODY

KITCHEN = {"cook", "manager"}
EDGES = {  # from, to: who
    (State.AWAITING_PAYMENT, State.PLACED): {"worker"},
    (State.AWAITING_PAYMENT, State.EXPIRED): {"worker"},
    (State.PLACED, State.ACCEPTED): KITCHEN,
    (State.PLACED, State.CANCELLED): {"ordering", "manager", "support", "finance"},
    (State.ACCEPTED, State.PREPARING): KITCHEN,
    (State.ACCEPTED, State.CANCELLED): {"manager", "support", "finance"},
    (State.PREPARING, State.READY): KITCHEN,
    (State.PREPARING, State.CANCELLED): {"manager", "finance"},
    (State.READY, State.OUT): KITCHEN,
    (State.OUT, State.DELIVERED): KITCHEN | {"ordering"},
}
RECALLS = {(State.ACCEPTED, State.PLACED): KITCHEN, (State.READY, State.PREPARING): KITCHEN, (State.OUT, State.READY): KITCHEN}
PAYING = (State.AWAITING_PAYMENT, State.PLACED)  # the worker's, by settle_payment
WALK = (State.ACCEPTED, State.PREPARING, State.READY, State.OUT, State.DELIVERED)
STEPS = [  # what a step leads to, and how it is taken
    *(
        (state, lambda db, it, to=state: advance_order(db, new_id(), it.id, it.version, to))
        for state in WALK
        if state is not State.PREPARING
    ),
    (State.PREPARING, lambda db, it: start_cooking(db, new_id(), it.id, it.version)),
    (State.CANCELLED, lambda db, it: cancel_order(db, new_id(), it.id, it.version, "as asked")),
    (State.EXPIRED, lambda db, it: expire_order(db, new_id(), it.id)),
]
ROLES = {
    "cook": "kitchen_staff", "manager": "kitchen_manager", "support": "support", "finance": "finance_admin", "ordering": "svc_ordering",
    "worker": "svc_worker",
}  # fmt: skip


class Seen(NamedTuple):
    """An order as somebody saw it."""

    id: UUID
    version: int


@pytest.fixture
def seen(login):
    """Where an order is now, and its version: how many steps it took."""
    auditor = login("auditor")

    def seen(order_id):
        [row] = orders(auditor, order_ids=[order_id])
        return row.state, len(order_history(auditor, order_id))

    return seen


@pytest.fixture
def brought(scene, worker):
    """An order in this state: `brought(State.READY)`."""

    def brought(state):
        if state in (State.AWAITING_PAYMENT, State.EXPIRED):
            order = scene.order(dish_id=scene.town.water, pay_with=PayWith.CARD)
            scene.end_time_to_pay(order.id)
            return expire_order(worker, new_id(), order.id) if state is State.EXPIRED else order
        order = scene.order(*WALK[: WALK.index(state) + 1] if state in WALK else (), dish_id=scene.town.water)
        if state is State.CANCELLED:
            return cancel_order(scene.ordering, new_id(), order.id, 1, "changed their mind")
        return order

    return brought


def test_the_edges_in_the_database_are_these_and_no_others(owner_connection):
    expected = {(src, dst, tuple(sorted(ROLES[who] for who in may)), recall)
        for edges, recall in ((EDGES, False), (RECALLS, True)) for (src, dst), may in edges.items()}  # fmt: skip
    found = owner_connection.execute("SELECT src, dst, who, recall FROM app.order_edges").fetchall()
    assert {(src, dst, tuple(sorted(who)), recall) for src, dst, who, recall in found} == expected


@pytest.mark.parametrize("state", State)
def test_from_each_state_each_role_walks_exactly_the_edges_it_may(scene, login, brought, seen, state):
    people = {who: login(who) for who in EVERYBODY}
    it, walked = None, set()
    for to, step in STEPS:
        for who, caller in people.items():
            if it is None or seen(it.id)[0] is not state:
                order = brought(state)
                it = Seen(order.id, seen(order.id)[1])
            scene.refill()
            try:
                assert step(caller, it).state is to
                walked.add((to, who))
            except Refused as refused:
                assert isinstance(refused, Illegal if may_call(who, to) and (state, to) not in EDGES else Forbidden), (to, who, refused)
                assert seen(it.id) == (state, it.version), (to, who)
    assert walked == {(dst, who) for (src, dst), may in EDGES.items() for who in may if src is state and (src, dst) != PAYING}


def may_call(who, to):
    """Whether a verb that leads there is anybody's of this role, from whatever state."""
    verbs = {State.PREPARING: KITCHEN, State.EXPIRED: {"worker"}, State.CANCELLED: EDGES[State.PLACED, State.CANCELLED]}
    return who in verbs.get(to, KITCHEN | {"ordering"})


@pytest.mark.parametrize("state", State)
def test_from_each_state_each_role_takes_back_exactly_the_steps_it_may(scene, login, brought, seen, state):
    taken = set()
    for who in EVERYBODY:
        order = brought(state)
        version = seen(order.id)[1]
        scene.refill()
        try:
            taken.add((recall_order(login(who), new_id(), order.id, version).state, who))
        except Refused as refused:
            assert isinstance(refused, Illegal if who in KITCHEN else Forbidden), who
            assert seen(order.id) == (state, version), who
    assert taken == {(dst, who) for (src, dst), may in RECALLS.items() for who in may if src is state}


@pytest.mark.parametrize("state", State)
def test_money_places_only_an_order_that_waits_for_it(scene, login, brought, seen, state):
    order = brought(state)
    version = seen(order.id)[1]
    scene.end_time_to_pay(order.id, 60)
    for who in EVERYBODY:
        try:
            settle(login(who), order.id, 30_000)
        except Refused:
            continue
        assert who == "worker"
    assert seen(order.id) == ((State.PLACED, version + 1) if state is State.AWAITING_PAYMENT else (state, version))


@pytest.mark.parametrize("role", ["r_owner", "postgres"])
@pytest.mark.parametrize("state", State)
def test_whoever_owns_the_table_or_the_server_moves_no_order_off_its_edges(owner_connection, brought, state, role):
    order = brought(state)
    for to in State:
        with owner_connection.transaction(force_rollback=True):
            owner_connection.execute(f"SET LOCAL ROLE {role}")
            paid = "paid" if to is State.EXPIRED else "total"  # no food before the card paid, and no money for none
            raw = f"UPDATE app.orders SET state = %s, version = version + 1, paid = {paid} WHERE id = %s"
            if (state, to) in EDGES | RECALLS:
                assert owner_connection.execute(raw, [to, order.id]).rowcount == 1
                continue
            with pytest.raises(psycopg.Error) as caught:
                owner_connection.execute(raw, [to, order.id])
            assert caught.value.sqlstate == ("42501" if to is state else "RF409"), to  # it stands still, and yet counts a step
