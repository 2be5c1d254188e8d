"""Everything our programs say can be translated: each text stands as it is where it is asked for, so that the tools find it."""

import ast
from pathlib import Path

import pytest

from admin_app.audit.facts import value
from admin_app.audit.things import code_word
from admin_app.health.triggered import exact_titles, figure_words, later_words, lever_words, plain_titles
from admin_app.promises.titles import in_words
from core.health.triggers import TRIGGERS
from core.proposals import REASONS
from kitchen_app.stock import kinds

HOME = Path(__file__).parents[2]
SOURCES = sorted(file for part in ("admin_app", "kitchen_app", "core/qt") for file in (HOME / part).rglob("*.py"))


def asked(tree):
    """Return each call that asks for a translation, with the arguments that must stand there as they are."""
    for node in ast.walk(tree):
        name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
        if name in ("tr", "translate"):
            yield node, node.args[: 1 if name == "tr" else 2]


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.relative_to(HOME).as_posix())
def test_no_text_is_asked_for_by_a_variable(file):
    texts = asked(ast.parse(file.read_text(encoding="utf-8")))
    hidden = [node.lineno for node, given in texts if not all(isinstance(each, ast.Constant) for each in given)]
    assert hidden == []


def test_every_trigger_has_its_words_here_and_there_are_no_others(qapp):
    assert list(plain_titles()) == [each.key for each in TRIGGERS]
    assert exact_titles() == {each.key: each.title for each in TRIGGERS}
    assert lever_words() == {each.key: each.levers for each in TRIGGERS}
    assert {key: " ".join(words) for key, words in later_words().items()} == {each.key: each.later for each in TRIGGERS if each.later}
    assert figure_words().keys() == {limit.key for each in TRIGGERS for limit in each.limits}
    assert all(words.count("{value}") == 1 for words in figure_words().values())


def test_every_reason_that_can_be_chosen_is_said_in_words_in_the_trail(qapp):
    for codes in REASONS.values():
        for code in codes:
            assert value("code", code) == code_word(code) != code
    assert code_word("from_tomorrow") == "from_tomorrow"


def test_every_reason_that_can_be_chosen_at_the_counter_is_said_in_words(qapp):
    words = ast.parse((HOME / "kitchen_app" / "stock" / "words.py").read_text(encoding="utf-8"))
    [said] = [node for node in ast.walk(words) if isinstance(node, ast.FunctionDef) and node.name == "reason"]
    changes = [each for each in vars(kinds).values() if isinstance(each, type) and issubclass(each, kinds.Change)]
    assert {given[1].value for _, given in asked(said)} == {stored for each in changes for stored in each.reasons} != set()


def test_why_money_was_frozen_is_said_in_words_of_the_person(qapp):
    stored = "I02 As it was called; I99 One; with a semicolon"
    assert in_words(stored) == "Each wallet's balance is the sum of its entries (I02); One; with a semicolon (I99)"
    assert in_words("Money was frozen by hand") == "Money was frozen by hand"
