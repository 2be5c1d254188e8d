"""The bar above the table in which figures are typed: which kitchen, which of its shelves, and figures from elsewhere."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QPoint, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from admin_app.picker import Picker, named
from core.kitchens import Kitchen
from core.qt.form import Search
from core.qt.widgets import button, chip, column, menu, row

PAUSE = 120  # ms after the last key; everything is here, so no server has to be spared

translate = QCoreApplication.translate


class EntryBar(QWidget):
    filtered = Signal()
    entered = Signal()  # Enter in the search: type in the first row that was found
    kitchen_chosen = Signal()
    paste_wanted = Signal()
    file_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.search = Search(translate("stock", "Search the shelves"), translate("stock", "Item, place or barcode"))
        self.search.setMaxLength(80)
        self.search.setMinimumWidth(160)
        self.search.setMaximumWidth(420)
        self.search.setToolTip(translate("stock", "Search (Ctrl+F). Enter leads to the first item that is found"))
        QShortcut(QKeySequence.StandardKey.Find, self, self.search.setFocus)
        self.kitchen = Picker(translate("stock", "Kitchen"), [(translate("stock", "Choose a kitchen"), None)], 204)
        self.typed = chip(translate("stock", "Typed"))
        self.typed.setToolTip(translate("stock", "Show only the items that you typed a figure for"))
        self.fill = button(translate("stock", "Fill in"), None, "admin")
        self.fill.setProperty("opens", True)
        self.fill.setToolTip(translate("stock", "A column of figures, or items (or barcodes) with their figures"))
        self.ways = menu(self.fill)
        self.ways.addAction(translate("stock", "From the clipboard (Ctrl+V in the table)"), self.paste_wanted.emit)
        self.ways.addAction(translate("stock", "From a CSV file …"), self.file_wanted.emit)
        acts = column(None, row(self.typed, None, self.fill))
        self.setLayout(row((named(translate("stock", "Search"), self.search), 3), self.kitchen, (acts, 2), spacing=12))
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(self.filtered)
        self._listen()

    @property
    def kitchen_id(self) -> UUID | None:
        chosen: UUID | None = self.kitchen.value
        return chosen

    def show_kitchens(self, kitchens: Sequence[Kitchen]) -> None:
        """Offer them; who has one alone need not choose."""
        self.kitchen.setHidden(len(kitchens) == 1)
        first = [] if len(kitchens) == 1 else [(translate("stock", "Choose a kitchen"), None)]
        self.kitchen.offer([*first, *((kitchen.name, kitchen.id) for kitchen in kitchens)])

    def show_typed(self, count: int) -> None:
        self.typed.setText(translate("stock", "Typed {n}").format(n=count))

    def clear(self) -> None:
        """Show all shelves again."""
        self.search.clear()
        self.typed.setChecked(False)
        self._soon.stop()
        self.filtered.emit()

    def allow(self, on: bool) -> None:
        """Whether there are shelves to be filled in and looked for."""
        for part in (self.search, self.typed, self.fill):
            part.setEnabled(on)

    def _listen(self) -> None:
        self.search.textChanged.connect(self._soon.start)
        self.search.returnPressed.connect(self._enter)
        self.kitchen.changed.connect(self.kitchen_chosen)
        self.typed.clicked.connect(self.filtered)
        self.fill.clicked.connect(lambda: self.ways.popup(self.fill.mapToGlobal(QPoint(0, self.fill.height() + 4))))

    def _enter(self) -> None:
        self._soon.stop()
        self.filtered.emit()
        self.entered.emit()
