"""Stock: what lies on the shelves, and how it came to be so.  SQL twins: core/stock/*.sql."""

from core.stock.add import add_stock_items
from core.stock.change import correct_stock, count_stock, receive_stock, undo_stock, waste_stock
from core.stock.views import Item, Kind, Level, Movement, all_items, items, movements

__all__ = [
    "Item", "Kind", "Level", "Movement", "add_stock_items", "all_items", "correct_stock", "count_stock", "items", "movements",
    "receive_stock", "undo_stock", "waste_stock",
]  # fmt: skip
