"""Suspending customers, or taking them back: what that does to their orders and their money, before it is confirmed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from admin_app.proposals.impact import customers_of, difference
from admin_app.proposals.subject import Subject, Told, manner_of, typed_name
from admin_app.proposals.words import and_all, bare_name, customers_word
from core.base.money import naira
from core.customers import ListedCustomer, customers
from core.database.gateway import Database
from core.orders import ListedOrder, State, orders
from core.proposals import Kind, Proposal, preview_suspension
from core.qt.texts import cut

OPEN = (State.AWAITING_PAYMENT, State.PLACED, State.ACCEPTED, State.PREPARING, State.READY, State.OUT)
MOST_OPEN, MOST_NAMED, LONGEST = 500, 8, 40  # orders of a state; numbers said one by one; signs of a name on a button

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Found:
    """What a suspension, or its end, would do: the customers as they are now, and their open orders."""

    proposed: Proposal
    customers: list[ListedCustomer]
    orders: list[ListedOrder]

    @property
    def balance(self) -> int:
        """What is in their wallets together, in kobo."""
        return sum(each.balance for each in self.customers)


class SuspendCustomers(Subject):
    """Of one customer or of several who stand alike: all active, or all suspended."""

    def __init__(self, chosen: Sequence[ListedCustomer]) -> None:
        self.chosen, self.suspends = chosen, chosen[0].active
        self.icon, self.token = ("ban", "dangerText") if self.suspends else ("undo-2", "primaryText")
        one = len(chosen) == 1
        self.whom = cut(chosen[0].name, LONGEST) if one else customers_word(len(chosen))
        title = translate("customers", "Suspend {whom}?") if self.suspends else translate("customers", "Take back {whom}?")
        typed = typed_name(chosen[0].name) if one else _typed_count()
        super().__init__(title.format(whom=self.whom), manner_of(Kind.SUSPENSION, **typed), {each.id: each.name for each in chosen})

    def look(self, db: Database, command_id: UUID) -> Found:
        ids = [each.id for each in self.chosen]
        proposed = preview_suspension(db, command_id, ids, [], self.suspends)
        found = [each for state in OPEN for each in orders(db, customer_ids=ids, state=state, limit=MOST_OPEN)]
        return Found(proposed, customers(db, customer_ids=ids, limit=len(ids)), sorted(found, key=lambda each: each.number))

    def figure(self, found: Found) -> int | str | None:
        """Nobody need type anything to take somebody back."""
        if not self.suspends:
            return None
        return bare_name(self.chosen[0].name) if len(self.chosen) == 1 else len(self.chosen)

    def told(self, found: Found, now: datetime) -> Told:
        below = {each.id: _below(each, found.orders) for each in found.customers} if len(self.chosen) > 1 else {}
        changes = customers_of(found.proposed.impact, self.names, below)
        return Told(changes, suspending(found) if self.suspends else taking_back(found))

    def act(self, found: Found, now: datetime) -> tuple[str, str, bool]:
        words = translate("customers", "Suspend {whom}") if self.suspends else translate("customers", "Take back {whom}")
        return words.format(whom=self.whom), "", self.suspends

    def what_moved(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
        return difference(before, after, self.names)


def suspending(found: Found) -> list[tuple[str, str]]:
    """Say what happens, and what does not, each with its icon."""
    one = len(found.customers) == 1
    keeps = translate("customers", "The wallet keeps its {amount}. Refunds and what cancelled orders give back still reach it.")
    keep = translate("customers", "The wallets keep their {amount} together. Refunds and what cancelled orders give back still reach them.")
    said = [
        ("ban", translate("customers", "No new orders and no paying in, from the moment you confirm.")),
        ("banknote", translate("customers", "A payment that was begun before still arrives.")),
        ("receipt", _open_orders(found.orders)),
        ("wallet", (keeps if one else keep).format(amount=naira(found.balance))),
        *_frozen(found),
    ]
    return [*said, ("undo-2", translate("customers", "Finance or the owner can take them back at any time, in the same way."))]


def taking_back(found: Found) -> list[tuple[str, str]]:
    has = translate("customers", "{amount} to pay with.") if len(found.customers) == 1 else translate("customers", "{amount} together.")
    again = translate("customers", "They can order and pay in again at once.")
    return [("undo-2", again), ("wallet", has.format(amount=naira(found.balance))), *_frozen(found)]


def _frozen(found: Found) -> list[tuple[str, str]]:
    """Say which wallets are frozen: that is another matter, and stays."""
    frozen = [each.name for each in found.customers if each.frozen_at]
    words = translate("customers", "Frozen, and stays so until somebody unfreezes it: the wallet of {names}.")
    return [("lock", words.format(names=and_all(frozen)))] if frozen else []


def _open_orders(found: Sequence[ListedOrder]) -> str:
    """Say which orders go on: "3 open orders go on: 1040, 1042 and 1050."."""
    if not found:
        return translate("customers", "No order is open.")
    words = translate("customers", "1 open order goes on: {numbers}.")
    many = translate("customers", "{n} open orders go on: {numbers}.")
    return (words if len(found) == 1 else many).format(n=f"{len(found):,}", numbers=_numbers(found))


def _numbers(found: Sequence[ListedOrder]) -> str:
    named = [str(each.number) for each in found[:MOST_NAMED]]
    rest = len(found) - len(named)
    return and_all([*named, *([translate("customers", "{n} more").format(n=f"{rest:,}")] if rest else [])])


def _below(customer: ListedCustomer, found: Sequence[ListedOrder]) -> str:
    """Say what is in a customer's wallet, and which of their orders are open."""
    own = [each for each in found if each.customer_id == customer.id]
    open_ones = translate("customers", "open: {numbers}").format(numbers=_numbers(own)) if own else translate("customers", "no open order")
    return f"{naira(customer.balance)} · {open_ones}"


def _typed_count() -> dict[str, Any]:
    return {
        "type_it": translate("customers", "Type how many customers"),
        "read": _count,
        "matches": translate("customers", "Yes, so many."),
        "differs": translate("customers", "This is not how many."),
        "figure_help": translate("customers", "The number stands above."),
    }


def _count(text: str) -> int:
    """Read a whole number. Raises ValueError with a sentence."""
    if not re.fullmatch("[0-9]{1,4}", text.strip()):
        raise ValueError(translate("customers", "Write a whole number, such as 12."))
    return int(text)
