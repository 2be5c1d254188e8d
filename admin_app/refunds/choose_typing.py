"""Typing order numbers: one, or several with commas between. What cannot be found stays typed, and is said where it was typed."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from admin_app.refunds.choose_reading import numbers_in
from core.qt.form import Field, entry
from core.qt.widgets import button, column, row

translate = QCoreApplication.translate


class NumberEntry(QWidget):
    wanted = Signal(list)  # numbers that are not here yet

    def __init__(self, most: int) -> None:
        """`most`: so many orders in all."""
        super().__init__()
        self.most = most
        self.here: Collection[int] = ()  # the numbers of the orders that are here
        self.line, self.add = entry(example="1042, 1043"), button(translate("refunds", "Add"), None, "admin", "plus")
        several = translate("refunds", "One, or several with commas between.")
        self.field = Field(translate("refunds", "Order numbers"), self.line, several)
        self.above = self.field.name.sizeHint().height() + 6  # px: what stands above the line
        self.setLayout(row((self.field, 1), column(self.above, self.add, None, spacing=0), spacing=10))
        self.setFocusProxy(self.line)
        self.add.clicked.connect(self._add)
        self.line.returnPressed.connect(self._add)
        self.line.textEdited.connect(lambda: self.field.clear())

    def clear(self) -> None:
        self.line.clear()
        self.field.clear()

    def tell_missing(self, numbers: Sequence[int]) -> None:
        """Say which numbers no order has: they stay, the others go."""
        self.line.setText(", ".join(map(str, numbers)))
        self.field.clear()
        if numbers:
            self.field.complain(translate("refunds", "There is no order {numbers}.").format(numbers=self.line.text()))

    def _add(self) -> None:
        try:
            numbers = numbers_in(self.line.text())
        except ValueError as error:
            first = translate("refunds", "Type an order number first.")
            self.field.complain(str(error) if self.line.text().strip() else first)
            return
        new = [number for number in numbers if number not in self.here]
        if len(self.here) + len(new) > self.most:
            words = translate("refunds", "At most {most} orders are chosen one by one. Use a rule for more.")
            self.field.complain(words.format(most=self.most))
        elif not new:
            one, many = translate("refunds", "It is here already."), translate("refunds", "They are here already.")
            self.field.complain(one if len(numbers) == 1 else many)
        else:
            self.wanted.emit(new)
