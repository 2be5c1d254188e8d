"""Stale rows: shelves that changed since their new figures were typed. The person decides for each; nothing is chosen beforehand."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QWidget

from admin_app.listing import empty
from admin_app.stock.correct_columns import change_word
from admin_app.stock.correct_entries import Row
from admin_app.stock.correct_words import items_word
from admin_app.stock.shelves import amount, kind_word
from core.base.quantity import signed
from core.qt.line import LineState
from core.qt.texts import breakable
from core.qt.widgets import Button, button, column, label, note, row, scrolled
from core.stock import Item, Kind

MOST_CAUSES = 3  # named; the others are counted
FIGURE, WAY = 152, 256  # px: how wide one of the three figures is, and a way on

BESIDE = 860  # px: from this width on the ways on stand beside the figures

translate = QCoreApplication.translate
Facts = Mapping[str, Any]


class StaleRow(QFrame):
    """You saw, now and why, you want; and two ways on, both reached by Tab (in a group of buttons only one would be)."""

    chosen = Signal()

    def __init__(self, typed: Row, facts: Facts) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.typed, self.facts, item = typed, facts, typed.item
        self.keep = _way(translate("stock", "Set it to {amount} all the same").format(amount=amount(typed.quantity or 0, item)), item)
        self.leave = _way(translate("stock", "Leave it at {amount}").format(amount=amount(facts["on_hand"], item)), item)
        self.keep.clicked.connect(lambda: self._choose(self.keep))
        self.leave.clicked.connect(lambda: self._choose(self.leave))
        why = translate("stock", "Since then: {causes}. Setting it is recorded as {change}.").format(
            causes=causes(facts, item), change=change_word((typed.quantity or 0) - facts["on_hand"], item)
        )  # fmt: skip
        name = label(breakable(item.name), 17, 600, wrap=True)
        words = column(name, self._figures(), label(why, 14, 400, "muted", wrap=True), None, spacing=6)
        self.ways: QBoxLayout = column(self.keep, self.leave, spacing=8)
        self.box: QBoxLayout = row((words, 1), column(self.ways, None), margins=(20, 14, 16, 14), spacing=16)
        self.setLayout(self.box)

    @property
    def is_decided(self) -> bool:
        return self.keep.isChecked() or self.leave.isChecked()

    def arrange(self, narrow: bool) -> None:
        """The ways on stand beside the figures, or under them."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self.box.setDirection(down if narrow else across)
        self.ways.setDirection(across if narrow else down)

    def _choose(self, chosen: Button) -> None:
        for push in (self.keep, self.leave):
            push.setChecked(push is chosen)
        self.chosen.emit()

    def _figures(self) -> QGridLayout:
        """Lay out the three figures side by side."""
        item, seen = self.typed.item, self.typed.seen or self.typed.item
        three = (
            (translate("stock", "You saw"), seen.on_hand, None),
            (translate("stock", "Now"), self.facts["on_hand"], "warn"),
            (translate("stock", "You want"), self.typed.quantity or 0, None),
        )
        figures = QGridLayout()
        figures.setHorizontalSpacing(16)
        figures.setVerticalSpacing(2)
        for place, (name, quantity, tone) in enumerate(three):
            figures.addWidget(label(name, 14, 500, tone or "muted"), 0, place)
            figures.addWidget(label(amount(quantity, item), 20, 600, tone), 1, place)
            figures.setColumnMinimumWidth(place, FIGURE)
        figures.setColumnStretch(len(three), 1)
        return figures


class StaleView(QWidget):
    """In the table's place, until each is decided or the person goes back to it."""

    decided = Signal(object, object)  # the facts of those to be set all the same, and the ids of those to be left
    left = Signal()

    def __init__(self, line: LineState) -> None:
        super().__init__()
        self.line = line
        self.rows: list[StaleRow] = []
        self.title = note("", "warn", "history")
        self.place = column(spacing=10)
        held = QWidget()
        held.setLayout(column(self.place, None, margins=(0, 0, 4, 0)))
        self.back = button(self.tr("Back to the table"), None, "touch")
        self.act = button("", "primary", "touch")
        self.hint = label("", 14, 400, "muted", wrap=True)
        self.back.clicked.connect(self.left)
        self.act.clicked.connect(self._decide)
        foot = row((self.hint, 1), self.back, self.act, spacing=12)
        self.setLayout(column(self.title, (scrolled(held), 1), foot, spacing=12))
        line.changed.connect(self._show)

    def show_stale(self, stale: Sequence[tuple[Row, Facts]]) -> None:
        empty(self.place)
        self.rows = [StaleRow(typed, facts) for typed, facts in stale]
        for each in self.rows:
            self.place.addWidget(each)
            each.arrange(self.width() < BESIDE)
            each.show()  # now, not when the layout comes to it: the first one gets the focus
            each.chosen.connect(self._show)
        count = items_word(len(self.rows))
        words = translate("stock", "{items} changed since you typed. Nothing has been saved, and your other entries are as you left them.")
        self.title.words.setText(words.format(items=count))
        self._show()
        self.rows[0].keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for each in self.rows:
            each.arrange(event.size().width() < BESIDE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        open_ones = sum(not each.is_decided for each in self.rows)
        kept = [each for each in self.rows if each.keep.isChecked()]
        self.act.setText(self.tr("Check again") if kept or open_ones else self.tr("Leave as it is and go on"))
        self.act.setEnabled(not open_ones and self.line.can_save)
        if not self.line.can_save:
            self.hint.setText(self.tr("No connection: nothing can be checked. What you typed stays."))
        else:
            self.hint.setText(self.tr("Decide for each one first: {n} left.").format(n=open_ones) if open_ones else "")

    def _decide(self) -> None:
        kept = [each.facts for each in self.rows if each.keep.isChecked()]
        self.decided.emit(kept, [each.typed.id for each in self.rows if each.leave.isChecked()])


def causes(facts: Facts, item: Item) -> str:
    """Say what moved a shelf, the newest last: "delivery +1.5 kg, Bisi Ojo"."""
    told = []
    for moved in facts["movements"][-MOST_CAUSES:]:
        what = f"{kind_word(Kind(moved['kind'])).lower()} {signed(moved['change'], item.unit_size)} {item.unit}"
        order = translate("stock", "order {number}").format(number=moved["order_number"]) if moved["order_number"] else ""
        told.append(", ".join(part for part in (what, order or moved["by"] or "") if part))
    more = facts["more"] + max(0, len(facts["movements"]) - MOST_CAUSES)
    return "; ".join([*([translate("stock", "{n} earlier").format(n=more)] if more else []), *told])


def _way(words: str, item: Item) -> Button:
    push = button(words, None, "touch")
    push.setProperty("role", "option")
    push.setCheckable(True)
    push.setMinimumWidth(WAY)
    push.setAccessibleName(f"{item.name}: {words}")
    return push
