"""Scope: what a refund is asked for: orders and parts of them, or every order that is like a rule. It can be previewed, again and again."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from admin_app.refunds.choose_sentence import Parts, stressed
from admin_app.refunds.words import orders_word
from core.database.gateway import Database
from core.orders import State
from core.qt import states
from core.qt.line import moment
from core.refunds import Destination, ProposedRefund, preview_refund, preview_refund_rule

MOST_NAMED = 4

translate = QCoreApplication.translate


class Exempt(NamedTuple):
    """An order that the person left out."""

    order_id: UUID
    number: int


class Portions(NamedTuple):
    """So many portions of a dish."""

    dish_id: UUID
    dish: str
    quantity: int


@dataclass(frozen=True)
class Wish:
    """What of one order is to be refunded: some portions, or, with none named, all that is left of it."""

    order_id: UUID
    number: int
    by_card: bool = False
    portions: tuple[Portions, ...] = ()


class Scope(Protocol):
    @property
    def exempt(self) -> tuple[Exempt, ...]:
        """What the person left out."""

    def parts(self, now: datetime) -> Parts:
        """Say it in one sentence."""

    def without(self, *orders: Exempt) -> "Scope":
        """Leave orders out; where nothing would be left, none."""

    def back(self, order_id: UUID | None = None) -> "Scope":
        """Take back an order that was left out; None: all of them."""

    def preview(self, db: Database, command_id: UUID) -> ProposedRefund:
        """Ask what it would do. Blocks. Raises as core/refunds/preview.py says."""


@dataclass(frozen=True)
class OrderScope:
    """`card_to`: where the money of orders goes that were paid by card; None: none was."""

    wishes: tuple[Wish, ...]
    card_to: Destination | None = None
    exempt: tuple[Exempt, ...] = ()

    @property
    def wanted(self) -> list[Wish]:
        """What is left of it without the orders that were left out."""
        out = {order.order_id for order in self.exempt}
        return [wish for wish in self.wishes if wish.order_id not in out]

    def parts(self, now: datetime) -> Parts:
        wanted = self.wanted
        if len(wanted) == 1:
            number = str(wanted[0].number)
            if not wanted[0].portions:
                return stressed(translate("refunds", "All that is left of order {number}"), number=number)
            dishes = ", ".join(f"{each.quantity} × {each.dish}" for each in wanted[0].portions)
            return stressed(translate("refunds", "Of order {number}: {dishes}"), number=number, dishes=dishes)
        numbers = ", ".join(str(wish.number) for wish in wanted[:MOST_NAMED])
        in_part = sum(bool(wish.portions) for wish in wanted)
        words = {"orders": orders_word(len(wanted)), "numbers": f"{numbers} …" if len(wanted) > MOST_NAMED else numbers}
        if in_part:
            return stressed(translate("refunds", "{orders}, {n} of them in part: {numbers}"), n=f"{in_part:,}", **words)
        return stressed(translate("refunds", "All that is left of {orders}: {numbers}"), **words)

    def without(self, *orders: Exempt) -> Scope:
        less = replace(self, exempt=(*self.exempt, *orders))
        return less if less.wanted else self

    def back(self, order_id: UUID | None = None) -> Scope:
        return replace(self, exempt=_others(self.exempt, order_id))

    def preview(self, db: Database, command_id: UUID) -> ProposedRefund:
        order_ids, dish_ids, quantities = [], [], []
        destinations: list[Destination | None] = []
        for wish in self.wanted:
            for each in wish.portions or (None,):
                order_ids.append(wish.order_id)
                dish_ids.append(each.dish_id if each else None)
                quantities.append(each.quantity if each else None)
                destinations.append(self.card_to if wish.by_card else None)
        return preview_refund(db, command_id, order_ids, dish_ids, quantities, destinations)


@dataclass(frozen=True)
class RuleScope:
    """Every order placed from `since` until `until` that is so. `kitchen` is the name of kitchen_id; None, "" and () mean any."""

    kitchen_id: UUID | None
    kitchen: str
    since: datetime
    until: datetime
    order_states: tuple[State, ...] = ()
    pay_with: str | None = None
    exempt: tuple[Exempt, ...] = ()

    def parts(self, now: datetime) -> Parts:
        every = translate("refunds", "every kitchen")
        words = {"kitchen": self.kitchen or every, "since": moment(self.since, now), "until": moment(self.until, now)}
        paid = {
            "wallet": translate("refunds", "paid from the wallet"), "card": translate("refunds", "paid by card"),
        }.get(self.pay_with or "", translate("refunds", "paid in any way"))  # fmt: skip
        if not self.order_states:
            return stressed(translate("refunds", "Orders of {kitchen} placed from {since} until {until}, {paid}"), paid=paid, **words)
        named = either([states.state_word(state) for state in self.order_states])
        template = translate("refunds", "Orders of {kitchen} placed from {since} until {until} that are {states} now, {paid}")
        return stressed(template, states=named, paid=paid, **words)

    def without(self, *orders: Exempt) -> Scope:
        return replace(self, exempt=(*self.exempt, *orders))

    def back(self, order_id: UUID | None = None) -> Scope:
        return replace(self, exempt=_others(self.exempt, order_id))

    def preview(self, db: Database, command_id: UUID) -> ProposedRefund:
        named = [state.value for state in self.order_states] or None
        exempt = [order.order_id for order in self.exempt]
        return preview_refund_rule(db, command_id, self.kitchen_id, self.since, self.until, named, self.pay_with, exempt)


def _others(exempt: tuple[Exempt, ...], order_id: UUID | None) -> tuple[Exempt, ...]:
    return tuple(order for order in exempt if order_id is not None and order.order_id != order_id)


def either(words: list[str]) -> str:
    """Put words together: "Placed, Accepted or Cooking"."""
    if len(words) < 2:
        return "".join(words)
    return translate("refunds", "{first} or {last}").format(first=", ".join(words[:-1]), last=words[-1])
