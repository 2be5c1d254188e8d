"""Titles: the header of the office's tables. Where it sorts: by a click, or by keyboard: Tab, arrows to a column, Space to sort by it."""

from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QTableView

from core.qt import theme
from core.qt.rows import RowsModel

PADDING, ARROW = 12, 14  # px
HEIGHT = 44


class Titles(QHeaderView):
    """The arrow stands beside the title, so that it never covers it; `sortIndicatorChanged` tells what was asked."""

    def __init__(self, view: QTableView, sorts: bool) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self.sorts = sorts
        self.setFont(theme.font(14, 600))
        self.setFixedHeight(HEIGHT)
        self.setSectionsClickable(sorts)
        self.setHighlightSections(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if sorts else Qt.FocusPolicy.NoFocus)
        self._at = 0  # place among the visible ones
        if sorts:
            self.setAccessibleName(self.tr("Sort by"))
            self.setToolTip(self.tr("Click to sort. By keyboard: arrows choose a column, Space sorts by it"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shown = self._shown()
        step = {Qt.Key.Key_Left.value: -1, Qt.Key.Key_Right.value: 1}.get(event.key(), 0)
        if step:
            self._at = (min(self._at, len(shown) - 1) + step) % len(shown)
            self._tell()
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._sort_by(shown[min(self._at, len(shown) - 1)])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.fillRect(rect, theme.colour("surface"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("border"))
        sorted_by = self.sorts and section == self.sortIndicatorSection()
        font = theme.font(14, 600 if sorted_by else 500)
        room = rect.adjusted(PADDING, 0, -PADDING, -1)
        gap = ARROW + 4 if sorted_by else 0
        title = str(self.model().headerData(section, Qt.Orientation.Horizontal))
        words = QFontMetrics(font).elidedText(title, Qt.TextElideMode.ElideRight, room.width() - gap)
        align = self.model().headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        width = QFontMetrics(font).horizontalAdvance(words)
        left = room.right() + 1 - width - gap if align & Qt.AlignmentFlag.AlignRight else room.left()
        painter.setFont(font)
        painter.setPen(theme.colour("text" if sorted_by else "muted"))
        painter.drawText(QRect(left, room.top(), room.right() + 1 - left, room.height()), Qt.AlignmentFlag.AlignVCenter, words)
        if sorted_by:
            name = "arrow-down" if self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder else "arrow-up"
            painter.drawPixmap(left + width + 4, room.center().y() - ARROW // 2 + 1, theme.icon(name, "text", ARROW))
        if self.hasFocus() and section == self._section():
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))

    def _shown(self) -> list[int]:
        return [section for section in range(self.count()) if not self.isSectionHidden(section)]

    def _section(self) -> int:
        shown = self._shown()
        return shown[min(self._at, len(shown) - 1)]

    def _sort_by(self, section: int) -> None:
        """As a click does: a second time turns it round."""
        same, ascending = section == self.sortIndicatorSection(), self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        turned = Qt.SortOrder.DescendingOrder if same and ascending else Qt.SortOrder.AscendingOrder
        self.setSortIndicator(section, turned)

    def _tell(self) -> None:
        self.setAccessibleDescription(str(self.model().headerData(self._section(), Qt.Orientation.Horizontal)))
        self.viewport().update()


def put_titles(view: QTableView, model: RowsModel[Any], sorts: bool = False) -> Titles:
    """Give a table its header; where it sorts, it begins with the first column."""
    header = Titles(view, sorts)
    view.setHorizontalHeader(header)
    for section, column in enumerate(model.columns):
        if column.width:
            header.resizeSection(section, column.width)
        else:
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
    header.setSortIndicator(0 if sorts else -1, Qt.SortOrder.AscendingOrder)
    return header
