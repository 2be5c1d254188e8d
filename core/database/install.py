"""Prepares a database and brings it up to date: roles, tables, private functions, checks, views and verbs, in one transaction."""

import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from alembic import command
from alembic.config import Config as Book
from alembic.script import ScriptDirectory
from psycopg import sql
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

from core.base.config import Server, SignIn
from core.base.errors import Busy, Forbidden, Invalid, Outdated
from core.base.identifiers import new_id
from core.database.limits import LIMITS
from core.database.scripts import PACKAGED, VERSION, Scripts, send
from core.database.wire import address, connect, translate, verifier

SignIns = dict[str, SignIn]
LOWEST_CLIENT = "0.1.0"  # the oldest desktop that can still work with this version's verbs
SERVICES = {"ordering": "svc_ordering", "webhook": "svc_webhook", "worker": "svc_worker"}
LOCK_TIMEOUT = "5s"
PAUSES = (0.5, 1, 2, 4, 0)  # seconds between tries while somebody works on what must be changed


def init(
    server: Server, admin: SignIn, owner: str, owner_name: str, scripts: Scripts = PACKAGED, keep: Callable[[SignIns], None] | None = None
) -> SignIns:
    """Prepare a server: the database, everything `upgrade` does, then the login of the owner and those of the services.

    May be run again. Returns the sign-ins it made, by purpose (owner, ordering, webhook, worker): nobody can read them later, so
    `keep` gets them before they are made for good; when it raises, none was. Raises Invalid (facts["field"]) when a login cannot be
    had, Forbidden when `admin` is no superuser there, and Illegal when a role of that server has one of our names and is not ours.
    """
    if owner in SERVICES:
        raise Invalid(f"The login {owner} is a service's. Choose another for the owner.")
    _create_database(server, admin)
    upgrade(server, admin, scripts)
    made = {}
    wanted = {"owner": owner} | {service: service for service in SERVICES}
    with connect(address(server, admin, "rachel-init")) as connection:
        try:
            with connection.transaction():
                for purpose, login in wanted.items():
                    if connection.execute("SELECT FROM app.staff WHERE login = %s", [login]).fetchone() is None:
                        made[purpose] = SignIn(login, secrets.token_urlsafe(24))
                        _hire(connection, made[purpose], SERVICES.get(purpose), owner_name)
                if made and keep:
                    keep(made)
        except psycopg.Error as error:
            raise translate(error, connection.closed) from error
    return made


def upgrade(server: Server, admin: SignIn, scripts: Scripts = PACKAGED) -> bool:
    """Bring the database to this program's state; False when it was there already. All or nothing, and one at a time.

    Desktops may stay open. Raises Busy when somebody holds for too long what must be changed, Outdated when a newer program
    prepared the database, and Illegal when a role of that server has one of our names and is not ours.
    """
    where = address(server, admin, "rachel-upgrade") | {"autocommit": False}
    engine = create_engine("postgresql+psycopg://", poolclass=NullPool, creator=partial(connect, where))
    for pause in PAUSES:
        try:
            with engine.begin() as connection:
                return _upgrade(connection, scripts)
        except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected):
            time.sleep(pause)
        except psycopg.Error as error:
            raise translate(error, lost=isinstance(error, psycopg.OperationalError) and not error.sqlstate) from error
    raise Busy("Somebody is using what must be changed. Nothing was changed; try again when it is quieter.")


def is_prepared(server: Server, admin: SignIn) -> bool:
    """Tell whether init was ever run here: what is somebody else's database is not ours to upgrade."""
    with connect(address(server, admin, "rachel-upgrade")) as connection:
        return connection.execute("SELECT to_regclass('app.compat')").fetchone() != (None,)


def _upgrade(connection: Connection, scripts: Scripts) -> bool:
    driver: Any = connection.connection.driver_connection
    driver.execute("SELECT pg_advisory_xact_lock(hashtext('rachel upgrade'))")  # before the timeout: a second upgrade waits
    driver.execute(
        f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'; SET LOCAL statement_timeout = 0; SET LOCAL search_path = pg_catalog, pg_temp"
    )
    mark = scripts.mark()
    if driver.execute("SELECT obj_description(to_regnamespace('api'), 'pg_namespace')").fetchone() == (mark,):
        return False
    _refuse_older(driver)
    driver.execute("DROP SCHEMA IF EXISTS api CASCADE")
    _run(driver, scripts.roles)  # also makes schema api anew, and gives to it what the roles need
    revision = _update_tables(connection, scripts)
    _drop_private(driver)
    for role, script in scripts.private():
        _run(driver, script, role)
    _rebuild_checks(driver, scripts.checks())
    for script in scripts.nouns():
        _run(driver, script, "r_api")
    _hand_over_views(driver)
    driver.execute("DELETE FROM app.compat")
    driver.execute(
        "INSERT INTO app.compat (revision, lowest_client, newest_client) VALUES (%s, %s, %s)", [revision, LOWEST_CLIENT, VERSION]
    )
    driver.execute("INSERT INTO app.outbox (noun) VALUES ('health')")  # open programs look whether they still fit
    driver.execute(sql.SQL("COMMENT ON SCHEMA api IS {}").format(mark))
    return True


def _refuse_older(driver: psycopg.Connection) -> None:
    """Leave a database alone that a newer program prepared: its verbs know what ours do not."""
    if driver.execute("SELECT to_regclass('app.compat')").fetchone() != (None,):
        for (newest,) in driver.execute("SELECT newest_client FROM app.compat").fetchall():
            if _parts(newest) > _parts(VERSION):
                raise Outdated(
                    f"Version {newest} prepared this database, and this is {VERSION}. Use the newer program.", {"lowest": newest}
                )


def _parts(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def _run(driver: psycopg.Connection, script: Path, role: str | None = None) -> None:
    """Send one file, as `role`."""
    if role:
        driver.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))
    send(driver, script)
    if role:
        driver.execute("RESET ROLE")


def _update_tables(connection: Connection, scripts: Scripts) -> str:
    """Run the table files that were not run yet, each once; Alembic keeps the book. Returns the newest revision."""
    driver: Any = connection.connection.driver_connection
    book = Book(attributes={"connection": connection, "tables": scripts.tables})
    book.set_main_option("script_location", str(scripts.migrations).replace("%", "%%"))
    driver.execute("SET ROLE r_owner")
    command.upgrade(book, "head")
    driver.execute("COMMENT ON TABLE app.alembic_version IS 'One row: the newest table file that was run.'; RESET ROLE")
    return ScriptDirectory.from_config(book).get_current_head() or ""


def _drop_private(driver: psycopg.Connection) -> None:
    """Drop the definers' functions, and the row policies that use them; the trigger functions belong to r_owner and stay."""
    found = driver.execute(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'app'::regnamespace AND proowner <> 'r_owner'::regrole"
        " AND prorettype <> 'trigger'::regtype"
    )
    for (function,) in found.fetchall():
        driver.execute(sql.SQL("DROP FUNCTION IF EXISTS {} CASCADE").format(sql.SQL(function)))


def _rebuild_checks(driver: psycopg.Connection, checks: list[Path]) -> None:
    """Make each invariant a view of what breaks it, app.check_<file>, and app.invariants, which counts them all.

    The first line of its file names it, what it is about (money, orders, guards), and what it promises: "-- I16 orders: The total …".
    """
    driver.execute("DROP VIEW IF EXISTS app.invariants")
    for (view,) in driver.execute("SELECT viewname FROM pg_views WHERE schemaname = 'app' AND viewname LIKE 'check\\_%'").fetchall():
        driver.execute(sql.SQL("DROP VIEW app.{} CASCADE").format(sql.Identifier(view)))
    driver.execute("SET ROLE r_api")
    counts = []
    for check in checks:
        head, title = check.read_text(encoding="utf-8").splitlines()[0].removeprefix("-- ").split(": ", 1)
        name, area = head.split()
        view = sql.Identifier("app", f"check_{check.stem}")
        send(driver, check, sql.SQL("CREATE VIEW {} AS\n").format(view).as_bytes())
        counts.append(sql.SQL("SELECT {}::text, {}::text, (SELECT count(*) FROM {}), {}::text").format(name, title, view, area))
    if counts:
        every = sql.SQL("\nUNION ALL\n").join(counts)
        driver.execute(sql.SQL("CREATE VIEW app.invariants (name, title, violations, area) AS\n{}").format(every))
        driver.execute("GRANT SELECT ON app.invariants TO r_view")
    driver.execute("RESET ROLE")


def _hand_over_views(driver: psycopg.Connection) -> None:
    """Give the views of api to r_view: row policies hold for its readers, and it may write nothing."""
    for (view,) in driver.execute("SELECT viewname FROM pg_views WHERE schemaname = 'api'").fetchall():
        driver.execute(sql.SQL("ALTER VIEW {} OWNER TO r_view").format(sql.Identifier("api", view)))


def _create_database(server: Server, admin: SignIn) -> None:
    name = sql.Identifier(server.database)
    with connect(address(server, admin, "rachel-init") | {"dbname": "postgres"}) as connection:
        if connection.execute("SELECT FROM pg_roles WHERE rolname = current_user AND rolsuper").fetchone() is None:
            raise Forbidden(f"{admin.login} is no superuser of this server. Preparing it needs one: it makes roles and takes rights away.")
        with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):  # it is there, or another init makes it now
            connection.execute(sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(name))
        for setting, value in LIMITS.items():
            connection.execute(sql.SQL("ALTER DATABASE {} SET {} = {}").format(name, sql.Identifier(setting), sql.Literal(value)))


def _hire(connection: psycopg.Connection, sign_in: SignIn, service: str | None, owner_name: str) -> None:
    """Make a database login, and its row: of a service, or of the owner. The server sees a verifier, never the password."""
    login, role = sign_in.login, service or "owner_admin"
    secret = verifier(connection, sign_in)
    connection.execute("SELECT app.check_login(%s, %s)", [login, secret])
    if service:
        connection.execute("INSERT INTO app.staff (login, role) VALUES (%s, %s)", [login, role])
    else:
        connection.execute("SELECT app.employ(%s, %s, %s, %s, NULL)", [new_id(), login, owner_name, role])
    name, limit = sql.Identifier(login), sql.SQL("30" if service else "10")
    making = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {} CONNECTION LIMIT {}")
    connection.execute(making.format(name, sql.Literal(secret), limit))
    connection.execute(sql.SQL("COMMENT ON ROLE {} IS 'Rachel Foods: a login'").format(name))
    granted = sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), name)
    if not service and connection.info.server_version >= 160000:  # as if r_staff had made it, so that its verbs can change and end it
        connection.execute(sql.SQL("GRANT {} TO r_staff WITH ADMIN TRUE, INHERIT FALSE, SET FALSE").format(name))
        granted += sql.SQL(" GRANTED BY r_staff")
    connection.execute(granted)
