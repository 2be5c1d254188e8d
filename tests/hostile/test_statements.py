"""Bare SQL by people with valid passwords: refused, without effect, or known to be open. Whatever they try, nothing has changed."""

import psycopg
import pytest

from core.stock import items
from tests.hostile.attacks import HOLLOW, OPEN, REFUSED, lines
from tests.support.verbs import EVERYBODY

RIGHTS = """
SELECT p.oid::text, p::text FROM pg_proc AS p WHERE p.pronamespace::regnamespace::text IN ('app', 'api')
UNION ALL SELECT c.oid::text, concat(c.relowner, c.relacl, c.relrowsecurity, c.reloptions, c.relhastriggers) FROM pg_class AS c
    WHERE c.relnamespace::regnamespace::text IN ('app', 'api', 'public')
UNION ALL SELECT n.oid::text, n::text FROM pg_namespace AS n
UNION ALL SELECT d.datname, concat(d.datdba, d.datacl) FROM pg_database AS d
UNION ALL SELECT r.rolname, r::text FROM pg_roles AS r
UNION ALL SELECT m.oid::text, m::text FROM pg_auth_members AS m
UNION ALL SELECT t.oid::text, t::text FROM pg_trigger AS t
UNION ALL SELECT p.oid::text, concat(p.polqual, p.polroles, p.polwithcheck) FROM pg_policy AS p
UNION ALL SELECT l.oid::text, '' FROM pg_largeobject_metadata AS l
ORDER BY 1, 2
"""


@pytest.fixture
def everything(owner_connection):
    """Return a snapshot of all rights and all rows."""

    def everything():
        tables = owner_connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'app'").fetchall()
        rows = {table: owner_connection.execute(f"SELECT t::text FROM app.{table} AS t ORDER BY 1").fetchall() for (table,) in tables}
        return rows | {"rights": owner_connection.execute(RIGHTS).fetchall()}

    return everything


@pytest.fixture
def attack(workplace, copy, scene, owner_connection, login):
    """Try statements as somebody, and return what became of each: its SQLSTATE, or None when it went through."""
    groups = dict(owner_connection.execute("SELECT login::text, role FROM app.staff").fetchall())
    words = {"item": scene.item(), "order": scene.order().id}
    items(login("stranger"), scene.town.yaba)
    [words["pid"]] = owner_connection.execute("SELECT pid FROM pg_stat_activity WHERE usename = 'emeka'").fetchone()

    def attack(who, statements):
        me = workplace.sign_ins[who].login
        others = {"other_group": "support" if groups[me] == "owner_admin" else "owner_admin"}
        tried = {}
        with workplace.bare(who, copy) as connection:
            for statement in statements:
                try:
                    for part in statement.format(me=f'"{me}"', my_group=groups[me], **words, **others).split("; "):
                        connection.execute(part)
                    tried[statement] = None
                except psycopg.Error as refused:
                    tried[statement] = refused.sqlstate
                connection.execute("ROLLBACK")
                connection.execute("DISCARD ALL")
        return tried

    return attack


@pytest.mark.parametrize("who", EVERYBODY)
def test_what_must_be_refused_is_refused_for_lack_of_privilege_and_leaves_nothing(attack, everything, who):
    before = everything()
    tried = attack(who, REFUSED)
    assert {statement: sqlstate for statement, sqlstate in tried.items() if sqlstate != "42501"} == {}
    assert everything() == before


@pytest.mark.parametrize("who", EVERYBODY)
def test_what_postgresql_accepts_without_doing_it_does_nothing(attack, everything, who):
    before = everything()
    assert attack(who, lines(HOLLOW)) == dict.fromkeys(lines(HOLLOW))
    assert everything() == before


@pytest.mark.parametrize("who", EVERYBODY)
def test_what_postgresql_leaves_open_is_what_we_know_and_changes_nothing_of_ours(attack, everything, who):
    before = everything()
    assert attack(who, OPEN) == dict.fromkeys(OPEN)
    assert everything() == before


def test_no_view_takes_a_write_from_anybody(attack, owner_connection):
    views = [view for (view,) in owner_connection.execute("SELECT viewname FROM pg_views WHERE schemaname = 'api'").fetchall()]
    writes = [f"INSERT INTO api.{view} DEFAULT VALUES" for view in views] + [f"DELETE FROM api.{view}" for view in views]
    writes += [f"UPDATE api.{view} SET {column} = {column}" for view, column in owner_connection.execute("""
        SELECT table_name, min(column_name) FROM information_schema.columns WHERE table_schema = 'api' GROUP BY table_name
        """).fetchall()]  # fmt: skip
    for who in EVERYBODY:
        assert set(attack(who, writes).values()) <= {"42501", "55000", "428C9", "0A000"}, who  # no right, or nothing that could be written


def test_nobody_calls_a_private_function(attack, owner_connection):
    calls = [f"SELECT {name}({', '.join(['NULL'] * arguments)})" for name, arguments in owner_connection.execute("""
        SELECT 'app.' || p.proname, p.pronargs FROM pg_proc AS p
        WHERE p.pronamespace = 'app'::regnamespace AND p.prorettype <> 'trigger'::regtype
        """).fetchall()]  # fmt: skip
    for who in EVERYBODY:
        assert set(attack(who, calls).values()) == {"42501"}, who


def test_only_the_worker_may_notify_from_inside_a_query(attack):
    for who in EVERYBODY:
        assert list(attack(who, ["SELECT pg_notify('rachel', '')"]).values()) == [None if who == "worker" else "42501"], who


@pytest.mark.parametrize("database", ["postgres", "template1"])
def test_no_login_gets_into_the_servers_other_databases(workplace, database):
    for who in EVERYBODY:
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            workplace.bare(who, database)
