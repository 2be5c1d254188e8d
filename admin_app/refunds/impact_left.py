"""What a refund leaves out of what was asked for, and why; it opens into the list."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QWidget

from admin_app.listing import empty
from admin_app.refunds.words import orders_word, why_word
from core.base.money import naira
from core.qt.form import right_label
from core.qt.widgets import button, column, label, row

translate = QCoreApplication.translate


class LeftOutCard(QFrame):
    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.show_them = button(translate("refunds", "Show them"), None, "admin")
        self.show_them.setProperty("role", "quiet")
        self.show_them.setAccessibleName(translate("refunds", "Show what is left out"))
        self.show_them.clicked.connect(self.wanted)
        stays = self.show_them.sizePolicy()
        stays.setRetainSizeWhenHidden(True)
        self.show_them.setSizePolicy(stays)
        self.lines, self.foot = column(spacing=6), label("", 14, 400, "muted", wrap=True)
        head = row(label(translate("refunds", "Left out"), 16, 600), None, self.show_them)
        self.setLayout(column(head, self.lines, self.foot, None, margins=(18, 3, 12, 14), spacing=4))

    def show_impact(self, impact: Mapping[str, Any]) -> None:
        empty(self.lines)
        for part in impact["left_out"]:
            self.lines.addWidget(left_out_line(part))
        nothing = not impact["left_out"]
        self.show_them.setVisible(not nothing)
        all_of_it = translate("refunds", "Nothing: all that was asked for is in it.")
        self.foot.setText(all_of_it if nothing else translate("refunds", "None of this is charged or refunded again."))

    def grow_old(self, words: str) -> None:
        """What is left out has no figures that could be taken for those of now."""


def left_out_line(part: Mapping[str, Any]) -> QWidget:
    """Say one reason: how many orders, why, and how much."""
    line = QWidget()
    orders = label(orders_word(part["orders"]), 15, 600)
    amount = right_label(naira(part["amount"]), 15, 500)
    amount.setProperty("tone", "muted")
    line.setLayout(row(orders, (label(why_word(part["why"]), 15, wrap=True), 1), amount, spacing=10))
    return line
