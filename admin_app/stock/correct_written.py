"""Done corrections, as they are read, shown in a table and written into a file: there a row for each shelf."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from admin_app.exporting import full_time
from admin_app.stock.correct_words import corrected, ids_of_short, items_word, orders_word, reason_word
from core.base.quantity import shown
from core.database.gateway import Database
from core.proposals import Kind, Progress, Proposal, proposals
from core.qt.line import LineState, moment
from core.qt.rows import LEFT, Column

translate = QCoreApplication.translate


class DoneSource:
    """Reads the list's pages (admin_app/parts.py)."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def resolve(self, asked: Any) -> Any:
        return asked

    def read(self, wanted: Any, last: Proposal | None, size: int) -> list[Proposal]:
        before = (last.created_at, last.id) if last else None
        return proposals(self.db, (Kind.STOCK,), (Progress.DONE,), before=before, limit=size)

    def again(self, shown: Collection[UUID], changed: Collection[UUID] | None) -> list[Any]:
        return []  # what is done stays as it is


def columns(line: LineState, kitchens: Mapping[UUID, str]) -> tuple[Column[Proposal], ...]:
    """Return the table's columns."""

    def tone(row: Proposal) -> str | None:
        return "muted" if line.offline_since else None

    def short_tone(row: Proposal) -> str | None:
        return tone(row) or ("dangerText" if ids_of_short(row.impact) else "muted")

    def when(row: Proposal) -> str:
        return f"{moment(row.confirmed_at or row.created_at, line.now())}\n{row.made_by}"

    return (
        Column(translate("stock", "When"), when, LEFT, 150, 500, tone),
        Column(translate("stock", "Kitchen"), lambda row: kitchen_name(row, kitchens), LEFT, 124, tone=tone),
        Column(translate("stock", "Corrected"), lambda row: items_word(len(row.impact["items"])), LEFT, 104, tone=tone),
        Column(
            translate("stock", "Left short"), lambda row: short_word(row), LEFT, 116, tone=short_tone,
            icon=lambda row: "triangle-alert" if ids_of_short(row.impact) else None,
        ),
        Column(translate("stock", "Why"), lambda row: f"{reason_word(row.code)}\n{row.reason or ''}".strip(), LEFT, None, tone=tone),
    )  # fmt: skip


def kitchen_name(row: Proposal, kitchens: Mapping[UUID, str]) -> str:
    return kitchens.get(row.kitchen_id, "") if row.kitchen_id else ""


def short_word(row: Proposal) -> str:
    """Say how many orders it left short."""
    count = len(ids_of_short(row.impact))
    return orders_word(count) if count else translate("stock", "none")


def titles() -> list[str]:
    """Return the titles of what cells() writes."""
    return [
        translate("stock", "Confirmed"), translate("stock", "By"), translate("stock", "Login"), translate("stock", "Kitchen"),
        translate("stock", "Item"), translate("stock", "Unit"), translate("stock", "Before"), translate("stock", "After"),
        translate("stock", "Difference"), translate("stock", "Orders left short"), translate("stock", "Reason"), translate("stock", "Note"),
    ]  # fmt: skip


def cells(row: Proposal, kitchens: Mapping[UUID, str]) -> Iterator[list[str]]:
    """Write a correction for a file: a line for each shelf, with the orders that lack this item."""
    for each in corrected(row.impact):
        short = [order["number"] for order in row.impact["short"] if any(part["item"] == str(each.id) for part in order["items"])]
        yield [
            full_time(row.confirmed_at), row.made_by, row.login, kitchen_name(row, kitchens), each.name, each.unit,
            shown(each.was, each.unit_size), shown(each.on_hand, each.unit_size), shown(each.change, each.unit_size).replace("−", "-"),
            " ".join(map(str, short)), reason_word(row.code), row.reason or "",
        ]  # fmt: skip
