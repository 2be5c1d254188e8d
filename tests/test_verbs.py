"""What holds for every verb: who gets its row and who is refused, one trail, one effect for one id, one isolation level."""

import dataclasses

import psycopg
import pytest

from core import commands
from core.base.errors import Forbidden, Invalid, Missing, Reused, Unisolated
from core.base.identifiers import new_id
from tests.support.verbs import EVERYBODY, SETTLING, WRITING

# Without a command.
WORKERS_OWN = {"end_overdue", "lapse_proposals", "record_checks", "record_load", "run_refund", "seal_trail", "trim_outbox"}
# They write nothing but their trace: tests/test_customers_traced.py, tests/audit/test_trail_words.py, tests/audit/test_verify.py.
LOOKING = {"find_customers", "find_trail", "verify_trail"}

every_verb = pytest.mark.parametrize("verb", WRITING, ids=lambda verb: verb.name)


def test_every_verb_but_the_workers_own_is_tried_here(owner_connection):
    in_database = owner_connection.execute("SELECT proname FROM pg_proc WHERE pronamespace = 'api'::regnamespace").fetchall()
    assert {name for (name,) in in_database} == {verb.name for verb in (*WRITING, SETTLING)} | WORKERS_OWN | LOOKING


@pytest.mark.parametrize("verb", (*WRITING, SETTLING), ids=lambda verb: verb.name)
def test_who_may_sees_the_row_and_who_may_not_is_refused_and_leaves_nothing(scene, login, owner_connection, verb):
    for who in EVERYBODY:
        arguments, command_id = verb.arguments(scene, who), new_id()
        scene.refill()
        if who in verb.may:
            answer = verb.call(login(who), command_id, **arguments)
            row = answer[0] if isinstance(answer, list) else answer
            assert dataclasses.astuple(row)[0] is not None, who
        else:
            with pytest.raises(Forbidden):
                verb.call(login(who), command_id, **arguments)
        [recorded] = owner_connection.execute("SELECT count(*) FROM app.commands WHERE id = %s", [command_id]).fetchone()
        assert recorded == (who in verb.may), who


@every_verb
def test_a_call_leaves_one_audit_row_an_outbox_row_and_its_command_with_the_answer(scene, login, owner_connection, verb):
    arguments, command_id = verb.arguments(scene), new_id()
    [before] = owner_connection.execute("SELECT coalesce(max(id), 0) FROM app.outbox").fetchone()
    who = verb.may[0]
    verb.call(login(who), command_id, **arguments)
    [command] = owner_connection.execute("SELECT verb, login, answer IS NOT NULL FROM app.commands WHERE id = %s", [command_id]).fetchall()
    [[action, by, xid]] = owner_connection.execute(
        "SELECT action, login, xid::text::bigint FROM app.audit_events WHERE command_id = %s", [command_id]
    ).fetchall()
    marks = owner_connection.execute("SELECT mark FROM app.outbox WHERE id > %s", [before]).fetchall()
    assert command == (verb.name, by, True) and action == verb.name
    assert marks and {mark for (mark,) in marks} == {xid}  # in the same transaction


@every_verb
def test_the_same_id_again_gives_the_first_answer_and_happens_once(scene, login, owner_connection, verb):
    arguments, command_id = verb.arguments(scene), new_id()
    caller = login(verb.may[0])
    first = verb.call(caller, command_id, **arguments)
    if verb.name.startswith("preview"):
        assert first.token
        first = dataclasses.replace(first, token=None)  # it is told once
    assert verb.call(caller, command_id, **arguments) == first
    [audited] = owner_connection.execute("SELECT count(*) FROM app.audit_events WHERE command_id = %s", [command_id]).fetchone()
    assert audited == 1


@pytest.mark.parametrize("verb", [verb for verb in WRITING if verb.name != "preview_release"], ids=lambda verb: verb.name)  # one at a time
def test_the_same_id_for_another_request_is_refused(scene, login, verb):
    arguments, other, command_id = verb.arguments(scene), verb.arguments(scene), new_id()
    caller = login(verb.may[0])
    scene.refill()
    verb.call(caller, command_id, **arguments)
    with pytest.raises(Reused) as refused:
        verb.call(caller, command_id, **other)
    assert refused.value.facts == {"why": "used"}
    assert commands.settle_command(caller, command_id).verb == verb.name


@pytest.mark.parametrize("verb", (*WRITING, SETTLING), ids=lambda verb: verb.name)
def test_no_other_isolation_level_is_served(scene, copy, workplace, verb):
    """A14: connection in REPEATABLE READ or SERIALIZABLE."""
    arguments = {"command_id": new_id(), **verb.arguments(scene)}
    query = f"SELECT v FROM api.{verb.name}({', '.join(f'{name} => %({name})s' for name in arguments)}) AS v"
    with workplace.bare(verb.may[0], copy) as connection:
        for level in ("REPEATABLE READ", "SERIALIZABLE"):
            connection.execute(f"SET default_transaction_isolation = '{level}'")
            with pytest.raises(psycopg.Error, match="READ COMMITTED only") as refused:
                connection.execute(query, arguments)
            assert refused.value.sqlstate == Unisolated.sqlstate


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_no_other_isolation_level_does_the_workers_work(copy, workplace, level):
    with workplace.bare("worker", copy) as connection:
        connection.execute(f"SET default_transaction_isolation = '{level}'")
        load = "record_load(1, 1, 0, 0, 0, 0, NULL, NULL)"
        refund = "run_refund(gen_random_uuid())"
        for call in ("trim_outbox()", "lapse_proposals()", "record_checks()", "seal_trail()", "end_overdue()", refund, load):
            with pytest.raises(psycopg.Error, match="READ COMMITTED only"):
                connection.execute(f"SELECT api.{call}")


@every_verb
def test_a_call_without_an_id_is_refused(scene, login, verb):
    with pytest.raises(Invalid) as refused:
        verb.call(login(verb.may[0]), None, **verb.arguments(scene))
    assert refused.value.facts == {"field": "command_id"}


@pytest.mark.parametrize("verb", [verb for verb in WRITING if "cook" in verb.may], ids=lambda verb: verb.name)
def test_what_is_not_your_kitchens_is_not_there(scene, login, verb):
    arguments = verb.arguments(scene)
    with pytest.raises(Missing):
        verb.call(login("stranger"), new_id(), **arguments)
