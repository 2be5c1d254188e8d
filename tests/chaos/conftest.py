"""What several crashes need. Seeds are printed and the callers' logs stay in pytest's folder when a test fails.

RACHEL_CHAOS=20 makes every crash happen twenty times as often.
"""

import os
from dataclasses import replace

import pytest

from core.base.identifiers import new_id
from core.database.gateway import Database
from core.stock import receive_stock
from tests.support.shift import Shift


@pytest.fixture
def often():
    """How often, in the long form: `often(3)`."""
    return lambda times: times * int(os.environ.get("RACHEL_CHAOS", "1"))


@pytest.fixture
def far(workplace, copy, login, proxy):
    """Sign in over a line that the test can spoil: `far("ordering", deadline=0.2)`."""
    opened = []

    def far(who, **options):
        it, server = workplace.sign_ins[who], replace(workplace.cluster.server(copy), port=proxy.port)
        opened.append(Database.connect(server, it.login, it.password, **options))
        return opened[-1]

    yield far
    for database in opened:
        database.close()


@pytest.fixture
def shift(tmp_path, workplace, copy, scene, manager, owner_connection):
    """A town with plenty of everything, and callers who work in it: `shift.call("till", sign_in, "till", seed)`."""
    town = scene.town
    for item_id in (town.rice, town.chicken, town.oil):
        receive_stock(manager, new_id(), item_id, 5_000_000, "")
    customers = [str(scene.customer(500_000_000)) for _ in range(4)]
    where = {"kitchen": town.yaba, "dish": town.jollof, "rice": town.rice, "customers": customers}
    scene.refill()
    shift = Shift(tmp_path, workplace.cluster.server(copy), where)
    shift.look_before(owner_connection)
    yield shift
    shift.kill()
