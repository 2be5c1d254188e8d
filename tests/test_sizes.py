"""Sizes, on the maximum: file 250 lines, function 30, SQL verb 50, class 150 lines and 15 methods. Exceptions are decisions."""

import ast
import re
from pathlib import Path

HOME = Path(__file__).parents[1]
FOLDERS = ("core", "kitchen_app", "admin_app", "tests", "benchmarks", "packaging")
FILES = [HOME / "run.py", *(file for folder in FOLDERS for file in sorted((HOME / folder).rglob("*.*")))]
PYTHON = [file for file in FILES if file.suffix == ".py"]
SQL = [file for file in FILES if file.suffix == ".sql"]


def name(file: Path, inner: str = "") -> str:
    return " ".join(filter(None, (file.relative_to(HOME).as_posix(), inner)))


def lines(node: ast.AST) -> int:
    return node.end_lineno - node.lineno + 1


def found(*kinds: type) -> list[tuple[Path, ast.AST]]:
    """Return every such thing of every Python file, however deep."""
    trees = [(file, ast.parse(file.read_text(encoding="utf-8"))) for file in PYTHON]
    return [(file, node) for file, tree in trees for node in ast.walk(tree) if isinstance(node, kinds)]


def too_big() -> set[str]:
    files = {name(file) for file in PYTHON + SQL if len(file.read_text(encoding="utf-8").splitlines()) > 250}
    functions = {name(file, node.name) for file, node in found(ast.FunctionDef, ast.AsyncFunctionDef) if lines(node) > 30}
    classes = {
        name(file, node.name) for file, node in found(ast.ClassDef)
        if lines(node) > 150 or sum(isinstance(part, ast.FunctionDef) for part in node.body) > 15
    }  # fmt: skip
    bodies = [(file, each) for file in SQL for each in re.findall(r"^CREATE FUNCTION.*?^(?:\$\$;|END;|RETURN .*?;)$",
                                                                 file.read_text(encoding="utf-8"), re.M | re.S)]  # fmt: skip
    verbs = {name(file, re.match(r"CREATE FUNCTION ([\w.]+)", body)[1]) for file, body in bodies if body.count("\n") >= 50}
    return files | functions | classes | verbs


def test_nothing_is_bigger_than_the_house_allows_but_what_was_decided():
    decided = (HOME / "docs" / "decisions.md").read_text(encoding="utf-8").split("## Sizes")[1]
    exceptions = set(re.findall(r"^\* `(.+?)`: \w", decided, re.M))  # * `core/x.py name`: reason
    assert too_big() == exceptions


def test_every_function_of_the_database_is_measured(owner_connection):
    in_files = set(re.findall(r"^CREATE FUNCTION ([\w.]+)", "".join(file.read_text(encoding="utf-8") for file in SQL), re.M))
    in_database = owner_connection.execute("""
        SELECT p.pronamespace::regnamespace || '.' || p.proname FROM pg_proc AS p
        WHERE p.pronamespace IN ('app'::regnamespace, 'api'::regnamespace)
    """)
    assert in_files == {function for (function,) in in_database.fetchall()}
