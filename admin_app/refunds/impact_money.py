"""Where the money of a refund goes: into wallets at once, to cards in days; each with its share."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from admin_app.refunds.words import card_waits, orders_word
from core.base.money import naira
from core.qt.form import right_label
from core.qt.widgets import column, label, picture, row, set_tone

FINE = 1000  # steps of a bar

translate = QCoreApplication.translate


class Way(QWidget):
    """One way the money goes."""

    def __init__(self, icon: str, name: str) -> None:
        super().__init__()
        self.amount, self.below = right_label(""), label("", 14, 400, "muted", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, FINE)
        self.bar.setAccessibleName(name)
        self.orders = right_label("", 14, 400)
        self.orders.setProperty("tone", "muted")
        top = row(picture(icon, "muted", 18), (label(name, 15, 500, wrap=True), 1), self.orders, self.amount, spacing=10)
        self.setLayout(column(top, self.bar, self.below, spacing=5))

    def say(self, share: Mapping[str, Any], total: int, after: str = "") -> None:
        self.amount.setText(naira(share["amount"]))
        self.bar.setValue(share["amount"] * FINE // max(total, 1))
        self.orders.setText(orders_word(share["orders"]))
        self.below.setText(after)
        self.below.setVisible(bool(after))
        self.setVisible(share["orders"] > 0)


class MoneyCard(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.wallets = Way("wallet", translate("refunds", "Back to wallets, at once"))
        self.cards = Way("banknote", translate("refunds", "Back to cards, 3 to 5 days"))
        title = label(translate("refunds", "Where the money goes"), 16, 600)
        self.setLayout(column(title, self.wallets, self.cards, None, margins=(18, 14, 18, 14), spacing=10))

    def show_impact(self, impact: Mapping[str, Any]) -> None:
        self.wallets.say(impact["wallet"], impact["total"])
        waits = card_waits()
        self.cards.say(impact["card"], impact["total"], f"{waits[:1].upper()}{waits[1:]}.")

    def grow_old(self, words: str) -> None:
        for way in (self.wallets, self.cards):
            set_tone(way.amount, "muted" if words else None)
