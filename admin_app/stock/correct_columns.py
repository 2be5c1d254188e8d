"""Columns of the table in which many figures are typed: the shelf, the new figure, what comes of it, and what to know."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication

from admin_app.stock.correct_entries import Row
from admin_app.stock.shelves import amount
from core.base.quantity import signed
from core.base.words import plain
from core.qt.line import LineState
from core.qt.rows import LEFT, RIGHT, Column
from core.stock import Item

NAME, PLACE, ON_HAND, HELD, ENTRY, DIFFERENCE, REMARK = range(7)
SPARE = (PLACE, HELD, DIFFERENCE)  # columns that step aside
KEYS: tuple[Callable[[Row], Any], ...] = (  # what each column is sorted by; rows without an entry come last
    lambda row: plain(row.item.name),
    lambda row: plain(row.item.place),
    lambda row: row.now.on_hand / row.item.unit_size,
    lambda row: row.now.held / row.item.unit_size,
    lambda row: (not row.text, (row.quantity or 0) / row.item.unit_size),
    lambda row: (row.difference is None, (row.difference or 0) / row.item.unit_size),
    lambda row: not remark(row),
)

translate = QCoreApplication.translate


def columns(line: LineState) -> tuple[Column[Row], ...]:
    """Return the table's columns. Figures that are only the last known ones stand back; what was typed does not."""

    def tone(row: Row) -> str | None:
        return "muted" if line.offline_since else None

    def moved_tone(row: Row) -> str | None:
        return "warnText" if row.has_moved else tone(row)

    return (
        Column(translate("stock", "Item"), lambda row: row.item.name, LEFT, None, 500, tone),
        Column(translate("stock", "Place"), lambda row: row.item.place, LEFT, 130, tone=lambda row: "muted"),
        Column(translate("stock", "On hand"), on_hand, RIGHT, 112, 500, moved_tone),
        Column(translate("stock", "Held"), lambda row: amount(row.now.held, row.item), RIGHT, 92, tone=tone),
        Column(translate("stock", "New figure"), lambda row: row.text, RIGHT, 148, 600),
        Column(translate("stock", "Difference"), difference, RIGHT, 112, 600, difference_tone),
        Column(translate("stock", "Remark"), remark, LEFT, 190, tone=remark_tone, icon=remark_icon),
    )  # fmt: skip


def on_hand(row: Row) -> str:
    """Say what lies there, and what somebody saw who began to type before it changed."""
    now = amount(row.now.on_hand, row.item)
    if not row.has_moved or row.seen is None:
        return now
    return f"{now}\n{translate('stock', 'you saw {amount}').format(amount=amount(row.seen.on_hand, row.item))}"


def change_word(change: int, item: Item) -> str:
    """Write a difference with its sign and unit: "−2 kg"."""
    return f"{signed(change, item.unit_size)} {item.unit}"


def difference(row: Row) -> str:
    """Say what the shelf would gain or lose; nothing where nothing can be meant."""
    return "" if row.difference is None else change_word(row.difference, row.item)


def difference_tone(row: Row) -> str | None:
    return None if row.counts else "muted"


def remark(row: Row) -> str:
    """Say what to know of a row before it is checked; the worst of it."""
    if row.why_not:
        return translate("stock", "Not possible")
    if row.has_moved:
        return translate("stock", "Changed meanwhile\nto {amount}").format(amount=amount(row.item.on_hand, row.item))
    if row.short and row.counts:
        words = translate("stock", "Orders hold {held}\n{short} short")
        return words.format(held=amount(row.now.held, row.item), short=amount(row.short, row.item))
    return translate("stock", "As it is") if row.text and not row.counts else ""


def remark_tone(row: Row) -> str | None:
    if row.why_not or (row.short and row.counts and not row.has_moved):
        return "dangerText"
    return "warnText" if row.has_moved else "muted"


def remark_icon(row: Row) -> str | None:
    if not remark(row):
        return None
    if remark_tone(row) == "muted":
        return "check"
    return "circle-alert" if row.why_not else "history" if row.has_moved else "triangle-alert"
