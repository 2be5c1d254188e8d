"""Contradicted: where the database no longer has what was signed, the worker signs nothing of it, and says so each time it would have."""

import shutil

import pytest

from core.audit import Head, KeptHead, KeptHeads
from core.base.identifiers import new_id
from core.stock import receive_stock
from core.worker.sealer import Contradiction, Sealer
from tests.audit.conftest import spoiled
from tests.support.waiting import wait_until
from tests.support.workers import logged, worker

copy = spoiled
CUT = (
    "DELETE FROM app.audit_events WHERE id = (SELECT max(id) FROM app.audit_events)",
    "DELETE FROM app.leaves WHERE stream = 'events' AND position > {0}",
    "DELETE FROM app.seals WHERE stream = 'events' AND position > {0}",
)
REWRITTEN = "UPDATE app.seals SET head = sha256(head) WHERE stream = 'events' AND position = {0}"


@pytest.fixture
def sealer(town, login, tmp_path):
    return Sealer(login("worker"), KeptHeads(tmp_path / "heads"), keep_every=0)


@pytest.fixture
def signed(sealer, scene):
    """A head of the events that was kept, and the one before it."""
    before, _ = sealer.look()
    receive_stock(scene.cook, new_id(), scene.town.rice, 5, "")
    [kept] = sealer.look()
    return before, kept


@pytest.mark.parametrize("begun_again", [False, True])
def test_a_database_that_ends_before_what_was_signed_is_not_signed_and_it_is_said_each_time(
    signed, sealer, tamper, tmp_path, login, begun_again
):
    before, kept = signed
    tamper(*(each.format(before.head.position) for each in CUT))
    if begun_again:
        sealer = Sealer(login("worker"), KeptHeads(tmp_path / "heads"), keep_every=0)
    for _ in range(2):
        [said] = sealer.look()
        assert isinstance(said, Contradiction)
        assert f"the events had the head {kept.head.code}, and ends at position {before.head.position:,} now" in str(said)
    assert KeptHeads(tmp_path / "heads").newest()["events"] == kept


def test_one_that_has_another_head_there_is_not_signed_however_much_longer_it_is(signed, sealer, scene, tamper, tmp_path):
    _, kept = signed
    tamper(REWRITTEN.format(kept.head.position))
    receive_stock(scene.cook, new_id(), scene.town.rice, 5, "")
    [said] = sealer.look()
    assert f"the events had the head {kept.head.code}, and has another head there now" in str(said)
    assert KeptHeads(tmp_path / "heads").newest()["events"] == kept


def test_of_the_other_stream_heads_are_kept_all_the_same(signed, sealer, scene, tamper):
    _, kept = signed
    tamper(REWRITTEN.format(kept.head.position))
    scene.order()
    assert {type(each): each.now.stream if isinstance(each, Contradiction) else each.head.stream for each in sealer.look()} == {
        Contradiction: "events", KeptHead: "ledger",
    }  # fmt: skip


def test_once_somebody_put_the_old_heads_aside_it_begins_anew(signed, sealer, tamper, tmp_path):
    _, kept = signed
    tamper(REWRITTEN.format(kept.head.position))
    assert isinstance(sealer.look()[0], Contradiction)
    shutil.move(tmp_path / "heads", tmp_path / "heads of before the restore")
    assert {type(each) for each in sealer.look()} == {KeptHead}


def test_the_log_of_the_worker_says_it(workplace, copy, town, tmp_path):
    server = workplace.cluster.server(copy)
    KeptHeads.of(tmp_path / "worker", server).keep(Head("events", 10**6, "a" * 64))
    with worker(server, workplace.sign_ins["worker"], tmp_path / "worker"):
        wait_until(lambda: [line for line in logged(tmp_path / "worker") if line["event"] == "not signed"])
    [line, *_] = [line for line in logged(tmp_path / "worker") if line["event"] == "not signed"]
    assert line["job"] == "seal" and line["why"].startswith("NOT SIGNED: on ")
