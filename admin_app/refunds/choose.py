"""Choose: step 1 of a refund: which orders, and what of them. Nothing is refunded by choosing; step 2 says what it would do."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from admin_app.desk import Desk
from admin_app.refunds.check_asking import RefundAsking, look
from admin_app.refunds.choose_orders import OrdersPanel
from admin_app.refunds.choose_rule import RulePanel
from admin_app.refunds.choose_scope import Exempt, Scope
from admin_app.refunds.run_side import Side
from admin_app.refunds.steps import StepHead
from admin_app.staff.fields import Ways
from core.qt.widgets import button, column, frame, label, note, row

BY_ORDER, BY_RULE = "orders", "rule"

translate = QCoreApplication.translate


class ChooseView(QWidget):
    """What was chosen and typed stays until clear(), wherever the person goes meanwhile."""

    seen = Signal(object)  # Seen: what the chosen would do
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.exempt: tuple[Exempt, ...] = ()  # left out in step 2: they stay so when the same is checked again
        self.asking = RefundAsking(desk, self)
        self.head = StepHead(translate("refunds", "New refund"), translate("refunds", "What is to be refunded?"), 1)
        self.ways = Ways([(translate("refunds", "Orders by number"), BY_ORDER), (translate("refunds", "Orders by a rule"), BY_RULE)])
        self.ways.setMaximumWidth(520)
        self.orders, self.rule = OrdersPanel(desk), RulePanel(desk)
        self.stack = QStackedLayout()
        self.trouble = note("", "danger", "circle-alert")
        self.trouble.hide()
        self.back, self.act = button(translate("refunds", "Go back"), None, "admin"), button("", "primary", "touch")
        self.act.setMinimumWidth(240)
        self.hint = label(translate("refunds", "Nothing is refunded by this: first you see what it would do."), 14, 400, "muted", wrap=True)
        foot = row(self.back, (self.hint, 1), self.act, spacing=16)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        card = frame("card", column(self.ways, (self.stack, 1), margins=(20, 16, 14, 16), spacing=16))
        self.setLayout(column(self.head, (card, 1), self.trouble, foot, spacing=12))
        for panel in (self.orders, self.rule):
            self.stack.addWidget(Side(column(panel)))  # a stack that lies nowhere yet would show it as a window
        self.setFocusProxy(self.orders.numbers)
        self._listen()
        self._show()

    @property
    def panel(self) -> OrdersPanel | RulePanel:
        return self.rule if self.ways.value == BY_RULE else self.orders

    def come_with(self, order_ids: Sequence[UUID]) -> None:
        """The person came with these orders."""
        self.exempt = ()
        self.ways.choose(BY_ORDER)
        self._quiet()
        self.orders.come_with(order_ids)

    def clear(self) -> None:
        self.exempt = ()
        self.orders.clear()
        self.rule.clear()
        self._quiet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _listen(self) -> None:
        self.head.left.connect(self.left)
        self.back.clicked.connect(self.left)
        self.act.clicked.connect(self._ask)
        self.ways.changed.connect(self._turn)
        for panel in (self.orders, self.rule):
            panel.changed.connect(self._quiet)
        self.desk.line.changed.connect(self._show)
        self.asking.seen.connect(self._answered)
        self.asking.refused.connect(self._refused)

    def _turn(self) -> None:
        self.stack.setCurrentIndex(0 if self.panel is self.orders else 1)
        self._quiet()

    def _quiet(self) -> None:
        """Something else is chosen: what was said of the former is no longer true."""
        self.asking.drop()
        self.trouble.hide()
        self._show()

    def _show(self) -> None:
        missing = self.panel.missing() if self.desk.line.can_save else translate("refunds", "No connection: nothing can be looked up.")
        is_asking = self.asking.asked is not None
        self.act.setText(translate("refunds", "Checking …") if is_asking else translate("refunds", "Check this refund"))
        self.act.setEnabled(not missing and not is_asking)
        free = translate("refunds", "Nothing is refunded by this: first you see what it would do.")
        self.hint.setText(missing or free)

    def _ask(self) -> None:
        scope: Scope | None = self.panel.scope
        if scope and not self.panel.missing() and self.asking.asked is None:
            self.trouble.hide()
            self.asking.ask(partial(look, self.desk, scope.without(*self.exempt)))
            self._show()

    def _answered(self, answer: object) -> None:
        self._show()
        self.seen.emit(answer)

    def _refused(self, sentence: str) -> None:
        self.trouble.say(sentence, "danger", "circle-alert")
        self.trouble.show()
        self._show()
