"""What moved between the look at a refund and its confirmation: each order as it was and as it is, in words. Nothing was refunded."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from admin_app.refunds.words import why_word
from core.base.money import naira
from core.orders import State
from core.qt.states import state_word
from core.qt.widgets import column, label, picture, row

MOST = 6  # named one by one

translate = QCoreApplication.translate


class Moved(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "note")
        self.setProperty("tone", "warn")
        self.title, self.rest = label("", 16, 600, wrap=True), label("", 14, 400, wrap=True)
        self.place = column()
        inside = column(self.title, self.place, self.rest, spacing=8)
        self.setLayout(row(column(picture("triangle-alert", "warnText"), None), (inside, 1), margins=(16, 14, 16, 14), spacing=12))
        self.hide()

    def show_moved(self, moved: Mapping[str, Any] | None) -> None:
        """Show it; None: it is only known that something changed."""
        found = moved["moved"] if moved else []
        self.title.setText(moved_words(moved["orders"] if moved else 0))
        while taken := self.place.takeAt(0):
            if old := taken.widget():
                old.hide()
                old.deleteLater()
        if found:
            self.place.addWidget(_table(found[:MOST]))
        others = (moved["orders"] if moved else 0) - len(found[:MOST])
        again = translate("refunds", "Check again: you see what it would do now.")
        more = translate("refunds", "And {n} more.").format(n=f"{others:,}")
        self.rest.setText(f"{more} {again}" if found and others > 0 else again)
        self.show()


def moved_words(orders: int) -> str:
    """Say how many orders changed."""
    if orders == 0:
        return translate("refunds", "Nothing was refunded. Something changed since these figures were made.")
    if orders == 1:
        return translate("refunds", "Nothing was refunded. 1 order changed since these figures were made:")
    return translate("refunds", "Nothing was refunded. {n} orders changed since these figures were made:").format(n=f"{orders:,}")


def as_was(each: Mapping[str, Any]) -> str:
    return _standing(each["was"], each["was_amount"], "")


def as_is(each: Mapping[str, Any]) -> str:
    return _standing(each["now"], each["now_amount"], each["why"] or "")


def _standing(state: str | None, amount: int, why: str) -> str:
    """Say where an order stood, and what of it would be given back."""
    word = state_word(State(state)) if state else ""
    back = naira(amount) if amount else translate("refunds", "nothing to give back")
    return ": ".join(part for part in (", ".join(part for part in (word, back) if part), why_word(why)) if part)


def _table(found: list[Mapping[str, Any]]) -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(4)
    titles = translate("refunds", "Order"), translate("refunds", "Was"), translate("refunds", "Is now")
    for place, title in enumerate(titles):
        grid.addWidget(label(title, 14, 500), 0, place)
    for down, each in enumerate(found, 1):
        grid.addWidget(label(str(each["number"]), 15, 600), down, 0)
        grid.addWidget(label(as_was(each), 15, wrap=True), down, 1)
        grid.addWidget(label(as_is(each), 15, 600, wrap=True), down, 2)
    for place in (1, 2):
        grid.setColumnStretch(place, place)
    inside = QWidget()
    inside.setLayout(grid)
    return inside
