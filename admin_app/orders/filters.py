"""Filters: the bar above the orders: number or customer, kitchen, state, from when."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from admin_app.orders.question import Question
from admin_app.picker import Picker, named
from core.kitchens import Kitchen
from core.orders import State
from core.qt.form import Search
from core.qt.states import state_word
from core.qt.widgets import row

PAUSE = 250  # ms after the last key: a word is one question, not six


class Filters(QWidget):
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.search = Search(self.tr("Search orders"), self.tr("Order number or customer"))
        self.search.setMaxLength(80)
        self.search.setMinimumWidth(160)
        self.search.setMaximumWidth(420)
        self.search.setToolTip(self.tr("Search (Ctrl+F)"))
        QShortcut(QKeySequence.StandardKey.Find, self, self.search.setFocus)
        self.kitchen = Picker(self.tr("Kitchen"), [(self.tr("All kitchens"), None)])
        self.state = Picker(self.tr("State"), [(self.tr("All states"), None), *((state_word(state), state) for state in State)])
        days = [(self.tr("Any time"), None), (self.tr("Today"), 1), (self.tr("Last 7 days"), 7)]
        self.days = Picker(self.tr("Placed"), days, 150)
        self.setLayout(row((named(self.tr("Search"), self.search), 3), self.kitchen, self.state, self.days, None, spacing=12))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self.changed)
        self.search.textChanged.connect(self._soon.start)
        for picker in (self.kitchen, self.state, self.days):
            picker.changed.connect(self.changed)

    @property
    def value(self) -> Question:
        return Question(self.search.text().strip(), self.kitchen.value, self.state.value, self.days.value)

    def show_kitchens(self, kitchens: Sequence[Kitchen]) -> None:
        self.kitchen.offer([(self.tr("All kitchens"), None), *((kitchen.name, kitchen.id) for kitchen in kitchens)])

    def clear(self) -> None:
        """Show everything again, with one question."""
        self.blockSignals(True)
        self.search.clear()
        for picker in (self.kitchen, self.state, self.days):
            picker.choose(None)
        self.blockSignals(False)
        self._soon.stop()
        self.changed.emit()
