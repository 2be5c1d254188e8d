"""The guides: what they link to is there, what they name exists, what they quote is on a screen, and what they tell to run runs."""

import ast
import dataclasses
import re
import struct
from itertools import takewhile
from pathlib import Path

import pytest

import run
from core.base.config import Config, Server, load, sign_in
from core.kitchens import kitchens
from core.staff import staff
from core.stock import all_items
from tests.support import command_line

HOME = Path(__file__).parents[1]
PAGES = [HOME / "README.md", HOME / "CHANGELOG.md", *sorted((HOME / "docs").glob("*.md"))]
PICTURES = sorted((HOME / "docs" / "pictures").glob("*"))
SCREENS = [file for folder in ("kitchen_app", "admin_app", "core/qt") for file in sorted((HOME / folder).rglob("*.py"))]
FENCED, INLINE = re.compile(r"^( *)```\w*\n(.*?)^\1```", re.M | re.S), re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
FOLDERS = "core|kitchen_app|admin_app|resources|packaging|tests|benchmarks|docs"
LARGEST = 150_000  # bytes of a picture


def text(page: str) -> str:
    return (HOME / "docs" / page).read_text(encoding="utf-8")


def anchors(page: Path) -> set[str]:
    """Return what may stand behind a # in a link to this page."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def code(written: str) -> list[str]:
    """Return the lines of the fenced blocks, and the spans within sentences."""
    blocks = [line for _, block in FENCED.findall(written) for line in block.splitlines()]
    return [each.split(" #")[0] for each in (*blocks, *INLINE.findall(FENCED.sub("", written)))]


def block(page: str, language: str, holding: str) -> str:
    """Return the one block of a page in that language that holds this."""
    [found] = [each for each in re.findall(rf"^```{language}\n(.*?)^```", text(page), re.M | re.S) if holding in each]
    return found


def templates() -> list[re.Pattern[str]]:
    """Return every text of the two programs, with anything in the place of a {name}."""
    literals = {node.value for file in SCREENS for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
                if isinstance(node, ast.Constant) and isinstance(node.value, str)}  # fmt: skip
    worded = [each for each in literals if len(re.sub(r"\{.*?\}|\W", "", each)) > 1]
    return [re.compile(re.sub(r"\\\{.*?\\\}", ".+", re.escape(each))) for each in worded]


@pytest.fixture
def rachel(capsys):
    return command_line.rachel_for(capsys)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_and_picture_of_a_page_is_there(page):
    targets = [target for target in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in target]
    for target in targets:
        path, _, anchor = target.partition("#")
        file = page.parent / path if path else page
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), target


def test_every_guide_is_reached_from_the_readme_and_every_picture_is_shown():
    linked = {target for page in PAGES for target in LINK.findall(page.read_text(encoding="utf-8"))}
    assert {f"docs/{page.name}" for page in PAGES[2:]} <= linked
    assert {picture.name for picture in PICTURES} == {Path(target).name for target in linked if target.endswith(".png")}


def test_pictures_are_as_wide_as_a_counter_and_small():
    for picture in PICTURES:
        content = picture.read_bytes()
        assert struct.unpack(">I", content[16:20]) == (1366,), picture.name
        assert len(content) < LARGEST, picture.name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_a_page_exists_with_its_options_or_is_called_planned(page, rachel):
    written = FENCED.sub(lambda found: found[0].replace("\n\n", "\n"), page.read_text(encoding="utf-8"))
    paragraphs = written.replace("\n|", "\n\n|").split("\n\n")
    named = [
        (words, paragraph) for paragraph in paragraphs for each in code(paragraph) for words in re.findall(r"\brachel ([a-z].*)", each)
    ]
    for words, paragraph in named:
        command = list(takewhile(lambda word: re.fullmatch("[a-z-]+", word) and word[0] != "-", words.split()))
        ran = rachel(*command, "--help")
        assert ran.code == 0 or "planned" in paragraph.lower(), words
        assert set(re.findall(r"--[a-z-]+", words)) <= set(re.findall(r"--[a-z-]+", ran.out)), words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_names_is_there(page):
    spans = INLINE.findall(FENCED.sub("", page.read_text(encoding="utf-8")))
    named = [span for span in spans if re.fullmatch(rf"(?:{FOLDERS})/[\w./-]*", span)]
    assert [span for span in named if not (HOME / span).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_run_py_that_a_page_names_exists(page):
    named = [words for each in code(page.read_text(encoding="utf-8")) for words in re.findall(r"\brun\.py ([a-z]+)", each)]
    assert set(named) <= set(re.findall(r"run\.py ([a-z]+)", run.__doc__))


def test_every_setting_is_explained_and_every_setting_explained_exists():
    server = {f"server.{key.name}" for key in dataclasses.fields(Server)}
    own = {key.name for key in dataclasses.fields(Config)} - {"server"}
    settings = text("server.md").split("## Settings")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `([\w.]+)` \|", settings, re.M)) == own | server


def test_every_variable_that_a_guide_names_is_read_by_the_program():
    ours = "".join(file.read_text(encoding="utf-8") for file in (HOME / "core").rglob("*.py"))
    named = {name for page in PAGES for name in re.findall(r"RACHEL_[A-Z_]+", page.read_text(encoding="utf-8"))}
    built = {f"RACHEL_{name}" for name in ("HOST", "PORT", "DATABASE")}  # core/base/config.py puts these names together
    assert {name for name in named - built if f'"{name}"' not in ours} == set()


def test_the_settings_and_sign_ins_of_the_guide_can_be_read(tmp_path, monkeypatch):
    for name, holding in (("CONFIG", "[server]"), ("SIGN_INS", "[owner]")):
        path = tmp_path / name
        path.touch(mode=0o600)
        path.write_text(block("server.md", "toml", holding), encoding="utf-8")
        monkeypatch.setenv(f"RACHEL_{name}", str(path))
    assert (load().counter, load().server.host, load().server.sslmode) == ("Counter 2", "db.example", None)
    assert (sign_in("owner").login, sign_in("worker").login) == ("ada", "worker")


def test_the_first_kitchen_of_the_guide_can_be_opened(workplace, copy, owner, monkeypatch, tmp_path, capsys):
    command_line.sign_in(monkeypatch, tmp_path, workplace, copy)
    exec(compile(block("server.md", "python", "create_kitchen"), "server.md", "exec"), {})
    told = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert told == ["ngozi", "tunde"]
    assert {each.name for each in staff(owner)} >= {"Ngọzi Ọkafọ", "Túndé Akínwùmí"}
    [kitchen] = [each for each in kitchens(owner) if each.name == "Surulere kitchen"]
    [rice] = [item for item in all_items(owner) if item.kitchen_id == kitchen.id]
    assert (rice.name, rice.on_hand, rice.unit) == ("Parboiled rice", 38_000, "kg")


def test_the_service_of_the_worker_is_the_one_that_the_guide_sets_up():
    unit = (HOME / "packaging" / "rachel-worker.service").read_text(encoding="utf-8")
    named = set(re.findall(r"/(?:etc|opt)/rachel-foods/[\w./-]+", unit)) | set(re.findall(r"^User=(.+)$", unit, re.M))
    assert {name for name in named if name not in text("server.md").replace("/opt/rachel-foods/packaging", "")} == {
        "/opt/rachel-foods/docs/server.md"
    }
    assert re.search(r"^ExecStart=\S+/rachel worker$", unit, re.M)


@pytest.mark.parametrize("page", ["counter.md", "office.md"])
def test_every_word_that_a_guide_quotes_from_a_screen_is_on_one(page):
    quoted = {" ".join(words.split()) for words in re.findall(r"\*\*(.+?)\*\*", text(page), re.S)} - {"bold"}
    known = templates()
    assert {words for words in quoted if not any(template.fullmatch(words) for template in known)} == set()
