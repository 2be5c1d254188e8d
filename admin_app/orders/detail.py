"""Detail: one order: what was ordered, what it cost, how it was paid, and its story."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from admin_app.listing import Detail, empty
from admin_app.orders.paid import Paid
from admin_app.orders.story import Story
from core.base.money import naira
from core.database.gateway import Database
from core.orders import ListedOrder, OrderMoney, PricedLine, Step, order_history, order_money, priced_lines
from core.qt.form import right_label
from core.qt.line import LineState, moment
from core.qt.states import ICONS, TONES, state_word
from core.qt.task import run
from core.qt.widgets import column, frame, label, pill, row, rule


class OrderDetail(Detail):
    """Reads lines and story itself, each time the order changed."""

    def __init__(self, db: Database, line: LineState) -> None:
        super().__init__()
        self.db, self.line = db, line
        self.setAccessibleName(self.tr("Details of the order"))
        self.order: ListedOrder | None = None
        self.state = pill("")
        self.placed = label("", 15, 400, "muted")
        self.total = right_label("", 20, 600)
        self.lines = column(spacing=8)
        self.paid = Paid()
        self.story = Story()
        total = row(label(self.tr("Total"), 15, 600), (self.total, 1))
        inside = QWidget()
        inside.setLayout(
            column(
                frame("sunken", column(self.lines, rule(), total, self.paid, margins=(14, 12, 14, 12))),
                6, label(self.tr("What happened"), 16, 600), self.story, None, margins=(0, 0, 8, 0), spacing=10,
            )
        )  # fmt: skip
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self.tr("Lines and story"))
        area.setWidget(inside)
        self.lay_out(row(self.state, 4, self.placed, None), (area, 1))

    def show_row(self, shown: ListedOrder) -> None:
        if self.order is None or shown.id != self.order.id:
            self._show_lines([])
            self.story.show_steps([], self.line.now())
            self.paid.show_money(None, shown.state, self.line.now())
        self.order = shown
        self.title.setText(self.tr("Order {number}").format(number=shown.number))
        self.subtitle.setText(f"{shown.customer} · {shown.kitchen}")
        self.state.say(state_word(shown.state), TONES.get(shown.state), ICONS[shown.state])
        self.placed.setText(moment(shown.placed_at, self.line.now()))
        self.total.setText(naira(shown.total))
        self._read(shown.id)

    def _read(self, order_id: UUID) -> None:
        run(
            self, lambda: (priced_lines(self.db, order_id), order_history(self.db, order_id), order_money(self.db, order_id)),
            then=lambda answer: self._show(order_id, *answer), failed=self.complain,
        )  # fmt: skip

    def _show(self, order_id: UUID, lines: list[PricedLine], steps: list[Step], money: OrderMoney | None) -> None:
        if self.order is None or order_id != self.order.id or len(steps) < self.story.count:
            return  # another order is shown by now, or a later answer came first
        self.trouble.hide()
        self._show_lines(lines)
        self.story.show_steps(steps, self.line.now())
        self.paid.show_money(money, self.order.state, self.line.now())

    def _show_lines(self, lines: Sequence[PricedLine]) -> None:
        empty(self.lines)
        for each in lines:
            self.lines.addWidget(_line(each))


def _line(line: PricedLine) -> QWidget:
    """How many of what, at which price, and what that makes."""
    holder = QWidget()
    amount = right_label(naira(line.quantity * line.unit_price), 15, 600)
    what = column(label(line.dish, 15, 500, wrap=True), label(f"{line.quantity} × {naira(line.unit_price)}", 13, 400, "muted"), spacing=1)
    holder.setLayout(row((what, 1), amount, spacing=10))
    return holder
