"""Summary: a card for each kitchen, with how many of its shelves are low or out; a click shows that kitchen alone."""

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from admin_app.stock.shelves import ICONS, TONES, Shelf, count_levels, level_word
from core.kitchens import Kitchen
from core.qt.buttons import Button
from core.qt.widgets import Elided, column, pill, row
from core.stock import Level

HEIGHT, WIDTH = 64, 300  # px; the height is the stylesheet's
COUNTED = (Level.OUT, Level.LOW)


class Card(Button):
    """One kitchen. Its name to a screen reader holds the figures too."""

    def __init__(self, kitchen: Kitchen) -> None:
        super().__init__()
        self.kitchen = kitchen
        self.setProperty("role", "summary")
        self.setCheckable(True)
        self.setMinimumWidth(WIDTH)
        self.setMaximumWidth(2 * WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(self.tr("Show this kitchen alone"))
        self.pills = {level: pill(level_word(level), TONES[level], ICONS[level]) for level in COUNTED}
        self.fine = pill(self.tr("All fine"), "ok", "circle-check")
        names = column(None, Elided(kitchen.name, 15, 600), Elided(kitchen.district, 13, 400, "muted"), None, spacing=1)
        self.setLayout(row((names, 1), *self.pills.values(), self.fine, margins=(16, 8, 12, 8), spacing=6))
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_counts(self, counts: dict[Level, int]) -> None:
        for level, each in self.pills.items():
            each.setVisible(counts[level] > 0)
            each.say(f"{counts[level]} {level_word(level)}", TONES[level], ICONS[level])
        said = [each.words.text() for level, each in self.pills.items() if counts[level]]
        self.fine.setVisible(not said)
        self.setAccessibleName(", ".join([self.kitchen.name, *(said or [self.fine.words.text()])]))


class Summary(QScrollArea):
    """The cards side by side, by name; they scroll where there are more than fit."""

    chosen = Signal(object)  # a kitchen's id, or None when its card is clicked again

    def __init__(self) -> None:
        super().__init__()
        self.cards: dict[UUID, Card] = {}
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Kitchens"))
        self._shelf = row(spacing=12)
        inside = QWidget()
        inside.setLayout(self._shelf)
        self.setWidget(inside)

    def show_shelves(self, kitchens: Sequence[Kitchen], shelves: Sequence[Shelf]) -> None:
        if [kitchen.id for kitchen in kitchens] != list(self.cards):
            self._deal(kitchens)
        for kitchen_id, card in self.cards.items():
            card.show_counts(count_levels(shelf for shelf in shelves if shelf.kitchen.id == kitchen_id))

    def mark(self, kitchen_id: UUID | None) -> None:
        """Show which kitchen is chosen."""
        for each, card in self.cards.items():
            card.setChecked(each == kitchen_id)

    def _deal(self, kitchens: Sequence[Kitchen]) -> None:
        for card in self.cards.values():
            card.deleteLater()
        self.cards = {kitchen.id: Card(kitchen) for kitchen in kitchens}
        for card in self.cards.values():
            self._shelf.addWidget(card)
            card.clicked.connect(self._clicked(card))
        self.setFixedHeight(HEIGHT + (0 if len(kitchens) <= 3 else self.horizontalScrollBar().sizeHint().height()))

    def _clicked(self, card: Card) -> Callable[[bool], None]:
        return lambda on: self.chosen.emit(card.kitchen.id if on else None)
