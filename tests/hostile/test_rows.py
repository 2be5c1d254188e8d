"""Other kitchens' rows, other people's names, and what a caller's own settings change: nothing."""

import psycopg
import pytest

from core.base.identifiers import new_id
from core.orders import place_order
from core.stock import count_stock, receive_stock

SECRET = "their secret note"
SETTINGS = """
SET standard_conforming_strings = off
SET search_path = pg_temp, public, pg_catalog
SET row_security = off
SET transform_null_equals = on
SET array_nulls = off
SET TimeZone = 'Pacific/Kiritimati'
SET DateStyle = 'German'
SET IntervalStyle = 'sql_standard'
SET quote_all_identifiers = on
SET default_transaction_read_only = on
SET default_transaction_isolation = 'serializable'
SET plpgsql.variable_conflict = 'use_column'
SET plpgsql.extra_errors = 'all'
SET lock_timeout = 0
SET createrole_self_grant = 'set, inherit'
SET client_min_messages = 'error'
SET check_function_bodies = off
SET application_name = 'ada'
"""
BREACHES = {  # each must be refused, whatever was set before
    "another kitchen's shelf": "SELECT number FROM api.receive_stock(gen_random_uuid(), '{beans}', 1, '')",
    "more than there is": "SELECT number FROM api.waste_stock(gen_random_uuid(), '{rice}', 99999999, 'spoiled', '')",
    "nothing at all": "SELECT number FROM api.waste_stock(gen_random_uuid(), '{rice}', NULL, 'spoiled', '')",
    "a stale count": "SELECT number FROM api.count_stock(gen_random_uuid(), '{rice}', 5, 1, '')",
    "no version": "SELECT number FROM api.count_stock(gen_random_uuid(), '{rice}', 5, NULL, '')",
    "letters that cannot be seen": "SELECT number FROM api.receive_stock(gen_random_uuid(), '{rice}', 1, 'a' || chr(8203) || 'b')",
    "a manager's verb": "SELECT number FROM api.correct_stock(gen_random_uuid(), '{rice}', 5, 2, 'why', '')",
}


@pytest.fixture
def secret(scene, ordering, login):
    """An order and a movement of Yaba with a note that a cook of Lekki must never see."""
    town = scene.town
    receive_stock(login("cook"), new_id(), town.rice, 1, SECRET)
    return place_order(ordering, new_id(), town.yaba, town.customer, [town.jollof], [1], SECRET)


@pytest.fixture
def stranger(workplace, copy, secret):
    """A bare connection of the cook of Lekki."""
    with workplace.bare("stranger", copy) as connection:
        yield connection


@pytest.fixture
def insider(workplace, copy, town, cook):
    """A bare connection of a cook of Yaba; the rice was counted, so version 1 of it is stale."""
    count_stock(cook, new_id(), town.rice, 9000, 1, "")
    with workplace.bare("cook", copy) as connection:
        yield connection


def test_a_cook_sees_no_row_of_another_kitchen_in_any_view(stranger, owner_connection, town):
    views = owner_connection.execute("""
        SELECT c.oid::regclass::text, a.attname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
        WHERE c.relnamespace = 'api'::regnamespace AND c.relkind = 'v' AND has_table_privilege('kitchen_staff', c.oid, 'SELECT')
            AND (a.attname IN ('kitchen_id', 'order_id', 'item_id') OR a.attname = 'id' AND c.relname = 'kitchens')
        """).fetchall()  # fmt: skip
    assert len(views) >= 9
    for view, column in views:
        seen = {each for (each,) in stranger.execute(f"SELECT {column} FROM {view}").fetchall()}
        assert seen <= {town.lekki, town.beans, None}, view


@pytest.mark.parametrize(
    "query",
    [
        "SELECT id FROM api.orders WHERE note::integer > 0",
        "SELECT item_id FROM api.stock_movements WHERE nullif(note, '')::integer > 0",
        "SELECT item_id FROM api.stock_movements WHERE note <> '' AND 1 / (length(note) - 17) > 0",
        "SELECT id FROM api.orders WHERE note::xml IS DOCUMENT",
        "SELECT to_date(note, 'YYYY') FROM api.orders",
        "SELECT o.id FROM api.orders AS o JOIN api.order_lines AS l ON l.order_id = o.id AND o.note::integer = l.quantity",
        "SELECT count(*) FROM api.stock_movements AS m JOIN api.stock AS s ON s.id = m.item_id WHERE nullif(m.note, '')::uuid = s.id",
        "SELECT order_id FROM api.order_history WHERE cast(state AS integer) = 1",
    ],
)
def test_no_error_of_a_query_tells_what_stands_in_a_row_of_another_kitchen(stranger, query):
    for planned in ("", "SET enable_hashjoin = off; SET enable_nestloop = off; ", "SET enable_seqscan = off; "):
        stranger.execute(planned)
        try:
            assert stranger.execute(query).fetchall() in ([], [(0,)])
        except psycopg.Error as error:
            assert error.sqlstate == "0A000"  # this build knows no XML


def test_an_unfiltered_copy_of_a_view_has_ones_own_rows_only(stranger):
    with stranger.cursor().copy("COPY (SELECT note FROM api.stock_movements) TO STDOUT") as copied:
        assert SECRET.encode() not in b"".join(bytes(block) for block in copied)


@pytest.mark.parametrize("setting", SETTINGS.strip().splitlines())
def test_no_setting_of_the_caller_opens_a_door(insider, town, setting):
    insider.execute(setting)
    for name, breach in BREACHES.items():
        with pytest.raises(psycopg.Error) as refused:
            insider.execute(breach.format(rice=town.rice, beans=town.beans))
        assert not (refused.value.sqlstate or "").startswith("23"), name


def test_a_setting_made_before_the_language_is_loaded_falls_away(insider, town):
    insider.execute("SET plpgsql.variable_conflict = 'use_column'")
    insider.execute(f"SELECT number FROM api.receive_stock(gen_random_uuid(), '{town.rice}', 1, '')")
    assert insider.execute("SHOW plpgsql.variable_conflict").fetchall() == [("error",)]


@pytest.mark.parametrize(
    "spoof", ["SET ROLE kitchen_staff", "SET application_name = 'bisi'", "SET app.login = 'bisi'", "SET my.role = 'owner'"]
)
def test_who_somebody_is_comes_from_the_password_and_from_nothing_else(insider, town, owner_connection, spoof):
    insider.execute(spoof)
    assert insider.execute("SELECT login::text, role FROM api.me").fetchall() == [("chidi", "kitchen_staff")]
    insider.execute(f"SELECT number FROM api.receive_stock('{town.jollof}', '{town.rice}', 1, '')")
    [[login, by]] = owner_connection.execute(
        "SELECT a.login, p.name FROM app.audit_events AS a JOIN app.people AS p ON p.id = a.person_id WHERE a.command_id = %s",
        [town.jollof],
    ).fetchall()
    assert (login, by) == ("chidi", "Chidi Okoye")


def test_sql_in_a_note_is_a_note(insider, town, cook):
    note = "'); DROP TABLE app.orders; --"
    movement = receive_stock(cook, new_id(), town.rice, 1, note)
    assert movement.note == note
    assert insider.execute("SELECT count(*) FROM api.orders").fetchall() == [(0,)]


def test_what_is_somebody_elses_is_refused_in_the_words_for_what_is_not_there(insider, town):
    answers = set()
    for item in (town.beans, new_id(), town.yaba):
        with pytest.raises(psycopg.Error) as refused:
            insider.execute(f"SELECT number FROM api.receive_stock(gen_random_uuid(), '{item}', 1, '')")
        answers.add((refused.value.sqlstate, refused.value.diag.message_primary, refused.value.diag.message_detail))
    assert answers == {("RF404", "This item is not in your kitchen.", None)}
