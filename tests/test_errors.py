"""Errors: each code of the server is one kind of ours, with words for a person."""

import re
from pathlib import Path

import psycopg
import pytest

import core
from core.base.errors import BY_SQLSTATE, Busy, Exhausted, Forbidden, Offline, Refused, Short, Unanswered, refusal
from core.database.wire import translate


def test_a_refusal_has_the_servers_sentence_and_the_facts_of_its_detail():
    refused = refusal("RF410", "There is not enough rice.", '{"items": [{"item": "x", "available": 3, "wanted": 5}]}')
    assert type(refused) is Short
    assert str(refused) == "There is not enough rice."
    assert refused.facts == {"items": [{"item": "x", "available": 3, "wanted": 5}]}


def test_a_refusal_without_detail_has_no_facts():
    assert refusal("RF404", "There is no such dish.", None).facts == {}


@pytest.mark.parametrize(("sqlstate", "kind"), [("42501", Forbidden), ("55P03", Busy), ("40P01", Busy), ("40001", Busy), ("57014", Busy)])
def test_postgresqls_own_words_are_replaced_by_ours(sqlstate, kind):
    refused = refusal(sqlstate, "permission denied for relation pg_secrets", "Process 12 waits for ShareLock on transaction 7.")
    assert type(refused) is kind
    assert "relation" not in str(refused)
    assert refused.facts == {}


@pytest.mark.parametrize("raised", ["InsufficientResources", "DiskFull", "OutOfMemory", "ConfigurationLimitExceeded"])
def test_a_server_that_lacks_something_refuses_and_is_not_called_away(raised):
    told = translate(getattr(psycopg.errors, raised)('could not write to file "base/pgsql_tmp"'), lost=False)
    assert type(told) is Exhausted
    assert "pgsql_tmp" not in str(told) and str(told).lower().endswith("tell whoever runs it.")


@pytest.mark.parametrize("raised", [psycopg.errors.TooManyConnections, psycopg.errors.AdminShutdown, psycopg.errors.ConnectionFailure])
def test_a_server_that_is_full_goes_down_or_is_gone_is_away(raised):
    assert type(translate(raised("sorry"), lost=False)) is Offline


def test_a_line_that_was_lost_is_an_answer_that_was_lost_whatever_the_server_said_last():
    assert type(translate(psycopg.errors.DiskFull("no space left"), lost=True)) is Unanswered


def test_two_refusals_do_not_share_one_object():
    assert refusal("42501", None, None) is not refusal("42501", None, None)


def test_a_code_that_is_a_bug_is_no_refusal():
    assert refusal("42703", "column does not exist", None) is None
    assert refusal("23505", "duplicate key", None) is None


def test_every_code_that_our_sql_raises_has_its_kind():
    text = "".join(script.read_text(encoding="utf-8") for script in Path(core.__file__).parent.rglob("*.sql"))
    raised = set(re.findall(r"ERRCODE = '(\w{5})'", text))
    assert {"RF400", "RF404", "RF412"} <= raised
    assert raised <= BY_SQLSTATE.keys() | {"42501", "23514"}  # the walls behind the verbs: only an attack or a bug gets there


def test_each_kind_has_a_code_of_its_own():
    ours = [kind for kind in Refused.__subclasses__() if kind.__module__ == Refused.__module__]  # a screen may have kinds of its own
    assert len(BY_SQLSTATE) == len(ours)
