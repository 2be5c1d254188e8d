"""The table of a refund's orders, and what stands in its place where it has no rows. It knows no database."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from admin_app.cells import Cells
from admin_app.notice import Notice
from admin_app.parts import Part
from admin_app.refunds.lines_columns import SPARE, columns
from admin_app.refunds.lines_reading import identity
from admin_app.refunds.lines_room import make_room
from admin_app.titles import put_titles
from core.qt.line import LineState
from core.qt.rows import RowsModel, table
from core.refunds import RefundOrder

ROW_HEIGHT = 48  # px: most cells have two lines
AROUND = 24  # px: the card's frame and the scroll bar

translate = QCoreApplication.translate


class LinesTable(QWidget):
    opened = Signal(object)  # a row: Enter or a double click

    def __init__(self, line: LineState) -> None:
        super().__init__()
        self.model: RowsModel[RefundOrder] = RowsModel(columns(line), identity, self)
        self.notice, self.view = Notice(), table(self.model, translate("refunds", "Orders of this refund"), ROW_HEIGHT)
        self.view.setToolTip(translate("refunds", "Enter or a double click opens the order"))
        put_titles(self.view, self.model)
        self.cells = Cells(self.view)
        self.view.setItemDelegate(self.cells)
        self.view.activated.connect(lambda index: self.opened.emit(self.model.row_at(index)))
        line.changed.connect(self.view.viewport().update)
        self.stack = QStackedLayout(self)
        self.stack.addWidget(self.notice)
        self.stack.addWidget(self.view)

    @property
    def has_rows(self) -> bool:
        return self.stack.currentWidget() is self.view

    @property
    def seen(self) -> int:
        """How many rows there are down to the last one that can be seen."""
        return self.view.rowAt(self.view.viewport().height() - 1) + 1 or len(self.model.rows)

    def show_part(self, part: Part) -> None:
        """Show the answer to a new question."""
        self.model.show(part.rows, part.more)
        self.stack.setCurrentWidget(self.view)

    def refresh(self, part: Part) -> None:
        """Show the answer to the same question asked again; what changed is marked."""
        before = {identity(row): row for row in self.model.rows}
        self.model.refresh(part.rows)
        self.model.more = part.more
        self.cells.mark(key for key, row in ((identity(row), row) for row in part.rows) if key in before and before[key] != row)

    def say(
        self, icon: str, title: str, sentence: str = "", act: str = "", then: Callable[[], None] | None = None, token: str = "muted"
    ) -> None:
        """Say something in the table's place; `act` names the way on, `then` takes it."""
        self.stack.setCurrentWidget(self.notice)
        self.notice.say(icon, title, sentence, act, then, token)
        self.model.show([])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        make_room(self.view, self.model, SPARE, self.width() - AROUND)
