"""The total of a refund, large, and beside it how many orders and customers it is for, and its largest part."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from core.base.money import naira
from core.qt.texts import cut
from core.qt.widgets import column, label, row, set_tone

NARROW = 620  # px: below it the facts stand under the total
LONGEST = 18  # signs of a kitchen's name here; below it stands whole

translate = QCoreApplication.translate


class Fact(QWidget):
    """A figure with its name above it, and under it what to know of it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.figure, self.below = label("", 22, 600), label("", 14, 400, "muted")
        self.setLayout(column(None, label(name, 14, 500, "muted"), self.figure, self.below, None, spacing=2))

    def say(self, figure: str, below: str) -> None:
        self.figure.setText(figure)
        self.below.setText(below)


class TotalCard(QFrame):
    def __init__(self, is_done: bool) -> None:
        """`is_done`: it was confirmed."""
        super().__init__()
        self.setProperty("role", "card")
        self.name = label("", 14, 500, "muted")
        self.figure = label("", 40, 700)
        self.foot = label("" if is_done else translate("refunds", "This cannot be undone."), 14, 400, "muted")
        self.orders, self.customers = Fact(translate("refunds", "Orders")), Fact(translate("refunds", "Customers"))
        self.largest = Fact(translate("refunds", "Largest"))
        self._is_done = is_done
        total = column(None, self.name, self.figure, self.foot, None, spacing=2)
        facts = row((self.orders, 3), (self.customers, 5), (self.largest, 5), spacing=12)
        self.box = row((total, 3), (facts, 4), margins=(20, 14, 16, 14), spacing=20)
        self.setLayout(self.box)
        self.grow_old("")

    def show_impact(self, impact: Mapping[str, Any], kitchens: Mapping[UUID, str]) -> None:
        self.figure.setText(naira(impact["total"]))
        self.orders.say(f"{impact['orders']:,}", _where(impact, kitchens))
        self.customers.say(f"{impact['customers']:,}", _several(impact))
        order = translate("refunds", "order {number}").format(number=impact["largest"]["number"])
        self.largest.say(naira(impact["largest"]["amount"]), order)

    def grow_old(self, words: str) -> None:
        for figure in (self.figure, self.orders.figure, self.customers.figure, self.largest.figure):
            set_tone(figure, "muted" if words else None)
        name = translate("refunds", "Total refunded") if self._is_done else translate("refunds", "Total to refund")
        self.name.setText(f"{name}, {words}" if words else name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW
        self.box.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)


def _where(impact: Mapping[str, Any], kitchens: Mapping[UUID, str]) -> str:
    """Say of which kitchens they are."""
    found = impact["kitchens"]
    if len(found) == 1:
        return cut(kitchens.get(UUID(found[0]["kitchen_id"]), translate("refunds", "of one kitchen")), LONGEST)
    return translate("refunds", "of {n} kitchens").format(n=len(found))


def _several(impact: Mapping[str, Any]) -> str:
    """Say how many customers have more than one order in it."""
    several, most = impact["several"], impact["several_most"]
    if not several:
        return translate("refunds", "one order each")
    two = bool(most) and most[0]["orders"] == 2  # the one with the most orders comes first
    words = translate("refunds", "{n} with two orders") if two else translate("refunds", "{n} with two or more")
    return words.format(n=f"{several:,}")
