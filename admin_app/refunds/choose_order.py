"""One order that is chosen for a refund: all that is left of it, or some of its lines."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QFrame

from admin_app.refunds.choose_line import LineRow
from admin_app.refunds.choose_reading import Found
from admin_app.refunds.choose_scope import Wish
from admin_app.refunds.words import paid_word
from core.base.money import naira
from core.qt import theme
from core.qt.form import right_label
from core.qt.line import LineState, moment
from core.qt.states import ICONS, TONES, state_word
from core.qt.widgets import Elided, button, column, label, pill, row

translate = QCoreApplication.translate


class OrderCard(QFrame):
    """Nothing in it is ticked beforehand, unless the person came for the whole of it. What nobody cooks yet goes whole or not at all."""

    changed = Signal()
    dropped = Signal()

    def __init__(self, found: Found, line: LineState, whole: bool) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.found = found
        self.rows = [LineRow(each) for each in found.lines] if found.left and not found.is_uncooked else []
        self.whole = QCheckBox(translate("refunds", "The whole order"))
        self.whole.setFont(theme.font(15, 500))
        self.whole.setMinimumHeight(40)
        self.amount = right_label("", 17, 600)
        ends = translate("refunds", "Nobody cooks it yet: it is refunded whole and so cancelled. What it holds goes back on the shelf.")
        self.said = label(found.why_nothing or (ends if found.is_uncooked else ""), 14, 400, "muted", wrap=True)
        self.setLayout(column(self._head(line), self.whole, *self.rows, self.said, margins=(18, 8, 12, 12), spacing=4))
        self.whole.setVisible(found.is_uncooked and found.left > 0)
        self.said.setVisible(bool(self.said.text()))
        self.whole.toggled.connect(self._show)
        for each in self.rows:
            each.changed.connect(self._show)
        if whole:
            self.choose_all()
        self._show()

    @property
    def wish(self) -> Wish | None:
        """What was chosen of it; None: nothing."""
        order, chosen = self.found.order, [each.portions for each in self.rows]
        by_card = self.found.by_card
        if self.whole.isChecked() or self.rows and all(each.is_all for each in self.rows):
            return Wish(order.id, order.number, by_card)
        some = tuple(each for each in chosen if each)
        return Wish(order.id, order.number, by_card, some) if some else None

    @property
    def worth(self) -> int:
        """What is chosen, in kobo."""
        if self.whole.isChecked():
            return self.found.left
        return sum(each.portions.quantity * each.line.unit_price for each in self.rows if each.portions)

    def choose_all(self) -> None:
        self.whole.setChecked(self.found.is_uncooked and self.found.left > 0)
        for each in self.rows:
            each.choose_all()

    def _head(self, line: LineState) -> QFrame:
        order = self.found.order
        number = label(translate("refunds", "Order {number}").format(number=order.number), 16, 600)
        who = f"{order.customer} · {order.kitchen} · {moment(order.placed_at, line.now())} · {paid_word(order.pay_with)}"
        drop = button("", None, "admin", "x")
        drop.setProperty("role", "quiet")
        drop.setFixedWidth(44)
        drop.setAccessibleName(translate("refunds", "Take order {number} out").format(number=order.number))
        drop.setToolTip(drop.accessibleName())
        drop.clicked.connect(self.dropped)
        head = QFrame()
        state = pill(state_word(order.state), TONES.get(order.state), ICONS[order.state])
        head.setLayout(row(number, (Elided(who, 15, 400, "muted"), 1), state, self.amount, drop, spacing=12))
        return head

    def _show(self) -> None:
        self.amount.setText(naira(self.worth) if self.wish else "")
        self.changed.emit()
