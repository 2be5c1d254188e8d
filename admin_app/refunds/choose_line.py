"""One line of an order: whether it is refunded, and how many portions of it."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from admin_app.refunds.choose_scope import Portions
from core.base.money import naira
from core.qt import theme
from core.qt.form import combo, right_label
from core.qt.texts import breakable, cut
from core.qt.widgets import label, row
from core.refunds import RefundableLine

LONGEST = 60

translate = QCoreApplication.translate


class LineRow(QWidget):
    """Where nothing is left it is off, and says why."""

    changed = Signal()

    def __init__(self, line: RefundableLine) -> None:
        super().__init__()
        self.line = line
        name = breakable(cut(line.dish, LONGEST))
        self.tick = QCheckBox(name.replace("&", "&&"))
        self.tick.setFont(theme.font(15, 500))
        self.tick.setMinimumHeight(40)
        self.tick.setEnabled(line.left_there > 0)
        self.many = combo([str(portions) for portions in range(1, line.left_there + 1)])
        self.many.setAccessibleName(translate("refunds", "Portions of {dish}").format(dish=line.dish))
        self.many.setCurrentIndex(line.left_there - 1)
        self.said, self.amount = label(left_words(line), 14, 400, "muted"), right_label("", 15, 600)
        self.amount.setMinimumWidth(110)
        self.setLayout(row(self.tick, self.many, (self.said, 1), self.amount, spacing=10))
        self.many.setVisible(line.left_there > 1)
        self.tick.toggled.connect(self._show)
        self.many.currentIndexChanged.connect(self._pick)
        self._show()

    @property
    def portions(self) -> Portions | None:
        """What was chosen of it; None: nothing."""
        return Portions(self.line.dish_id, self.line.dish, self.many.currentIndex() + 1) if self.tick.isChecked() else None

    @property
    def is_all(self) -> bool:
        """All that is left of it was chosen, or nothing is left."""
        return self.line.left_there == 0 or self.tick.isChecked() and self.many.currentIndex() + 1 == self.line.left_there

    def choose_all(self) -> None:
        self.many.setCurrentIndex(self.line.left_there - 1)
        self.tick.setChecked(self.line.left_there > 0)

    def _pick(self) -> None:
        """Whoever says how many wants it."""
        self.tick.setChecked(True)
        self._show()

    def _show(self) -> None:
        chosen = self.portions
        self.amount.setText(naira(chosen.quantity * self.line.unit_price) if chosen else "")
        self.changed.emit()


def left_words(line: RefundableLine) -> str:
    """Say how many there are, and what became of those that are not left."""
    said = [translate("refunds", "{left} of {n} left").format(left=line.left_there, n=line.quantity)] if line.left_there else []
    if line.refunded:
        said.append(translate("refunds", "{n} refunded before").format(n=line.refunded))
    if line.reserved:
        said.append(translate("refunds", "{n} in a refund under way").format(n=line.reserved))
    if not said:
        said.append(translate("refunds", "nothing is left to refund"))
    each = translate("refunds", "{price} each").format(price=naira(line.unit_price))
    return " · ".join([*said, each])
