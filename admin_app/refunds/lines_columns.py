"""Columns: what one order of a refund says, and how it is written into a file."""

from PySide6.QtCore import QCoreApplication

from admin_app.exporting import full_time
from admin_app.refunds.words import card_waits, goes_word, line_look, paid_word, why_word
from core.base.money import naira
from core.orders import State
from core.qt import states
from core.qt.line import LineState as Line
from core.qt.line import moment
from core.qt.rows import LEFT, RIGHT, Column
from core.refunds import LineState, RefundOrder

SPARE = (2, 3)  # columns that step aside: paid with, the order's state

translate = QCoreApplication.translate


def columns(line: Line) -> tuple[Column[RefundOrder], ...]:
    """Return the table's columns. Rows that are only the last known ones stand back; what became of them keeps its icon."""

    def tone(row: RefundOrder) -> str | None:
        return "muted" if line.offline_since else None

    def state_tone(row: RefundOrder) -> str | None:
        return tone(row) or states.token(State(row.order_state))

    def became_tone(row: RefundOrder) -> str | None:
        return tone(row) or line_look(row.state).token

    return (
        Column(translate("refunds", "Order"), lambda row: f"{row.number}\n{moment(row.placed_at, line.now())}", LEFT, 116, 600, tone),
        Column(translate("refunds", "Customer"), lambda row: f"{row.customer}\n{row.dishes}", tone=tone),
        Column(translate("refunds", "Paid with"), lambda row: paid_word(row.pay_with), width=100, tone=tone),
        Column(
            translate("refunds", "State"), lambda row: states.state_word(State(row.order_state)), width=124, tone=state_tone,
            icon=lambda row: states.ICONS[State(row.order_state)],
        ),
        Column(translate("refunds", "Refund"), lambda row: f"{naira(row.amount)}\n{goes_word(row.destination)}", RIGHT, 136, 600, tone),
        Column(translate("refunds", "What became of it"), became, width=180, tone=became_tone, icon=lambda row: line_look(row.state).icon),
    )  # fmt: skip


def became(row: RefundOrder) -> str:
    """Say what became of it, and under it why."""
    why = card_waits() if row.state is LineState.SENDING else why_word(row.why)
    return f"{line_look(row.state).word}\n{why}".strip()


def titles() -> list[str]:
    """Return the titles of what cells() writes."""
    return [
        translate("refunds", "Order"), translate("refunds", "Placed"), translate("refunds", "Kitchen"), translate("refunds", "Customer"),
        translate("refunds", "Paid with"), translate("refunds", "State"), translate("refunds", "Portions"), translate("refunds", "Dishes"),
        translate("refunds", "Goes back"), translate("refunds", "Refund, naira"), translate("refunds", "What became of it"),
        translate("refunds", "Why"), translate("refunds", "Since"),
    ]  # fmt: skip


def cells(row: RefundOrder) -> list[str]:
    """Write an order for a file: the amount as a plain figure, times in full."""
    word, _, why = became(row).partition("\n")
    return [
        str(row.number), full_time(row.placed_at), row.kitchen, row.customer, paid_word(row.pay_with),
        states.state_word(State(row.order_state)), str(row.portions), row.dishes, goes_word(row.destination),
        f"{row.amount // 100}.{row.amount % 100:02}", word, why, full_time(row.at),
    ]  # fmt: skip
