"""RowsModel: a list of frozen rows in any Qt view; what changes is changed in place, so selection and scrolling stay."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from operator import attrgetter
from typing import Any, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableView

from core.qt import theme

Row = TypeVar("Row")

ROOT = QModelIndex()
ROW = Qt.ItemDataRole.UserRole  # the row itself, for delegates
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Column(NamedTuple, Generic[Row]):
    """One column: its title, its words for a row, and how they stand. `width` in px; without one it takes what is left."""

    title: str
    text: Callable[[Row], str]
    align: Qt.AlignmentFlag = LEFT
    width: int | None = None
    weight: int = 400
    tone: Callable[[Row], str | None] | None = None
    icon: Callable[[Row], str | None] | None = None


class Table(QAbstractTableModel, Generic[Row]):
    """Read-only table: one item of `rows` for each line, one Column for each column."""

    def __init__(self, columns: Sequence[Column[Row]], parent: Any = None) -> None:
        super().__init__(parent)
        self.columns = columns
        self.rows: list[Row] = []

    def row_at(self, index: QModelIndex) -> Row | None:
        """Return the row behind a view's index; None when nothing is selected."""
        return self.rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: Any = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Any = ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:  # a reader hears the title too
            return f"{column.title} {column.text(row)}"
        return row if role == ROW else _looks(row, column, role)

    def headerData(self, section: int, orientation: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return self.columns[section].align if role == Qt.ItemDataRole.TextAlignmentRole else None


class RowsModel(Table[Row]):
    """A table that follows what it shows: each row is known by its key, changed in place, and pages are asked for as one scrolls."""

    wanted = Signal(object)  # the last row there is: the screen asks for the ones after it and calls append()

    def __init__(self, columns: Sequence[Column[Row]], key: Callable[[Row], Hashable] = attrgetter("id"), parent: Any = None) -> None:
        super().__init__(columns, parent)
        self.key = key
        self.more = False
        self._places: dict[Hashable, int] = {}

    def show(self, rows: Iterable[Row], more: bool = False) -> None:
        """Show the answer to a new question; selection and scroll start anew. `more`: there are further rows to ask for."""
        self.beginResetModel()
        self._settle(list(rows))
        self.more = more
        self.endResetModel()

    def refresh(self, rows: Iterable[Row], whole: bool = True) -> None:
        """Show the answer to the same question asked again, changing only what changed.

        `whole=False`: these are only the first rows of it; the ones not among them stay, after them.
        """
        target = list(rows)
        named = {self.key(row) for row in target}
        if whole:
            self._remove({key for key in self._places if key not in named})
        else:
            target += [row for row in self.rows if self.key(row) not in named]
        self._reorder(target)
        self._insert(target)
        self._replace(target)

    def append(self, rows: Iterable[Row], more: bool) -> None:
        """Add the next page below."""
        self.more = more
        new = [row for row in rows if self.key(row) not in self._places]
        self._insert(self.rows + new)

    def index_of(self, key: Hashable) -> QModelIndex:
        """Return where the row with this key stands; an invalid index when it is not here."""
        place = self._places.get(key)
        return QModelIndex() if place is None else self.index(place, 0)

    def canFetchMore(self, parent: Any) -> bool:
        return self.more and not parent.isValid()

    def fetchMore(self, parent: Any) -> None:
        self.more = False  # asked once; append() says whether there is more
        self.wanted.emit(self.rows[-1] if self.rows else None)

    def _settle(self, rows: list[Row]) -> None:
        self.rows = rows
        self._places = {self.key(row): place for place, row in enumerate(rows)}

    def _remove(self, keys: set[Hashable]) -> None:
        for first, last in reversed(_runs(place for place, row in enumerate(self.rows) if self.key(row) in keys)):
            self.beginRemoveRows(ROOT, first, last)
            self._settle(self.rows[:first] + self.rows[last + 1 :])
            self.endRemoveRows()

    def _reorder(self, target: list[Row]) -> None:
        ordered = [self.rows[self._places[key]] for key in map(self.key, target) if key in self._places]
        if [self.key(row) for row in ordered] == list(self._places):
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [self.key(self.rows[index.row()]) for index in before]
        self._settle(ordered)
        after = [self.index(self._places[key], index.column()) for key, index in zip(keys, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _insert(self, target: list[Row]) -> None:
        for first, last in _runs(place for place, row in enumerate(target) if self.key(row) not in self._places):
            self.beginInsertRows(ROOT, first, last)
            self._settle(self.rows[:first] + target[first : last + 1] + self.rows[first:])
            self.endInsertRows()

    def _replace(self, target: list[Row]) -> None:
        changed = [place for place, row in enumerate(target) if self.rows[place] != row]
        self.rows = target
        for first, last in _runs(changed):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))


def table(model: RowsModel[Any], name: str, row_height: int = 44) -> QTableView:
    """Return a table of whole rows (44 px high in the office, 64 in a kitchen); `name` is what a screen reader calls it."""
    view = QTableView()
    view.setModel(model)
    view.setAccessibleName(name)
    view.setFont(theme.font(15))
    view.setShowGrid(False)
    view.setTabKeyNavigation(False)
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(row_height)
    header = view.horizontalHeader()
    header.setFont(theme.font(14, 500))
    header.setHighlightSections(False)
    for section, column in enumerate(model.columns):
        if column.width:
            view.setColumnWidth(section, column.width)
        else:
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
    return view


def _looks(row: Row, column: Column[Row], role: int) -> Any:
    if role == Qt.ItemDataRole.TextAlignmentRole:
        return column.align
    if role == Qt.ItemDataRole.FontRole:
        return theme.font(15, column.weight)
    tone = column.tone(row) if column.tone else None
    if role == Qt.ItemDataRole.ForegroundRole and tone:
        return theme.colour(tone)
    picture = column.icon(row) if column.icon else None
    if role == Qt.ItemDataRole.DecorationRole and picture:
        return theme.qicon(picture, tone or "muted")
    return None


def _runs(places: Iterable[int]) -> list[tuple[int, int]]:
    """Return unbroken stretches of ascending places as (first, last): one signal for each instead of one for each row."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs
