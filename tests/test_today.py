"""How the day goes: what went back, what of money waits, and which kitchens are in trouble."""

from datetime import timedelta

import pytest

from core.base.errors import Forbidden
from core.base.identifiers import new_id
from core.health import given_back, kitchens_today, waiting_money, wallet_totals
from core.orders import State, cancel_order
from core.payments import create_payment, settle_payment
from core.stock import count_stock, waste_stock
from core.wallets import freeze_wallet
from tests.support.proposing import waiting

COOKED = (State.ACCEPTED, State.PREPARING, State.READY)
OFFICE = ("support", "finance", "owner", "auditor")


@pytest.fixture
def rewrite(owner_connection):
    """Change a table behind the door, as time or an accident would: `rewrite("UPDATE …", …)`."""

    def rewrite(statement, *args):
        with owner_connection.transaction():
            owner_connection.execute("SET LOCAL session_replication_role = replica")
            owner_connection.execute(statement, args)

    return rewrite


@pytest.fixture
def yaba(login, town):
    """Yaba's kitchen as the office sees it now."""
    return lambda: next(each for each in kitchens_today(login("support")) if each.kitchen_id == town.yaba)


def test_what_a_cancelled_order_gives_back_is_counted_today(scene, ordering, login):
    gone = [scene.order(), scene.order(quantity=2)]
    for order in gone:
        cancel_order(ordering, new_id(), order.id, 1, "changed their mind")
    [row] = given_back(login("finance"), [0])
    assert (row.kind, row.times, row.amount) == ("reversal", 2, sum(order.total for order in gone))
    assert (row.times_so_far, row.amount_so_far) == (row.times, row.amount)


def test_what_went_back_on_another_day_is_that_days_and_only_what_went_by_this_time_is_so_far(scene, ordering, login, rewrite):
    early, late = scene.order(), scene.order(quantity=2)
    for order in (early, late):
        cancel_order(ordering, new_id(), order.id, 1, "changed their mind")
    today = "date_trunc('day', now() + interval '1 hour', 'UTC') - interval '1 hour'"  # midnight in Lagos
    for order, at in ((early, f"{today} - interval '24 hours'"), (late, f"{today} - interval '1 us'")):
        rewrite(f"UPDATE app.transfers SET at = {at} WHERE kind = 'reversal' AND order_id = %s", order.id)
    assert given_back(login("finance"), [0]) == []
    [row] = given_back(login("finance"), [1])
    assert (row.times, row.amount) == (2, early.total + late.total)
    assert (row.times_so_far, row.amount_so_far) == (1, early.total)


def test_wallets_are_summed_and_the_frozen_ones_apart(scene, town, owner, login):
    other = scene.customer(kobo=70_000)
    before = wallet_totals(login("support"))
    scene.refill()
    freeze_wallet(owner, new_id(), other, "card reported stolen")
    after = wallet_totals(login("support"))
    assert (before.wallets, before.frozen, before.frozen_balance) == (2, 0, 0)
    assert (after.wallets, after.frozen, after.frozen_balance) == (2, 1, 70_000)
    assert after.balance == before.balance == 500_000_000 + 70_000


def test_a_card_payment_waits_and_after_a_while_it_waits_too_long(town, ordering, login, rewrite):
    payment = create_payment(ordering, new_id(), town.customer, 40_000)
    found = waiting_money(login("finance"))
    assert (found.pending, found.pending_amount, found.overdue, found.oldest) == (1, 40_000, 0, payment.created_at)
    rewrite("UPDATE app.payments SET created_at = created_at - interval '16 minutes' WHERE id = %s", payment.id)
    found = waiting_money(login("finance"))
    assert (found.pending, found.overdue) == (1, 1)


def test_a_payment_that_is_not_as_asked_for_stays_in_sight(town, ordering, worker, login):
    payment = create_payment(ordering, new_id(), town.customer, 40_000)
    settle_payment(worker, new_id(), payment.id, True, 30_000, "NGN", "t1")
    found = waiting_money(login("finance"))
    assert (found.pending, found.mismatched, found.mismatched_amount) == (0, 1, 40_000)


def test_what_a_second_person_is_to_approve_waits_with_its_total(scene, login):
    proposed = waiting(scene)
    found = waiting_money(login("finance"))
    assert (found.approvals, found.approvals_amount) == (1, proposed.total)


def test_where_nothing_waits_it_says_so(town, login):
    found = waiting_money(login("auditor"))
    assert (found.pending, found.pending_amount, found.overdue, found.oldest) == (0, 0, 0, None)
    assert (found.mismatched, found.mismatched_amount, found.approvals, found.approvals_amount) == (0, 0, 0, 0)


@pytest.mark.parametrize("steps, is_late", [((), True), (COOKED, True), ((*COOKED, State.OUT), False)])
def test_an_order_is_late_from_a_minute_after_its_promise_until_it_leaves_the_kitchen(scene, rewrite, yaba, steps, is_late):
    order = scene.order(*steps)
    assert (yaba().open, yaba().late, yaba().late_since) == (1, 0, None)
    rewrite("UPDATE app.orders SET promised_at = now() - interval '59 seconds' WHERE id = %s", order.id)
    assert yaba().late == 0
    rewrite("UPDATE app.orders SET promised_at = now() - interval '61 seconds' WHERE id = %s", order.id)
    assert (yaba().late, yaba().late_since is not None) == ((1, True) if is_late else (0, False))


def test_an_order_is_unanswered_after_five_minutes_and_no_more_when_it_is_accepted(scene, rewrite, yaba):
    scene.order(State.ACCEPTED)
    order = scene.order()
    rewrite("UPDATE app.orders SET changed_at = changed_at - interval '299 seconds'")
    assert (yaba().unanswered, yaba().unanswered_since) == (0, order.placed_at - timedelta(seconds=299))
    rewrite("UPDATE app.orders SET changed_at = changed_at - interval '2 seconds'")
    assert yaba().unanswered == 1


def test_cancelled_orders_of_today_are_counted_beside_those_that_were_placed(scene, ordering, yaba):
    gone, _, _ = scene.order(), scene.order(), scene.order()
    cancel_order(ordering, new_id(), gone.id, 1, "changed their mind")
    assert (yaba().orders, yaba().open, yaba().cancelled) == (3, 2, 1)


def test_shelves_are_short_out_or_low_as_everywhere_else(scene, town, cook, yaba):
    scene.order(quantity=2)  # holds 400 g of rice
    count_stock(cook, new_id(), town.rice, 300, 1, "")
    waste_stock(cook, new_id(), town.chicken, 38, "spoiled", "")
    count_stock(cook, new_id(), town.oil, 1000, 1, "")
    assert (yaba().short, yaba().out, yaba().low) == (1, 1, 1)


def test_a_kitchen_without_anything_is_listed_with_noughts(town, login):
    found = [(each.kitchen, each.orders, each.late, each.out) for each in kitchens_today(login("owner"))]
    assert found == [("Lekki", 0, 0, 0), ("Yaba", 0, 0, 0)]


@pytest.mark.parametrize("who", ["cook", "manager", "counter", "ordering", "worker", "webhook"])
@pytest.mark.parametrize("look", [lambda db: given_back(db, [0]), wallet_totals, waiting_money, kitchens_today])
def test_who_is_not_in_the_office_reads_nothing_of_it(login, who, look):
    with pytest.raises(Forbidden):
        look(login(who))


@pytest.mark.parametrize("who", OFFICE)
def test_everybody_of_the_office_reads_it(login, town, who):
    db = login(who)
    assert (given_back(db, [0]), wallet_totals(db).wallets, waiting_money(db).pending, len(kitchens_today(db))) == ([], 1, 0, 2)
