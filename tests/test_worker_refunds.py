"""The worker runs what was confirmed, 500 lines at a time; stopped it stands still, killed in the middle it goes on, each line once."""

import pytest

from core.base.identifiers import new_id
from core.proposals import Progress, proposal, resume_proposal, stop_proposal
from core.refunds import refund_progress
from core.worker.refunds import Runner
from tests.support.many import all_of_yaba, cook_many
from tests.support.refunds import age, confirm, name_approvers, preview, refund, set_limits
from tests.support.waiting import wait_until
from tests.support.workers import logged, worker


@pytest.fixture
def big(scene, support, owner_connection):
    """A refund of so many lines that runs, the first 500 of them done: `big(1200)`."""

    def big(lines):
        cook_many(owner_connection, lines)
        set_limits(owner_connection)
        return confirm(support, all_of_yaba(support, scene))

    return big


def test_the_worker_runs_the_rest_and_logs_each_part(big, support, workplace, copy, tmp_path):
    running = big(1200)
    with worker(workplace.cluster.server(copy), workplace.sign_ins["worker"], tmp_path):
        wait_until(lambda: proposal(support, running.id).state is Progress.DONE)
        wait_until(lambda: [line["lines"] for line in logged(tmp_path) if line["event"] == "ran"] == [500, 200])


def test_a_worker_that_is_killed_in_the_middle_leaves_each_line_done_or_waiting_and_the_next_one_finishes(
    big, support, workplace, copy, tmp_path, owner_connection
):
    """C42: worker killed between."""
    running = big(6000)
    server, sign_in = workplace.cluster.server(copy), workplace.sign_ins["worker"]
    with worker(server, sign_in, tmp_path / "first") as first:
        wait_until(lambda: refund_progress(support, running.id).done > 500)
        first.kill()
        first.wait()
    left = refund_progress(support, running.id)
    assert left.done + left.waiting == 6000 and left.done % 500 == 0
    with worker(server, sign_in, tmp_path / "second"):
        wait_until(lambda: proposal(support, running.id).state is Progress.DONE)
    transfers = owner_connection.execute("SELECT count(*), count(DISTINCT order_id) FROM app.transfers WHERE kind = 'refund'").fetchone()
    assert transfers == (6000, 6000)


def test_between_two_parts_it_can_be_stopped_and_resumed(big, support, worker):
    running = big(2100)
    parts = Runner(worker).look()
    assert next(parts).lines == 500
    stop_proposal(support, new_id(), running.id)
    assert list(parts) == []
    assert refund_progress(support, running.id).waiting == 1100
    resume_proposal(support, new_id(), running.id)
    assert [ran.lines for ran in Runner(worker).look()] == [500, 500, 100]


def test_a_refund_whose_orders_somebody_has_in_hand_does_not_hold_up_another(big, support, worker, held, scene, owner_connection, aside):
    first = big(501)
    [blocked] = owner_connection.execute(
        "SELECT order_id::text FROM app.refund_lines WHERE proposal_id = %s AND state = 'confirmed'", [first.id]
    ).fetchone()
    second = big(501)
    with held(f"SELECT FROM app.orders WHERE id = '{blocked}' FOR NO KEY UPDATE"):
        ran = aside(lambda: [next(Runner(worker).look())])
        assert ran.result(20)[0].proposal_id == second.id


def test_what_nobody_agreed_to_in_time_lapses_and_old_previews_are_swept(scene, support, worker, owner_connection):
    name_approvers(owner_connection, "ada", "gbenga")
    order, other = scene.order(), scene.order()
    old = preview(support, other.id)
    set_limits(owner_connection, alone=0)
    waiting = refund(support, order.id)
    age(owner_connection, waiting.id, 24 * 60)
    age(owner_connection, old.id, 65)
    list(Runner(worker).look())
    assert [proposal(support, each.id).state for each in (waiting, old)] == [Progress.LAPSED] * 2
    [lines] = owner_connection.execute("SELECT count(*) FROM app.refund_lines WHERE proposal_id = %s", [old.id]).fetchone()
    assert lines == 0
