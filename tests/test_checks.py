"""The checker is checked: each promise of core/database/checks is broken on purpose, and its own query must notice."""

import pytest

from core.base.identifiers import new_id
from core.commands import settle_command
from core.database.scripts import Scripts
from core.menu import set_recipes
from core.orders import PayWith, State, advance_order, cancel_order, expire_order, recall_order
from core.payments import create_payment
from core.proposals import approve_proposal, confirm_proposal, preview_limits
from core.refunds import dismiss_case
from core.stock import count_stock, receive_stock
from tests.support.breaks import BREAKS, LEFT_OUT
from tests.support.freezing import freeze_money, release
from tests.support.money import settle
from tests.support.proposing import case, running, waiting
from tests.support.refunds import preview, refund

CHECKS = [script.stem for script in Scripts().checks()]


@pytest.fixture
def lived_in(scene, cook, worker, owner_connection):
    """A town in which something of every kind has happened, to orders, shelves and money: done, taken back, refused, too late."""
    customer_id = scene.customer(1_000_000)
    scene.order(State.ACCEPTED, State.PREPARING, customer_id=customer_id)
    cancel_order(scene.ordering, new_id(), scene.order(customer_id=customer_id).id, 1, "changed their mind")
    recalled = scene.order(State.ACCEPTED)
    recall_order(cook, new_id(), recalled.id, 2)
    advance_order(cook, new_id(), recalled.id, 3, State.ACCEPTED)
    paid, failed, expired = (scene.order(customer_id=customer_id, pay_with=PayWith.CARD) for _ in range(3))
    settle(worker, paid.id, paid.total)
    settle(worker, failed.id, failed.total, is_paid=False)
    settle(worker, create_payment(scene.ordering, new_id(), customer_id, 100).id, 99)
    expire_order(worker, new_id(), scene.end_time_to_pay(expired.id))
    receive_stock(cook, new_id(), scene.town.rice, 500, "")
    count_stock(cook, new_id(), scene.town.oil, 5000, scene.shelf(scene.town.oil).version, "")
    set_recipes(scene.owner, new_id(), scene.town.yaba, [scene.town.jollof], [scene.town.rice], [300])
    settle_command(cook, new_id())
    refunded(scene)
    frozen_twice(scene)
    return owner_connection


def refunded(scene):
    """Refunds of every kind: done alone, agreed to by a second person, waiting for one, waiting for a card, previewed and left."""
    cooked, support, owner = [scene.order(State.ACCEPTED, State.PREPARING) for _ in range(2)], scene.desk("support"), scene.owner
    scene.refill()
    refund(support, cooked[0].id)
    running(scene)
    first = waiting(scene)
    approve_proposal(scene.desk("finance"), new_id(), first.id, first.digest)
    waiting(scene)
    preview(support, cooked[1].id)
    dismiss_case(support, new_id(), case(scene).id, "Their own mistake")
    scene.refill()
    limits = preview_limits(owner, new_id(), None, 10**8, 10**9)
    confirm_proposal(owner, new_id(), limits.token, "trust", "More to do now")


def frozen_twice(scene):
    """Money was frozen and released by two people, and is frozen now."""
    scene.refill()
    freeze_money(scene)
    release(scene)
    scene.refill()
    freeze_money(scene)


def test_every_check_has_a_break_and_every_break_its_check():
    assert sorted(BREAKS) == CHECKS
    assert all(BREAKS.values())


@pytest.mark.parametrize("check", CHECKS)
def test_what_a_check_promises_is_broken_and_it_notices(lived_in, check):
    assert not notices(lived_in, check)
    for broken in BREAKS[check]:
        assert notices(lived_in, check, broken), broken
    assert not notices(lived_in, check)


@pytest.mark.parametrize("check", LEFT_OUT)
def test_what_a_check_leaves_out_on_purpose_is_not_called_broken(lived_in, check):
    for harmless in LEFT_OUT[check]:
        assert not notices(lived_in, check, harmless), harmless


def notices(connection, check, broken="") -> bool:
    """Run what breaks a promise, ask the check's own query, and take it back."""
    with connection.transaction(force_rollback=True):
        if "TRIGGER" not in broken:
            connection.execute("SET LOCAL session_replication_role = replica")  # past the guards, as only a superuser gets
        connection.execute(broken)
        return bool(connection.execute(f"SELECT FROM app.check_{check}").fetchall())
