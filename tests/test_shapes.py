"""Arguments and rows: every type the verbs take and give survives the trip, and composed reads are composed right."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest

from core.base.identifiers import new_id

COLUMNS = "whole integer, many bigint[], ids uuid[], facts jsonb, colour text, words text[], at timestamptz"
NOW = datetime(2026, 3, 1, 12, 30, 15, 123456, tzinfo=UTC)
ID = new_id()


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Echo:
    whole: int | None
    many: list[int | None]
    ids: list[UUID]
    facts: dict[str, Any] | None
    colour: Colour | None
    words: list[str | None]
    at: datetime | None


@pytest.fixture
def echo(owner_connection, cook):
    """A verb that gives back what it was given."""
    owner_connection.execute(f"CREATE TYPE api.echoed AS ({COLUMNS})")
    owner_connection.execute(
        f"CREATE FUNCTION api.echo({COLUMNS}) RETURNS api.echoed LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp"
        " AS 'SELECT $1, $2, $3, $4, $5, $6, $7'; ALTER FUNCTION api.echo OWNER TO r_api;"
        " REVOKE EXECUTE ON FUNCTION api.echo FROM PUBLIC; GRANT EXECUTE ON FUNCTION api.echo TO kitchen_staff"
    )

    def echo(**args):
        given = dict(whole=1, many=[], ids=[], facts=None, colour=None, words=[], at=None) | args
        [row] = cook.call(Echo, "echo", **given)
        return row

    return echo


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("whole", 0),
        ("whole", -(2**31)),
        ("whole", None),
        ("many", []),
        ("many", [1, 2, 3]),
        ("many", [1, None, 2**62, -1]),
        ("many", [None]),
        ("ids", [ID, ID]),
        ("facts", {"a": [1, {"b": "₦"}], "c": None}),
        ("colour", Colour.RED),
        ("words", ["", "null", 'a,"b"', "{}", "\\", "Ọ̀gbọ̀nọ̀ 😀", "%s %(x)s :y", None]),
        ("at", NOW),
    ],
)
def test_what_is_sent_comes_back(echo, name, value):
    assert getattr(echo(**{name: value}), name) == value


def test_an_enum_comes_back_as_its_member_and_a_time_as_utc(echo):
    row = echo(colour=Colour.RED, at=NOW.astimezone(tz=None))
    assert row.colour is Colour.RED
    assert (row.at, row.at.utcoffset()) == (NOW, timedelta())


@dataclass(frozen=True)
class Prepared:
    statement: str


def prepared(cook, name):
    return cook.rows(Prepared, "pg_prepared_statements WHERE statement LIKE %(name)s", name=f"%{name}%")


def test_a_verb_is_prepared_once_whatever_the_size_of_its_numbers(echo, cook):
    for number in (1, 100_000, 2**40):
        echo(whole=1 if number > 2**31 else number, many=[number])
    assert len(prepared(cook, "api.echo(")) == 1


def test_times_are_utc_whatever_the_server_thinks(owner_connection, login):
    owner_connection.execute("ALTER ROLE chidi SET TimeZone = 'Africa/Lagos'")
    try:
        [row] = login("cook").rows(At, "(SELECT clock_timestamp() AS at) AS now")
    finally:
        owner_connection.execute("ALTER ROLE chidi RESET TimeZone")
    assert row.at.utcoffset() == timedelta()


@dataclass(frozen=True)
class At:
    at: datetime


@dataclass(frozen=True)
class Number:
    n: int
    word: str


@pytest.fixture
def numbers(owner_connection):
    owner_connection.execute("CREATE VIEW api.numbers AS SELECT n, 'word ' || n AS word, false AS hidden FROM generate_series(1, 100) AS n")
    owner_connection.execute("GRANT SELECT ON api.numbers TO kitchen_staff")


def test_a_composed_read_filters_sorts_and_pages(cook, numbers):
    table = cook.table(Number, "api.numbers")
    newest = table.select().where(table.c.n.in_([3, 5, 70, 90])).order_by(table.c.n.desc())
    first = cook.select(Number, newest.limit(2))
    assert first == [Number(90, "word 90"), Number(70, "word 70")]
    second = cook.select(Number, newest.where(cook.before([table.c.n, table.c.word], [first[-1].n, first[-1].word])))
    assert [row.n for row in second] == [5, 3]


def test_a_composed_read_is_planned_anew_each_time(cook, numbers):
    for n in range(10):
        cook.select(Number, cook.table(Number, "api.numbers").select().limit(n))
        cook.rows(Number, "api.numbers WHERE n = %(n)s", n=n)
    assert [row.statement[-12:] for row in prepared(cook, "api.numbers")] == ["WHERE n = $1"]


def test_text_in_a_composed_read_is_never_sql(cook, numbers):
    table = cook.table(Number, "api.numbers")
    for word in ("word 5", "' OR true --", "100%", "%(n)s"):
        found = cook.select(Number, table.select().where(table.c.word == word))
        assert [row.word for row in found] == [word] * (word == "word 5")
    assert cook.select(Number, table.select().where(table.c.word.icontains("D 5%", autoescape=True))) == []


def test_only_the_fields_are_asked_for_so_that_a_view_may_grow(cook, numbers):
    assert cook.rows(Number, "api.numbers WHERE n = %(n)s", n=7) == [Number(7, "word 7")]
