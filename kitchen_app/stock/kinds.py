"""Kinds of change: what a person can say happened to an item, what comes of it in words, how it is sent.  Verbs: core/stock/change.py."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from core.base.quantity import shown
from core.database.gateway import Database
from core.staff import Role
from core.stock import Item, Movement, correct_stock, count_stock, receive_stock, waste_stock
from kitchen_app.stock import words

translate = QCoreApplication.translate


class Quick(NamedTuple):
    """A button that fills in an amount, or adds to it."""

    words: str
    amount: int
    adds: bool = False


@dataclass(frozen=True)
class Draft:
    """What was typed about one item and is not saved. `seen` is the item as it stood when the person began, at `seen_at`."""

    kind: "Change"
    seen: Item
    seen_at: datetime
    text: str = ""
    reason: str = ""
    note: str = ""
    sent_as: UUID | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.text.strip() or self.note.strip())


class Change:
    """What all kinds have in common. Amounts are in the item's smallest unit."""

    name = ""
    icon = ""
    reasons: tuple[str, ...] = ()
    absolute = False  # it states what is there, so it holds only for what was seen

    def title(self) -> str:
        raise NotImplementedError

    def asks(self, item: Item) -> str:
        """Name the amount field."""
        raise NotImplementedError

    def quick(self, item: Item) -> list[Quick]:
        """Offer a few amounts that fit this item."""
        raise NotImplementedError

    def leaves(self, item: Item, quantity: int) -> int:
        """Return what will be on the shelf."""
        raise NotImplementedError

    def preview(self, item: Item, seen: Item, quantity: int) -> str:
        raise NotImplementedError

    def act(self, item: Item, quantity: int | None) -> str:
        """Say what the button will do, with the number in it when there is one."""
        raise NotImplementedError

    def why_not(self, item: Item, quantity: int) -> str:
        """Say why this amount cannot be right; "" when it can."""
        return ""

    def send(self, db: Database, command_id: UUID, draft: Draft, quantity: int) -> Movement:
        raise NotImplementedError


class Relative(Change):
    """Something came or went: true whatever else happens at the same moment."""

    def why_not(self, item: Item, quantity: int) -> str:
        return "" if quantity else translate("stock", "Type more than 0.")


class Delivery(Relative):
    name, icon = "delivery", "truck"

    def title(self) -> str:
        return translate("stock", "Delivery")

    def asks(self, item: Item) -> str:
        return translate("stock", "How much came ({unit})").format(unit=item.unit)

    def quick(self, item: Item) -> list[Quick]:
        return [Quick(f"+{shown(each, item.unit_size)}", each, adds=True) for each in _round_parts(item, (10, 5, 2))]

    def leaves(self, item: Item, quantity: int) -> int:
        return item.on_hand + quantity

    def preview(self, item: Item, seen: Item, quantity: int) -> str:
        return _sum(item, "+", quantity, self.leaves(item, quantity))

    def act(self, item: Item, quantity: int | None) -> str:
        return _with_number(item, quantity, translate("stock", "Add"), translate("stock", "Add {amount}"))

    def send(self, db: Database, command_id: UUID, draft: Draft, quantity: int) -> Movement:
        return receive_stock(db, command_id, draft.seen.id, quantity, draft.note)


class Waste(Relative):
    name, icon = "waste", "trash-2"
    reasons = ("Spoiled", "Spilled", "Staff meal", "Returned to supplier")

    def title(self) -> str:
        return translate("stock", "Waste")

    def asks(self, item: Item) -> str:
        return translate("stock", "How much goes ({unit})").format(unit=item.unit)

    def quick(self, item: Item) -> list[Quick]:
        return [Quick(words.amount(each, item), each) for each in _round_parts(item, (100, 50, 20))]

    def leaves(self, item: Item, quantity: int) -> int:
        return item.on_hand - quantity

    def preview(self, item: Item, seen: Item, quantity: int) -> str:
        return _sum(item, "−", quantity, self.leaves(item, quantity))

    def act(self, item: Item, quantity: int | None) -> str:
        return _with_number(item, quantity, translate("stock", "Throw away"), translate("stock", "Throw away {amount}"))

    def why_not(self, item: Item, quantity: int) -> str:
        if quantity > item.on_hand:
            return translate("stock", "Only {amount} is on the shelf.").format(amount=words.amount(item.on_hand, item))
        return super().why_not(item, quantity)

    def send(self, db: Database, command_id: UUID, draft: Draft, quantity: int) -> Movement:
        return waste_stock(db, command_id, draft.seen.id, quantity, draft.reason, draft.note)


class Absolute(Change):
    """A statement of what is there: it holds for what was seen, and a person decides when that is no longer so."""

    absolute = True

    def quick(self, item: Item) -> list[Quick]:
        same = translate("stock", "Same: {amount}").format(amount=shown(item.on_hand, item.unit_size))
        return [Quick(same, item.on_hand), Quick(translate("stock", "None: 0"), 0)]

    def leaves(self, item: Item, quantity: int) -> int:
        return quantity


class Count(Absolute):
    name, icon = "count", "clipboard-check"

    def title(self) -> str:
        return translate("stock", "Count")

    def asks(self, item: Item) -> str:
        return translate("stock", "You counted ({unit})").format(unit=item.unit)

    def preview(self, item: Item, seen: Item, quantity: int) -> str:
        says = shown(quantity, item.unit_size)
        if quantity == seen.on_hand:
            return translate("stock", "Count says {says}, as it was.").format(says=says)
        was, difference = shown(seen.on_hand, item.unit_size), words.change(quantity - seen.on_hand, item)
        return translate("stock", "Count says {says}, was {was}: {difference}").format(says=says, was=was, difference=difference)

    def act(self, item: Item, quantity: int | None) -> str:
        return _with_number(item, quantity, translate("stock", "Save count"), translate("stock", "Save count: {amount}"))

    def send(self, db: Database, command_id: UUID, draft: Draft, quantity: int) -> Movement:
        return count_stock(db, command_id, draft.seen.id, quantity, draft.seen.version, draft.note)


class Correction(Absolute):
    name, icon = "correction", "pencil"
    reasons = ("Wrong entry", "Moved to another kitchen", "Other")

    def title(self) -> str:
        return translate("stock", "Correction")

    def asks(self, item: Item) -> str:
        return translate("stock", "Right amount ({unit})").format(unit=item.unit)

    def preview(self, item: Item, seen: Item, quantity: int) -> str:
        if quantity == seen.on_hand:
            return translate("stock", "That is what it says already.")
        was, to = shown(seen.on_hand, item.unit_size), shown(quantity, item.unit_size)
        difference = words.change(quantity - seen.on_hand, item)
        return translate("stock", "From {was} to {to}: {difference}").format(was=was, to=to, difference=difference)

    def act(self, item: Item, quantity: int | None) -> str:
        return _with_number(item, quantity, translate("stock", "Correct"), translate("stock", "Correct to {amount}"))

    def send(self, db: Database, command_id: UUID, draft: Draft, quantity: int) -> Movement:
        return correct_stock(db, command_id, draft.seen.id, quantity, draft.seen.version, draft.reason, draft.note)


DELIVERY, WASTE, COUNT, CORRECTION = Delivery(), Waste(), Count(), Correction()


def kinds_for(role: Role) -> list[Change]:
    """Return what somebody of this role may say happened."""
    return [DELIVERY, WASTE, COUNT, *([CORRECTION] if role == Role.KITCHEN_MANAGER else [])]


def step(item: Item) -> int:
    """Return by how much − and + move the amount: about a fiftieth of a full shelf, a whole unit at most."""
    return min(_round(item.full_at // 50), item.unit_size)


def seen_again(draft: Draft, item: Item, now: datetime) -> Draft:
    """The person has taken note of how the item stands now."""
    return replace(draft, seen=item, seen_at=now)


def _with_number(item: Item, quantity: int | None, bare: str, full: str) -> str:
    return bare if quantity is None else full.format(amount=words.amount(quantity, item))


def _sum(item: Item, sign: str, quantity: int, result: int) -> str:
    there, moved, left = (shown(each, item.unit_size) for each in (item.on_hand, quantity, result))
    return translate("stock", "{there} {sign} {moved} = {left} {unit} on the shelf").format(
        there=there, sign=sign, moved=moved, left=left, unit=item.unit
    )


def _round_parts(item: Item, parts: tuple[int, ...]) -> list[int]:
    """Return round amounts of about these parts of a full shelf, each once."""
    return list(dict.fromkeys(_round(item.full_at // part) for part in parts))


def _round(quantity: int) -> int:
    """Return the nearest amount of the kind 1, 2, 2.5, 5, 10; at least the smallest unit there is."""
    scale: int = 10 ** (len(str(max(quantity, 1))) - 1)
    steps = (scale, 2 * scale, *([scale * 5 // 2] if scale >= 10 else []), 5 * scale, 10 * scale)
    return min(steps, key=lambda each: abs(each - quantity))
