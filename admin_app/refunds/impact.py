"""Impact: what a refund would do, as it was shown to whoever confirmed it: cards that stand side by side where there is room."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from admin_app.refunds.impact_effects import EffectsCard
from admin_app.refunds.impact_left import LeftOutCard
from admin_app.refunds.impact_money import MoneyCard
from admin_app.refunds.impact_total import TotalCard

WIDE, NARROW, GAP = 1040, 700, 12  # px: from the one all stand two and two, below the other one under another
# Where the cards stand: row, column, and how many of the twelve columns they take.
TWO_AND_TWO = ((0, 0, 7), (0, 7, 5), (1, 0, 5), (1, 5, 7))
BELOW_EACH_OTHER = ((0, 0, 12), (1, 0, 12), (2, 0, 12), (3, 0, 12))
BETWEEN = ((0, 0, 12), (1, 0, 7), (1, 7, 5), (2, 0, 12))


class ImpactCards(QWidget):
    """What core/refunds/preview.py calls the impact. Without a margin of its own."""

    left_out_wanted = Signal()  # the person wants to see in the list what is left out

    def __init__(self, is_done: bool = False) -> None:
        """`is_done`: it is shown as it was confirmed, and asks for nothing any more."""
        super().__init__()
        self.total, self.money, self.left, self.effects = TotalCard(is_done), MoneyCard(), LeftOutCard(), EffectsCard()
        self._cards = (self.total, self.money, self.left, self.effects)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        for place in range(12):
            self._grid.setColumnStretch(place, 1)
        self._places: tuple[tuple[int, int, int], ...] = ()
        self._arrange(BETWEEN)
        self.left.wanted.connect(self.left_out_wanted)

    def show_impact(self, impact: Mapping[str, Any], kitchens: Mapping[UUID, str]) -> None:
        """Show it; `kitchens` are their names by id."""
        self.total.show_impact(impact, kitchens)
        self.money.show_impact(impact)
        self.left.show_impact(impact)
        self.effects.show_impact(impact, kitchens)

    def grow_old(self, words: str) -> None:
        """Say that the figures are only those of then: "as of 12:39"; "": they hold again."""
        for card in self._cards:
            card.grow_old(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = event.size().width()
        self._arrange(TWO_AND_TWO if width >= WIDE else BETWEEN if width >= NARROW else BELOW_EACH_OTHER)

    def _arrange(self, places: tuple[tuple[int, int, int], ...]) -> None:
        if places == self._places:
            return
        self._places = places
        for card, (down, across, wide) in zip(self._cards, places, strict=True):
            self._grid.removeWidget(card)
            self._grid.addWidget(card, down, across, 1, wide)
