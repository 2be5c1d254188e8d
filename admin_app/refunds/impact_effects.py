"""What a refund does besides moving money, and what to mind: orders that it cancels, orders that had one before, kitchens."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QWidget

from admin_app.listing import empty
from admin_app.refunds.words import orders_word
from core.base.money import naira
from core.qt.texts import breakable
from core.qt.widgets import column, label, picture, row

MOST_KITCHENS = 3  # named one by one

translate = QCoreApplication.translate
Effect = tuple[str, str, str]  # icon, its tone, what to know


class EffectsCard(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.lines = column(spacing=8)
        title = label(translate("refunds", "What else to know"), 16, 600)
        self.setLayout(column(title, self.lines, None, margins=(18, 14, 18, 14), spacing=8))

    def show_impact(self, impact: Mapping[str, Any], kitchens: Mapping[UUID, str]) -> None:
        empty(self.lines)
        for effect in effects_of(impact, kitchens):
            self.lines.addWidget(_line(*effect))

    def grow_old(self, words: str) -> None:
        """It is said in sentences, and whoever reads them sees above that they are old."""


def effects_of(impact: Mapping[str, Any], kitchens: Mapping[UUID, str]) -> list[Effect]:
    """Say it, each with its icon and tone."""
    return [_ends(impact["ends"]), *_again(impact["again"]), ("chef-hat", "muted", _of_kitchens(impact["kitchens"], kitchens))]


def _ends(orders: int) -> Effect:
    if not orders:
        return "flame", "muted", translate("refunds", "No order is cancelled by it.")
    one = translate("refunds", "1 order that nobody cooks yet is cancelled by it. What it holds goes back on the shelf.")
    many = translate("refunds", "{n} orders that nobody cooks yet are cancelled by it. What they hold goes back on the shelf.")
    return "ban", "warnText", one if orders == 1 else many.format(n=f"{orders:,}")


def _again(orders: int) -> list[Effect]:
    if not orders:
        return []
    one = translate("refunds", "1 order had a refund before. The list says which.")
    many = translate("refunds", "{n} orders had a refund before. The list says which.")
    return [("history", "warnText", one if orders == 1 else many.format(n=f"{orders:,}"))]


def _of_kitchens(found: list[Mapping[str, Any]], kitchens: Mapping[UUID, str]) -> str:
    """Say what is whose: "Yaba: 40 orders, ₦200,000.00 · Lekki: 7 orders, ₦34,500.00"."""
    named = [_kitchen(each, kitchens) for each in found[:MOST_KITCHENS]]
    rest = found[MOST_KITCHENS:]
    if rest:
        words = translate("refunds", "{n} other kitchens: {orders}, {amount}")
        orders, amount = sum(each["orders"] for each in rest), sum(each["amount"] for each in rest)
        named.append(words.format(n=len(rest), orders=orders_word(orders), amount=naira(amount)))
    return " · ".join(named)


def _kitchen(each: Mapping[str, Any], kitchens: Mapping[UUID, str]) -> str:
    name = breakable(kitchens.get(UUID(each["kitchen_id"]), translate("refunds", "A kitchen")))
    return f"{name}: {orders_word(each['orders'])}, {naira(each['amount'])}"


def _line(icon: str, token: str, words: str) -> QWidget:
    line = QWidget()
    said = label(words, 15, 500 if token != "muted" else 400, "warn" if token != "muted" else "muted", wrap=True)
    said.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    line.setLayout(row(column(picture(icon, token, 18), None), (said, 1), spacing=10))
    return line
