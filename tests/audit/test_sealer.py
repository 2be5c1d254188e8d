"""The sealer of the worker: it seals within a second or two, keeps signed heads on its machine, and picks up where it stood."""

from core.audit import KeptHeads, Key, heads
from core.base.identifiers import new_id
from core.stock import receive_stock
from core.worker.sealer import Sealer
from tests.support.waiting import wait_until
from tests.support.workers import logged, worker


def unsealed(connection):
    [many] = connection.execute("""
        SELECT count(*) FROM app.audit_events AS e
        WHERE NOT EXISTS (SELECT FROM app.leaves AS l WHERE l.stream = 'events' AND l.row_id = e.id)
    """).fetchone()
    return many


def test_the_worker_seals_what_happens_and_keeps_a_signed_head(workplace, copy, scene, owner_connection, auditor, tmp_path):
    server = workplace.cluster.server(copy)
    with worker(server, workplace.sign_ins["worker"], tmp_path / "worker"):
        scene.order()
        wait_until(lambda: unsealed(owner_connection) == 0)
        wait_until(lambda: any(line["job"] == "seal" and line["event"] == "kept" for line in logged(tmp_path / "worker")))
    newest = KeptHeads.of(tmp_path / "worker", server).newest()
    public = Key.of(KeptHeads.key_of(tmp_path / "worker")).public
    assert all(kept.is_signed_by(public) for kept in newest.values())
    assert set(newest) == {"events", "ledger"}


def test_heads_are_kept_now_and_then_and_only_when_they_moved(town, scene, login, tmp_path, workplace, copy):
    kept, db = KeptHeads(tmp_path / "heads"), login("worker")
    sealer = Sealer(db, kept, keep_every=3600)
    assert {each.head.stream for each in sealer.look()} == {"events", "ledger"}
    receive_stock(scene.cook, new_id(), town.rice, 5, "")
    assert sealer.look() == []  # sealed, and kept later
    assert [each.head.stream for each in sealer.keep()] == ["events"]
    assert sealer.keep() == []
    assert {stream: each.head for stream, each in kept.newest().items()} == {head.stream: head for head in heads(db)}


def test_a_sealer_that_begins_again_keeps_nothing_twice(town, login, tmp_path):
    kept, db = KeptHeads(tmp_path / "heads"), login("worker")
    assert len(Sealer(db, kept).look()) == 2
    assert Sealer(db, kept).look() == []
