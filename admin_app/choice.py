"""Choice: a box to choose one of a few from, with its name above and a sentence below."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal

from core.qt.form import Field, combo


class ChoiceField(Field):
    """At first nothing is chosen where `first` says what to do."""

    changed = Signal()

    def __init__(self, name: str, first: str = "") -> None:
        self.box = combo([first] if first else [])
        super().__init__(name, self.box)
        self.first = first
        self._values: list[Any] = [None] if first else []
        self.box.currentIndexChanged.connect(self._changed)

    @property
    def value(self) -> Any:
        return self._values[self.box.currentIndex()] if self.box.currentIndex() >= 0 else None

    def offer(self, offered: Sequence[tuple[str, Any]]) -> None:
        self.box.blockSignals(True)
        self.box.clear()
        self.box.addItems([*([self.first] if self.first else []), *(words for words, _ in offered)])
        self._values = [*([None] if self.first else []), *(value for _, value in offered)]
        self.box.blockSignals(False)
        self._changed()

    def choose(self, value: Any) -> None:
        self.box.setCurrentIndex(self._values.index(value))

    def _changed(self) -> None:
        self.clear()
        self.changed.emit()
