"""What the person left out of a refund by hand, with the way to take it back."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame

from admin_app.refunds.choose_scope import Exempt
from core.qt.widgets import button, label, picture, row

MOST_NAMED = 6

translate = QCoreApplication.translate


class ExemptStrip(QFrame):
    taken_back = Signal()  # all of them

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "note")
        self.words = label("", 15, 500, wrap=True)
        self.undo = button(translate("refunds", "Take all back"), None, "admin", "undo-2")
        self.undo.clicked.connect(self.taken_back)
        self.setLayout(row(picture("info", "infoText"), (self.words, 1), self.undo, margins=(14, 6, 8, 6), spacing=12))
        self.hide()

    def show_exempt(self, exempt: Sequence[Exempt]) -> None:
        named = ", ".join(str(order.number) for order in exempt[:MOST_NAMED])
        numbers = f"{named} …" if len(exempt) > MOST_NAMED else named
        one = translate("refunds", "You left out order {numbers}. Say why in the note.")
        many = translate("refunds", "You left out {n} orders: {numbers}. Say why in the note.")
        self.words.setText((one if len(exempt) == 1 else many).format(n=len(exempt), numbers=numbers))
        self.setVisible(bool(exempt))
