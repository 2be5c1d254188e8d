"""Odd arguments, one at a time: done, refused in our words, or stopped at the door by their type. Never a constraint or an inner error."""

from typing import Any
from uuid import UUID

import psycopg
import pytest

from core.base.errors import Refused
from core.base.identifiers import new_id
from tests.support.verbs import WRITING

AT_THE_DOOR = ("22", "42883", "42804", "42846")  # not of this type, no such number: the twin's bug
NUMBERS = [None, 0, -3, 1, 2**31 - 1, 2**31, -(2**31), 2**63 - 1, 2**63, 1.5, "x", "", True]
WORDS = [None, "", " ", "x" * 10_000, "\u202e", "a\nb", "'", "\\", "NULL", "{}", "postgres", "ordering", 5]


def odd(value: Any, command_id: UUID, known: list[UUID]) -> list[Any]:
    """Return what somebody may send instead of a value of this kind."""
    ids = [None, new_id(), command_id, *known]
    if isinstance(value, UUID):
        return ids
    if isinstance(value, int):
        return NUMBERS
    if not isinstance(value, list):
        return [*WORDS, *ids] if value is None else WORDS
    inside = [[each] for each in odd(value[0], command_id, known)] if value else [[each] for each in ids]
    return [None, [], value * 2, [*value, None], [value], [value, value], value * 501, *inside]


@pytest.mark.parametrize("verb", WRITING, ids=lambda verb: verb.name)
def test_no_argument_however_odd_shows_a_constraint_or_an_inner_error(scene, login, verb):
    caller, town, shown = login(verb.may[0]), scene.town, {}
    for name in verb.arguments(scene):
        for place in range(len(odd(verb.arguments(scene)[name], new_id(), [town.beans, town.yaba, town.rice]))):
            arguments, command_id = verb.arguments(scene), new_id()
            arguments[name] = odd(arguments[name], command_id, [town.beans, town.yaba, town.rice])[place]
            scene.refill()
            try:
                verb.call(caller, command_id, **arguments)
            except Refused:
                pass
            except psycopg.Error as error:
                if not (error.sqlstate or "").startswith(AT_THE_DOOR):
                    shown[name, repr(arguments[name])[:60]] = str(error).splitlines()[0]
    assert shown == {}
