"""A rehearsal drives any window by what is visible: steps in as JSON lines, one answer for each, and a reason where it fails."""

import json
import os

import pytest
from PySide6.QtWidgets import QDialog

from core.qt import theme
from core.qt.dialog import Dialog, heading
from core.qt.form import Choice, Field, choices, combo, entry
from core.qt.rehearsal import Rehearsal, asked_for
from core.qt.rows import Column, RowsModel, table
from core.qt.scanner import Scanner
from core.qt.widgets import button, chip, column, label, menu, page, row


class Answers:
    """Where the rehearsal writes: a file that keeps its lines."""

    def __init__(self):
        self.lines = []

    def write(self, text):
        if text.strip():
            self.lines.append(json.loads(text))

    def flush(self):
        pass


@pytest.fixture
def screen(qtbot, qapp):
    """A window with a little of everything."""
    theme.apply(qapp, False)
    model = RowsModel([Column("Item", str), Column("Unit", lambda name: "kg")], key=str)
    model.show(["Parboiled rice", "Ofada rice", "Beans & peas"])
    items = table(model, "Stock", 64)
    said = label("nothing yet")
    save, off = button("Save 20 kg", "primary", "touch"), button("Save & close")
    off.setEnabled(False)
    note, reason = Field("Note", entry()), Field("Reason", combo(["Delivery received", "Spoiled"], "touch"))
    way = Choice("Set it to 20 kg", "Use this if you have just counted.", "20 kg")
    person = button("Ngozi O.", "ghost")
    choices_of_person = menu(person)
    choices_of_person.addAction("Sign out", lambda: said.setText("signed out"))
    person.clicked.connect(lambda: choices_of_person.popup(person.mapToGlobal(person.rect().bottomLeft())))
    save.clicked.connect(lambda: said.setText(f"saved: {note.editor.text()}, {reason.editor.currentText()}"))
    items.clicked.connect(lambda index: said.setText(f"opened {model.row_at(index)}"))
    way.picked.connect(lambda: said.setText("picked"))
    ground = page(column(row(chip("All 3"), chip("Low 1"), person), items, note, reason, choices(way), row(save, off), said))
    ground.said = said
    qtbot.addWidget(ground)
    ground.resize(700, 760)
    with qtbot.waitActive(ground):
        ground.show()
        ground.activateWindow()
    return ground


@pytest.fixture
def do(qtbot, qapp, screen):
    """Send steps and return their answers: `do({"do": "click", "text": "Save 20 kg"})`."""
    reader, writer = os.pipe()
    answers = Answers()
    steps = os.fdopen(writer, "w", encoding="utf-8")
    rehearsal = Rehearsal(qapp, os.fdopen(reader, encoding="utf-8"), answers)

    def do(*asked):
        before = len(answers.lines)
        for step in asked:
            steps.write(json.dumps(step) + "\n")
        steps.flush()
        qtbot.waitUntil(lambda: len(answers.lines) == before + len(asked), timeout=10_000)
        return answers.lines[before:]

    yield do
    steps.close()
    qtbot.wait(20)
    rehearsal.deleteLater()


OK = {"ok": True}


def test_it_types_by_the_fields_name_chooses_and_clicks(do, screen):
    answers = do(
        {"do": "type", "label": "Note", "text": "from Mile 12"},
        {"do": "select", "text": "Spoiled"},
        {"do": "click", "text": "Save 20 kg"},
        {"do": "wait", "text": "saved: from Mile 12, Spoiled"},
    )
    assert answers == [OK] * 4


def test_a_click_is_done_when_it_is_answered(do, screen):
    clicked, looked = do({"do": "click", "text": "Save 20 kg"}, {"do": "texts"})
    assert clicked == OK
    assert "saved: , Delivery received" in looked["texts"]


def test_it_selects_a_row_or_a_way_by_its_words(do, screen):
    assert do({"do": "select", "text": "Beans & peas"}, {"do": "wait", "text": "opened Beans & peas"}) == [OK, OK]
    assert do({"do": "click", "text": "Set it to 20 kg"}, {"do": "wait", "text": "picked"}) == [OK, OK]


def test_the_only_thing_that_holds_the_words_is_enough_and_several_are_not(do, screen):
    assert do({"do": "select", "text": "Ofada"}) == [OK]
    [answer] = do({"do": "select", "text": "rice"})
    assert "none of them exactly" in answer["why"]


def test_it_opens_a_menu_and_clicks_in_it(do, screen):
    assert do({"do": "click", "text": "Ngozi O."}, {"do": "click", "text": "Sign out"}, {"do": "wait", "text": "signed out"}) == [OK] * 3


def test_a_step_that_fails_says_why_and_what_is_visible(do, screen):
    [answer] = do({"do": "click", "text": "Refund"})
    assert answer["ok"] is False
    assert answer["why"] == "nothing here says “Refund”"
    assert {"Save 20 kg", "Parboiled rice", "Note", "nothing yet"} <= set(answer["texts"])


@pytest.mark.parametrize(
    "step, why",
    [
        ({"do": "click", "text": "Save & close"}, "is off"),
        ({"do": "type", "label": "Amount", "text": "1"}, "nothing here says “Amount”"),
        ({"do": "wait", "text": "Recorded", "seconds": 0.2}, "“Recorded” did not come"),
        ({"do": "gone", "text": "nothing yet", "seconds": 0.2}, "“nothing yet” did not go"),
        ({"do": "press", "key": "Escapade"}, "no key is called"),
        ({"do": "dance"}, "no step is called “dance”"),
        ({"do": "picture", "path": "/nowhere/at/all.png"}, "cannot be written"),
        ({"do": "click"}, "cannot be read"),
    ],
)
def test_every_step_that_cannot_be_taken_says_so(do, screen, step, why):
    [answer] = do(step)
    assert answer["ok"] is False
    assert why in answer["why"]


def test_only_the_dialog_can_be_acted_on_and_escape_leaves_it(qtbot, do, screen):
    dialog = Dialog(screen, "Rice changed")
    dialog.set_content(column(heading("Rice changed", "Nothing has been saved yet."), button("Back to editing")))
    dialog.open()
    [answer] = do({"do": "click", "text": "Save 20 kg"})
    assert answer["why"] == "nothing here says “Save 20 kg”"
    assert do({"do": "press", "key": "Escape"}, {"do": "gone", "text": "Rice changed"}) == [OK, OK]


def test_a_click_that_opens_a_dialog_and_waits_for_it_is_answered_all_the_same(do, screen):
    opener = button("Ask")
    screen.layout().addWidget(opener)

    def ask():
        dialog = QDialog(screen)
        yes = button("Yes")
        yes.clicked.connect(dialog.accept)
        dialog.setLayout(column(label("Are you sure?"), yes))
        dialog.exec()
        screen.said.setText("asked")

    opener.clicked.connect(ask)
    steps = ({"do": "click", "text": "Ask"}, {"do": "wait", "text": "Are you sure?"}, {"do": "click", "text": "Yes"})
    assert do(*steps, {"do": "wait", "text": "asked"}) == [OK] * 4  # sent together: the test too waits inside the dialog


def test_it_scans_presses_sizes_changes_the_theme_and_takes_a_picture(qapp, do, screen, tmp_path):
    scanner, codes = Scanner(gap=200), []
    scanner.scanned.connect(codes.append)
    qapp.installEventFilter(scanner)
    picture = tmp_path / "screen.png"
    answers = do(
        {"do": "scan", "text": "6151100123456"},
        {"do": "size", "width": 720, "height": 700},
        {"do": "theme", "name": "dark"},
        {"do": "picture", "path": str(picture)},
    )
    qapp.removeEventFilter(scanner)
    assert [answer["ok"] for answer in answers] == [True] * 4
    assert codes == ["6151100123456"]
    assert screen.width() == 720
    assert theme.choice() == "dark"
    assert picture.stat().st_size > 1000


def test_it_lists_what_is_visible_and_not_what_is_hidden(do, screen):
    hidden = label("a secret")
    screen.layout().addWidget(hidden)
    hidden.hide()
    [answer] = do({"do": "texts"})
    assert "Save & close" in answer["texts"]
    assert "a secret" not in answer["texts"]


def test_it_is_asked_for_on_the_command_line():
    assert asked_for(["kitchen", "--rehearse", "-"])
    assert not asked_for(["kitchen"])
    assert not asked_for(["kitchen", "--rehearse", "steps.json"])
