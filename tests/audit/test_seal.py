"""Sealing: every row gets a position, once and without a gap, whoever commits late and however many seal."""

from core.audit import seal_trail
from core.base.errors import Busy
from core.base.identifiers import new_id
from core.kitchens import create_kitchen
from core.stock import receive_stock

COUNT = "SELECT count(*), min(position), max(position) FROM app.leaves WHERE stream = 'events'"
ALL = "SELECT count(*) FROM app.audit_events"


def test_everything_that_was_done_is_sealed_once_and_verifies(seal, all_right, scene, owner_connection):
    scene.order()
    seal()
    scene.order()
    seal()
    [rows] = owner_connection.execute(ALL).fetchone()
    assert owner_connection.execute(COUNT).fetchone() == (rows, 1, rows)
    assert all_right() == {"events": rows, "ledger": owner_connection.execute("SELECT count(*) FROM app.transfers").fetchone()[0]}


def test_where_nothing_happened_nothing_is_sealed(seal, town, worker, owner_connection):
    seal()
    seals = owner_connection.execute("SELECT count(*) FROM app.seals").fetchone()
    assert seal_trail(worker) == 0
    assert owner_connection.execute("SELECT count(*) FROM app.seals").fetchone() == seals


def test_what_commits_late_under_a_low_number_is_sealed_later_and_never_lost(seal, all_right, scene, workplace, copy, owner_connection):
    with workplace.bare("cook", copy) as late, late.transaction():
        late.execute("SELECT api.receive_stock(gen_random_uuid(), %s, 5, '')", [scene.town.rice])
        [low] = owner_connection.execute("SELECT last_value FROM app.audit_events_id_seq").fetchone()
        create_kitchen(scene.owner, new_id(), "Ikeja", "Ikeja district")
        before = seal()["events"].position
        assert owner_connection.execute("SELECT FROM app.leaves WHERE row_id >= %s AND stream = 'events'", [low]).fetchall() == []
    after = seal()["events"].position
    assert after == before + 2
    assert all_right()["events"] == after


def test_a_long_backlog_is_sealed_fifty_thousand_rows_at_a_time(seal, all_right, worker, town, owner_connection):
    seal()
    owner_connection.execute("""
        INSERT INTO app.audit_events (command_id, action, noun) SELECT gen_random_uuid(), 'x', 'health' FROM generate_series(1, 50001)
    """)
    assert [seal_trail(worker) for _ in range(3)] == [50_000, 1, 0]
    all_right()


def test_sealers_at_once_seal_each_row_once(seal, all_right, race, again, scene, worker):
    second = again("worker")
    for _ in range(40):
        receive_stock(scene.cook, new_id(), scene.town.rice, 1, "")
        scene.refill()
        results = race(4, lambda n: seal_trail((worker, second)[n % 2]))
        assert all(isinstance(each, int | Busy) for each in results), results
    seal()
    all_right()
