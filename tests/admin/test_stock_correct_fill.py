"""Many figures of stock at once, from elsewhere: a column or named figures, from the clipboard or a file."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from admin_app.stock.correct_columns import ENTRY
from tests.support.correcting import at, said, table, type_down
from tests.support.refund_views import words


def test_a_column_is_pasted_straight_down_from_the_current_row(correct):
    page = correct()
    type_down(page, "38")
    QGuiApplication.clipboard().setText("4.5\n\n")
    QTest.keyClick(table(page).editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert said(page, ENTRY)[1] == ("4.5",)
    QGuiApplication.clipboard().setText("4.25\r\n9\r\n")
    QTest.keyClick(table(page).editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert said(page, ENTRY) == [("38",), ("4.25",), ("9",)]
    assert at(page) == ("Oil", "4.25") and "2 figures filled in." in words(page)


def test_names_or_barcodes_with_figures_are_put_where_they_belong_and_the_others_are_told(correct):
    page = correct()
    QGuiApplication.clipboard().setText("Item\tFigure\nOIL\t4.5\n6009001001\t9\nCassava\t3\nRice & beans\t1\n")
    page.correct.enter.typing.bar.paste_wanted.emit()
    assert said(page, ENTRY) == [("",), ("4.5",), ("9",)]
    assert "2 figures filled in. Not one item of this kitchen is called: “Cassava”, “Rice & beans”." in words(page)


def test_figures_come_from_a_csv_file_and_one_that_cannot_be_read_is_told(correct, tmp_path):
    chosen = tmp_path / "figures.csv"
    page = correct(ask_for_file=lambda parent: str(chosen))
    page.correct.enter.typing.bar.file_wanted.emit()
    assert "figures.csv could not be read: No such file or directory." in words(page)
    chosen.write_bytes("Chicken;38\nÒil;x\n".encode("utf-16"))
    page.correct.enter.typing.bar.file_wanted.emit()
    assert "This is no CSV file in UTF-8." in words(page)
    chosen.write_text("Chicken;38\nÒil;x\n", encoding="utf-8-sig")
    page.correct.enter.typing.bar.file_wanted.emit()
    assert said(page, ENTRY) == [("38",), ("x",), ("",)]
