"""Columns: what one row of the customers page says, and how it is written into a file."""

from PySide6.QtCore import QCoreApplication

from admin_app.exporting import full_time, plain_naira
from core.base.money import naira
from core.customers import ListedCustomer
from core.qt.line import LineState, moment
from core.qt.rows import RIGHT, Column

SUSPENDED_ICON = "ban"
SPARE = (5, 1, 6, 4)  # columns that step aside: last order, phone, refunds, orders

translate = QCoreApplication.translate


def state_word(customer: ListedCustomer) -> str:
    return translate("customers", "Active") if customer.active else translate("customers", "Suspended")


def refunds_words(customer: ListedCustomer) -> str:
    """Say how much was refunded, and for how many orders."""
    if customer.refunds == 0:
        return translate("customers", "None")
    words = translate("customers", "{amount} · 1 order") if customer.refunds == 1 else translate("customers", "{amount} · {n} orders")
    return words.format(amount=naira(customer.refunded), n=f"{customer.refunds:,}")


def last_order(customer: ListedCustomer, line: LineState) -> str:
    return moment(customer.last_order_at, line.now()) if customer.last_order_at else translate("customers", "Never")


def columns(line: LineState) -> tuple[Column[ListedCustomer], ...]:
    """Return the table's columns. Rows that are only the last known ones stand back; who is suspended keeps icon and word."""

    def tone(customer: ListedCustomer) -> str | None:
        return "muted" if line.offline_since else None

    def state_tone(customer: ListedCustomer) -> str | None:
        return tone(customer) or ("muted" if customer.active else "dangerText")

    def state_icon(customer: ListedCustomer) -> str | None:
        return None if customer.active else SUSPENDED_ICON

    def refunds_tone(customer: ListedCustomer) -> str | None:
        return tone(customer) if customer.refunds else "muted"

    return (
        Column(translate("customers", "Customer"), lambda customer: customer.name, weight=500, tone=tone),
        Column(translate("customers", "Phone"), lambda customer: customer.phone, width=150, tone=tone),
        Column(translate("customers", "State"), state_word, width=130, tone=state_tone, icon=state_icon),
        Column(translate("customers", "Wallet"), lambda customer: naira(customer.balance), RIGHT, 150, 600, tone=tone),
        Column(translate("customers", "Orders"), lambda customer: f"{customer.orders:,}", RIGHT, 90, tone=tone),
        Column(translate("customers", "Last order"), lambda customer: last_order(customer, line), width=150, tone=tone),
        Column(translate("customers", "Refunded"), refunds_words, RIGHT, 210, tone=refunds_tone),
    )


def titles() -> list[str]:
    """Return the titles of what cells() writes."""
    return [
        translate("customers", "Customer"), translate("customers", "Phone"), translate("customers", "State"),
        translate("customers", "Wallet, naira"), translate("customers", "Orders"), translate("customers", "Last order"),
        translate("customers", "Orders refunded"), translate("customers", "Refunded, naira"),
    ]  # fmt: skip


def cells(customer: ListedCustomer) -> list[str]:
    """Write a customer for a file: amounts as plain figures, times in full, the phone masked."""
    return [
        customer.name, customer.phone, state_word(customer), plain_naira(customer.balance), str(customer.orders),
        full_time(customer.last_order_at), str(customer.refunds), plain_naira(customer.refunded),
    ]  # fmt: skip
