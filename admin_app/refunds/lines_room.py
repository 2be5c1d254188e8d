"""Room: share the width of a table among its columns; where there is not enough some step aside.  As admin_app/listing.py does it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QTableView

from core.qt.rows import RowsModel

STRETCH = 120  # px: the least for the column that takes what is left


def make_room(view: QTableView, model: RowsModel[Any], spare: Sequence[int], room: int) -> None:
    """Hide the spare columns that do not fit, first the one missed least, and widen the others where there is room left."""
    for section in spare:
        view.setColumnHidden(section, False)
    for section in spare:
        if sum(_widths(view, model).values()) <= room:
            break
        view.setColumnHidden(section, True)
    widths = _widths(view, model)
    more = 1 + min(0.4, max(0, room - sum(widths.values())) / sum(widths.values()))
    for section, width in widths.items():
        if model.columns[section].width:
            view.setColumnWidth(section, round(width * more))


def _widths(view: QTableView, model: RowsModel[Any]) -> dict[int, int]:
    """Return what each shown column needs."""
    wanted = [column.width or STRETCH for column in model.columns]
    return {section: width for section, width in enumerate(wanted) if not view.isColumnHidden(section)}
