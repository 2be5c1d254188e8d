"""Acts: what whoever looks at an order may do to it at this moment. What the database would refuse is not offered."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from admin_app.desk import Desk
from admin_app.orders.facts import Facts
from core.qt.widgets import button, column, label, row
from core.staff import Role

REFUNDERS = frozenset({Role.SUPPORT, Role.FINANCE_ADMIN, Role.OWNER_ADMIN})


class Acts(QWidget):
    """Nothing happens at a click: what follows says what it would do, and asks."""

    cancel = Signal()
    refund = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.cancelling = button(self.tr("Cancel order …"), None, "admin", "ban")
        self.refunding = button(self.tr("Refund …"), None, "admin", "undo-2")
        self.why = label("", 14, 400, "muted", wrap=True)
        self.cancelling.clicked.connect(self.cancel)
        self.refunding.clicked.connect(self.refund)
        self.setLayout(column(self.why, row(self.cancelling, self.refunding, None), spacing=6))
        self.hide()

    def show_facts(self, facts: Facts | None, doubted: bool) -> None:
        """`doubted`: it is not known what became of what was asked last. None: nothing is known of the order."""
        may_refund = self.desk.me.role in REFUNDERS and "refunds" in self.desk.pages
        self.cancelling.setVisible(facts is not None and facts.money.may_cancel)
        self.refunding.setVisible(facts is not None and may_refund and facts.money.left > 0)
        can_save = self.desk.line.can_save and not doubted
        self.cancelling.setEnabled(can_save)
        self.refunding.setEnabled(can_save)
        offered = not self.cancelling.isHidden() or not self.refunding.isHidden()
        self.why.setText(self._why(doubted))
        self.why.setVisible(bool(self.why.text()) and offered)
        self.setVisible(offered)

    def _why(self, doubted: bool) -> str:
        if doubted:
            return self.tr("What was asked last is being checked. Do not do it again yet.")
        return "" if self.desk.line.can_save else self.tr("Nothing can be changed while saving is off.")
