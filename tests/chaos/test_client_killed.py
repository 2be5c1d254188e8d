"""A client is killed (-9): of a transaction nothing is left, and of a call its disk knows the id, and the server what became of it."""

import json
import subprocess
import sys
import time

import pytest

from core.base.identifiers import new_id
from core.commands import settle_command
from core.orders import place_order
from tests.support.waiting import wait_until

INSIDE = """
import json, sys, time, psycopg
job = json.loads(sys.stdin.readline())
with psycopg.connect(**job["where"]) as connection:
    connection.execute(job["statement"], job["args"])
    print("inside", flush=True)
    time.sleep(60)
"""
PLACE = "SELECT FROM api.place_order(%s::uuid, %s::uuid, %s::uuid, ARRAY[%s::uuid], ARRAY[1], '', 'wallet')"


@pytest.fixture
def psql(workplace, copy):
    """The ordering service's password in somebody else's program, which places an order and does not commit: `psql(*ids)`."""
    running = []

    def psql(*ids):
        server, it = workplace.cluster.server(copy), workplace.sign_ins["ordering"]
        where = {"host": server.host, "port": server.port, "dbname": copy, "user": it.login, "password": it.password}
        process = subprocess.Popen([sys.executable, "-c", INSIDE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        running.append(process)
        process.stdin.write(json.dumps({"where": where, "statement": PLACE, "args": list(map(str, ids))}) + "\n")
        process.stdin.flush()
        return process

    yield psql
    for process in running:
        process.kill()
        process.communicate()


def test_of_a_transaction_whose_client_is_killed_nothing_is_left_and_nobody_waits_for_it(psql, scene, ordering, balance, often):
    """C1: the wallet and the items that it had locked are free at once, and its id was never used."""
    town, customer_id = scene.town, scene.customer(10_000_000)
    for number in range(1, often(5) + 1):
        command_id = new_id()
        inside = psql(command_id, town.yaba, customer_id, town.jollof)
        assert inside.stdout.readline() == "inside\n"
        inside.kill()
        place_order(ordering, new_id(), town.yaba, customer_id, [town.jollof], [1], "")
        assert not settle_command(ordering, command_id).recorded
        assert balance(customer_id) == 10_000_000 - number * 250_000


def test_a_call_that_waits_when_its_client_is_killed_ends_soon_and_does_nothing(psql, scene, ordering, owner_connection, held, balance):
    """C1: the server looks every second whether somebody still wants the answer."""
    town, customer_id, command_id = scene.town, scene.customer(10_000_000), new_id()
    waits = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with held("SELECT FROM app.stock_items FOR UPDATE") as wait:
        waiting = psql(command_id, town.yaba, customer_id, town.jollof)
        wait()
        waiting.kill()
        killed = time.monotonic()
        wait_until(lambda: owner_connection.execute(waits).fetchone() is None)
        assert time.monotonic() - killed < 4, "only the lock's own five seconds ended it"
    assert not settle_command(ordering, command_id).recorded
    assert balance(customer_id) == 10_000_000


def test_callers_killed_mid_call_find_out_at_their_next_start_what_became_of_it(shift, workplace, chance, owner_connection, refill, often):
    """C1, C5: each new start settles what the killed one left on its disk, and sends nothing again."""
    working = {"shop": "ordering", "till": "worker", "manager": "manager", "counter": "cook"}
    for _ in range(often(3)):
        for name, who in working.items():
            shift.call(name, workplace.sign_ins[who], name, chance.randrange(2**32))
        shift.ready()
        shift.busy(1)
        time.sleep(chance.random() / 4)
        shift.kill()
        refill()
    for name, who in working.items():
        shift.call(name, workplace.sign_ins[who], name, chance.randrange(2**32))
    shift.ready()
    shift.finish()
    told = shift.check(owner_connection)
    assert told.said["recorded"] + told.said["not recorded"] > 0, "nobody was killed mid-call"
