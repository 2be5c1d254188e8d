"""Cancelling: before cooking exactly what was paid goes back, once, so many times a day; afterwards no money moves."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest

from core.base.errors import Forbidden, Illegal, Invalid, Stale, TooFast
from core.base.identifiers import new_id
from core.orders import PayWith, State, cancel_order, place_order
from core.staff import Role, me
from core.wallets import Cause, explain_wallet
from tests.support.money import settle
from tests.support.refusals import refused

LIMIT = 20  # a person and Lagos day
ZONES = ("Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC", "Africa/Lagos", "<+167>-167")


@pytest.fixture
def paid(scene):
    """An order of one jollof that took the last of its customer's 300,000 kobo but 50,000, brought this far."""
    return lambda *steps: scene.order(*steps, customer_id=scene.customer(300_000))


@pytest.fixture
def waters(scene):
    """So many orders of a water: they take nothing from the shelf."""
    return lambda number: [scene.order(dish_id=scene.town.water).id for _ in range(number)]


@pytest.fixture
def rest(owner_connection):
    """Give everybody a full budget of calls again, on the same day."""
    return lambda: owner_connection.execute("UPDATE app.budgets SET full_at = '-infinity'")


@pytest.fixture
def cancel_all(rest):
    """Cancel one order after the other, with a rest between them: `cancel_all(manager, order_ids)`."""

    def cancel_all(who, order_ids):
        for order_id in order_ids:
            rest()
            cancel_order(who, new_id(), order_id, 1, "no gas")
        rest()

    return cancel_all


@pytest.mark.parametrize("steps", [(), (State.ACCEPTED,)])
def test_before_cooking_all_that_was_paid_goes_back_into_the_wallet_that_paid(paid, manager, balance, login, steps):
    order = paid(*steps)
    assert balance(order.customer_id) == 50_000
    cancel_order(manager, new_id(), order.id, 1 + len(steps), "no chicken left")
    assert balance(order.customer_id) == 300_000
    last = explain_wallet(login("finance"), order.customer_id)[-1]
    assert (last.kind, last.amount, last.order_number, last.reason) == (Cause.REVERSAL, 250_000, order.number, "no chicken left")


def test_a_card_order_gives_its_money_into_the_wallet(scene, ordering, worker, balance):
    order = scene.order(customer_id=scene.customer(), pay_with=PayWith.CARD)
    settle(worker, order.id, order.total)
    cancel_order(ordering, new_id(), order.id, 2, "changed their mind")
    assert balance(order.customer_id) == 250_000


@pytest.mark.parametrize("steps", [(State.ACCEPTED, State.PREPARING)])
def test_once_it_cooks_no_money_moves(scene, paid, manager, balance, owner_connection, steps):
    """I12: cancelled while preparing."""
    order = paid(*steps)
    assert cancel_order(manager, new_id(), order.id, 3, "burnt").state is State.CANCELLED
    assert balance(order.customer_id) == 50_000
    assert owner_connection.execute("SELECT paid, reversed FROM app.orders WHERE id = %s", [order.id]).fetchone() == (250_000, 0)


def test_a_cancelled_order_gives_nothing_back_again(paid, manager, ordering, balance):
    order, command_id = paid(), new_id()
    first = cancel_order(manager, command_id, order.id, 1, "no chicken left")
    assert cancel_order(manager, command_id, order.id, 1, "no chicken left") == first
    for who, version, kind in ((manager, 1, Stale), (manager, 2, Illegal), (ordering, 2, Illegal)):
        with pytest.raises(kind):
            cancel_order(who, new_id(), order.id, version, "no chicken left")
    assert balance(order.customer_id) == 300_000


@pytest.mark.parametrize("reason", ["", None, " ", "x" * 501, "no\u202egas"])
def test_without_a_reason_nothing_goes_back(paid, manager, balance, reason):
    order = paid()
    with refused(Invalid, field="reason"):
        cancel_order(manager, new_id(), order.id, 1, reason)
    assert balance(order.customer_id) == 50_000


def test_the_ordering_service_cancels_what_it_placed_itself_until_it_is_accepted(scene, paid, ordering, again, balance):
    other, town = again("ordering"), scene.town
    with refused(Forbidden, why="role"):
        cancel_order(other, new_id(), paid().id, 1, "changed their mind")
    theirs = place_order(other, new_id(), town.yaba, town.customer, [town.water], [1], "")
    with refused(Forbidden, why="role"):
        cancel_order(ordering, new_id(), theirs.id, 1, "changed their mind")
    assert cancel_order(other, new_id(), theirs.id, 1, "changed their mind").state is State.CANCELLED
    accepted = paid(State.ACCEPTED)
    with refused(Forbidden, why="role"):
        cancel_order(ordering, new_id(), accepted.id, 2, "changed their mind")
    assert balance(accepted.customer_id) == 50_000


def test_a_person_cancels_twenty_orders_a_day_and_leaves_the_rest_to_others(waters, manager, cancel_all, login, owner_connection):
    """I12: the 21st of a day."""
    *cancelled, last, tomorrow = waters(LIMIT + 2)
    cancel_all(manager, cancelled)
    with pytest.raises(TooFast, match="as many orders today as one person may") as caught:
        cancel_order(manager, new_id(), last, 1, "no gas")
    lagos = datetime.now(ZoneInfo("Africa/Lagos"))
    midnight = (lagos + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    assert abs(caught.value.facts["seconds"] - (midnight - lagos).total_seconds()) < 60
    assert cancel_order(login("support"), new_id(), last, 1, "no gas").state is State.CANCELLED
    owner_connection.execute("UPDATE app.day_counters SET day = day - 1")
    cancel_all(manager, [tomorrow])


def test_a_second_login_of_the_same_person_counts_with_the_first(scene, waters, manager, cancel_all, hire):
    twin = hire("bisi.office", Role.KITCHEN_MANAGER, [scene.town.yaba], person_id=me(manager).person_id)
    *cancelled, last = waters(LIMIT + 1)
    cancel_all(manager, cancelled[:10])
    cancel_all(twin, cancelled[10:])
    for who in (manager, twin):
        with pytest.raises(TooFast):
            cancel_order(who, new_id(), last, 1, "no gas")


def test_no_zone_of_the_caller_makes_another_day(waters, manager, cancel_all, workplace, copy, rest):
    *cancelled, last = waters(LIMIT + 1)
    cancel_all(manager, cancelled)
    with workplace.bare("manager", copy) as connection:
        for zone in ZONES:
            rest()
            connection.execute("SELECT set_config('TimeZone', %s, false)", [zone])
            with pytest.raises(psycopg.Error, match="as many orders today"):
                connection.execute("SELECT id FROM api.cancel_order(%s, %s, 1, 'no gas')", [new_id(), last])


@pytest.mark.parametrize("zone", ZONES)
def test_the_day_in_lagos_is_the_day_in_lagos_whatever_the_caller_has_set(owner_connection, chance, zone):
    owner_connection.execute("SELECT set_config('TimeZone', %s, false)", [zone])
    midnight = datetime(2026, 12, 31, 23, 0, tzinfo=UTC)  # in Lagos a new year begins
    moments = [midnight, midnight - timedelta(microseconds=1), datetime(2028, 2, 28, 23, 30, tzinfo=UTC)]
    moments += [midnight + timedelta(seconds=chance.uniform(-4e8, 4e8)) for _ in range(50)]
    for moment in moments:
        [day] = owner_connection.execute("SELECT app.lagos_day(%s::timestamptz)", [moment.isoformat()]).fetchone()
        assert day == moment.astimezone(ZoneInfo("Africa/Lagos")).date(), moment


def test_services_are_not_counted(waters, ordering, cancel_all, owner_connection):
    cancel_all(ordering, waters(LIMIT + 1))
    assert owner_connection.execute("SELECT count(*) FROM app.day_counters").fetchone() == (0,)


def test_a_refused_cancel_is_not_counted(paid, waters, manager, cancel_all, owner_connection):
    [order_id] = waters(1)
    for version, reason in ((2, "no gas"), (1, "")):
        with pytest.raises((Stale, Invalid)):
            cancel_order(manager, new_id(), order_id, version, reason)
    assert owner_connection.execute("SELECT count(*) FROM app.day_counters").fetchone() == (0,)
    cancel_all(manager, [order_id])
    assert owner_connection.execute("SELECT cancels FROM app.day_counters").fetchone() == (1,)
