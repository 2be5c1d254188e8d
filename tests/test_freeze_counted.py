"""The runs of the checks behind a freeze: one at a time, and a release stands on the newest, which must not be old."""

import pytest

from core.base.errors import Busy, Illegal
from core.base.identifiers import new_id
from core.health import check_runs, freeze, queues, record_checks
from core.orders import PayWith
from core.proposals import Outcome, Progress, approve_proposal, confirm_proposal, lapse_proposals, preview_release, proposal
from core.wallets import wallet
from tests.support import command_line
from tests.support.freezing import WHY, freeze_money, propose_release, release, tamper, tampered
from tests.support.refunds import name_approvers

UNCHECKED = "The checks were not run in the last 15 minutes"
IN_TURN = "SELECT pg_advisory_xact_lock(hashtext('rachel checks'))"


def unchecked(call, *args):
    """See a release refused because nobody knows what is broken now."""
    with pytest.raises(Illegal, match=UNCHECKED) as refused:
        call(*args)
    assert refused.value.facts["why"] == "unchecked"


def put_runs_back(admin, by):
    admin.execute("UPDATE app.check_runs SET at = at - %s::interval", [by])


@pytest.mark.usefixtures("approvers")
def test_a_release_stands_on_the_newest_run_and_counts_nothing_itself(scene, owner, finance, worker):
    begun = freeze_money(scene)
    [newest] = check_runs(owner, 1)
    customer_id = scene.town.customer
    tamper(scene, customer_id, 1)  # after that run
    impact = preview_release(finance, new_id(), begun.id).impact
    assert [(check["name"], check["now"]) for check in impact["checks"]] == [("I02", 0)]
    assert impact["counted"][:19] == newest.at.isoformat()[:19]
    waiting = propose_release(scene)
    record_checks(worker)
    assert approve_proposal(owner, new_id(), waiting.id, waiting.digest).outcome is Outcome.IMPACT_CHANGED
    tamper(scene, customer_id, -1)


@pytest.mark.usefixtures("approvers")
def test_when_it_was_counted_is_no_part_of_what_is_agreed_to(scene, owner, worker):
    freeze_money(scene)
    waiting = propose_release(scene)
    record_checks(worker)
    assert approve_proposal(owner, new_id(), waiting.id, waiting.digest).state is Progress.DONE


@pytest.mark.usefixtures("approvers")
def test_a_release_that_nobody_can_judge_is_refused_at_each_step_until_the_checks_were_run(scene, owner, finance, worker):
    begun = freeze_money(scene)
    put_runs_back(scene.admin, "15 minutes")
    unchecked(preview_release, finance, new_id(), begun.id)
    put_runs_back(scene.admin, "-15 minutes 10 seconds")
    previewed = preview_release(finance, new_id(), begun.id)
    put_runs_back(scene.admin, "15 minutes")
    unchecked(confirm_proposal, finance, new_id(), previewed.token, *WHY)
    record_checks(worker)
    waiting = confirm_proposal(finance, new_id(), previewed.token, *WHY)
    put_runs_back(scene.admin, "15 minutes")
    unchecked(approve_proposal, owner, new_id(), waiting.id, waiting.digest)
    assert proposal(owner, waiting.id).state is Progress.AWAITING_APPROVAL and freeze(owner)
    record_checks(worker)
    assert approve_proposal(owner, new_id(), waiting.id, waiting.digest).state is Progress.DONE


def test_a_run_of_a_clock_that_was_put_back_since_is_not_young_for_ever(scene, finance):
    begun = freeze_money(scene)
    put_runs_back(scene.admin, "-2 hours")
    unchecked(preview_release, finance, new_id(), begun.id)


def test_whoever_runs_the_server_is_told_to_have_the_checks_run_first(scene, owner, capsys, monkeypatch, tmp_path, workplace, copy):
    command_line.sign_in(monkeypatch, tmp_path, workplace, copy)
    secret = tmp_path / "password"
    secret.touch(mode=0o600)
    secret.write_text(workplace.cluster.superuser.password, encoding="utf-8")
    rachel = command_line.rachel_for(capsys)
    name_approvers(scene.admin, "gbenga")
    freeze_money(scene)
    put_runs_back(scene.admin, "15 minutes")
    ran = rachel("release", "--reason", "the balance was put right", "--password-file", secret)
    assert (ran.code, ran.out) == (3, "") and ran.err.startswith(UNCHECKED) and "The worker runs them" in ran.err
    assert freeze(owner) is not None


def test_while_one_worker_counts_another_is_told_so_and_keeps_and_freezes_nothing(scene, worker, owner):
    with tampered(scene), scene.admin.transaction():
        scene.admin.execute(IN_TURN)
        with pytest.raises(Illegal, match="The checks are being run already") as refused:
            record_checks(worker)
    assert refused.value.facts["why"] == "counting"
    assert check_runs(owner) == [] and freeze(owner) is None
    record_checks(worker)


def test_an_order_under_way_while_the_freeze_was_being_committed_is_none_that_was_posted_in_it(scene, worker, workplace, copy):
    """The commit waits, as with a standby that is late; a transaction that has its number then may still post."""
    order = "SELECT FROM api.place_order(%s, %s, %s, %s::uuid[], '{1}', '', 'wallet')"
    with tampered(scene), workplace.bare("worker", copy) as freezing, workplace.bare("ordering", copy) as ordering:
        freezing.execute("BEGIN")
        assert freezing.execute("SELECT froze FROM api.record_checks()").fetchone() == (True,)
        ordering.execute("BEGIN")
        ordering.execute(order, [new_id(), scene.town.yaba, scene.town.customer, [scene.town.water]])
        freezing.execute("COMMIT")
        record_checks(worker)
        ordering.execute("COMMIT")
    [posted] = scene.admin.execute("SELECT count(*) FROM app.transfers AS t, app.freezes AS f WHERE t.id > f.from_transfer").fetchone()
    assert posted == 1 and "I28" not in record_checks(worker).red


def test_a_transaction_that_had_its_number_before_it_saw_the_freeze_does_not_say_from_which_one_on_nothing_is_posted(scene, worker):
    freeze_money(scene)
    scene.admin.execute("UPDATE app.freezes SET shut_xid = NULL")
    shut = "SELECT shut_xid FROM app.freezes"
    with scene.admin.transaction():
        scene.admin.execute("SELECT pg_current_xact_id(), app.shut_freeze()")
        assert scene.admin.execute(shut).fetchone() == (None,)
    record_checks(worker)
    assert scene.admin.execute(shut).fetchone() != (None,)


def test_a_run_that_waits_too_long_for_a_release_under_way_says_that_somebody_is_in_the_way(scene, worker, owner):
    freeze_money(scene)
    runs = len(check_runs(owner))
    with scene.admin.transaction():
        scene.admin.execute("SELECT FROM app.freezes FOR NO KEY UPDATE")
        with pytest.raises(Busy, match="Somebody else is changing the same thing"):
            record_checks(worker)
    assert len(check_runs(owner)) == runs


def test_who_had_enough_when_the_freeze_ended_a_moment_ago_is_not_told_that_money_is_missing(scene, owner):
    """The order was refused for the freeze; when the reason is looked for it has ended."""
    enough = wallet(owner, scene.town.customer).balance
    scene.admin.execute("SET ROLE r_api")
    with pytest.raises(Exception, match="Money moves again") as refused:
        scene.admin.execute("SELECT app.refuse_basket(%s, 'wallet', %s, true, '{}', '{}')", [scene.town.customer, enough])
    scene.admin.execute("RESET ROLE")
    assert refused.value.sqlstate == Busy.sqlstate


@pytest.mark.usefixtures("approvers")
def test_the_release_of_a_freeze_that_has_ended_lapses(scene, worker, owner):
    freeze_money(scene)
    waiting = propose_release(scene)
    assert lapse_proposals(worker) == 0
    scene.admin.execute("UPDATE app.people SET approver_since = NULL")
    scene.admin.execute("SELECT app.release_as_administrator('nobody else was there')")
    assert lapse_proposals(worker) == 1
    ended = proposal(owner, waiting.id)
    assert (ended.state, ended.ended_why) == (Progress.LAPSED, "The freeze has ended")
    assert lapse_proposals(worker) == 0


@pytest.mark.usefixtures("approvers")
def test_card_orders_that_wait_out_a_freeze_are_not_counted_as_overdue(scene, worker, auditor):
    def overdue():
        [found] = [each for each in queues(auditor) if each.name == "card orders"]
        return found.waiting, found.due_since

    order = scene.order(pay_with=PayWith.CARD)
    freeze_money(scene)
    scene.end_time_to_pay(order.id)
    assert overdue() == (0, None)
    scene.refill()
    release(scene)
    assert overdue() == (0, None)
    scene.admin.execute("UPDATE app.settings SET pay_within = '1 microsecond'")
    count, since = overdue()
    [released] = scene.admin.execute("SELECT released_at + interval '1 microsecond' FROM app.freezes").fetchone()
    assert (count, since) == (1, released)
    scene.admin.execute("UPDATE app.settings SET pay_within = '15 minutes'")
