"""Written: stock as a file: figures in the item's unit without it, a minus that a spreadsheet knows, times in full."""

from PySide6.QtCore import QCoreApplication

from admin_app.exporting import full_time
from admin_app.stock.shelves import Shelf, changed_by, level_word
from core.base.quantity import shown

translate = QCoreApplication.translate


def titles() -> list[str]:
    """Return the titles of what cells() writes."""
    return [
        translate("stock", "Kitchen"), translate("stock", "Item"), translate("stock", "Place"), translate("stock", "Barcode"),
        translate("stock", "Unit"), translate("stock", "Available"), translate("stock", "On hand"), translate("stock", "Held"),
        translate("stock", "Warn at"), translate("stock", "Level"), translate("stock", "Last count"), translate("stock", "Counted by"),
        translate("stock", "Last change"), translate("stock", "Changed by"), translate("stock", "Change"),
    ]  # fmt: skip


def cells(shelf: Shelf) -> list[str]:
    item = shelf.item
    figures = [shown(figure, item.unit_size) for figure in (item.available, item.on_hand, item.held, item.warn_at, item.change)]
    *amounts, change = [figure.replace("−", "-") for figure in figures]
    return [
        shelf.kitchen.name, item.name, item.place, item.barcode or "", item.unit, *amounts, level_word(item.level),
        full_time(item.counted_at), item.counted_by or "", full_time(item.changed_at), changed_by(item), change,
    ]  # fmt: skip
