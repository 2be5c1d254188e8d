"""Bar: a search and boxes to choose from, above a table that the database answers; each page's own puts its question together."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLayout, QWidget

from admin_app.picker import Picker, named
from core.qt import theme
from core.qt.buttons import Button
from core.qt.form import Search
from core.qt.widgets import column, row

PAUSE = 350  # ms after the last key: a word is one question, and so is a phone number


class Bar(QWidget):
    changed = Signal()
    entered = Signal()  # Enter in the search

    def __init__(self, name: str, example: str, *parts: QWidget | QLayout, below: QWidget | None = None) -> None:
        """`name` and `example` are those of the search; `parts` stand beside it, and `below` under them."""
        super().__init__()
        self.search = Search(name, example)
        self.search.setMaxLength(80)
        self.search.setMinimumWidth(160)
        self.search.setMaximumWidth(420)
        self.search.setToolTip(self.tr("Search (Ctrl+F)"))
        QShortcut(QKeySequence.StandardKey.Find, self, self.search.setFocus)
        beside = row((named(self.tr("Search"), self.search), 3), *parts, None, spacing=12)
        self.setLayout(column(beside, *([below] if below else []), spacing=10))
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(self.changed)
        self.search.textChanged.connect(self._soon.start)
        self.search.returnPressed.connect(self._enter)
        for part in parts:
            if isinstance(part, Picker):
                part.changed.connect(self.changed)

    @property
    def value(self) -> Any:
        raise NotImplementedError

    def ask(self, question: Any) -> None:
        """Stand as a question asks; whoever set it knows, so nothing is said."""
        self.blockSignals(True)
        self.stand(question)
        self.blockSignals(False)
        self._soon.stop()

    def stand(self, question: Any) -> None:
        """Put the parts where the question has them."""
        raise NotImplementedError

    def clear(self) -> None:
        """Show everything again, with one question."""
        raise NotImplementedError

    def _enter(self) -> None:
        """Ask at once what was typed, and say that its answer is wanted open."""
        self._soon.stop()
        self.changed.emit()
        self.entered.emit()


class OnlyOne(Button):
    """Says that another page asked for one row alone; a click shows the others again."""

    left = Signal()

    def __init__(self, words: str) -> None:
        super().__init__()
        self.one: UUID | None = None
        self.setText(words)
        self.setFont(theme.font(15, 500))
        self.setProperty("role", "chip")
        self.setProperty("sz", "admin")
        self.setIcon(theme.qicon("x", "text"))
        self.setIconSize(QSize(26, 20))
        self.setToolTip(self.tr("Show the others too"))
        self.clicked.connect(self._leave)
        self.hide()

    def show_one(self, one: UUID | None) -> None:
        self.one = one
        self.setVisible(one is not None)

    def leave(self) -> None:
        """Somebody asks for something else."""
        self.show_one(None)

    def _leave(self) -> None:
        self.leave()
        self.left.emit()
