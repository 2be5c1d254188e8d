"""Listing: a table of the office with its states, and beside it the details of one row. A click or Enter opens them, Escape closes."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QStackedLayout, QTableView, QWidget

from admin_app.cells import Cells
from admin_app.notice import Notice
from core.qt.rows import RowsModel
from core.qt.task import unless_expected
from core.qt.widgets import button, column, frame, label, row

DETAIL_WIDTH, GAP = 356, 16  # px
LEAST = 480  # px for the table: where it would get less, the details take its place
STRETCH = 172  # px: the least for the column that takes what is left
SETTLE = 120  # ms: who holds an arrow key down reads no details


class Detail(QWidget):
    """What is known of one row. Subclasses fill it; `show_row` may be called again with the same row, changed."""

    left = Signal()
    wide = DETAIL_WIDTH  # px
    widest = 0  # px: up to there they take what the table does not need

    def __init__(self) -> None:
        super().__init__()
        self.title = label("", 22, 600, wrap=True)
        self.subtitle = label("", 15, 400, "muted", wrap=True)
        self.trouble = label("", 14, 400, "danger", wrap=True)
        self.trouble.hide()
        self.close_button = button("", size="admin", icon="x")
        self.close_button.setProperty("role", "quiet")
        self.close_button.setFixedWidth(44)
        self.close_button.setAccessibleName(self.tr("Close the details"))
        self.close_button.setToolTip(self.tr("Close the details (Esc)"))
        self.close_button.clicked.connect(self.left)

    def lay_out(self, *parts: QWidget | QLayout | int | tuple[QWidget | QLayout, int]) -> None:
        head = row((column(self.title, self.subtitle, spacing=2), 1), self.close_button, spacing=4)
        card = frame("card", column(head, self.trouble, *parts, margins=(20, 14, 12, 14), spacing=8))
        self.setLayout(column(card))

    def show_row(self, shown: Any) -> None:
        raise NotImplementedError

    @property
    def failed(self) -> bool:
        return not self.trouble.isHidden()

    def complain(self, error: Exception) -> None:
        """Say why the rest could not be read."""
        unless_expected(error)
        self.trouble.setText(self.tr("The details could not be read. {why}").format(why=error))
        self.trouble.show()


class Listing(QWidget):
    """Keeps the place of whoever reads: `reading` says that rows must not be moved under them."""

    rested = Signal()  # nobody reads any more: this is the top of the table, and no row is chosen

    def __init__(self, view: QTableView, model: RowsModel[Any], detail: Detail, spare: Sequence[int]) -> None:
        """`spare`: the columns that step aside where there is no room, first the one missed least; the details show them too."""
        super().__init__()
        self.view, self.model, self.detail, self.spare = view, model, detail, spare
        self.cells, self.notice = Cells(view), Notice()
        view.setItemDelegate(self.cells)
        self.stack = QStackedLayout()
        self.card = frame("card", column(self.stack, margins=(2, 2, 2, 2)))
        self.setLayout(row((self.card, 1), detail, spacing=GAP))
        self.stack.addWidget(self.notice)  # a stack that lies nowhere yet would show it as a window
        self.stack.addWidget(view)
        self._key: Hashable = None  # of the row whose details are open
        self._soon = QTimer(self, singleShot=True, interval=SETTLE)
        self._soon.timeout.connect(self.open_current)
        detail.setFixedWidth(detail.wide)
        detail.hide()
        self._listen()

    @property
    def reading(self) -> bool:
        return self.view.currentIndex().isValid() or self.view.verticalScrollBar().value() > 0

    @property
    def has_rows(self) -> bool:
        return self.stack.currentWidget() is self.view

    def show_rows(self, rows: Iterable[Any], more: bool = False) -> None:
        """Show the answer to a new question. A row that is still among them stays chosen."""
        chosen = self.model.row_at(self.view.currentIndex())
        self.model.show(rows, more)
        self.stack.setCurrentWidget(self.view)
        if chosen is not None:
            self.view.setCurrentIndex(self.model.index_of(self.model.key(chosen)))
            self.view.scrollTo(self.view.currentIndex())
        if self._key is not None and not self.model.index_of(self._key).isValid():
            self.back()

    def refresh(self, rows: Iterable[Any]) -> None:
        """Show news of the same question; what changed is marked."""
        before = {self.model.key(each): each for each in self.model.rows}
        self.model.refresh(rows)
        self.cells.mark(key for key, each in ((self.model.key(each), each) for each in self.model.rows) if before.get(key) != each)
        changed = self.model.row_at(self.model.index_of(self._key))
        if changed is not None and (changed != before.get(self._key) or self.detail.failed):
            self.detail.show_row(changed)

    def say(
        self, icon: str, title: str, sentence: str = "", act: str = "", then: Callable[[], None] | None = None, token: str = "muted"
    ) -> None:
        """Say something in the table's place; `act` names the way on, `then` takes it."""
        self.stack.setCurrentWidget(self.notice)
        self.notice.say(icon, title, sentence, act, then, token)
        self.model.show([])
        self.back()

    def open_current(self) -> None:
        chosen = self.model.row_at(self.view.currentIndex())
        if chosen is None:
            return
        self._key = self.model.key(chosen)
        self.detail.show_row(chosen)
        self.detail.show()
        self._make_room()
        self.view.scrollTo(self.view.currentIndex())

    def open_first(self) -> None:
        self.view.setCurrentIndex(self.model.index(0, 0))
        self.open_current()

    def back(self) -> bool:
        """Close the details, or else let go of the row; False when there was neither."""
        self._soon.stop()  # the row one went to a moment ago would open them again
        if self._key is not None:
            self._key = None
            self.detail.hide()
            self._make_room()
            self.view.setFocus()
        elif self.view.currentIndex().isValid():
            self.view.setCurrentIndex(QModelIndex())
            self.view.clearSelection()
        else:
            return False
        self._rest()
        return True

    def leave(self) -> None:
        """Go back to the top, with nothing chosen."""
        while self.back():
            pass
        self.view.scrollToTop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _listen(self) -> None:
        self.view.clicked.connect(self.open_current)
        self.view.activated.connect(self.open_current)
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self._soon.start() if self._key is not None else None)
        self.view.verticalScrollBar().valueChanged.connect(self._rest)
        self.detail.left.connect(self.back)

    def _rest(self) -> None:
        if self.has_rows and not self.reading:
            self.rested.emit()

    def _make_room(self) -> None:
        needed = sum(column.width or STRETCH for column in self.model.columns) + 20
        wide = max(self.detail.wide, min(self.detail.widest, self.width() - GAP - needed))
        narrow = self.width() < wide + GAP + LEAST
        taken = self.detail.isVisibleTo(self)
        self.detail.setMinimumWidth(0 if narrow else wide)
        self.detail.setMaximumWidth(16777215 if narrow else wide)
        self.card.setVisible(not (narrow and taken))
        room = self.width() - (wide + GAP if taken and not narrow else 0) - 20  # the frame and the scroll bar
        for section in self.spare:
            self.view.setColumnHidden(section, False)
        for section in self.spare:
            if sum(_widths(self.view, self.model).values()) <= room:
                break
            self.view.setColumnHidden(section, True)
        self._share(room - sum(_widths(self.view, self.model).values()))

    def _share(self, left: int) -> None:
        """Widen the columns where there is room left; what they do not take goes to the one that stretches."""
        more = 1 + min(0.5, max(0, left) / sum(_widths(self.view, self.model).values()))
        for section, width in _widths(self.view, self.model).items():
            if self.model.columns[section].width:
                self.view.setColumnWidth(section, round(width * more))


def _widths(view: QTableView, model: RowsModel[Any]) -> dict[int, int]:
    """Return what each shown column needs."""
    wanted = [column.width or STRETCH for column in model.columns]
    return {section: width for section, width in enumerate(wanted) if not view.isColumnHidden(section)}


def empty(layout: QLayout) -> None:
    """Take everything out of a layout of widgets."""
    while taken := layout.takeAt(0):
        if widget := taken.widget():
            widget.hide()
            widget.deleteLater()
