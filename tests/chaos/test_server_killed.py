"""The server is killed (-9) while orders, money and steps flow: what was acknowledged is there, and what is unknown is settled."""

import time
from contextlib import closing

import pytest

from core.base.identifiers import new_id
from core.database.embedded import scratch_server
from core.orders import place_order
from core.payments import create_payment
from core.stock import all_items, receive_stock
from tests.support.money import settle
from tests.support.server import furnish

KILLS = 3
WORKING = {"shop": "ordering", "shop 2": "ordering", "till": "worker", "manager": "manager", "counter": "cook"}


@pytest.fixture(scope="module")
def workplace():
    """A server that these tests may kill, set up as a real one is: its commits wait for the disk."""
    with scratch_server() as cluster:
        yield furnish(cluster)


@pytest.fixture
def crash(workplace):
    """A power cut for the server's processes, and back again."""

    def crash():
        workplace.cluster.kill()
        workplace.cluster.start()
        workplace.admin = workplace.superuser("postgres")

    return crash


@pytest.fixture
def careless(workplace, copy):
    """Let logins of services and people give up the wait for the disk, each for itself; and let the server write late."""
    with workplace.superuser("postgres") as admin:
        admin.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
        admin.execute("SELECT pg_reload_conf()")
    for who in ("ordering", "worker", "manager"):
        with closing(workplace.bare(who, copy)) as own:
            own.execute("ALTER ROLE CURRENT_USER SET synchronous_commit = off")
    yield
    with workplace.superuser("postgres") as admin:
        admin.execute("ALTER SYSTEM RESET wal_writer_delay")
        for who in ("ordering", "worker", "manager"):
            admin.execute(f'ALTER ROLE "{workplace.sign_ins[who].login}" RESET synchronous_commit')


def test_whatever_was_acknowledged_survives_and_whatever_was_not_is_settled(shift, crash, workplace, copy, chance, often):
    """C2: the whole tree of processes is killed under load, time and again, at moments left to chance."""
    for name, who in WORKING.items():
        shift.call(name, workplace.sign_ins[who], name.split()[0], chance.randrange(2**32))
    shift.ready()
    for _ in range(often(KILLS)):
        shift.busy()
        time.sleep(chance.random())
        crash()
        with workplace.superuser(copy) as admin:
            admin.execute("UPDATE app.budgets SET full_at = '-infinity'")  # so that the two people go on
    shift.busy()
    shift.finish()
    with workplace.superuser(copy) as admin:
        told = shift.check(admin)
    assert told.said["answered"] >= 2 * len(WORKING) and told.said["answered alike"]


def test_money_that_was_acknowledged_survives_whatever_its_caller_set(careless, crash, login, scene, workplace, copy, often):
    """C2, S2: a caller who does not wait for the disk risks a delivery, never money."""
    ordering, worker, manager, town = login("ordering"), login("worker"), login("manager"), scene.town
    customer_id, item_id = scene.customer(), scene.item(on_hand=1)
    for number in range(1, often(3) + 1):
        settle(worker, create_payment(ordering, new_id(), customer_id, 30_000).id, 30_000)
        crash()
        assert receive_stock(manager, new_id(), item_id, 5, "").on_hand == 6
        crash()
        assert next(item.on_hand for item in all_items(manager) if item.id == item_id) == 1  # else this test has lost its teeth
        order = place_order(ordering, new_id(), town.yaba, customer_id, [town.water], [1], "")
        crash()
        assert place_order(ordering, order.id, town.yaba, customer_id, [town.water], [1], "") == order
        with workplace.superuser(copy) as admin:
            purse = "SELECT balance, version FROM app.accounts WHERE customer_id = %s"
            assert admin.execute(purse, [customer_id]).fetchone() == (0, 2 * number)
