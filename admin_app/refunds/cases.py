"""Cases: orders that may need a refund, because somebody paid and will not get what they paid for. Several can go into one refund."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QStackedLayout, QWidget

from admin_app.cells import Cells
from admin_app.desk import Desk
from admin_app.notice import Notice
from admin_app.refunds.cases_columns import columns
from admin_app.refunds.cases_dismiss import Dismissing
from admin_app.refunds.choose_orders import MOST
from admin_app.refunds.words import orders_word
from admin_app.titles import put_titles
from core.base.money import naira
from core.qt.rows import RowsModel, table
from core.qt.widgets import button, column, label, row
from core.refunds import Case

ROW_HEIGHT = 52  # px

translate = QCoreApplication.translate


class Cases(QWidget):
    """A click or Space ticks a row, Enter checks it alone. What is ticked stays ticked when the list is read again."""

    checked = Signal(object)  # the ids of orders that are to be refunded
    settled = Signal(object)  # a Case of which somebody decided that no refund is due

    def __init__(self, desk: Desk, may_act: bool) -> None:
        super().__init__()
        self.desk, self.may_act = desk, may_act
        self.ticked: set[UUID] = set()
        self.model: RowsModel[Case] = RowsModel(columns(desk.line, self._is_ticked, may_act), lambda case: case.order_id, self)
        self.view, self.notice = table(self.model, translate("refunds", "Orders that may need a refund"), ROW_HEIGHT), Notice()
        put_titles(self.view, self.model)
        self.view.setItemDelegate(Cells(self.view))
        self.stack = QStackedLayout()
        self.tally = label("", 14, 500, "muted", wrap=True)
        self.dismiss = button(translate("refunds", "No refund due …"), None, "admin", "ban")
        self.check = button(translate("refunds", "Check refund …"), None, "admin", "undo-2")
        foot = row((self.tally, 1), self.dismiss, self.check, margins=(14, 8, 14, 8), spacing=10)
        self.foot = QWidget()
        self.foot.setLayout(foot)
        self.setLayout(column((self.stack, 1), self.foot, spacing=0))
        self.stack.addWidget(self.notice)  # a stack that lies nowhere yet would show it as a window
        self.stack.addWidget(self.view)
        self.foot.setVisible(may_act)
        self._listen()
        self.say("hourglass", translate("refunds", "Reading the orders …"))

    @property
    def chosen(self) -> list[Case]:
        """Those that are ticked, in the order of the list."""
        return [case for case in self.model.rows if case.order_id in self.ticked]

    def show_cases(self, cases: Sequence[Case]) -> None:
        self.ticked &= {case.order_id for case in cases}
        self.model.refresh(cases)
        if cases:
            self.stack.setCurrentWidget(self.view)
        else:
            none = translate("refunds", "No order was cancelled with its money kept, and no food has run out that was sold.")
            self.say("circle-check", translate("refunds", "No order waits for a refund"), none)
        self._show()

    def say(self, icon: str, title: str, sentence: str = "") -> None:
        """Say something in the table's place."""
        self.notice.say(icon, title, sentence)
        self.stack.setCurrentWidget(self.notice)
        self._show()

    def let_go(self) -> None:
        """Tick nothing any more."""
        self.ticked.clear()
        self._show()

    def _listen(self) -> None:
        self.desk.line.changed.connect(self._show)
        if self.may_act:
            self.view.setToolTip(translate("refunds", "A click or Space ticks an order, Enter checks its refund"))
            self.view.clicked.connect(lambda index: self._toggle(self.model.row_at(index)))
            self.view.activated.connect(lambda index: self._check([self.model.row_at(index)]))
            space = QShortcut(Qt.Key.Key_Space, self.view)
            space.setContext(Qt.ShortcutContext.WidgetShortcut)
            space.activated.connect(lambda: self._toggle(self.model.row_at(self.view.currentIndex())))
            self.check.clicked.connect(lambda: self._check(self.chosen))
            self.dismiss.clicked.connect(self._dismiss)

    def _is_ticked(self, case: Case) -> bool:
        return case.order_id in self.ticked

    def _toggle(self, case: Case | None) -> None:
        if case:
            self.ticked ^= {case.order_id}
            self._show()

    def _check(self, cases: Sequence[Case | None]) -> None:
        found = [case.order_id for case in cases if case]
        if found:
            self.checked.emit(found)

    def _dismiss(self) -> None:
        if len(self.chosen) == 1:
            case = self.chosen[0]
            sheet = Dismissing(self, self.desk, case)
            sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            sheet.answered.connect(lambda _: self.settled.emit(case))
            sheet.open()

    def _show(self) -> None:
        chosen, can_save = self.chosen, self.desk.line.can_save
        words = {"orders": orders_word(len(chosen)), "amount": naira(sum(case.amount for case in chosen)), "most": MOST}
        ticked = translate("refunds", "{orders} ticked, {amount}").format(**words)
        many = translate("refunds", "{orders} ticked: at most {most} go into one refund.").format(**words)
        none = translate("refunds", "Tick orders: several can go into one refund.")
        self.tally.setText(none if not chosen else ticked if len(chosen) <= MOST else many)
        self.check.setEnabled(can_save and 0 < len(chosen) <= MOST)
        self.dismiss.setEnabled(can_save and len(chosen) == 1)
        self.dismiss.setToolTip("" if len(chosen) < 2 else translate("refunds", "One order at a time"))
        self.view.viewport().update()
