"""The kitchen's cancel dialog: of an order in its queue.  What it asks and says: core/qt/cancel.py."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from core.orders import OrderLine, OrderMoney, QueuedOrder, State
from core.qt import cancel
from kitchen_app.orders import words

CANCELLABLE = frozenset({State.PLACED, State.ACCEPTED, State.PREPARING})  # the states this dialog is for

translate = QCoreApplication.translate


class CancelDialog(cancel.CancelDialog):
    def __init__(self, parent: QWidget, order: QueuedOrder, dishes: Sequence[OrderLine], money: OrderMoney | None) -> None:
        refund = translate("cancel", "The office decides about a refund.")
        super().__init__(parent, cancel.Subject(order.number, order.state, words.who_did(order), refund), dishes, money, touch=True)
        self.order = order
