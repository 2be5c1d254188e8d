"""Tiles: how many lines of a refund became what; a click shows their orders alone."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from admin_app.refunds.run_side import NARROW
from admin_app.refunds.words import card_waits, line_look
from core.qt.buttons import Button
from core.qt.widgets import Elided, column, label, picture, row
from core.refunds import LineState, RefundProgress

SHOWN = (LineState.DONE, LineState.CONFIRMED, LineState.SENDING, LineState.UNKNOWN, LineState.FAILED, LineState.LEFT_OUT)


def counts(progress: RefundProgress) -> dict[LineState, int]:
    """Return how many lines became what."""
    found = (progress.done, progress.waiting, progress.sending, progress.unknown, progress.failed, progress.left_out)
    return dict(zip(SHOWN, found, strict=True))


class Tile(Button):
    """One state. Its name to a screen reader holds the figure too; nothing is loud that is nought."""

    def __init__(self, state: LineState) -> None:
        super().__init__()
        self.look = line_look(state)
        self.setProperty("role", "summary")
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(card_waits() if state is LineState.SENDING else self.tr("Show these orders alone"))
        self.picture = picture(self.look.icon, "muted")
        self.number = label("0", 20, 600)
        words = column(None, self.number, Elided(self.look.word, 13, 400, "muted"), None, spacing=0)
        self.setLayout(row((words, 1), self.picture, margins=(14, 6, 12, 6), spacing=6))
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_count(self, count: int) -> None:
        self.number.setText(f"{count:,}")
        self.picture.show_icon(self.look.icon, self.look.token if count else "muted")
        self.setAccessibleName(f"{self.look.word}: {count:,}")


class Tiles(QWidget):
    chosen = Signal(object)  # a LineState, or None when its tile is clicked again

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Lines by what became of them"))
        self.tiles = {state: Tile(state) for state in SHOWN}
        self.grid, self._across = QGridLayout(self), 0
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setSpacing(10)
        self._arrange(len(SHOWN))
        for state, tile in self.tiles.items():
            tile.clicked.connect(self._clicked(state))

    def show_progress(self, progress: RefundProgress) -> None:
        for state, count in counts(progress).items():
            self.tiles[state].show_count(count)

    def mark(self, state: LineState | None) -> None:
        """Show which one the list shows alone."""
        for each, tile in self.tiles.items():
            tile.setChecked(each is state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(len(SHOWN) if event.size().width() >= NARROW else len(SHOWN) // 2)

    def _arrange(self, across: int) -> None:
        """Stand side by side, or in two rows."""
        if across != self._across:
            self._across = across
            for place, tile in enumerate(self.tiles.values()):
                self.grid.addWidget(tile, place // across, place % across)

    def _clicked(self, state: LineState) -> Callable[[bool], None]:
        return lambda on: self.chosen.emit(state if on else None)
