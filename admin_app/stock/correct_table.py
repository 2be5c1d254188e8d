"""The table in which figures are typed: one is being typed in it all the time, and no row moves but when the person asks for it."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedLayout, QTableView, QWidget

from admin_app.notice import Notice
from admin_app.refunds.lines_room import make_room
from admin_app.stock.correct_cells import EntryCells
from admin_app.stock.correct_columns import ENTRY, SPARE, columns
from admin_app.stock.correct_entries import Row
from admin_app.titles import put_titles
from core.qt.line import LineState
from core.qt.rows import RowsModel, table
from core.qt.widgets import column, frame

ROW_HEIGHT = 54  # px: an entry of 44, and air
AROUND = 24  # px: the card's frame and the scroll bar
BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)

translate = QCoreApplication.translate


class Rows(RowsModel[Row]):
    """Only the new figure can be typed."""

    def flags(self, index: Any) -> Qt.ItemFlag:
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsEditable if index.column() == ENTRY else found


class EntryTable(QWidget):
    """Enter and Down lead to the next row, Up to the one before, Tab out of the table."""

    typed = Signal(object, str)  # an item's id, and what stands there now
    pasted = Signal(str)  # more than one figure, to be filled in from the current row on
    ended = Signal()  # Enter in the last row
    given_up = Signal()  # Escape, and nothing else was typed in this row

    def __init__(self, line: LineState) -> None:
        super().__init__()
        self.model = Rows(columns(line), parent=self)
        self.view, self.notice = table(self.model, translate("stock", "New figures"), ROW_HEIGHT), Notice()
        self.titles = put_titles(self.view, self.model, sorts=True)
        self.cells = EntryCells(self.view)
        self.view.setItemDelegate(self.cells)
        self.view.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)  # a row that is chosen is typed in: see _type_here
        self.view.installEventFilter(self)
        self.stack = QStackedLayout()
        self.setLayout(column(frame("card", column(self.stack, margins=(2, 2, 2, 2)))))
        self.stack.addWidget(self.notice)  # a stack that lies nowhere yet would show it as a window
        self.stack.addWidget(self.view)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._type_here)
        self._listen(line)

    @property
    def has_rows(self) -> bool:
        return self.stack.currentWidget() is self.view

    @property
    def current(self) -> Row | None:
        return self.model.row_at(self.view.currentIndex())

    @property
    def editor(self) -> QLineEdit | None:
        """Where a figure is being typed."""
        focus = QApplication.focusWidget()
        return focus if isinstance(focus, QLineEdit) and self.view.isAncestorOf(focus) else None

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; somebody who typed goes on in the same one, if it is still there."""
        current = self.current
        self.model.show(rows)
        self.stack.setCurrentWidget(self.view)
        if current:
            self.stand_at(current.id)

    def refresh(self, rows: Sequence[Row]) -> None:
        """The same rows, as they stand now; what changed on a shelf is marked."""
        before = {row.id: row.item for row in self.model.rows}
        self.model.refresh(rows)
        self.cells.mark(row.id for row in rows if before.get(row.id, row.item).version != row.item.version)

    def say(self, icon: str, title: str, sentence: str, act: str = "", then: Callable[[], None] | None = None) -> None:
        """Say something in the table's place."""
        self.model.show([])
        self.stack.setCurrentWidget(self.notice)
        self.notice.say(icon, title, sentence, act, then)

    def begin(self) -> None:
        """Go on typing where it was left off, or in the first row."""
        if not self.view.currentIndex().isValid() and self.model.rows:
            self.view.setCurrentIndex(self.model.index(0, ENTRY))
        self._soon.start()

    def stand_at(self, item_id: UUID) -> None:
        place = self.model.index_of(item_id)
        if place.isValid():
            self.view.setCurrentIndex(place.siblingAtColumn(ENTRY))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        by_tab = isinstance(event, QFocusEvent) and event.gotFocus() and event.reason() in BY_TAB
        if by_tab or event.type() == QEvent.Type.MouseButtonRelease:
            self.begin()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        make_room(self.view, self.model, SPARE, self.width() - AROUND)

    def _listen(self, line: LineState) -> None:
        self.cells.typed.connect(self.typed)
        self.cells.pasted.connect(self.pasted)
        self.cells.stepped.connect(self._step)
        self.cells.left.connect(self._leave)
        self.cells.given_up.connect(self.given_up)
        self.view.selectionModel().currentChanged.connect(lambda *_: self._soon.start())
        self.view.clicked.connect(lambda: self._soon.start())
        line.changed.connect(self.view.viewport().update)

    def _type_here(self) -> None:
        """Open the place for the figure in the current row."""
        index = self.view.currentIndex()
        if index.isValid() and self.isVisible() and self.editor is None:
            self.view.setCurrentIndex(index.siblingAtColumn(ENTRY))
            self.view.scrollTo(self.view.currentIndex())
            self.view.edit(self.view.currentIndex())

    def _step(self, down: int) -> None:
        place = self.view.currentIndex().row() + down
        if 0 <= place < len(self.model.rows):
            self.view.setCurrentIndex(self.model.index(place, ENTRY))
        elif place >= 0:
            self.ended.emit()

    def _leave(self, forward: bool) -> None:
        """Let the focus go on, as Tab does from anything else."""
        key = Qt.Key.Key_Tab if forward else Qt.Key.Key_Backtab
        modifier = Qt.KeyboardModifier.NoModifier if forward else Qt.KeyboardModifier.ShiftModifier
        QApplication.sendEvent(self.view, QKeyEvent(QEvent.Type.KeyPress, key, modifier))
