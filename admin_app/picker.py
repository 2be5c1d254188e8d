"""Picker: one value chosen from a few, with its name above; and the same place for a search."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtWidgets import QComboBox, QLayout, QWidget

from core.kitchens import Kitchen
from core.qt.form import combo
from core.qt.widgets import column, label

translate = QCoreApplication.translate


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
        self._awaited: Any = None  # what is to be chosen as soon as it is offered
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
        """Choose it; what is not offered yet, as soon as it is."""
        self._awaited = None if value in self._values else value
        self.box.setCurrentIndex(self._values.index(value) if value in self._values else 0)

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
        wanted = self._awaited if self._awaited in values else chosen
        self._awaited = None if wanted == self._awaited else self._awaited
        self.box.setCurrentIndex(values.index(wanted) if wanted in values else 0)
        self.box.blockSignals(False)
        if self.value != chosen:
            self.changed.emit()


class KitchenPicker(Picker):
    """One kitchen or all of them, by id; those there are come later."""

    def __init__(self, width: int = 180) -> None:
        super().__init__(translate("kitchens", "Kitchen"), [_all_kitchens()], width)

    def show_kitchens(self, kitchens: Sequence[Kitchen]) -> None:
        self.offer([_all_kitchens(), *((kitchen.name, kitchen.id) for kitchen in kitchens)])


def _all_kitchens() -> tuple[str, None]:
    return translate("kitchens", "All kitchens"), None
