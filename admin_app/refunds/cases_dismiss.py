"""The sheet that decides that an order needs no refund, and why. Nothing is written beforehand."""

import unicodedata
from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from admin_app.desk import Desk
from admin_app.refunds.cases_columns import why
from admin_app.staff.asking import Asking, field_of
from core.base.errors import Refused
from core.base.money import naira
from core.qt.form import Field, entry
from core.qt.widgets import column, label
from core.refunds import Case, Dismissed, dismiss_case

SHORTEST, LONGEST = 5, 500  # signs of a reason

translate = QCoreApplication.translate


class Dismissing(Asking):
    def __init__(self, over: QWidget, desk: Desk, case: Case) -> None:
        super().__init__(over, desk, translate("refunds", "No refund for order {number}?").format(number=case.number))
        self.case = case
        self.reason = entry()
        self.reason.setMaxLength(LONGEST)
        self.field = Field(translate("refunds", "Why is none due?"), self.reason, translate("refunds", "It is kept for ever."))
        effect = translate("refunds", "Nothing goes back to {customer}: {amount} is kept. The order leaves this list for good.")
        said = label(effect.format(customer=case.customer, amount=naira(case.amount)), 15, 400, wrap=True)
        self.reason.textEdited.connect(self._typed)
        self.lay_out(why(case).replace("\n", ": "), "triangle-alert", "warnText", column(said, self.field, spacing=14))
        self.reason.setFocus()

    def missing(self) -> str:
        return translate("refunds", "Say why first") if len(self._said()) < SHORTEST else ""

    def words(self) -> str:
        return translate("refunds", "Keep {amount}").format(amount=naira(self.case.amount))

    def call(self) -> Callable[[UUID], Dismissed]:
        db, order_id, said = self.desk.db, self.case.order_id, self._said()
        self.desk.names[order_id] = translate("refunds", "Order {number}").format(number=self.case.number)
        return lambda command_id: dismiss_case(db, command_id, order_id, said)

    def refuse(self, error: Refused) -> bool:
        if field_of(error) != "reason":
            return False
        self.field.complain(str(error))
        return True

    def _said(self) -> str:
        return unicodedata.normalize("NFC", self.reason.text().strip())

    def _typed(self) -> None:
        self.field.clear()
        self.show_act()
