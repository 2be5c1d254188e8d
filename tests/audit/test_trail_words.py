"""The words of reasons: found whatever accents and capitals they have, within the other filters, and never more than the cap."""

from datetime import timedelta

import pytest

from core.audit import MOST_FOUND, TrailFilter, find_trail, trail
from core.base.errors import Forbidden, Invalid, TooFast
from core.base.identifiers import new_id
from core.orders import cancel_order
from tests.support.trail import NEWEST, write_lines

ANY = {"person_id": None, "action": None, "kitchen_id": None, "since": None, "until": None}
REASONS = ("Ọ̀gbẹ́ni Ṣadé didn't come", "Out of stock: no chicken", "charged_twice", "ƊANJUMA paid 2,500 naira", "日本 料理")


@pytest.fixture
def told(scene, manager):
    """An order cancelled for each of REASONS: the id of its line by the reason."""
    for reason in REASONS:
        cancel_order(manager, new_id(), scene.order().id, 1, reason)
        scene.refill()


def reasons(db, words, **other):
    ids = find_trail(db, words, **ANY | other)
    assert ids == [line.id for line in trail(db, TrailFilter(ids=ids))]  # newest first
    return sorted(line.reason for line in trail(db, TrailFilter(ids=ids)))


@pytest.mark.parametrize(("words", "found"), [
    ("sade", 0), ("OGBENI", 0), ("ọ̀gbẹ́ni ṣadé", 0), ("ogb", 0), ("chicken", 1), ("stock chick", 1), ("out of stock", 1),
    ("charged_twice", 2), ("twice", 2), ("danjuma", 3), ("2,500", 3), ("日本", 4),
])  # fmt: skip
def test_a_reason_is_found_by_its_words_whatever_marks_and_capitals_they_have(told, support, words, found):
    assert reasons(support, words) == [REASONS[found]]


@pytest.mark.parametrize("words", ["hicken", "chicken sade", "' OR true --", "chicken & !stock | \\", "%"])
def test_what_is_no_word_of_a_reason_finds_nothing(told, support, refill, words):
    if words == "%":
        with pytest.raises(Invalid):
            reasons(support, words)
    else:
        assert reasons(support, words) == ([REASONS[1]] if words.startswith("chicken &") else [])


@pytest.mark.parametrize("words", ["", "   ", "…", "a\tb", "x" * 201])
def test_what_cannot_be_searched_for_is_refused(town, support, words):
    with pytest.raises(Invalid):
        find_trail(support, words, **ANY)


def test_words_are_found_within_the_other_filters(town, support, owner_connection):
    write_lines(owner_connection, town, 4000)
    everything = trail(support, limit=10_000)
    of = {
        "person_id": next(line.person_id for line in everything if line.login == "funmi"),
        "action": "cancel_order", "kitchen_id": town.yaba, "since": NEWEST - timedelta(seconds=900),
        "until": NEWEST - timedelta(seconds=200),
    }  # fmt: skip
    holding = [line for line in everything if "chicken" in (line.reason or "")]
    fits = {
        "person_id": lambda line: line.person_id == of["person_id"], "action": lambda line: line.action == "cancel_order",
        "kitchen_id": lambda line: line.kitchen_id == town.yaba, "since": lambda line: line.at >= of["since"],
        "until": lambda line: line.at < of["until"],
    }  # fmt: skip
    for name, fit in fits.items():
        assert set(find_trail(support, "chicken", **ANY | {name: of[name]})) == {line.id for line in holding if fit(line)}, name


def test_no_more_are_found_than_one_over_the_cap(town, support, owner_connection):
    write_lines(owner_connection, town, 60_000)
    assert len(find_trail(support, "chicken", **ANY)) == MOST_FOUND + 1
    assert len(find_trail(support, "sade", **ANY)) == 60


@pytest.mark.parametrize("other", ["manager", "cook", "ordering", "worker"])
def test_nobody_but_the_office_searches(town, login, other):
    with pytest.raises(Forbidden):
        find_trail(login(other), "chicken", **ANY)


def test_each_search_spends_a_token(town, support):
    with pytest.raises(TooFast):
        for _ in range(40):
            find_trail(support, "chicken", **ANY)
