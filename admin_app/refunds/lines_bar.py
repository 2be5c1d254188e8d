"""The bar above the orders of a refund: how many, a search, what became of them, and the way into a file."""

from PySide6.QtCore import QPoint, QSize, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QWidget

from admin_app.refunds.words import line_look
from core.qt.form import Search, combo
from core.qt.widgets import Elided, button, column, label, menu, row
from core.refunds import LineState

PAUSE = 350  # ms after the last key: a word is one question
LEAST, NARROW = 400, 660  # px: how narrow it may be, and from where on its parts stand side by side


class LinesBar(QWidget):
    changed = Signal()
    export_shown = Signal()
    export_all = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.count = Elided("", 16, 600)
        self.search = Search(self.tr("Search the orders of this refund"), self.tr("Order number or customer"))
        self.search.setMaxLength(80)
        self.search.setMinimumWidth(200)
        self.search.setMaximumWidth(320)
        self.search.setToolTip(self.tr("Search (Ctrl+F)"))
        QShortcut(QKeySequence.StandardKey.Find, self, self.search.setFocus)
        self._states: list[LineState | None] = [None, *LineState]
        self.became = combo([self.tr("All orders"), *(line_look(state).word for state in LineState)])
        self.became.setMaximumWidth(182)
        self.became.setAccessibleName(self.tr("What became of them"))
        self.export = button(self.tr("Export CSV"), None, "admin", "download")
        self.export.setProperty("opens", True)
        self.export.clicked.connect(self._offer)
        self.trouble = label("", 14, 400, "danger", wrap=True)
        self.trouble.hide()
        counted, acts = row((self.count, 1), (self.search, 2), spacing=10), row(self.became, None, self.export, spacing=10)
        self.parts: QBoxLayout = row((counted, 1), acts, spacing=10)
        self.setLayout(column(self.parts, self.trouble, margins=(16, 10, 12, 8)))
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(self.changed)
        self.search.textChanged.connect(self._soon.start)
        self.search.returnPressed.connect(self._ask_now)
        self.became.currentIndexChanged.connect(self._ask_now)

    @property
    def state(self) -> LineState | None:
        return self._states[max(0, self.became.currentIndex())]

    @property
    def text(self) -> str:
        return self.search.text().strip()

    def stand(self, state: LineState | None, text: str = "") -> None:
        """Stand as this asks; whoever set it knows, so nothing is said."""
        self.blockSignals(True)
        self.search.setText(text)
        self.became.setCurrentIndex(self._states.index(state))
        self._soon.stop()
        self.blockSignals(False)

    def minimumSizeHint(self) -> QSize:
        """Narrower than its parts side by side: then they stand in two rows."""
        return QSize(LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW
        self.parts.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def complain(self, sentence: str) -> None:
        """Say what went wrong, or "" when it is right again."""
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def _ask_now(self) -> None:
        self._soon.stop()
        self.changed.emit()

    def _offer(self) -> None:
        ways = menu(self.export)
        ways.addAction(self.tr("What is shown"), self.export_shown.emit)
        ways.addAction(self.tr("All that match"), self.export_all.emit)
        ways.popup(self.export.mapToGlobal(QPoint(self.export.width() - ways.sizeHint().width(), self.export.height() + 4)))
