"""Unsealed: where the server cannot seal, it refuses, the worker says why in its log, and its other jobs go on."""

import pytest

from core.audit import KeptHeads, seal_trail
from core.base.errors import Illegal
from core.base.identifiers import new_id
from core.stock import receive_stock
from core.worker.sealer import Sealer, Unsealed
from tests.audit.conftest import spoiled
from tests.support.waiting import wait_until
from tests.support.workers import logged, worker

copy = spoiled
LEAF = (
    "INSERT INTO app.leaves (stream, position, row_id, leaf) SELECT 'events', {}, {}, sha256('x') FROM app.leaves WHERE stream = 'events'"
)
END, WAITS = "max(position)", "(SELECT max(id) FROM app.audit_events)"
IN_THE_WAY = {
    "right behind the last seal": [LEAF.format(f"{END} + 1", 10**9)],
    "far behind it, of the row that waits": [LEAF.format(f"{END} + 5000", WAITS)],
    "below the last seal, of the row that waits": [
        "DELETE FROM app.leaves WHERE stream = 'events' AND position = 3",
        LEAF.format("min(position) + 2", WAITS),
    ],
}
BROKEN = "ALTER TABLE app.leaves ADD CONSTRAINT broken CHECK (false) NOT VALID"


@pytest.fixture
def row_waits(town, seal, cook):
    """All is sealed but one event."""
    seal()
    receive_stock(cook, new_id(), town.rice, 5, "")


@pytest.fixture
def worker_db(login):
    return login("worker")


@pytest.mark.parametrize("what", IN_THE_WAY)
def test_a_leaf_in_the_way_is_refused_as_forged(row_waits, tamper, worker_db, what):
    tamper(*IN_THE_WAY[what])
    with pytest.raises(Illegal, match="there are leaves that no sealing made") as refused:
        seal_trail(worker_db)
    assert refused.value.facts == {"why": "forged", "stream": "events"}


@pytest.mark.parametrize("how", [IN_THE_WAY["right behind the last seal"], [BROKEN]], ids=["forged", "a fault that nobody thought of"])
def test_the_sealer_says_why_as_often_as_heads_are_kept_and_seals_once_it_can(row_waits, tamper, worker_db, tmp_path, how):
    sealer = Sealer(worker_db, KeptHeads(tmp_path / "heads"), keep_every=0)
    tamper(*how)
    for _ in range(2):
        assert [type(each) for each in sealer.look()].count(Unsealed) == 1
    tamper("DELETE FROM app.leaves WHERE row_id = 1000000000", "ALTER TABLE app.leaves DROP CONSTRAINT IF EXISTS broken")
    assert [each.head.stream for each in sealer.look()] == ["events"]


@pytest.mark.parametrize("how", [IN_THE_WAY["right behind the last seal"], [BROKEN]], ids=["forged", "a fault that nobody thought of"])
def test_the_worker_says_it_in_its_log_and_works_on(row_waits, tamper, workplace, copy, tmp_path, how):
    tamper(*how)
    with worker(workplace.cluster.server(copy), workplace.sign_ins["worker"], tmp_path / "worker") as running:
        wait_until(lambda: [line for line in logged(tmp_path / "worker") if line["event"] == "not sealed"])
        wait_until(lambda: [line for line in logged(tmp_path / "worker") if line["event"] == "checked"])
        assert running.poll() is None
    [line] = [line for line in logged(tmp_path / "worker") if line["event"] == "not sealed"]
    assert line["job"] == "seal" and line["why"]
