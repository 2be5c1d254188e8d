"""What a program counts of its own questions: how long reads took, how often a command was sent, and why calls were refused."""

import pytest

from core.base.errors import Busy, Offline, Short
from core.base.identifiers import new_id
from core.database.counters import EDGES, Counters
from core.kitchens import kitchens
from core.orders import orders
from core.stock import items, receive_stock, waste_stock


def test_reads_are_counted_by_view_also_composed_ones_and_together(owner, town):
    for _ in range(3):
        kitchens(owner)
    orders(owner, limit=5)
    counted = owner.counted()
    assert {each.name: each.times for each in counted.reads} == {"kitchens": 3, "order_list": 1}
    assert counted.all_reads.times == 4
    assert counted.all_reads.p95 in EDGES
    assert (counted.calls, counted.refusals) == (0, {})


def test_ninety_five_of_a_hundred_are_below_what_is_said():
    counters = Counters()
    for took in [0.004] * 95 + [0.4] * 5:
        counters._read("SELECT a FROM api.x", took)
    assert counters.counted().all_reads.p95 == 5
    counters._read("SELECT a FROM api.x", 0.4)
    assert counters.counted().all_reads.p95 == 500


def test_the_slowest_view_comes_first_and_what_takes_for_ever_is_not_lost():
    counters = Counters()
    counters._read("SELECT a FROM api.quick", 0.001)
    counters._read("SELECT a FROM api.slow WHERE b", 3600)
    assert [(each.name, each.p95) for each in counters.counted().reads] == [("slow", EDGES[-1]), ("quick", 1)]


def test_a_refusal_is_counted_by_its_code_and_not_as_a_quick_read(cook, town):
    with pytest.raises(Short):
        waste_stock(cook, new_id(), town.rice, 10_001, "spoiled", "")
    receive_stock(cook, new_id(), town.rice, 5, "")
    counted = cook.counted()
    assert (counted.calls, counted.refusals, counted.contended) == (2, {"RF410": 1}, 0)
    assert counted.all_reads.times == 0


def test_a_wait_for_somebody_else_is_counted_as_the_server_called_it_and_the_repeat_as_one(cook, town, held):
    command_id = new_id()
    with held("SELECT id FROM app.stock_items FOR NO KEY UPDATE"), pytest.raises(Busy):
        receive_stock(cook, command_id, town.rice, 5, "")
    receive_stock(cook, command_id, town.rice, 5, "")
    counted = cook.counted()
    assert (counted.refusals, counted.contended) == ({"55P03": 1}, 1)
    assert (counted.calls, counted.repeats, counted.tries) == (2, 1, 2.0)


def test_a_deadlock_is_told_apart_from_a_wait_though_both_are_said_in_the_same_words(cook, town, owner_connection):
    owner_connection.execute("""
        CREATE FUNCTION app.fall() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01'; END; $$;
        CREATE TRIGGER fall BEFORE UPDATE ON app.stock_items FOR EACH ROW EXECUTE FUNCTION app.fall()
    """)
    with pytest.raises(Busy):
        receive_stock(cook, new_id(), town.rice, 5, "")
    assert cook.counted().refusals == {"40P01": 1}
    owner_connection.execute("DROP FUNCTION app.fall CASCADE")


def test_a_line_that_is_down_is_no_contention(cook, town):
    cook.close()
    with pytest.raises(Offline):
        receive_stock(cook, new_id(), town.rice, 5, "")
    with pytest.raises(Offline):
        items(cook, town.yaba)
    counted = cook.counted()
    assert (counted.refusals, counted.contended, counted.all_reads.times) == ({"offline": 1}, 0, 0)


def test_nothing_is_lost_when_many_threads_count_at_once(race):
    counters = Counters()

    def work(_):
        for _ in range(200):
            with counters.timed("SELECT a FROM api.x", {}, reading=True):
                pass

    race(8, work)
    assert counters.counted().all_reads.times == 1600


def test_ids_that_may_come_again_are_not_remembered_for_ever():
    counters = Counters()
    for _ in range(3000):
        counters._called(new_id(), "55P03")
    assert len(counters._open) == 1000
