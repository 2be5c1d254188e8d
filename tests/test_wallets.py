"""Wallets: every step from zero is there and explained, and money leaves a frozen one in no way."""

import pytest

from core.base.errors import Forbidden, Frozen, Illegal, Invalid, Missing
from core.base.identifiers import new_id
from core.orders import State, cancel_order, place_order
from core.wallets import Cause, Sort, explain_wallet, freeze_wallet, unfreeze_wallet, wallet, wallet_steps, wallets
from tests.support.money import fund
from tests.support.refunds import refund
from tests.support.refusals import refused
from tests.support.town import PURSE


@pytest.fixture
def buy(scene, ordering):
    """Order one jollof (250,000 kobo) for a customer."""
    town = scene.town
    return lambda customer_id: place_order(ordering, new_id(), town.yaba, customer_id, [town.jollof], [1], "")


def test_a_new_customer_has_an_empty_wallet(scene, finance):
    customer_id = scene.customer()
    found = wallet(finance, customer_id)
    assert (found.customer_id, found.balance, found.version, found.frozen_at, found.frozen_why) == (customer_id, 0, 0, None, None)
    assert explain_wallet(finance, customer_id) == []


def test_nobody_has_no_wallet(finance, town):
    assert wallet(finance, new_id()) is None
    assert wallet(finance, town.yaba) is None


def test_every_step_from_zero_to_now_says_why_and_what_it_led_to(scene, finance, buy, manager):
    customer_id = scene.customer(900_000)
    first, second = buy(customer_id), buy(customer_id)
    cancel_order(manager, new_id(), first.id, 1, "no chicken left")
    steps = explain_wallet(finance, customer_id)
    assert [(step.number, step.kind, step.amount, step.balance, step.order_number, step.reason) for step in steps] == [
        (1, Cause.TOP_UP, 900_000, 900_000, None, None),
        (2, Cause.PAYMENT, -250_000, 650_000, first.number, None),
        (3, Cause.PAYMENT, -250_000, 400_000, second.number, None),
        (4, Cause.REVERSAL, 250_000, 650_000, first.number, "no chicken left"),
    ]
    assert [step.words for step in steps] == [
        "Paid in through the payment provider", f"Paid for order {first.number}", f"Paid for order {second.number}",
        f"Order {first.number} was cancelled: no chicken left",
    ]  # fmt: skip
    assert [(step.by, step.login) for step in steps] == [
        (None, "worker"), (None, "ordering"), (None, "ordering"), ("Bisi Ojo", "bisi"),
    ]  # fmt: skip
    assert (wallet(finance, customer_id).balance, wallet(finance, customer_id).version) == (650_000, 4)


def test_a_refund_says_which_order_it_is_for(scene, finance):
    customer_id = scene.customer(900_000)
    order = scene.order(State.ACCEPTED, State.PREPARING, customer_id=customer_id)
    refund(finance, order.id)
    [step] = explain_wallet(finance, customer_id, after=2)
    assert (step.kind, step.amount, step.words) == (Cause.REFUND, 250_000, f"Refund for order {order.number}: Came an hour late")


def test_a_long_history_is_read_page_by_page(scene, finance, ordering, worker):
    customer_id = scene.customer()
    for amount in range(1, 6):
        fund(ordering, worker, customer_id, amount)
    pages, after = [], 0
    while page := explain_wallet(finance, customer_id, after=after, limit=2):
        pages.append([step.balance for step in page])
        after = page[-1].number
    assert pages == [[1, 3], [6, 10], [15]]


def test_no_step_of_another_wallet_is_among_them(scene, finance):
    mine, theirs = scene.customer(500), scene.customer(700)
    assert [step.amount for step in explain_wallet(finance, mine)] == [500]
    assert [step.amount for step in explain_wallet(finance, theirs)] == [700]


def test_from_a_frozen_wallet_nothing_is_paid_and_whoever_tries_is_told_why(scene, finance, buy):
    customer_id = scene.customer(900_000)
    frozen = freeze_wallet(finance, new_id(), customer_id, "card reported stolen")
    assert (frozen.balance, frozen.frozen_why) == (900_000, "card reported stolen")
    assert wallet(finance, customer_id) == frozen
    with pytest.raises(Frozen, match="frozen: card reported stolen") as told:
        buy(customer_id)
    assert told.value.facts.keys() == {"since", "why"} and told.value.facts["why"] == "card reported stolen"
    assert wallet(finance, customer_id) == frozen


def test_into_a_frozen_wallet_money_still_comes(scene, finance, buy, manager, ordering, worker):
    customer_id = scene.customer(900_000)
    order = buy(customer_id)
    freeze_wallet(finance, new_id(), customer_id, "card reported stolen")
    cancel_order(manager, new_id(), order.id, 1, "no chicken left")
    fund(ordering, worker, customer_id, 1)
    assert wallet(finance, customer_id).balance == 900_001


def test_a_wallet_that_is_released_pays_again(scene, finance, buy):
    customer_id = scene.customer(250_000)
    freeze_wallet(finance, new_id(), customer_id, "card reported stolen")
    released = unfreeze_wallet(finance, new_id(), customer_id, "card found again")
    assert (released.frozen_at, released.frozen_why, released.version) == (None, None, 1)
    buy(customer_id)
    assert wallet(finance, customer_id).balance == 0


def test_a_wallet_is_frozen_once_and_released_once(scene, finance):
    customer_id = scene.customer()
    with refused(Illegal):
        unfreeze_wallet(finance, new_id(), customer_id, "by mistake")
    freeze_wallet(finance, new_id(), customer_id, "card reported stolen")
    with refused(Illegal):
        freeze_wallet(finance, new_id(), customer_id, "once more")
    assert wallet(finance, customer_id).frozen_why == "card reported stolen"


@pytest.mark.parametrize("verb", [freeze_wallet, unfreeze_wallet])
def test_freezing_and_releasing_need_a_wallet_and_a_reason(scene, finance, verb):
    for customer_id in (new_id(), scene.town.yaba, None):
        with refused(Missing):
            verb(finance, new_id(), customer_id, "card reported stolen")
    for reason in ("", None, "x" * 501, "sto\u200blen"):
        with refused(Invalid, field="reason"):
            verb(finance, new_id(), scene.town.customer, reason)


def test_the_trail_says_who_froze_what_and_why_and_no_name_of_a_customer(scene, finance, owner_connection):
    command_id = new_id()
    freeze_wallet(finance, command_id, scene.town.customer, "card reported stolen")
    [row] = owner_connection.execute(
        "SELECT login, action, noun, object_id, reason, before, after FROM app.audit_events WHERE command_id = %s", [command_id]
    ).fetchall()
    assert row[:5] == ("gbenga", "freeze_wallet", "wallets", scene.town.customer, "card reported stolen")
    assert row[5:] == ({"frozen": False}, {"frozen": True, "balance": PURSE})


def test_only_the_office_reads_wallets(scene, login):
    for who in ("support", "finance", "owner", "auditor"):
        assert wallet(login(who), scene.town.customer).balance == PURSE
        assert [row.balance for row in wallets(login(who), sort=Sort.MOVED)] == [PURSE]
        assert len(explain_wallet(login(who), scene.town.customer)) == 5
    for who in ("cook", "manager", "counter", "ordering", "worker", "webhook"):
        with pytest.raises(Forbidden):
            wallet(login(who), scene.town.customer)
        with pytest.raises(Forbidden):
            explain_wallet(login(who), scene.town.customer)
        for sort in Sort:
            with pytest.raises(Forbidden):
                wallets(login(who), sort=sort)


def test_a_frozen_wallet_says_since_when_why_and_who_froze_it(scene, finance):
    customer_id = scene.customer()
    frozen = freeze_wallet(finance, new_id(), customer_id, "card reported stolen")
    assert frozen.frozen_by == "Gbenga Alabi"
    [row] = wallets(finance, customer_ids=[customer_id])
    assert (row.frozen_at, row.frozen_why, row.frozen_by) == (frozen.frozen_at, "card reported stolen", "Gbenga Alabi")
    assert unfreeze_wallet(finance, new_id(), customer_id, "card found again").frozen_by is None


def test_a_wallet_that_was_frozen_before_anybody_kept_by_whom_says_no_name(scene, finance, owner_connection):
    customer_id = scene.customer()
    freeze_wallet(finance, new_id(), customer_id, "card reported stolen")
    owner_connection.execute("UPDATE app.accounts SET frozen_by = NULL")
    assert wallet(finance, customer_id).frozen_by is None
    assert [row.frozen_by for row in wallets(finance, frozen=True)] == [None]


def test_the_steps_of_a_long_history_come_newest_first_page_by_page(scene, finance, ordering, worker):
    customer_id = scene.customer()
    for amount in range(1, 6):
        fund(ordering, worker, customer_id, amount)
    pages, before = [], None
    while page := wallet_steps(finance, customer_id, before=before, limit=2):
        pages.append([step.balance for step in page])
        before = page[-1].number
        fund(ordering, worker, customer_id, 1000)  # what comes meanwhile moves nothing
    assert pages == [[15, 10], [6, 3], [1]]
