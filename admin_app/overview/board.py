"""Board: where the parts of the overview stand: side by side where there is room, else below each other."""

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from admin_app.orders.question import Question
from admin_app.overview.attention import Attention
from admin_app.overview.bars import Bars
from admin_app.overview.charts import day_bars, hour_bars
from admin_app.overview.concerns import concerns
from admin_app.overview.figures import WEEK, Figures
from admin_app.overview.promises import Promises
from admin_app.overview.states import States
from admin_app.overview.tile import Tile, heading
from admin_app.overview.tiles import tell_tiles, tiles
from core.qt.widgets import Elided, column, frame

NARROW = 940  # px: below it the parts stand below each other
GAP, PARTS = 14, 24  # px; the columns that the parts share
# Where each of the cards stands: row, column, and how many of both it takes.
WIDE_PLACES = ((0, 0, 1, 6), (0, 6, 1, 6), (0, 12, 1, 6), (0, 18, 1, 6), (1, 0, 1, 9), (1, 9, 1, 7), (2, 0, 1, 16), (1, 16, 2, 8))
NARROW_PLACES = ((0, 0, 1, 12), (0, 12, 1, 12), (1, 0, 1, 12), (1, 12, 1, 12), (3, 0, 1, 24), (4, 0, 1, 24), (5, 0, 1, 24), (2, 0, 1, 24))

translate = QCoreApplication.translate


class Board(QWidget):
    wanted = Signal(str, object)

    def __init__(self, pages: Collection[str], promises: Promises) -> None:
        super().__init__()
        self.promises = promises
        self.tiles = tiles(pages)
        self.hours = Bars(translate("overview", "Orders per hour, today and a week ago"))
        self.days = Bars(translate("overview", "Orders per day, the last seven days"), numbers=True)
        self.states, self.attention = States(), Attention(pages, promises)
        self.legend = Elided(translate("overview", "The line across is a week ago"), 13, 400, "muted")
        self.cards = [
            *self.tiles.values(),
            _card(translate("overview", "Orders per hour"), self.hours, self.legend),
            _card(translate("overview", "Last 7 days"), self.days, Elided(translate("overview", "Orders"), 13, 400, "muted")),
            self.states, self.attention,
        ]  # fmt: skip
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        for part in range(PARTS):
            self._grid.setColumnStretch(part, 1)
        self._places: tuple[tuple[int, int, int, int], ...] = ()
        self._arrange(WIDE_PLACES)
        self._listen()

    def show_figures(self, figures: Figures, is_old: bool) -> None:
        tell_tiles(self.tiles, figures, is_old)
        self.hours.show_bars(hour_bars(figures), is_old)
        self.days.show_bars(day_bars(figures), is_old)
        self.states.show_counts(figures.states, is_old)
        self.attention.show_concerns(concerns(figures, self.promises.known), is_old)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(NARROW_PLACES if self.width() < NARROW else WIDE_PLACES)

    def _arrange(self, places: tuple[tuple[int, int, int, int], ...]) -> None:
        if places is self._places:
            return
        self._places = places
        for card, place in zip(self.cards, places, strict=True):
            self._grid.removeWidget(card)
            self._grid.addWidget(card, *place)
        for line in range(6):
            self._grid.setRowStretch(line, 1 if line == 1 and places is WIDE_PLACES else 0)

    def _listen(self) -> None:
        today, week = Question(days=1), Question(days=WEEK)
        self.hours.clicked.connect(lambda: self.wanted.emit("orders", today))
        self.days.clicked.connect(lambda: self.wanted.emit("orders", week))
        self.states.chosen.connect(lambda state: self.wanted.emit("orders", Question(state=state, days=1)))
        self.attention.wanted.connect(self.wanted)
        for tile in self.tiles.values():
            self._lead(tile)

    def _lead(self, tile: Tile) -> None:
        tile.clicked.connect(lambda: self.wanted.emit(*tile.leads))


def _card(title: str, chart: Bars, aside: Elided) -> QFrame:
    return frame("card", column(heading(title, aside), (chart, 1), margins=(10, 14, 10, 8), spacing=6))
