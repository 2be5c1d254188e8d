"""Races for one id: one effect and equal answers, and what was called not recorded stays so."""

from dataclasses import replace

import pytest

from core.base.errors import Reused
from core.base.identifiers import new_id
from core.commands import settle_command
from core.orders import place_order
from tests.support.races import REPEATS, tally
from tests.support.verbs import WRITING

every_verb = pytest.mark.parametrize("verb", WRITING, ids=lambda verb: verb.name)


@every_verb
def test_one_id_sent_ten_times_at_once_is_done_once_and_answered_ten_times_alike(scene, login, owner_connection, race, verb):
    caller = login(verb.may[0], size=9)  # a person has ten connections, and the scene needs one
    for _ in range(REPEATS):
        arguments, command_id = verb.arguments(scene), new_id()
        scene.refill()
        answers = race(10, lambda n: verb.call(caller, command_id, **arguments))
        assert tally(answers) == {"done": 10}, answers
        if verb.name.startswith("preview"):  # the token is told once, to whoever was first
            assert sum(answer.token is not None for answer in answers) == 1
            answers = [replace(answer, token=None) for answer in answers]
        assert all(answer == answers[0] for answer in answers)
        [done] = owner_connection.execute("SELECT count(*) FROM app.audit_events WHERE command_id = %s", [command_id]).fetchone()
        assert done == 1


def test_one_id_sent_ten_times_at_once_for_the_last_portion_is_answered_ten_times_alike(scene, login, race):
    ordering, town = login("ordering", size=10), scene.town
    for _ in range(REPEATS):
        dish_id, command_id = scene.dish(scene.item(on_hand=1)), new_id()
        answers = race(10, lambda n: place_order(ordering, command_id, town.yaba, town.customer, [dish_id], [1], ""))
        assert tally(answers) == {"done": 10}
        assert all(answer == answers[0] for answer in answers)


@every_verb
def test_a_command_settled_while_it_runs_is_recorded_or_refused_and_never_both(scene, login, race, verb):
    caller = login(verb.may[0])
    for _ in range(REPEATS):
        arguments, command_id = verb.arguments(scene), new_id()
        scene.refill()
        answers = race(2, lambda n: settle_command(caller, command_id) if n else verb.call(caller, command_id, **arguments))
        recorded = settle_command(caller, command_id).recorded
        assert {answer.recorded for answer in answers if hasattr(answer, "recorded")} == {recorded}
        assert [answer.facts for answer in answers if isinstance(answer, Reused)] == ([] if recorded else [{"why": "settled"}])
