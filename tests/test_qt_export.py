"""CSV: a spreadsheet opens it as text, whatever was typed into a name."""

import csv

import pytest

from core.qt.export import export_table, safe, write_csv
from core.qt.rows import Column, RowsModel, table

FORMULAS = ["=1+1", "+234803", "-5", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1", "＝1+1", "＋1", "－1", "＠SUM", "−₦5.00", "  =1+1"]
INVISIBLE = ["\u200b=1+1", "\ufeff=1+1"]


@pytest.mark.parametrize("cell", FORMULAS + INVISIBLE)
def test_what_a_spreadsheet_may_take_for_a_formula_is_text(cell):
    assert safe(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Rice", "Ọ̀gbọ̀nọ̀", "₦1,234.50", "12 - 5", "a=b", "<b>x</b>", "'quoted"])
def test_everything_else_stays_as_it_is(cell):
    assert safe(cell) == cell


def test_the_file_is_read_back_as_it_was_also_by_excel(tmp_path):
    path = tmp_path / "items.csv"
    write_csv(path, ["Item", "Note"], [["Ẹ̀gúsí, ground", 'two\nlines, "quoted"'], ["=1+1", ""]])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["Item", "Note"], ["Ẹ̀gúsí, ground", 'two\nlines, "quoted"'], ["'=1+1", ""]]


@pytest.fixture
def view(qtbot):
    model = RowsModel([Column("Item", str), Column("Length", lambda name: str(len(name)))], key=str)
    model.show(["Rice", "=Beans"])
    view = table(model, "Stock")
    qtbot.addWidget(view)
    return view


def test_a_table_is_written_where_the_person_chose(qtbot, view, tmp_path):
    written = []
    export_table(view, "stock.csv", then=written.append, failed=pytest.fail, ask=lambda parent, name: str(tmp_path / name))
    qtbot.waitUntil(lambda: written == [tmp_path / "stock.csv"])
    assert written[0].read_text(encoding="utf-8-sig").splitlines() == ["Item,Length", "Rice,4", "'=Beans,6"]


def test_a_place_that_cannot_be_written_is_said_in_a_sentence(qtbot, view, tmp_path):
    said = []
    export_table(view, "stock.csv", then=pytest.fail, failed=said.append, ask=lambda parent, name: str(tmp_path / "no" / name))
    qtbot.waitUntil(lambda: len(said) == 1)
    assert said[0] == "stock.csv could not be written: No such file or directory. Choose another place."


def test_who_thought_better_of_it_gets_no_file(view, tmp_path):
    export_table(view, "stock.csv", then=pytest.fail, failed=pytest.fail, ask=lambda parent, name: "")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_could_not_be_finished_leaves_the_one_that_was_there(tmp_path):
    path = tmp_path / "stock.csv"
    path.write_text("yesterday's")

    def rows():
        yield ["Rice"]
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_csv(path, ["Item"], rows())
    assert path.read_text() == "yesterday's" and [each.name for each in tmp_path.iterdir()] == ["stock.csv"]
