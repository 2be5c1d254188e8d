"""What `run.py check` must catch: each rule of the layers and each kind of risky table file is seen to fail here once."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent

# A small house of our shape: file -> what it may import.
HOUSE = {
    "core/cli/menu_file": "core.demo.shift",
    "core/demo/shift": "core.qt.rows",
    "core/qt/rows": "PySide6.QtCore",
    "core/worker/relay": "core.stock",
    "core/stock": "core.live",
    "core/orders": "core.database.gateway",
    "core/live": "core.database.gateway",
    "core/database/gateway": "psycopg",
    "core/base/errors": "json",
    "kitchen_app/stock": "core.stock",
    "admin_app/stock": "core.qt.rows",
}

PLANTED = {
    "The two apps stand on core and never on each other": [("kitchen_app/stock", "admin_app.stock"), ("core/orders", "kitchen_app.stock")],
    "Inside core each layer stands on the ones below, and no noun knows another": [
        ("core/stock", "core.orders"),
        ("core/demo/shift", "core.cli.menu_file"),
        ("core/qt/rows", "core.demo.shift"),
        ("core/worker/relay", "core.qt.rows"),
        ("core/live", "core.stock"),
        ("core/database/gateway", "core.live"),
        ("core/base/errors", "core.database.gateway"),
    ],
    "In core only core.qt knows PySide6": [("core/orders", "PySide6.QtCore"), ("core/worker/relay", "PySide6")],
    "Only core.database speaks to a driver": [("admin_app/stock", "psycopg"), ("core/live", "sqlalchemy"), ("core/qt/rows", "alembic")],
}


def lint_imports(folder: Path, house: dict[str, str], planted: list[tuple[str, str]]) -> str:
    """What import-linter says, under our settings, of that house with those imports planted in it."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    for module, good in house.items():
        path = folder / f"{module}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        for package in (path.parent, folder / module.split("/")[0]):
            (package / "__init__.py").touch()
        path.write_text("\n".join(f"import {name}" for name in [good, *(bad for importer, bad in planted if importer == module)]), "utf-8")
    words = [str(BIN / "lint-imports"), "--no-cache"]
    return subprocess.run(words, cwd=folder, env={**os.environ, "COLUMNS": "200"}, capture_output=True, text=True, timeout=60).stdout


def test_each_layer_rule_passes_a_good_house_and_catches_each_planted_import(tmp_path: Path) -> None:
    assert "4 kept, 0 broken" in lint_imports(tmp_path, HOUSE, [])
    told = lint_imports(tmp_path, HOUSE, [plant for plants in PLANTED.values() for plant in plants])
    assert "0 kept, 4 broken" in told
    headings = "|".join(re.escape(contract) for contract in PLANTED)
    _, *parts = re.split(rf"^({headings})$", told, flags=re.MULTILINE)
    said = dict(zip(parts[::2], parts[1::2], strict=True))
    for contract, plants in PLANTED.items():
        for importer, name in plants:
            assert f"{importer.replace('/', '.')} -> {name.removesuffix('.QtCore')}" in said[contract], (contract, importer, name)


def test_a_module_of_core_without_a_layer_is_caught(tmp_path: Path) -> None:
    told = lint_imports(tmp_path, {**HOUSE, "core/helpers": "json"}, [])
    assert "1 broken" in told and "helpers" in told


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("ALTER TABLE app.stock ADD COLUMN shelf text NOT NULL;", "adding-required-field"),
        ("ALTER TABLE app.stock ALTER COLUMN name SET NOT NULL;", "adding-not-nullable-field"),
        ("ALTER TABLE app.stock ALTER COLUMN number TYPE bigint;", "changing-column-type"),
        ("ALTER TABLE app.stock RENAME COLUMN name TO title;", "renaming-column"),
        ("ALTER TABLE app.stock DROP COLUMN name;", "ban-drop-column"),
        ("ALTER TABLE app.stock ADD CONSTRAINT positive CHECK (on_hand >= 0);", "constraint-missing-not-valid"),
        ("CREATE INDEX ON app.stock (name);", "require-concurrent-index-creation"),
    ],
)
def test_a_table_file_that_would_hurt_an_installation_in_use_is_caught(tmp_path: Path, statement: str, rule: str) -> None:
    (tmp_path / "0099_risk.sql").write_text(f"{statement}\n", encoding="utf-8")
    words = [str(BIN / "squawk"), "--config", str(ROOT / ".squawk.toml"), "--reporter", "gcc", str(tmp_path / "0099_risk.sql")]
    told = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert told.returncode == 1 and rule in told.stdout
