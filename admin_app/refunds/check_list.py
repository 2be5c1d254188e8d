"""The orders of a refund that is being checked: each can be left out of it with one press, in the list itself."""

from typing import Any

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from admin_app.desk import Desk
from admin_app.page import Ask
from admin_app.refunds.choose_scope import Exempt
from admin_app.refunds.lines import OrdersOfRefund
from admin_app.refunds.words import why_word
from core.base.money import naira
from core.qt.export import ask_where
from core.qt.rows import Column
from core.refunds import LineState, RefundOrder

LEAST = 250  # px: the list's height where there is little room

translate = QCoreApplication.translate


class ListToCheck(OrdersOfRefund):
    """Its last column does something: a press, or the key Delete."""

    leave_out = Signal(object)  # an Exempt
    take_back = Signal(object)  # the id of an order

    def __init__(self, desk: Desk, ask: Ask = ask_where) -> None:
        super().__init__(desk, ask)
        self.may_act = True
        self.setMinimumHeight(LEAST)
        last = Column[RefundOrder](
            translate("refunds", "Leave out"), self._words, width=self.model.columns[-1].width, weight=500, tone=self._tone, icon=self._icon
        )
        self.model.columns = (*self.model.columns[:-1], last)
        view = self.table.view
        view.setToolTip(translate("refunds", "Enter opens the order, Delete leaves it out"))
        view.clicked.connect(self._clicked)
        delete = QShortcut(QKeySequence.StandardKey.Delete, view)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(lambda: self._act(self.model.row_at(view.currentIndex())))
        self._kept = 0  # where the list was scrolled to
        self.model.modelReset.connect(self._stand_again)

    def keep_place(self) -> None:
        """What is shown next is the same list, with one order more or less: stand where it stood."""
        self._kept = self.table.view.verticalScrollBar().value()

    def let_act(self, may_act: bool) -> None:
        """Whether anything can be left out now."""
        self.may_act = may_act
        self.table.view.viewport().update()

    def _stand_again(self) -> None:
        if self._kept and self.model.rows:
            kept, self._kept = self._kept, 0
            QTimer.singleShot(0, self, lambda: self.table.view.verticalScrollBar().setValue(kept))

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == len(self.model.columns) - 1:
            self._act(self.model.row_at(index))

    def _act(self, row: Any) -> None:
        if row is None or not self.may_act:
            return
        if row.state is LineState.PROPOSED:
            self.leave_out.emit(Exempt(row.order_id, row.number))
        elif row.why == "exempt":
            self.take_back.emit(row.order_id)

    def _words(self, row: RefundOrder) -> str:
        if row.state is LineState.PROPOSED:
            words = translate("refunds", "Leave out")
            before = translate("refunds", "refunded before: {amount}").format(amount=naira(row.given_back)) if row.given_back else ""
            return f"{words}\n{before}".strip()
        if row.why == "exempt":
            return translate("refunds", "Take back") + "\n" + translate("refunds", "you left it out")
        return translate("refunds", "Left out") + "\n" + why_word(row.why)

    def _tone(self, row: RefundOrder) -> str | None:
        if row.state is LineState.PROPOSED and row.given_back:
            return "warnText"
        acts = self.may_act and (row.state is LineState.PROPOSED or row.why == "exempt")
        return "primaryText" if acts and not self.desk.line.offline_since else "muted"

    def _icon(self, row: RefundOrder) -> str | None:
        if row.state is LineState.PROPOSED:
            return "history" if row.given_back else "x"
        return "undo-2" if row.why == "exempt" else "minus"
