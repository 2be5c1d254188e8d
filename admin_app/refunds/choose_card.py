"""Where the money of orders goes that were paid by card: into the wallet, or back to the card. Nothing is chosen beforehand."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QWidget

from admin_app.refunds.words import orders_word
from core.qt.form import Choice
from core.qt.widgets import column, label, row
from core.refunds import Destination

NARROW = 800  # px: below it the two stand below each other

translate = QCoreApplication.translate


class CardChoice(QWidget):
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.asks = label("", 15, 600, wrap=True)
        at_once = translate("refunds", "At once. They can order with it, not take it out.")
        in_days = translate("refunds", "In 3 to 5 days. It waits until the card provider is connected.")
        self.choices = {
            Destination.WALLET: Choice(translate("refunds", "To the customer's wallet"), at_once, ""),
            Destination.CARD: Choice(translate("refunds", "Back to the card"), in_days, ""),
        }
        self.group = QButtonGroup(self)
        for place, each in enumerate(self.choices.values()):
            self.group.addButton(each.radio, place)
        self.group.idToggled.connect(lambda _, on: self.changed.emit() if on else None)
        self.beside = row(*((each, 1) for each in self.choices.values()), spacing=12)
        self.setLayout(column(self.asks, self.beside))
        self.hide()

    @property
    def value(self) -> Destination | None:
        return list(self.choices)[self.group.checkedId()] if self.group.checkedId() >= 0 else None

    def ask_for(self, orders: int) -> None:
        """Ask, for so many orders that were paid by card; for none nothing is asked."""
        words = translate("refunds", "Where does the money go of what was paid by card ({orders})?")
        self.asks.setText(words.format(orders=orders_word(orders)))
        self.setVisible(orders > 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        self.beside.setDirection(ways.TopToBottom if event.size().width() < NARROW else ways.LeftToRight)

    def clear(self) -> None:
        """Let go of what was chosen."""
        self.group.setExclusive(False)
        for each in self.choices.values():
            each.radio.setChecked(False)
        self.group.setExclusive(True)
