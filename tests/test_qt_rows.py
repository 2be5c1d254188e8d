"""RowsModel: Qt's own model test, live changes that leave selection and scroll alone, and pages that are asked for once."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QTableView

from core.qt import theme
from core.qt.rows import RIGHT, ROW, Column, RowsModel, table
from tests.support.looks import draw


@dataclass(frozen=True)
class Item:
    id: int
    name: str
    on_hand: int = 0


COLUMNS = (
    Column[Item]("Item", lambda item: item.name),
    Column[Item]("On hand", lambda item: f"{item.on_hand} kg", RIGHT, 120, 600, lambda item: "dangerText" if item.on_hand == 0 else None),
)
RICE, BEANS, OIL, YAM = Item(1, "Rice", 11), Item(2, "Beans", 6), Item(3, "Oil", 0), Item(4, "Yam", 3)


@pytest.fixture
def model(qapp):
    model = RowsModel(COLUMNS)
    model.show([RICE, BEANS, OIL])
    return model


@pytest.fixture
def view(qtbot, qapp, model):
    theme.apply(qapp, False)
    view = table(model, "Stock")
    qtbot.addWidget(view)
    view.resize(500, 220)
    view.show()
    view.selectRow(1)
    return view


def names(model):
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_qts_own_model_test_finds_nothing(model, qtmodeltester):
    qtmodeltester.check(model, force_py=False)
    model.refresh([YAM, OIL, replace(RICE, on_hand=9)])  # inserted, removed, moved, changed, while it watches
    model.append([BEANS], more=True)
    model.show([])


def test_a_change_is_told_for_its_row_alone_and_selection_and_scroll_stay(model, view):
    reset, changed = QSignalSpy(model.modelReset), QSignalSpy(model.dataChanged)
    model.refresh([RICE, replace(BEANS, on_hand=5), OIL])
    assert reset.count() == 0
    assert [(first.row(), last.row()) for first, last, _ in (changed.at(i) for i in range(changed.count()))] == [(1, 1)]
    assert model.row_at(view.currentIndex()) == replace(BEANS, on_hand=5)


def test_rows_next_to_each_other_are_told_in_one_go(model):
    changed = QSignalSpy(model.dataChanged)
    model.refresh([replace(RICE, on_hand=1), replace(BEANS, on_hand=1), OIL])
    assert [(changed.at(0)[0].row(), changed.at(0)[1].row())] == [(0, 1)]
    assert changed.count() == 1


def test_the_selected_row_stays_selected_when_others_come_go_and_change_places(model, view):
    model.refresh([OIL, YAM, BEANS])
    assert names(model) == ["Oil", "Yam", "Beans"]
    assert model.row_at(view.currentIndex()) == BEANS
    assert [index.row() for index in view.selectionModel().selectedRows()] == [2]


@given(st.lists(st.integers(0, 12), unique=True), st.lists(st.integers(0, 12), unique=True))
def test_whatever_stood_there_before_it_ends_as_the_answer_says(before, after):
    model = RowsModel(COLUMNS)
    model.show([Item(n, f"{n}") for n in before])
    answer = [Item(n, f"{n}", n) for n in after]
    model.refresh(answer)
    assert model.rows == answer
    assert [model.row_at(model.index_of(item.id)) for item in answer] == answer


def test_a_first_page_read_again_leaves_the_later_pages_where_they_are(model):
    model.refresh([YAM, replace(RICE, on_hand=2)], whole=False)
    assert model.rows == [YAM, replace(RICE, on_hand=2), BEANS, OIL]


def test_the_next_page_is_asked_for_once_from_below_the_last_row(model):
    model.show([RICE, BEANS], more=True)
    asked = QSignalSpy(model.wanted)
    assert model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert not model.canFetchMore(QModelIndex())
    assert [asked.at(i)[0] for i in range(asked.count())] == [BEANS]
    inserted = QSignalSpy(model.rowsInserted)
    model.append([BEANS, OIL], more=False)  # a row that came by both ways stands here once
    assert model.rows == [RICE, BEANS, OIL]
    assert [inserted.at(i)[1:] for i in range(inserted.count())] == [[2, 2]]
    assert not model.canFetchMore(QModelIndex())


def test_nothing_selected_is_no_row_and_an_unknown_key_no_place(model):
    assert model.row_at(QModelIndex()) is None
    assert not model.index_of(404).isValid()


def test_a_cell_says_its_title_too_to_a_screen_reader_and_looks_as_its_column_says(model, qapp):
    theme.apply(qapp, False)
    index = model.index(2, 1)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "On hand 0 kg"
    assert index.data(Qt.ItemDataRole.TextAlignmentRole) == RIGHT
    assert index.data(Qt.ItemDataRole.ForegroundRole) == theme.colour("dangerText")
    assert index.data(ROW) == OIL
    assert model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole) == RIGHT


def test_a_table_has_a_name_whole_rows_and_lets_the_tab_key_out(view):
    assert view.accessibleName() == "Stock"
    assert view.rowHeight(0) == 44
    assert view.selectionBehavior() is QTableView.SelectionBehavior.SelectRows
    assert not view.tabKeyNavigation()
    draw(view, "table-light")
