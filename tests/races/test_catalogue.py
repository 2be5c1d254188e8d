"""The catalogue of what may go wrong with wallets (W1 to W13), stock (I1 to I13) and admins (A1 to A15): each has a test that names it."""

import ast
import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
CATALOGUE = {f"{letter}{number}" for letter, last in (("W", 13), ("I", 13), ("A", 15)) for number in range(1, last + 1)}


def test_each_case_of_the_catalogue_has_a_test_that_names_it():
    named = set()
    for file in TESTS.rglob("test_*.py"):
        for function in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef) and function.name.startswith("test_"):
                named |= set(re.findall(r"^([WIA]\d+)\b", ast.get_docstring(function) or ""))
    assert named == CATALOGUE
