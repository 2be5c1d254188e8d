"""The end of a freeze: shown as it is now, agreed to by two people whatever the limits, or done by whoever runs the server."""

import pytest

from core.base.errors import Forbidden, Illegal, Missing
from core.base.identifiers import new_id
from core.health import freeze, freezes, record_checks
from core.orders import PayWith
from core.payments import create_payment
from core.proposals import (
    Kind,
    Outcome,
    Progress,
    approve_proposal,
    confirm_proposal,
    preview_release,
    proposal,
    reject_proposal,
)
from tests.support import command_line
from tests.support.freezing import WHY, freeze_money, frozen, propose_release, release, tamper, tampered
from tests.support.refunds import name_approvers, set_limits, why


@pytest.fixture
def rachel(capsys, monkeypatch, tmp_path, workplace, copy):
    """Run `rachel` as the administrator of this test's database: `rachel("release", …)`."""
    command_line.sign_in(monkeypatch, tmp_path, workplace, copy)
    secret = tmp_path / "password"
    secret.touch(mode=0o600)
    secret.write_text(workplace.cluster.superuser.password, encoding="utf-8")
    run = command_line.rachel_for(capsys)
    return lambda *words: run(*words, "--password-file", secret)


def test_the_preview_says_since_when_what_was_and_is_broken_and_what_waits(scene, owner, ordering):
    scene.order(pay_with=PayWith.CARD)
    create_payment(ordering, new_id(), scene.town.customer, 700)
    begun = freeze_money(scene)
    impact = preview_release(owner, new_id(), begun.id).impact
    [check] = impact["checks"]
    assert (check["name"], check["was"], check["now"]) == ("I02", 1, 0) and check["title"] in begun.why
    assert impact["since"][:19] == begun.since.isoformat()[:19]
    assert (impact["waits"]["payments"], impact["waits"]["refunds"]) == (2, 0) and impact["waits"]["payments_amount"] > 700


@pytest.mark.usefixtures("approvers")
def test_two_people_release_it_whatever_the_limits_and_the_trail_says_so(scene, owner, finance, owner_connection):
    set_limits(owner_connection)
    freeze_money(scene)
    waiting = propose_release(scene)
    assert (waiting.kind, waiting.state, waiting.code) == (Kind.RELEASE, Progress.AWAITING_APPROVAL, WHY[0])
    assert freeze(owner) is not None
    assert why(approve_proposal, finance, new_id(), waiting.id, waiting.digest) == "own"
    assert approve_proposal(owner, new_id(), waiting.id, waiting.digest).state is Progress.DONE
    assert freeze(owner) is None
    [ended] = freezes(owner)
    assert (ended.proposal_id, ended.released_login, ended.released_why, ended.left_red) == (waiting.id, "ada", WHY[1], {"I02": 0})
    trail = owner_connection.execute(
        "SELECT action, login, reason FROM app.audit_events WHERE object_id = %s AND action = 'release_money'", [ended.id]
    )
    assert trail.fetchall() == [("release_money", "ada", WHY[1])]
    scene.order()


@pytest.mark.usefixtures("approvers")
def test_a_release_that_is_rejected_releases_nothing(scene, owner):
    waiting = propose_release(scene)
    reject_proposal(owner, new_id(), waiting.id, "Not explained yet")
    assert freeze(owner) is not None


def test_without_another_approver_nobody_releases_it_by_proposal(scene, finance, owner_connection):
    name_approvers(owner_connection, "gbenga")
    assert why(propose_release, scene) == "no_approver"


@pytest.mark.usefixtures("approvers")
def test_what_is_broken_otherwise_than_it_was_shown_must_be_looked_at_again(scene, owner, finance, worker):
    customer_id = scene.customer(1000)
    with tampered(scene):
        record_checks(worker)
        previewed = preview_release(finance, new_id(), frozen(scene).id)
        tamper(scene, customer_id, 1)
        record_checks(worker)
        stale = confirm_proposal(finance, new_id(), previewed.token, *WHY)
        assert stale.outcome is Outcome.IMPACT_CHANGED
        assert [stale.moved[when]["checks"][0]["now"] for when in ("before", "after")] == [1, 2]
        waiting = propose_release(scene)
        tamper(scene, customer_id, -1)
        record_checks(worker)
        assert approve_proposal(owner, new_id(), waiting.id, waiting.digest).outcome is Outcome.IMPACT_CHANGED
        assert proposal(owner, waiting.id).state is Progress.STALE and freeze(owner)


@pytest.mark.usefixtures("approvers")
def test_what_waits_may_change_meanwhile(scene, finance, worker, ordering):
    payment = create_payment(ordering, new_id(), scene.town.customer, 700)
    previewed = preview_release(finance, new_id(), freeze_money(scene).id)
    scene.admin.execute("UPDATE app.payments SET state = 'failed', settled_at = clock_timestamp() WHERE id = %s", [payment.id])
    assert confirm_proposal(finance, new_id(), previewed.token, *WHY).outcome is Outcome.CONFIRMED


@pytest.mark.usefixtures("approvers")
def test_a_freeze_that_has_ended_or_never_was_is_not_released(scene, finance, rachel, owner_connection):
    begun = freeze_money(scene)
    previewed = preview_release(finance, new_id(), begun.id)
    release(scene)
    assert confirm_proposal(finance, new_id(), previewed.token, *WHY).outcome is Outcome.IMPACT_CHANGED
    with pytest.raises(Illegal):
        preview_release(finance, new_id(), begun.id)
    with pytest.raises(Missing):
        preview_release(finance, new_id(), new_id())
    ran = rachel("release", "--reason", "explained by phone")
    assert (ran.code, ran.err) == (3, "Money is not frozen any more.\n")


@pytest.mark.parametrize("who", ["cook", "manager", "support", "auditor", "ordering", "worker"])
def test_only_finance_and_owners_propose_it(scene, login, who):
    begun = freeze_money(scene)
    with pytest.raises(Forbidden):
        preview_release(login(who), new_id(), begun.id)


def test_whoever_runs_the_server_releases_it_while_there_are_fewer_than_two_approvers(scene, owner, rachel, workplace, owner_connection):
    name_approvers(owner_connection, "gbenga")
    begun = freeze_money(scene)
    ran = rachel("release", "--reason", "the balance was put right", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert [(check["name"], check["was"], check["now"]) for check in ran.result["checks"]] == [("I02", 1, 0)]
    [ended] = freezes(owner)
    superuser = workplace.cluster.superuser.login
    assert (ended.released_login, ended.released_why, ended.proposal_id) == (superuser, "the balance was put right", None)
    trail = owner_connection.execute("SELECT login, person_id, reason FROM app.audit_events WHERE action = 'release_money'").fetchall()
    assert trail == [(superuser, None, "the balance was put right")] and begun.id == ended.id
    scene.order()


@pytest.mark.usefixtures("approvers")
def test_with_two_approvers_it_is_theirs_to_decide(scene, owner, rachel):
    freeze_money(scene)
    ran = rachel("release", "--reason", "the balance was put right")
    assert (ran.code, ran.err) == (3, "Two approvers are there: one of them releases it in the office, and another agrees.\n")
    assert freeze(owner) is not None


def test_the_administrator_gives_a_reason_and_is_told_what_was_broken(scene, rachel):
    freeze_money(scene)
    assert rachel("release", "--reason", "ok").code == 3
    ran = rachel("release", "--reason", "the balance was put right")
    assert ran.out.splitlines()[0] == "Money moves again. What was broken, and is now:"
    assert ran.out.splitlines()[1].startswith("I02   1 then, 0 now  ")


def test_no_login_calls_what_the_administrator_calls(scene, workplace, copy):
    freeze_money(scene)
    for who in ("owner", "finance", "worker"):
        with workplace.bare(who, copy) as connection, pytest.raises(Exception, match="permission denied"):
            connection.execute("SELECT app.release_as_administrator('because I can')")
