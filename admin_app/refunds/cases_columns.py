"""Columns: what one case says: an order that somebody paid for and will not get, and how it is written into a file."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from admin_app.exporting import full_time, plain_naira
from admin_app.refunds.words import paid_word
from core.base.money import naira
from core.orders import State
from core.qt.line import LineState, moment
from core.qt.reasons import reason
from core.qt.rows import LEFT, RIGHT, Column
from core.qt.states import state_word
from core.refunds import Case

translate = QCoreApplication.translate


def columns(line: LineState, is_ticked: Callable[[Case], bool], may_act: bool) -> tuple[Column[Case], ...]:
    def tone(case: Case) -> str | None:
        return "muted" if line.offline_since else None

    def box(case: Case) -> str | None:
        return ("square-check" if is_ticked(case) else "square") if may_act else None

    def box_tone(case: Case) -> str | None:
        return "primaryText" if is_ticked(case) else "muted"

    return (
        Column("", lambda case: "", LEFT, 44 if may_act else 8, 400, box_tone, box),
        Column(translate("refunds", "Order"), lambda case: f"{case.number}\n{moment(case.at, line.now())}", LEFT, 96, 600, tone),
        Column(translate("refunds", "Customer"), lambda case: f"{case.customer}\n{case.kitchen}", LEFT, 160, tone=tone),
        Column(translate("refunds", "What happened"), why, tone=tone),
        Column(translate("refunds", "Left"), lambda case: f"{naira(case.amount)}\n{paid_word(case.pay_with)}", RIGHT, 128, 600, tone),
    )


def why(case: Case) -> str:
    """Say what happened, and under it why and by whom."""
    if case.why == "short":
        return translate("refunds", "Food has run out") + f"\n{case.reason or ''}"
    said = reason(case.reason) if case.reason else ""
    return translate("refunds", "Cancelled while cooking") + f"\n{': '.join(part for part in (case.by, said) if part)}"


def titles() -> list[str]:
    """Return the titles of what cells() writes."""
    return [
        translate("refunds", "Order"), translate("refunds", "Since"), translate("refunds", "Kitchen"), translate("refunds", "Customer"),
        translate("refunds", "State"), translate("refunds", "Paid with"), translate("refunds", "What happened"),
        translate("refunds", "Why"), translate("refunds", "Left, naira"),
    ]  # fmt: skip


def cells(case: Case) -> list[str]:
    happened, _, because = why(case).partition("\n")
    return [
        str(case.number), full_time(case.at), case.kitchen, case.customer, state_word(State(case.order_state)), paid_word(case.pay_with),
        happened, because, plain_naira(case.amount),
    ]  # fmt: skip
