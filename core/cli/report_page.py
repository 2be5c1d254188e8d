"""The page of `rachel report`: the figures of a day in words and tables."""

from pathlib import Path

from core.audit import Head
from core.base.days import LAGOS
from core.base.money import naira
from core.health import Day
from core.qt.paper import Section, write_pdf

KINDS = {"top_up": "Paid in", "payment": "Paid for orders", "reversal": "Given back by cancelling", "refund": "Refunded"}
ACTS = {"refund": "Refund", "stock": "Correction of stock", "suspension": "Suspension", "limits": "Limits", "approver": "Approver",
        "release": "End of a freeze"}  # fmt: skip


def write_page(path: Path, day: Day, promises: list[str], newest: list[Head]) -> None:
    """Write the PDF. Raises OSError."""
    read = f"Read on {day.read_at.astimezone(LAGOS):%d %B %Y at %H:%M}, Lagos time. Orders and refunds stand here as they were then."
    codes = [f"{head.stream.title()}: {head.code}" for head in newest]
    kept = "Keep this page: rachel audit verify with --head and a code proves whether the trail was rewritten since."
    right, trail = Section("Is everything right?", [*promises, read]), Section("Heads of the trail", [*codes, kept])
    write_pdf(path, f"Rachel Foods: {day.day:%A, %d %B %Y}", [right, _orders(day), _money(day), _acts(day), trail])


def _orders(day: Day) -> Section:
    if not day.orders:
        return Section("Orders", ["No orders were placed."])
    rows = [[each.kitchen, _words(each.state), f"{each.orders:,}", naira(each.total), naira(each.went_back)] for each in day.orders]
    total = ["All", "", f"{sum(each.orders for each in day.orders):,}", naira(sum(each.total for each in day.orders))]
    rows.append([*total, naira(sum(each.went_back for each in day.orders))])
    return Section("Orders placed", [], ["Kitchen", "State now", "Orders", "Value", "Went back"], rows, frozenset({2, 3, 4}))


def _money(day: Day) -> Section:
    if not day.money:
        return Section("Money", ["No money moved."])
    rows = [[KINDS.get(each.kind, _words(each.kind)), f"{each.times:,}", naira(each.amount)] for each in day.money]
    return Section("Money in customers' wallets", [], ["What", "Times", "Amount"], rows, frozenset({1, 2}))


def _acts(day: Day) -> Section:
    if not day.acts:
        return Section("Confirmed by proposal", ["Nobody confirmed anything."])
    heads = ["What", "By", "Approved by", "Times", "Asked for", "Given back by now"]
    what = [ACTS.get(each.kind, _words(each.kind)) for each in day.acts]
    rows = [
        [kind, each.made_by, each.approved_by or "", f"{each.times:,}", naira(each.total), naira(each.done)]
        for kind, each in zip(what, day.acts, strict=True)
    ]
    return Section("Confirmed by proposal", [], heads, rows, frozenset({3, 4, 5}))


def _words(code: str) -> str:
    return code.replace("_", " ").capitalize()
