"""Races below the verbs: one reference moves money once, and wallets are taken in one order, whoever sends to whom."""

import psycopg
import pytest

from core.base.identifiers import new_id
from core.orders import cancel_order
from tests.support.ledger import account, post, unpost
from tests.support.races import REPEATS, tally


@pytest.fixture
def ledgers(workplace, copy):
    """Connections of four definers with a fault."""
    opened = [workplace.superuser(copy) for _ in range(4)]
    yield opened
    for connection in opened:
        connection.close()


def test_one_cancel_sent_twice_at_once_gives_the_money_back_once_and_is_answered_twice_alike(scene, login, race, balance):
    """W4: the second is the first again."""
    ordering = login("ordering")
    for _ in range(REPEATS):
        order, command_id = scene.order(customer_id=scene.customer(30_001), dish_id=scene.town.water), new_id()
        answers = race(2, lambda n: cancel_order(ordering, command_id, order.id, 1, "changed their mind"))
        assert tally(answers) == {"done": 2} and answers[0] == answers[1]
        assert cancel_order(ordering, command_id, order.id, 1, "changed their mind") == answers[0]
        assert balance(order.customer_id) == 30_001


def test_a_refund_posted_twice_at_once_under_one_reference_is_credited_once(scene, ledgers, race, balance):
    """W4: also below the verbs, whose ids are not asked for there."""
    payable = account(ledgers[0], "payable")

    def refund(n):
        try:
            return post(ledgers[n], {wallet_id: 300, payable: -300}, order.id, reference=f"refund of {order.id}")
        except psycopg.Error as refused:
            return refused.sqlstate

    for _ in range(REPEATS):
        order = scene.order(customer_id=scene.customer(31_000), dish_id=scene.town.water)
        wallet_id = account(ledgers[0], order.customer_id)
        assert sorted(race(2, refund), key=str) == [None, "RF422"]
        assert balance(order.customer_id) == 1300
    unpost(ledgers[0])


def test_money_sent_from_one_wallet_to_another_and_back_at_once_never_waits_in_a_circle(scene, ledgers, race, balance, chance):
    """W13: 200 times A to B and 200 times B to A, and among three wallets at the same time."""
    customers = [scene.customer(1_000_000) for _ in range(3)]
    wallets = [account(ledgers[0], customer_id) for customer_id in customers]
    orders = [scene.order(dish_id=scene.town.water).id for _ in ledgers]
    pairs = [[wallets[:2]] * 200, [wallets[1::-1]] * 200, *([chance.sample(wallets, 2) for _ in range(200)] for _ in range(2))]

    def send(n):
        for giver, taker in pairs[n]:
            post(ledgers[n], {giver: -10, taker: 10}, orders[n])

    assert tally(race(4, send)) == {"done": 4}
    assert sum(map(balance, customers)) == 3_000_000
    unpost(ledgers[0])


def test_without_the_order_of_ids_two_wallets_do_wait_in_a_circle(scene, ledgers, owner_connection, race):
    """What the test above would look like if nobody took wallets in order: else it has lost its teeth."""
    wallets = [account(owner_connection, scene.customer(100)) for _ in range(2)]

    def send(n):
        for _ in range(50):
            try:
                with ledgers[n].transaction(force_rollback=True):
                    for wallet_id in wallets if n else wallets[::-1]:
                        ledgers[n].execute("UPDATE app.accounts SET version = version + 1 WHERE id = %s", [wallet_id])
            except psycopg.errors.DeadlockDetected:
                return "deadlock"
        return "none"

    for connection in ledgers:
        connection.execute("SET deadlock_timeout = '10ms'")
    assert "deadlock" in race(2, send)
