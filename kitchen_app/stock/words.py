"""Stock in words: amounts, how much is left, who changed it, and why.  Facts: core/stock/views.py."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from core.base.quantity import shown, signed
from core.qt.line import ago
from core.stock import Item, Kind, Level, Movement

translate = QCoreApplication.translate


def level_word(found: Level) -> str:
    """Name the level, as the badge of a card does; "" when there is enough."""
    return {
        Level.SHORT: translate("stock", "Short"),
        Level.OUT: translate("stock", "Out"),
        Level.LOW: translate("stock", "Low"),
    }.get(found, "")


def amount(quantity: int, item: Item) -> str:
    """Write an amount with its unit: "11.5 kg"."""
    return f"{shown(quantity, item.unit_size)} {item.unit}"


def change(difference: int, item: Item) -> str:
    """Write a difference with its sign and unit: "−2 kg"."""
    return f"{signed(difference, item.unit_size)} {item.unit}"


def held(item: Item) -> str:
    """Say how much of what lies there belongs to orders."""
    if item.available < 0:
        words = translate("stock", "{held} held, only {there} on the shelf")
    elif item.held:
        words = translate("stock", "{held} held of {there}")
    else:
        words = translate("stock", "none held") if item.on_hand else translate("stock", "nothing on the shelf")
    return words.format(held=shown(item.held, item.unit_size), there=shown(item.on_hand, item.unit_size))


def done(item: Item) -> str:
    """Say in a word what was done last, where what is left to sell is the same as before."""
    words = {Kind.USE: translate("stock", "Cooked"), Kind.COUNT: translate("stock", "Counted")}
    return words.get(item.changed_kind, translate("stock", "Changed"))


def changed_by(item: Item) -> str:
    """Say who or what changed the item last."""
    return cause(item.changed_kind, item.changed_order) or item.changed_by or translate("stock", "Somebody")


def changed(item: Item, now: datetime, offline_since: datetime | None) -> str:
    """Say who changed it and when: "Tunde A., 20 s ago"; offline only as of when all this is known."""
    return f"{changed_by(item)}, {ago(item.changed_at, now, offline_since)}"


def spoken(item: Item) -> str:
    """Say a card as a screen reader does."""
    state = level_word(item.level).lower() or translate("stock", "enough")
    return f"{item.name}, {amount(item.available, item)}, {state}, {held(item)}"


def cause(kind: str, order: int | None) -> str:
    """Say what an order did to the stock; "" when it was not an order."""
    words = {
        Kind.HOLD: translate("stock", "Order {number}"),
        Kind.USE: translate("stock", "Cooked for {number}"),
        Kind.RELEASE: translate("stock", "Order {number} cancelled"),
    }
    return words[Kind(kind)].format(number=order) if kind in words and order else ""


def what(movement: Movement) -> str:
    """Say what a movement was: "Delivery", "Thrown away: spoiled", "Cooked for 1042"."""
    plain = {
        Kind.OPENING: translate("stock", "First figure"),
        Kind.DELIVERY: translate("stock", "Delivery"),
        Kind.WASTE: translate("stock", "Thrown away"),
        Kind.COUNT: translate("stock", "Count"),
        Kind.CORRECTION: translate("stock", "Correction"),
        Kind.UNDO: translate("stock", "Undone"),
        Kind.HOLD: translate("stock", "Held for order {number}").format(number=movement.order_number),
    }
    words = plain.get(movement.kind) or cause(movement.kind, movement.order_number)
    return f"{words}: {reason(movement.reason).lower()}" if movement.reason else words


def saved(movement: Movement, item: Item) -> tuple[str, str]:
    """Say what was recorded, and what is on the shelf now."""
    there = amount(movement.on_hand, item)
    done = {
        Kind.DELIVERY: translate("stock", "Added {change}"),
        Kind.WASTE: translate("stock", "Threw away {change}"),
        Kind.COUNT: translate("stock", "Count saved: {there}"),
        Kind.CORRECTION: translate("stock", "Corrected to {there}"),
    }.get(movement.kind, translate("stock", "Undone"))
    now = translate("stock", "{name}: {there}").format(name=item.name, there=there)
    return done.format(change=amount(abs(movement.change), item), there=there), now


def reason(stored: str) -> str:
    """Say a reason in the person's language; it is stored in ours, and what somebody typed stays as it is."""
    return {
        "Spoiled": translate("reasons", "Spoiled"),
        "Spilled": translate("reasons", "Spilled"),
        "Staff meal": translate("reasons", "Staff meal"),
        "Returned to supplier": translate("reasons", "Returned to supplier"),
        "Wrong entry": translate("reasons", "Wrong entry"),
        "Moved to another kitchen": translate("reasons", "Moved to another kitchen"),
        "Other": translate("reasons", "Other"),
    }.get(stored, stored)
