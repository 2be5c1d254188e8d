"""What stands against a refund, for whoever must agree to it: its maker's day and past, and what its orders have behind them."""

from collections import Counter
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from admin_app.listing import empty
from admin_app.refunds.approve_reading import Case, Moved
from admin_app.refunds.words import orders_word, point
from core.base.money import naira
from core.qt.states import state_word
from core.qt.widgets import column, label

translate = QCoreApplication.translate


class Mark(NamedTuple):
    """One thing to know; `warns`: to look at twice."""

    sentence: str
    warns: bool


def of_maker(case: Case) -> list[Mark]:
    """Say what is to be known of who made it: what they may alone, and what they made before."""
    found = case.proposal
    alone, day, total = found.alone_limit or 0, found.day_limit or 0, found.day_total or 0
    above, within = translate("refunds", "Above the limit at once, {amount}"), translate("refunds", "Within the limit at once, {amount}")
    came = translate("refunds", "{total} that day, limit {limit}")
    return [
        Mark((above if found.total > alone else within).format(amount=naira(alone)), found.total > alone),
        Mark(came.format(total=naira(total), limit=naira(day)), total > day),
        _past(case),
    ]


def of_orders(case: Case) -> list[Mark]:
    """Say what the orders have behind them."""
    impact, said = case.proposal.impact, []
    if again := impact.get("again", 0):
        one, many = translate("refunds", "1 order had a refund before"), translate("refunds", "{n} orders had a refund before")
        said.append(Mark(one if again == 1 else many.format(n=f"{again:,}"), True))
    if several := impact.get("several", 0):
        one = translate("refunds", "1 customer with several orders")
        many = translate("refunds", "{n} customers with several orders")
        most, named = impact["several_most"][0], one if several == 1 else many.format(n=f"{several:,}")
        name = case.names.customers.get(UUID(most["customer_id"]), translate("refunds", "one customer"))
        words = translate("refunds", "{several}; most: {name}, {orders}, {amount}").format(
            several=named, name=name, orders=orders_word(most["orders"]), amount=naira(most["amount"]))  # fmt: skip
        said.append(Mark(words, True))
    return said or [Mark(translate("refunds", "First refund of each order, one for each customer"), False)]


def of_moves(moved: Moved | None) -> Mark:
    """Say which orders moved on since it was proposed, and to where."""
    if moved is None:
        return Mark(translate("refunds", "Looking which orders moved on since …"), False)
    if not moved.states:
        return Mark(translate("refunds", "No order moved on since"), False)
    counts = Counter(moved.states.values()).most_common()
    where = ", ".join(f"{count:,} {state_word(state).lower()}" for state, count in counts)
    one, many = translate("refunds", "1 order moved on since: {where}"), translate("refunds", "{n} orders moved on since: {where}")
    return Mark((one if len(moved.states) == 1 else many).format(n=f"{len(moved.states):,}", where=where), True)


def _past(case: Case) -> Mark:
    """Say what the maker made before."""
    name, earlier, rejected = case.proposal.made_by, len(case.earlier), case.rejected
    if not earlier:
        return Mark(translate("refunds", "First refund by {name}").format(name=name), True)
    one = translate("refunds", "{name} made 1 refund before")
    many = translate("refunds", "{name} made {n} refunds before")
    words = (one if earlier == 1 else many).format(name=name, n=f"{earlier:,}")
    if rejected:
        words = translate("refunds", "{words}, {n} rejected").format(words=words, n=f"{rejected:,}")
    return Mark(words, rejected > 0)


class Against(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._lines = column(spacing=8)
        self.setLayout(column(label(self.tr("Before you decide"), 17, 600), self._lines, spacing=10))
        self._said: list[Mark] = []

    def show_case(self, case: Case, moved: Moved | None) -> None:
        said = [*of_maker(case), *of_orders(case), of_moves(moved)]
        if said != self._said:
            self._said = said
            empty(self._lines)
            for mark in said:
                icon, token = ("triangle-alert", "warnText") if mark.warns else ("check", "muted")
                self._lines.addWidget(point(icon, mark.sentence, token, 14))
