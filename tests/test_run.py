"""run.py on machines that lack something, and the lock and the environment that it makes. What `check` catches is in test_check.py."""

import ast
import os
import re
import shutil
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

DEBIAN_12 = {"ID": "debian", "VERSION_ID": "12"}
DEBIAN_13 = {"ID": "debian", "VERSION_ID": "13"}
DEBIAN_TESTING = {"ID": "debian"}
UBUNTU_22 = {"ID": "ubuntu", "VERSION_ID": "22.04"}
UBUNTU_24 = {"ID": "ubuntu", "VERSION_ID": "24.04"}
FEDORA = {"ID": "fedora", "VERSION_ID": "41"}

OFFSCREEN_LINE = (
    "sudo apt-get update && sudo apt-get install -y --no-install-recommends"
    " libegl1 libgl1 libx11-6 libdbus-1-3 libfontconfig1 {glib} libxkbcommon0"
)
WINDOW_LINE = OFFSCREEN_LINE + (
    " libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-randr0 libxcb-shape0"
    " libxcb-xfixes0 libxcb-xkb1 libxkbcommon-x11-0 libx11-xcb1 libxcb-glx0"
)


def python(code: str, *, folder: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a few lines on run.py in a Python of their own, as a start would."""
    words = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(folder)!r}); import run\n{code}"]
    return subprocess.run(words, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, timeout=60)


def little_program(path: Path, script: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


# --- system packages -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("release", "libraries", "line"),
    [
        (DEBIAN_12, "run.OFFSCREEN", OFFSCREEN_LINE.format(glib="libglib2.0-0")),
        (DEBIAN_13, "run.OFFSCREEN", OFFSCREEN_LINE.format(glib="libglib2.0-0t64")),
        (DEBIAN_TESTING, "run.OFFSCREEN", OFFSCREEN_LINE.format(glib="libglib2.0-0t64")),
        (UBUNTU_22, "run.OFFSCREEN", OFFSCREEN_LINE.format(glib="libglib2.0-0")),
        (UBUNTU_24, "run.OFFSCREEN", OFFSCREEN_LINE.format(glib="libglib2.0-0t64")),
        (DEBIAN_12, "{**run.OFFSCREEN, **run.WINDOW}", WINDOW_LINE.format(glib="libglib2.0-0")),
        (FEDORA, "run.OFFSCREEN", OFFSCREEN_LINE.format(glib="libglib2.0-0")),
    ],
)
def test_an_ordinary_user_is_told_the_exact_line_and_the_start_ends_with_3(release: dict[str, str], libraries: str, line: str) -> None:
    told = python(f"""
def nothing_is_here(library): raise OSError
missing = run.missing_packages({libraries}, nothing_is_here)
run.install_packages(run.names_here(missing, {release}), root=False, apt="/usr/bin/apt-get")""")
    assert told.returncode == 3
    assert told.stderr.splitlines()[-1] == line


def test_root_without_apt_is_told_the_line_too() -> None:
    told = python("run.install_packages(['libegl1'], root=True, apt=None)")
    assert told.returncode == 3 and told.stderr.endswith("apt-get install -y --no-install-recommends libegl1\n")


def test_only_what_cannot_be_loaded_is_asked_for() -> None:
    told = python("print(run.missing_packages({'libc6': 'libc.so.6', 'nowhere1': 'libnowhere.so.1'}))")
    assert told.stdout == "['nowhere1']\n"


def test_root_on_a_debian_reads_the_package_lists_then_installs_without_a_question(tmp_path: Path) -> None:
    little_program(tmp_path / "apt-get", f'echo "$DEBIAN_FRONTEND $NEEDRESTART_SUSPEND $*" >>{tmp_path}/asked')
    told = python("run.install_packages(['libegl1', 'python3-venv'], root=True, apt='apt-get')", PATH=f"{tmp_path}:{os.environ['PATH']}")
    assert told.returncode == 0, told.stderr
    update, install = (tmp_path / "asked").read_text("utf-8").splitlines()
    assert update == "noninteractive 1 -qq update"
    assert install.startswith("noninteractive 1 install -y --no-install-recommends libegl1 python3-venv ")


def test_when_apt_fails_the_line_is_told_and_the_start_ends_with_3(tmp_path: Path) -> None:
    little_program(tmp_path / "apt-get", "echo 'Unable to locate package' >&2; exit 100")
    told = python("run.install_packages(['libegl1'], root=True, apt='apt-get')", PATH=f"{tmp_path}:{os.environ['PATH']}")
    assert told.returncode == 3
    assert "Unable to locate package" in told.stderr and "sudo apt-get update && sudo apt-get install" in told.stderr


def test_an_older_python_reads_far_enough_to_say_which_one_is_needed() -> None:
    source = (ROOT / "run.py").read_text("utf-8")
    ast.parse(source, feature_version=(3, 8))
    assert source.index("Python 3.11 or newer is needed") < source.index("raise SystemExit(main(")


# --- the lock and the environment ------------------------------------------------------------------------------------------------


def test_every_line_of_the_lock_has_a_hash_and_none_an_address() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    entries = re.split(r"\n(?=\S)", lock.strip())
    assert len(entries) > 30
    assert [entry for entry in entries if not re.search(r"==\S+.*--hash=sha256:[0-9a-f]{64}", entry, re.DOTALL)] == []
    assert "://" not in lock and "index-url" not in lock


def test_the_lock_holds_what_is_asked_for() -> None:
    asked = re.findall(r"^([A-Za-z0-9-]+)(?:\[\w+\])?(==\S+)?$", (ROOT / "requirements.in").read_text("utf-8"), re.MULTILINE)
    locked = dict(re.findall(r"^([a-z0-9-]+)(==\S+)", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE))
    assert len(asked) > 15
    assert {name: version or locked[name.lower()] for name, version in asked} == {name: locked[name.lower()] for name, _ in asked}


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """A small project with our run.py, a lock without a library, and a `rachel` that says hello. No network is needed."""
    tree = tmp_path / "tree"
    (tree / "core").mkdir(parents=True)
    shutil.copy(ROOT / "run.py", tree)
    (tree / "requirements.lock").write_text("# nothing\n", encoding="utf-8")
    (tree / "core" / "__init__.py").write_text("", encoding="utf-8")
    (tree / "core" / "cli.py").write_text("def main():\n    print('hello from', __file__)\n", encoding="utf-8")
    (tree / "pyproject.toml").write_text(
        '[project]\nname = "scratch"\nversion = "1"\nscripts.rachel = "core.cli:main"\n'
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
        '[tool.hatch.build.targets.wheel]\npackages = ["core"]\n',
        encoding="utf-8",
    )
    return tree


@pytest.fixture
def builder(tmp_path: Path) -> str:
    """What a lock would have brought for installing the project itself, as a PYTHONPATH."""
    folder = tmp_path / "builder"
    folder.mkdir()
    for name in ("hatchling", "editables", "packaging", "pathspec", "pluggy", "trove_classifiers"):
        spec = find_spec(name)
        assert spec and spec.submodule_search_locations
        (folder / name).symlink_to(spec.submodule_search_locations[0])
    return str(folder)


def start(tree: Path, builder: str) -> subprocess.Popen[str]:
    words = [sys.executable, str(tree / "run.py"), "rachel"]
    environment = {**os.environ, "PYTHONPATH": builder, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.Popen(words, cwd="/", env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@pytest.mark.long
def test_two_first_starts_make_one_environment_a_later_one_is_quick_and_a_changed_lock_makes_it_anew(scratch: Path, builder: str) -> None:
    hello = f"hello from {scratch}/core/cli.py\n"
    both = [start(scratch, builder), start(scratch, builder)]
    told = [one.communicate(timeout=120)[0] for one in both]
    assert [one.returncode for one in both] == [0, 0], told
    assert all(text.endswith(hello) for text in told), told
    assert "".join(told).count("making .venv") == 1

    began = time.monotonic()
    assert start(scratch, builder).communicate(timeout=60)[0] == hello
    assert time.monotonic() - began < 3  # a fraction of a second; making it takes longer than this on any machine

    (scratch / ".venv" / "of_the_old_lock").touch()
    (scratch / "requirements.lock").write_text("# nothing, said otherwise\n", encoding="utf-8")
    text = start(scratch, builder).communicate(timeout=120)[0]
    assert "requirements.lock has changed" in text and text.endswith(hello)
    assert not (scratch / ".venv" / "of_the_old_lock").exists()


def test_an_environment_that_is_half_made_or_moved_or_has_lost_its_python_is_made_anew(scratch: Path) -> None:
    def why(tree: Path) -> str:
        return python("print(run.why_make())", folder=tree).stdout.strip()

    binaries = scratch / ".venv" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "python").symlink_to(sys.executable)
    assert why(scratch) == "it is missing or half-made"
    python("run.STAMP.write_text('\\n'.join(run.stamp()))", folder=scratch)
    assert why(scratch) == "None"
    moved = scratch.rename(scratch.with_name("moved"))
    assert why(moved) == "the folder or its Python has moved"
    (moved / ".venv" / "bin" / "python").unlink()
    assert why(moved) == "it is missing or half-made"


def test_an_environment_that_is_a_link_to_another_is_refused_and_the_other_is_left_as_it_is(scratch: Path, tmp_path: Path) -> None:
    other = tmp_path / "of_another"
    other.mkdir()
    (other / "in_use").touch()
    (other / "made-from").touch()
    (scratch / ".venv").symlink_to(other)
    told = python("run.make_environment()", folder=scratch)
    assert told.returncode == 1
    assert ".venv points to another folder" in told.stderr and f"rm {scratch}/.venv" in told.stderr
    assert sorted(file.name for file in other.iterdir()) == ["in_use", "made-from"]


# --- check -----------------------------------------------------------------------------------------------------------------------


def test_check_asks_every_tool_although_the_first_has_failed(scratch: Path) -> None:
    for name, code in (("ruff", 1), ("mypy", 0), ("lint-imports", 1), ("squawk", 0)):
        little_program(scratch / ".venv" / "bin" / name, f"exit {code}")
    told = python("sys.exit(run.check())", folder=scratch)
    verdicts = re.findall(r"^run.py: check: (\S+) +(passed|FAILED) in", told.stdout, re.MULTILINE)
    assert told.returncode == 1
    assert verdicts == [("ruff", "FAILED"), ("mypy", "passed"), ("lint-imports", "FAILED"), ("squawk", "passed")]


def test_pyside_keeps_its_references() -> None:
    """PySide6 6.12.0 on Python 3.10 and 3.11 loses a reference at each call and aborts; hence a process of its own."""
    code = "from PySide6.QtCore import QObject\no = QObject()\nfor _ in range(20_000): o.setObjectName('a')\nprint('alive')"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (told.returncode, told.stdout) == (0, "alive\n"), told.stderr
