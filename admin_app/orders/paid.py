"""Paid: how an order was paid, and what of it went back, one line each under its total."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from admin_app.listing import empty
from core.base.money import naira
from core.orders import OrderMoney, PayWith, State
from core.qt.form import right_label
from core.qt.line import moment
from core.qt.widgets import column, label, row

translate = QCoreApplication.translate


def way_word(way: PayWith) -> str:
    return translate("orders", "Card") if way is PayWith.CARD else translate("orders", "Wallet")


def said(money: OrderMoney, state: State, now: datetime) -> list[tuple[str, str]]:
    """Return what was paid and what went back, each in words and with its amount; "" where no money moved."""
    if money.paid == 0:
        return [(_unpaid(money, state, now), "")]
    by_card = money.pay_with is PayWith.CARD
    lines = [(translate("orders", "Paid by card") if by_card else translate("orders", "Paid from the wallet"), naira(money.paid))]
    if money.reversed:
        lines.append((translate("orders", "Given back to the wallet"), naira(money.reversed)))
    if money.refunded:
        lines.append((translate("orders", "Refunded"), naira(money.refunded)))
    if money.reserved:
        lines.append((translate("orders", "Set aside for a refund"), naira(money.reserved)))
    return lines


def _unpaid(money: OrderMoney, state: State, now: datetime) -> str:
    if state is State.AWAITING_PAYMENT and money.due_at:
        return translate("orders", "Waits for the card payment until {time}").format(time=moment(money.due_at, now))
    if state is State.EXPIRED:
        return translate("orders", "Never paid: its time was over")
    return translate("orders", "Not paid: from before payments were kept here")


class Paid(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._lines = column(spacing=4)
        self.setLayout(self._lines)

    def show_money(self, money: OrderMoney | None, state: State | None, now: datetime) -> None:
        empty(self._lines)
        for words, amount in said(money, state, now) if money and state else ():
            holder = QWidget()
            holder.setLayout(row((label(words, 14, 400, "muted", wrap=True), 1), right_label(amount, 14, 500), spacing=10))
            self._lines.addWidget(holder)
