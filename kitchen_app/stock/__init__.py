"""The kitchen's stock: the board of cards, and changing what lies on the shelves.  Behaviour: core/stock/*.py."""

from kitchen_app.stock.board import StockBoard

__all__ = ["StockBoard"]
