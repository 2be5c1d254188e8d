"""The rules of the house, checked: SQL and Python twins agree, verbs are closed definers, and nothing is open by default."""

import importlib
import inspect
import re
from dataclasses import is_dataclass
from datetime import datetime
from enum import StrEnum
from inspect import isclass
from pathlib import Path
from types import ModuleType, NoneType
from typing import Any, get_args, get_type_hints
from uuid import UUID

import pytest

from core.base.errors import BY_SQLSTATE, IN_OUR_WORDS
from core.database.scripts import Scripts

HOME = Path(__file__).parents[1]
NOUNS = Scripts().nouns()
GROUPS = "'kitchen_staff kitchen_manager counter_device support finance_admin owner_admin auditor svc_ordering svc_webhook svc_worker'"
PYTHON = {  # what the driver makes of a column
    "uuid": UUID, "text": str, "name": str, "bigint": int, "integer": int, "boolean": bool, "uuid[]": list[UUID],
    "timestamp with time zone": datetime, "jsonb": dict[str, Any],
}  # fmt: skip
SELECT_FUNCTIONS = """
SELECT p.oid::regprocedure::text AS name, p.pronamespace::regnamespace::text AS schema, p.proowner::regrole::text AS owner,
    p.prosecdef, coalesce(p.proconfig, '{}'), pg_get_functiondef(p.oid), p.proname, coalesce(p.proargnames[1:p.pronargs], '{}')
FROM pg_proc AS p WHERE p.pronamespace IN ('api'::regnamespace, 'app'::regnamespace) ORDER BY name
"""


@pytest.fixture
def functions(owner_connection):
    return owner_connection.execute(SELECT_FUNCTIONS).fetchall()


@pytest.fixture
def verbs(functions):
    return [function for function in functions if function[1] == "api"]


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def twin(script: Path) -> ModuleType:
    return importlib.import_module(".".join(script.relative_to(HOME).with_suffix("").parts))


def own_functions(module: ModuleType) -> dict:
    """Return what the module itself defines, in the order of the file."""
    found = [each for _, each in inspect.getmembers(module, inspect.isfunction) if each.__module__ == module.__name__]
    return {each.__name__: each for each in sorted(found, key=lambda each: each.__code__.co_firstlineno)}


def stored(hint: Any) -> Any:
    """Return what a field is in the database: without "or None", and an Enum as its text."""
    [kind] = [part for part in get_args(hint) if part is not NoneType] if NoneType in get_args(hint) else [hint]
    return str if isclass(kind) and issubclass(kind, StrEnum) else kind


def rows_of_views() -> list[tuple[type, str]]:
    """Return each dataclass that says of which view it is a row."""
    found = []
    for module in map(twin, NOUNS):
        own = [each for _, each in inspect.getmembers(module, is_dataclass) if each.__module__ == module.__name__]
        found += [(row, view) for row in own for view in re.findall(r"view (api\.\w+)", row.__doc__ or "")]
    return found


def test_every_verb_has_a_twin_in_the_file_beside_with_the_same_arguments_in_the_same_order(verbs):
    twins = {}
    for script in NOUNS:
        twins |= own_functions(twin(script)) if re.search("^CREATE FUNCTION", text(script), re.M) else {}
    for name, *_, verb, arguments in verbs:
        assert list(inspect.signature(twins[verb]).parameters) == ["db", *arguments], name


@pytest.mark.parametrize("script", NOUNS, ids=lambda script: script.relative_to(HOME).as_posix())
def test_twins_stand_in_the_same_order_and_name_each_other(script):
    module = twin(script)
    in_sql = re.findall(r"^CREATE FUNCTION api\.(\w+)", text(script), re.M)
    assert [name for name in own_functions(module) if name in in_sql] == in_sql
    assert f"twin: {script.with_suffix('.py').relative_to(HOME)}" in "\n".join(text(script).splitlines()[:3])
    assert script.relative_to(HOME).as_posix() in text(script.with_suffix(".py")).splitlines()[0]


def test_every_view_is_read_into_a_dataclass_whose_fields_are_its_columns_with_their_types(owner_connection):
    columns: dict[str, dict[str, Any]] = {}
    for view, column, kind in owner_connection.execute("""
        SELECT c.oid::regclass::text, a.attname, format_type(a.atttypid, a.atttypmod)
        FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
        WHERE c.relnamespace = 'api'::regnamespace AND c.relkind = 'v'
    """).fetchall():
        columns.setdefault(view, {})[column] = PYTHON.get(kind, kind)
    feed = {"api.changes", "api.horizon"}  # read by the feed itself, without a row of their own
    assert {view for _, view in rows_of_views()} == columns.keys() - feed
    for row, view in rows_of_views():
        hints = get_type_hints(row)
        assert {name: columns[view].get(name) for name in hints} == {name: stored(hint) for name, hint in hints.items()}, view


def test_every_verb_is_a_closed_definer_that_owns_no_table_and_waits_five_seconds_at_most(verbs, owner_connection):
    for name, _, owner, definer, settings, *_ in verbs:
        assert definer and owner == "r_api", name
        assert sorted(settings) == ["lock_timeout=5s", "search_path=pg_catalog, pg_temp"], name
    owners = owner_connection.execute(
        "SELECT DISTINCT relowner::regrole::text FROM pg_class WHERE relkind IN ('r', 'p', 'S') AND relnamespace = 'app'::regnamespace"
    )
    assert owners.fetchall() == [("r_owner",)]


def test_every_private_function_has_a_fixed_search_path_and_only_those_of_the_definers_run_as_their_owner(functions):
    private = [function for function in functions if function[1] == "app"]
    assert [name for name, _, _, _, settings, *_ in private if settings != ["search_path=pg_catalog, pg_temp"]] == []
    assert {owner for _, _, owner, definer, *_ in private if definer} == {"r_api", "r_audit", "r_staff", "r_ledger"}
    of_r_api = [name for name, _, owner, definer, *_ in private if definer and owner == "r_api"]
    of_views = ["due_by(timestamp with time zone)", "open_programs()", "open_sessions()", "open_transactions()", "visible_kitchens()"]
    assert of_r_api == [f"app.{each}" for each in (*of_views, "waiting_seals()")]


def test_no_function_notifies_runs_text_as_sql_or_follows_a_setting_of_the_caller(functions):
    for word in (r"notify", r"now\(\)", "current_date", "current_timestamp", "localtime", "current_user", r"pg_sleep", r"when others"):
        assert [name for name, *_, body, _, _ in functions if re.search(rf"\b{word}", body, re.I)] == [], word
    assert {owner for _, _, owner, *_, body, _, _ in functions if re.search(r"\bEXECUTE\b", body)} == {"r_staff"}


def test_each_grant_names_the_roles_that_the_verb_lets_in(verbs, owner_connection):
    for name, *_, body, _, _ in verbs:
        let_in = re.findall(r"'(\w+)'", re.search(r"app\.enter\((.*?)\)", body, re.S)[1])
        granted = owner_connection.execute(
            f"SELECT g FROM regexp_split_to_table({GROUPS}, ' ') AS g WHERE has_function_privilege(g, %s::regprocedure, 'EXECUTE')", [name]
        )
        assert sorted(let_in) == sorted(group for (group,) in granted), name


def test_every_error_code_that_is_raised_is_known_and_the_other_way_round():
    raised = set(re.findall(r"ERRCODE = '(\w{5})'", "".join(text(script) for script in (HOME / "core").rglob("*.sql"))))
    assert raised <= BY_SQLSTATE.keys() | IN_OUR_WORDS.keys() | {"23514"}  # the ledger's last wall: only a fault of ours gets there
    assert {code for code in BY_SQLSTATE if code.startswith("RF")} <= raised


def test_every_table_says_what_a_row_is(owner_connection):
    silent = owner_connection.execute("""
        SELECT c.oid::regclass::text FROM pg_class AS c
        WHERE c.relnamespace = 'app'::regnamespace AND c.relkind IN ('r', 'p') AND obj_description(c.oid, 'pg_class') IS NULL
    """)
    assert silent.fetchall() == []


def test_no_sql_takes_every_column():
    assert [script.name for script in (HOME / "core").rglob("*.sql") if re.search(r"SELECT \*|\w\.\*", text(script))] == []


def test_what_the_first_line_of_a_file_says_is_never_left_out():
    files = [file for folder in ("core", "kitchen_app", "admin_app", "tests") for file in (HOME / folder).rglob("*.*")]
    starts = {".py": '"""', ".sql": "-- "}
    silent = [file for file in files if file.suffix in starts and not text(file).startswith(starts[file.suffix])]
    assert [file.relative_to(HOME).as_posix() for file in silent if file.parts[-2] != "versions"] == []
