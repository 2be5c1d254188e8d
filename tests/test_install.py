"""The installer: all or nothing, one at a time, once each, and never over what is not ours."""

import itertools
import shutil
from pathlib import Path

import psycopg
import pytest

import core
from core.base.errors import Busy, Illegal, Outdated
from core.database import install
from core.database.embedded import scratch_server
from core.database.install import upgrade
from core.database.scripts import PACKAGED, Scripts
from core.database.wire import address, connect
from tests.support.waiting import wait_until

NUMBER = itertools.count()


@pytest.fixture(scope="module")
def cluster():
    with scratch_server(fast=True) as cluster:
        yield cluster


@pytest.fixture
def admin(cluster):
    """Work in a database of this test's own, as the server's administrator; `admin.info.dbname` is its name."""
    name = f"install_{next(NUMBER)}"
    with connect(address(cluster.server(), cluster.superuser, "tests")) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    with connect(address(cluster.server(name), cluster.superuser, "tests")) as connection:
        yield connection


@pytest.fixture
def upgraded(cluster, admin):
    """Bring the database up to date: `upgraded(scripts)`."""
    return lambda scripts=PACKAGED: upgrade(cluster.server(admin.info.dbname), cluster.superuser, scripts)


@pytest.fixture
def next_version(tmp_path):
    """The SQL of this version, to which a test adds what the next one brings."""
    shutil.copytree(PACKAGED.core, tmp_path / "core", ignore=shutil.ignore_patterns("__pycache__", "qt", "cli"))
    return Scripts(tmp_path / "core")


def add_table(scripts, sql):
    last = sorted(scripts.tables.glob("*.sql"))[-1].name[:4]
    (scripts.tables / "9999_next.sql").write_text(sql)
    (scripts.migrations / "versions" / "9999_next.py").write_text(
        "from core.database.migrations import run_table\n"
        f'revision, down_revision = "9999", "{last}"\n'
        'def upgrade(): run_table("9999_next.sql")\n'
    )


def facts(admin):
    """What the database consists of, to see whether anything changed."""
    return admin.execute(
        "SELECT relname, relnamespace::regnamespace, relkind FROM pg_class WHERE relnamespace::regnamespace::text IN ('app', 'api')"
        " UNION ALL SELECT proname, pronamespace::regnamespace, 'f' FROM pg_proc WHERE pronamespace::regnamespace::text IN ('app', 'api')"
        " ORDER BY 1, 2, 3"
    ).fetchall()


def test_an_upgrade_that_finds_everything_in_place_does_nothing(upgraded, admin):
    assert upgraded() is True
    before = admin.execute("SELECT oid FROM pg_class WHERE relname = 'kitchens' ORDER BY oid").fetchall()
    assert upgraded() is False
    assert admin.execute("SELECT oid FROM pg_class WHERE relname = 'kitchens' ORDER BY oid").fetchall() == before


def test_the_next_version_adds_its_table_once_and_keeps_the_rows(upgraded, admin, next_version):
    upgraded()
    admin.execute("INSERT INTO app.kitchens (id, name, district) VALUES (gen_random_uuid(), 'Yaba', 'Mainland')")
    add_table(next_version, "CREATE TABLE app.next (n integer); COMMENT ON TABLE app.next IS '100% :new'; INSERT INTO app.next VALUES (1);")
    (next_version.core / "next.sql").write_text("CREATE VIEW api.next AS SELECT n.n FROM app.next AS n;")
    assert upgraded(next_version) is True
    assert upgraded(next_version) is False
    assert admin.execute("SELECT n FROM app.next").fetchall() == [(1,)]
    assert admin.execute("SELECT name FROM app.kitchens").fetchall() == [("Yaba",)]
    assert admin.execute("SELECT revision FROM app.compat").fetchall() == [("9999",)]


def test_a_view_that_left_the_sources_leaves_the_database(upgraded, admin, next_version):
    upgraded()
    (next_version.core / "health" / "promises.sql").write_text("CREATE VIEW api.fresh AS SELECT 1 AS n;")
    upgraded(next_version)
    [views] = admin.execute("SELECT array_agg(viewname ORDER BY viewname) FROM pg_views WHERE schemaname = 'api'").fetchone()
    assert "fresh" in views
    assert "compat" not in views


@pytest.mark.parametrize("broken", ["next.sql", "database/tables/9999_next.sql", "database/private/r_audit.sql", "database/checks/i99.sql"])
def test_an_upgrade_that_fails_leaves_everything_as_it_was_and_names_the_file(upgraded, admin, next_version, broken):
    upgraded()
    before = facts(admin)
    add_table(next_version, "CREATE TABLE app.next (n integer);")
    with (next_version.core / broken).open("a") as script:
        script.write("-- I99 money: broken\nSELECT FROM nowhere;")
    with pytest.raises(psycopg.Error) as error:
        upgraded(next_version)
    assert any(broken in note for note in error.value.__notes__)
    assert facts(admin) == before
    assert admin.execute("SELECT version_num FROM app.alembic_version").fetchone() != ("9999",)
    assert upgraded() is False


def test_of_two_upgrades_at_once_the_second_waits_and_finds_nothing_to_do(upgraded, race):
    assert sorted(race(2, lambda _: upgraded())) == [False, True]


def test_an_upgrade_waits_for_a_reader_but_not_for_ever(upgraded, admin, next_version, cluster, monkeypatch, aside):
    upgraded()
    (next_version.core / "next.sql").write_text("CREATE VIEW api.next AS SELECT 1 AS n;")
    with connect(address(cluster.server(admin.info.dbname), cluster.superuser, "tests")) as reader:
        with reader.transaction():
            reader.execute("SELECT FROM api.kitchens")
            monkeypatch.setattr(install, "LOCK_TIMEOUT", "100ms")
            monkeypatch.setattr(install, "PAUSES", (0, 0))
            with pytest.raises(Busy, match="Nothing was changed"):
                upgraded(next_version)
            monkeypatch.setattr(install, "LOCK_TIMEOUT", "5s")
            upgrading = aside(upgraded, next_version)
            wait_until(lambda: admin.execute("SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'").rowcount)
        assert upgrading.result(60) is True


def test_an_older_program_does_not_undo_what_a_newer_one_prepared(upgraded, admin, next_version):
    upgraded()
    admin.execute("UPDATE app.compat SET newest_client = '12.0.0'")
    (next_version.core / "next.sql").write_text("CREATE VIEW api.next AS SELECT 1 AS n;")
    with pytest.raises(Outdated, match="12.0.0"):
        upgraded(next_version)


def test_a_role_of_our_name_that_is_not_ours_stops_it(upgraded, admin):
    admin.execute("COMMENT ON ROLE auditor IS NULL")
    try:
        with pytest.raises(Illegal, match="auditor exists on this server and is not ours"):
            upgraded()
        assert facts(admin) == []
    finally:
        admin.execute("COMMENT ON ROLE auditor IS 'Rachel Foods: group: reads and verifies'")


def test_open_programs_hear_of_an_upgrade(upgraded, admin, next_version):
    upgraded()
    admin.execute("DELETE FROM app.outbox")
    (next_version.core / "next.sql").write_text("CREATE VIEW api.next AS SELECT 1 AS n;")
    upgraded(next_version)
    assert admin.execute("SELECT noun, object_id, kitchen_id FROM app.outbox").fetchall() == [("health", None, None)]


def test_everything_belongs_to_whom_it_should(upgraded, admin):
    upgraded()
    owners = admin.execute("""
        SELECT DISTINCT relnamespace::regnamespace::text, relkind::text, relowner::regrole::text FROM pg_class
        WHERE relnamespace::regnamespace::text IN ('app', 'api') AND relkind IN ('r', 'v')
    """).fetchall()
    assert set(owners) == {("app", "r", "r_owner"), ("app", "v", "r_api"), ("app", "v", "r_audit"), ("api", "v", "r_view")}


def test_each_invariant_is_a_view_of_its_own_and_a_line_in_the_list(upgraded, admin):
    upgraded()
    [views] = admin.execute("SELECT count(*) FROM pg_views WHERE schemaname = 'app' AND viewname LIKE 'check\\_%'").fetchone()
    listed = admin.execute("SELECT name, title, violations FROM app.invariants").fetchall()
    assert views == len(listed) == len(PACKAGED.checks())
    assert all(name.startswith("I") and title for name, title, _ in listed)


def test_each_table_file_has_its_revision_and_each_revision_its_file():
    tables = [script.stem for script in sorted(PACKAGED.tables.glob("*.sql"))]
    assert [script.stem for script in sorted(PACKAGED.migrations.glob("versions/*.py"))] == tables
    assert [name[:4] for name in tables] == [f"{number:04}" for number in range(1, len(tables) + 1)]


def test_the_sql_lies_in_the_package():
    assert PACKAGED.core == Path(core.__file__).parent
    assert {script.name for script in PACKAGED.nouns()} >= {"kitchens.sql", "staff.sql", "live.sql"}
    assert all("database" not in script.parts[len(PACKAGED.core.parts) :] for script in PACKAGED.nouns())
