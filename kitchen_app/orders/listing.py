"""The queue as a table, for the file it can be exported into."""

from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QTableView

from core.qt.line import moment
from core.qt.rows import RIGHT, Column, RowsModel, table
from core.qt.states import state_word
from kitchen_app.orders import words
from kitchen_app.orders.book import Entry


def listing(context: QObject, entries: Iterable[Entry], now: datetime) -> QTableView:
    """Return the table of these orders. It is never shown: the lanes show them better."""
    model = RowsModel(_columns(context, now), key=lambda entry: entry.order.id)
    model.show(entries)
    view = table(model, context.tr("Orders"))
    model.setParent(view)
    return view


def _columns(context: QObject, now: datetime) -> list[Column[Entry]]:
    return [
        Column(context.tr("Order"), lambda entry: str(entry.order.number), RIGHT),
        Column(context.tr("State"), lambda entry: state_word(entry.order.state)),
        Column(context.tr("Dishes"), lambda entry: ", ".join(f"{line.quantity} × {line.dish}" for line in entry.dishes)),
        Column(context.tr("Note"), lambda entry: entry.order.note),
        Column(context.tr("Placed"), lambda entry: moment(entry.order.placed_at, now)),
        Column(context.tr("Promised"), lambda entry: moment(entry.order.promised_at, now)),
        Column(context.tr("Clock"), lambda entry: words.clock(entry.order, now).text),
        Column(context.tr("Last step"), lambda entry: words.who_did(entry.order)),
    ]
