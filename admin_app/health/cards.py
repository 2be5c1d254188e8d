"""Cards: the parts of the Health page, each with its verdict; a click shows its table."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSizePolicy, QWidget

from core.qt.buttons import Button
from core.qt.widgets import Elided, Pill, column, pill, row

NARROW, LEAST = 1000, 140  # px: below it they stand in two rows; the least width of one


class Card(Button):
    """One part: what it is, a sentence on it, and its verdict as a word. Its name to a screen reader holds all three."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self.setProperty("role", "summary")
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.detail = Elided("", 13, 400, "muted")
        self.verdict: Pill = pill("")
        self.parts = column(Elided(title, 15, 600), row(self.verdict, None), self.detail, margins=(14, 8, 10, 8), spacing=3)
        self.setLayout(self.parts)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """As large as what is on it: a push button would only think of its own words."""
        return self.parts.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST, self.sizeHint().height())

    def tell(self, verdict: str, tone: str | None, icon: str, detail: str) -> None:
        self.verdict.say(verdict, tone, icon)
        self.detail.setText(detail)
        self.setAccessibleName(f"{self.title}: {verdict}. {detail}")
        self.setToolTip(f"{verdict}\n{detail}")


class Cards(QWidget):
    """Side by side, or in two rows where it is narrow; one of them is always chosen. Arrows go from one to the next."""

    chosen = Signal(int)

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # a long table below does not press them
        self.cards = [Card(title) for title in titles]
        self._group = QButtonGroup(self)
        for place, card in enumerate(self.cards):
            self._group.addButton(card, place)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self._across = 0
        self._deal(len(self.cards))
        self.cards[0].setChecked(True)
        self._group.idToggled.connect(lambda place, on: self.chosen.emit(place) if on else None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._deal(len(self.cards) if self.width() >= NARROW else (len(self.cards) + 1) // 2)

    def _deal(self, across: int) -> None:
        """Lay so many side by side, the rest below."""
        if across == self._across:
            return
        self._across = across
        for place, card in enumerate(self.cards):
            self._grid.addWidget(card, place // across, place % across)
            card.detail.setVisible(across == len(self.cards))  # where it is narrow it is low too; the tip and the name still have it
        for place in range(len(self.cards)):
            self._grid.setColumnStretch(place, 1 if place < across else 0)
