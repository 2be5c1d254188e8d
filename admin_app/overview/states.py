"""States: how many of today's orders are where; each leads to those orders."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from admin_app.overview.tile import heading
from admin_app.overview.words import orders
from core.orders import State
from core.qt.buttons import Button
from core.qt.states import ICONS, state_word, token
from core.qt.widgets import Elided, Picture, column, label, row, set_tone

ACROSS = 3
ORDER = tuple(State)  # from awaiting payment to expired, three to a row: not begun, in the kitchen, over

translate = QCoreApplication.translate


class Cell(Button):
    def __init__(self, state: State) -> None:
        super().__init__()
        self.state = state
        self.setProperty("role", "quiet")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.picture, self.name, self.count = Picture(ICONS[state], token(state), 18), Elided(state_word(state)), label("", 15, 600)
        self.setLayout(row(self.picture, (self.name, 1), self.count, margins=(8, 0, 10, 0), spacing=10))
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return QSize(160, 44)

    def tell(self, count: int, is_old: bool) -> None:
        """A state without orders is quiet."""
        self.count.setText(f"{count:,}")
        self.picture.show_icon(ICONS[self.state], token(self.state) if count and not is_old else "faint")
        for words in (self.name, self.count):
            set_tone(words, None if count and not is_old else "muted")
        self.setAccessibleName(f"{state_word(self.state)}: {orders(count)}")


class States(QFrame):
    chosen = Signal(object)  # a State

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.cells = {state: Cell(state) for state in ORDER}
        grid = QGridLayout()
        grid.setSpacing(0)
        grid.setHorizontalSpacing(12)
        for place, cell in enumerate(self.cells.values()):
            grid.addWidget(cell, place % ACROSS, place // ACROSS)  # down the columns: the way an order goes
            cell.clicked.connect(lambda _=False, state=cell.state: self.chosen.emit(state))
        self.setLayout(column(heading(translate("overview", "Today's orders by state")), grid, margins=(10, 14, 10, 8), spacing=6))

    def show_counts(self, counts: Mapping[State, int], is_old: bool) -> None:
        for state, cell in self.cells.items():
            cell.tell(counts[state], is_old)
