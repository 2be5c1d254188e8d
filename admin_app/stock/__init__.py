"""Stock of all kitchens, to look at."""

from admin_app.stock.page import StockPage

__all__ = ["StockPage"]
