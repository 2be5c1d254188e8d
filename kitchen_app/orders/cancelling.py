"""Cancelling: ask what was paid, ask why, send it, and keep the question open until there is an answer.  Verb: core/orders/steps.py."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from core.base.errors import Illegal, Missing, Stale
from core.database.gateway import Database
from core.orders import QueuedOrder, order_money
from core.qt.task import run, unless_expected
from kitchen_app.orders.book import Entry
from kitchen_app.orders.cancel import CancelDialog
from kitchen_app.orders.steps import Steps
from kitchen_app.orders.told import refusal


class Cancelling(QObject):
    """One question at a time, over the page it is asked on."""

    def __init__(self, db: Database, steps: Steps, over: QWidget) -> None:
        super().__init__(over)
        self.db, self.steps, self.over = db, steps, over
        self.dialog: CancelDialog | None = None

    def ask(self, entry: Entry) -> None:
        dialog = CancelDialog(self.over, entry.order, entry.dishes, None)
        self.dialog = dialog
        dialog.confirmed.connect(partial(self.steps.cancel, entry.order))
        dialog.finished.connect(self._closed)
        dialog.open()
        run(dialog, lambda: order_money(self.db, entry.order.id), then=dialog.show_money, failed=partial(self._unasked, dialog))

    def complains(self, order: QueuedOrder, error: Exception) -> bool:
        """Say in the dialog why it was not cancelled; False when that is to be said on the card: the order is another by now."""
        if self.dialog is None or not self._waits_for(order.id):
            return False
        if isinstance(error, Stale | Illegal | Missing):
            self.dialog.reject()
            return False
        self.dialog.complain(refusal(order, error))
        return True

    def end(self, order_id: UUID) -> None:
        """There is an answer about this order, or it was lost: there is nothing more to ask."""
        if self.dialog and self._waits_for(order_id):
            self.dialog.accept()

    def _waits_for(self, order_id: UUID) -> bool:
        """Say whether what was decided about this order is under way."""
        return self.dialog is not None and self.dialog.busy and self.dialog.order.id == order_id

    def _unasked(self, dialog: CancelDialog, error: Exception) -> None:
        unless_expected(error)
        dialog.show_money(None)

    def _closed(self) -> None:
        if self.dialog:
            self.dialog.deleteLater()
            self.dialog = None
