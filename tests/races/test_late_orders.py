"""A paid order on a line that stalls: its caller gives up, and what is said about it stays true when it arrives after all."""

from contextlib import closing
from dataclasses import replace

import pytest

from core.base.errors import Unanswered
from core.base.identifiers import new_id
from core.commands import settle_command
from core.database.gateway import Database
from core.orders import place_order
from tests.support.races import REPEATS
from tests.support.waiting import wait_until


@pytest.fixture
def send_late(workplace, copy, proxy, aside):
    """Place an order over a line that stalls just then, and give up once it is under way."""
    server, it = replace(workplace.cluster.server(copy), port=proxy.port), workplace.sign_ins["ordering"]

    def send_late(command_id, warming, basket):
        with closing(Database.connect(server, it.login, it.password, application="far", size=1)) as far:
            place_order(far, new_id(), *warming)  # from the second time on a verb is one round trip
            proxy.hold_back()
            placing = aside(place_order, far, command_id, *basket)
            wait_until(lambda: proxy.late)
        with pytest.raises(Unanswered):
            placing.result(5)

    return send_late


@pytest.fixture
def arrived(proxy, owner_connection):
    """Let through what is late, and wait until the server is done with it."""

    def arrived():
        proxy.let_through()
        far = "SELECT FROM pg_stat_activity WHERE application_name = 'far' AND datname = current_database()"
        wait_until(lambda: owner_connection.execute(far).fetchone() is None)

    return arrived


@pytest.mark.parametrize("again_first", [True, False])
def test_an_order_that_arrives_late_and_is_sent_again_is_paid_once(scene, ordering, send_late, arrived, balance, again_first):
    town, customer_id = scene.town, scene.customer(10_000_000)
    warming, basket = (town.yaba, town.customer, [town.water], [1], ""), (town.yaba, customer_id, [town.water], [1], "")
    for number in range(1, REPEATS // 2 + 1):
        command_id = new_id()
        send_late(command_id, warming, basket)
        if again_first:
            answer = place_order(ordering, command_id, *basket)
            arrived()
        else:
            arrived()
            assert balance(customer_id) == 10_000_000 - number * 30_000  # it was paid without its caller
            answer = place_order(ordering, command_id, *basket)
        assert answer.id == command_id and settle_command(ordering, command_id).recorded
        assert balance(customer_id) == 10_000_000 - number * 30_000
