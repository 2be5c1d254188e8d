"""Columns: what one row of the orders page says, and how it is written into a file."""

from PySide6.QtCore import QCoreApplication

from admin_app.exporting import full_time, plain_naira
from admin_app.orders.paid import way_word
from core.base.money import naira
from core.orders import ListedOrder
from core.qt.line import LineState, moment
from core.qt.rows import RIGHT, Column
from core.qt.states import ICONS, state_word, token

SPARE = (5, 3, 1)  # columns that step aside: portions, kitchen, placed

translate = QCoreApplication.translate


def total(order: ListedOrder) -> str:
    """Write what an order cost, and under it what went back of that."""
    back = translate("orders", "{amount} went back").format(amount=naira(order.went_back))
    return f"{naira(order.total)}\n{back}" if order.went_back else naira(order.total)


def columns(line: LineState) -> tuple[Column[ListedOrder], ...]:
    """Return the table's columns. Rows that are only the last known ones stand back, and their state keeps its icon."""

    def tone(order: ListedOrder) -> str | None:
        return "muted" if line.offline_since else None

    def state_tone(order: ListedOrder) -> str | None:
        return tone(order) or token(order.state)

    def state_icon(order: ListedOrder) -> str | None:
        return ICONS[order.state]

    return (
        Column(translate("orders", "Order"), lambda order: str(order.number), width=96, weight=600, tone=tone),
        Column(translate("orders", "Placed"), lambda order: moment(order.placed_at, line.now()), width=150, tone=tone),
        Column(translate("orders", "Customer"), lambda order: order.customer, tone=tone),
        Column(translate("orders", "Kitchen"), lambda order: order.kitchen, width=180, tone=tone),
        Column(translate("orders", "State"), lambda order: state_word(order.state), width=150, tone=state_tone, icon=state_icon),
        Column(translate("orders", "Portions"), lambda order: f"{order.dishes:,}", RIGHT, 100, tone=tone),
        Column(translate("orders", "Total"), total, RIGHT, 160, 600, tone=tone),
    )


def titles() -> list[str]:
    """Return the titles of what cells() writes."""
    return [
        translate("orders", "Order"), translate("orders", "Placed"), translate("orders", "Customer"), translate("orders", "Kitchen"),
        translate("orders", "State"), translate("orders", "Portions"), translate("orders", "Total, naira"),
        translate("orders", "Paid by"), translate("orders", "Went back, naira"), translate("orders", "Changed"),
    ]  # fmt: skip


def cells(order: ListedOrder) -> list[str]:
    """Write an order for a file: amounts as plain figures, times in full."""
    return [
        str(order.number), full_time(order.placed_at), order.customer, order.kitchen, state_word(order.state), str(order.dishes),
        plain_naira(order.total), way_word(order.pay_with), plain_naira(order.went_back), full_time(order.changed_at),
    ]  # fmt: skip
