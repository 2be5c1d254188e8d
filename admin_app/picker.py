"""Picker: one value chosen from a few, with its name above; and the same place for a search."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QComboBox, QLayout, QWidget

from core.qt.form import combo
from core.qt.widgets import column, label


def named(name: str, entry: QWidget) -> QLayout:
    """Lay an entry out with its name above it."""
    words = label(name, 14, 500, "muted")
    words.setBuddy(entry)
    return column(words, entry, spacing=4)


class Picker(QWidget):
    """The first of what is offered is where it stands when nothing was chosen."""

    changed = Signal()

    def __init__(self, name: str, offered: Sequence[tuple[str, Any]], width: int = 180) -> None:
        super().__init__()
        self._values = [value for _, value in offered]
        self.box = combo([words for words, _ in offered])
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.width_wanted = width
        self.box.currentIndexChanged.connect(self.changed)
        self.setLayout(named(name, self.box))

    def sizeHint(self) -> QSize:
        """As wide as wanted, whatever is offered; narrower where there is no room."""
        return QSize(self.width_wanted, super().sizeHint().height())

    @property
    def value(self) -> Any:
        return self._values[max(0, self.box.currentIndex())]

    def choose(self, value: Any) -> None:
        self.box.setCurrentIndex(self._values.index(value))

    def offer(self, offered: Sequence[tuple[str, Any]]) -> None:
        """Offer other values; the chosen one stays chosen, if it is still among them."""
        words, values = [each for each, _ in offered], [value for _, value in offered]
        chosen = self.value
        if values == self._values and words == [self.box.itemText(place) for place in range(self.box.count())]:
            return
        self.box.blockSignals(True)
        self.box.clear()
        self.box.addItems(words)
        self._values = values
        self.box.setCurrentIndex(values.index(chosen) if chosen in values else 0)
        self.box.blockSignals(False)
        if self.value != chosen:
            self.changed.emit()
