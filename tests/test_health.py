"""Whether the promises hold, and which programs may work with this database."""

import pytest

from core.base.errors import Forbidden
from core.database.scripts import VERSION, Scripts
from core.health import Compat, compat, invariants
from core.orders import State


def test_every_promise_is_listed_with_its_name_and_title_and_holds(scene, login):
    scene.order(State.ACCEPTED, State.PREPARING)
    for who in ("support", "finance", "owner", "auditor", "worker"):
        found = invariants(login(who))
        assert len(found) == len(Scripts().checks())
        assert all(each.name.startswith("I") and each.title for each in found)
        assert [each.name for each in found if each.violations] == []


def test_a_broken_promise_is_counted(scene, owner, owner_connection):
    scene.order()
    scene.order()
    change = "BEGIN; SET LOCAL session_replication_role = replica; UPDATE app.order_lines SET unit_price = unit_price + {}; COMMIT"
    owner_connection.execute(change.format(1))
    assert {each.name: each.violations for each in invariants(owner) if each.violations} == {"I16": 2}
    owner_connection.execute(change.format(-1))


@pytest.mark.parametrize("who", ["cook", "manager", "counter", "ordering", "webhook"])
def test_a_kitchen_does_not_read_how_the_whole_business_fares(login, who):
    with pytest.raises(Forbidden):
        invariants(login(who))


@pytest.mark.parametrize("who", ["cook", "counter", "owner", "ordering", "worker", "webhook"])
def test_everybody_reads_which_programs_may_work(login, who):
    newest_table_file = sorted(Scripts().tables.glob("*.sql"))[-1].name[:4]
    assert compat(login(who)) == Compat(newest_table_file, "0.1.0", VERSION)
