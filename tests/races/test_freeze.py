"""Races with a freeze: what posts at that moment is posted or refused, nothing after it, and it begins and ends once."""

import time
from functools import partial

from core.base.errors import Frozen, Illegal
from core.base.identifiers import new_id
from core.health import CheckRun, freeze, freezes, record_checks
from core.orders import place_order
from core.proposals import Outcome, Proposal, approve_proposal
from core.staff import Role
from tests.support.freezing import freeze_money, propose_release, tamper, tampered
from tests.support.races import REPEATS, tally
from tests.support.refunds import name_approvers


def let_go(scene):
    record_checks(scene.worker)  # it is mended
    scene.admin.execute("SELECT app.release_as_administrator('so that it can begin again')")


def test_orders_placed_while_money_is_frozen_are_paid_or_refused_and_none_is_placed_afterwards(scene, login, again, race, worker, owner):
    """What looked before the freeze was committed still ends; from its answer on nothing is posted."""
    callers, town, ended = [login("ordering", size=4), again("ordering", size=4)], scene.town, set()
    dish_id = scene.dish()
    customers = [scene.customer(3 * 10**8) for _ in range(6)]
    for _ in range(REPEATS):
        [before] = scene.admin.execute("SELECT count(*) FROM app.transfers").fetchone()

        def act(n):
            if not n:
                return record_checks(worker)
            for placed in range(60):  # one after another, until it is refused
                if isinstance(_try(place_order, callers[n % 2], new_id(), town.yaba, customers[n - 1], [dish_id], [1], ""), Frozen):
                    return placed
            return 60

        with tampered(scene):
            answers = race(7, act)
        placed = [answer for answer in answers if isinstance(answer, int)]
        ended.update(placed)
        [after] = scene.admin.execute("SELECT count(*) FROM app.transfers").fetchone()
        assert after - before - 1 == sum(placed)  # one more: what the tampered wallet paid in
        assert freeze(owner) and isinstance(_try(place_order, callers[0], new_id(), town.yaba, customers[0], [dish_id], [1], ""), Frozen)
        let_go(scene)
    assert len(ended) > 1  # it came in the middle of them


def test_of_two_workers_that_find_it_at_once_one_freezes(scene, login, again, race, owner):
    workers = [login("worker"), again("worker")]
    for n in range(REPEATS):
        with tampered(scene):
            answers = race(2, lambda n: record_checks(workers[n]))
        runs, others = ([each for each in answers if isinstance(each, kind)] for kind in (CheckRun, Illegal))
        assert len(runs) + len(others) == 2 and all(each.facts["why"] == "counting" for each in others)
        assert sum(run.froze for run in runs) == 1 and len(freezes(owner, REPEATS + 1)) == n + 1
        let_go(scene)


def test_what_a_run_finds_while_two_people_release_is_shown_to_them_or_freezes_again(scene, login, race, owner, owner_connection):
    """A run that found it in the freeze froze nothing; released unseen it would be what is known, and never freeze."""
    worker, customer_id, released = login("worker"), scene.customer(1000), 0
    for late in range(REPEATS):  # a run takes its time: somebody agrees at each moment of it
        name_approvers(owner_connection, "ada", "gbenga")
        scene.refill()
        freeze_money(scene)
        waiting = propose_release(scene)
        tamper(scene, customer_id, 1)
        answers = race(2, partial(_run_or_agree, worker, owner, waiting, late / 500))
        [run], [agreed] = ([each for each in answers if isinstance(each, kind)] for kind in (CheckRun, Proposal))
        if agreed.outcome is Outcome.APPROVED:
            released += 1
            assert run.froze or record_checks(worker).froze
        else:
            assert agreed.outcome is Outcome.IMPACT_CHANGED
        assert freeze(owner)
        tamper(scene, customer_id, -1)
        owner_connection.execute("UPDATE app.people SET approver_since = NULL")
        let_go(scene)
    assert released > 0


def test_of_two_who_agree_to_a_release_at_once_one_does_it(scene, login, hire, race, owner_connection):
    owners = [login("owner"), hire("second.owner", Role.OWNER_ADMIN)]
    for _ in range(REPEATS):
        name_approvers(owner_connection, "ada", "second.owner", "gbenga")
        scene.refill()
        freeze_money(scene)
        waiting = propose_release(scene)
        answers = race(2, lambda n: approve_proposal(owners[n], new_id(), waiting.id, waiting.digest))
        assert tally(answers) == {"done": 2}
        assert sorted(answer.outcome for answer in answers) == [Outcome.APPROVED, Outcome.REPLAYED]
        [one] = owner_connection.execute(
            "SELECT count(*) FROM app.audit_events WHERE command_id = %s AND action = 'release_money'", [waiting.id]
        ).fetchone()
        assert one == 1


def _run_or_agree(worker, owner, waiting, late, place):
    if not place:
        return record_checks(worker)
    time.sleep(late)
    return approve_proposal(owner, new_id(), waiting.id, waiting.digest)


def _try(call, *args):
    try:
        return call(*args)
    except Frozen as refused:
        return refused
