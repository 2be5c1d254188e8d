"""Cells of the table in which figures are typed: the place for a new one looks like it, and is typed into straight down the column."""

from typing import Any, cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemDelegate, QLineEdit, QStyleOptionViewItem, QTableView, QWidget

from admin_app.cells import Cells
from admin_app.stock.correct_columns import ENTRY
from admin_app.stock.correct_entries import Row
from core.qt import theme
from core.qt.rows import RIGHT, ROW
from core.qt.widgets import set_property

AROUND, HIGH, UNIT, GAP, PADDING = 6, 44, 30, 6, 12  # px: beside the box, the box, the unit at its right and before it, in the box
LONGEST = 20  # signs
Index = QModelIndex | QPersistentModelIndex
NEXT, BEFORE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down), (Qt.Key.Key_Up,)


class EntryCells(Cells):
    """It writes nothing itself: it tells every stroke, and where the keys lead."""

    typed = Signal(object, str)  # the item's id, and what stands there now
    pasted = Signal(str)  # more than one figure
    stepped = Signal(int)  # rows down
    left = Signal(bool)  # Tab: to what comes after the table; False: before it
    given_up = Signal()  # Escape

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._before = ""  # what stood there when the typing began

    def paint_words(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.column() != ENTRY:
            super().paint_words(painter, option, index)
            return
        row: Row = index.data(ROW)
        box, beside = rooms(option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("danger" if row.why_not else "borderStrong"), 2 if row.why_not else 1))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        font = theme.font(15, 600)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        words = QFontMetrics(font).elidedText(row.text, Qt.TextElideMode.ElideRight, box.width() - 2 * PADDING)
        painter.drawText(box.adjusted(PADDING, 0, -PADDING, 0), RIGHT, words)
        painter.setFont(theme.font(15))
        painter.setPen(theme.colour("muted"))
        unit = QFontMetrics(theme.font(15)).elidedText(row.item.unit, Qt.TextElideMode.ElideRight, UNIT)
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, unit)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        row: Row = index.data(ROW)
        line = QLineEdit(parent)
        line.setFont(theme.font(15, 600))
        line.setAlignment(RIGHT)
        line.setMaxLength(LONGEST)
        line.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        line.setAccessibleName(self.tr("New figure of {item}, in {unit}").format(item=row.item.name, unit=row.item.unit))
        line.setText(row.text)
        line.selectAll()
        self._before = row.text
        line.textEdited.connect(lambda text: self.typed.emit(row.id, text))
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Live news of the row: what is being typed stays as it is, for every stroke was told."""
        row: Row = index.data(ROW)
        if isinstance(editor, QLineEdit) and editor.text() != row.text:
            editor.setText(row.text)  # a column was pasted over it
        set_property(editor, "state", "bad" if row.why_not else "")
        editor.setAccessibleDescription(row.why_not)

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        """Every stroke was told already."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(rooms(option.rect)[0])

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(editor, QLineEdit):
            return super().eventFilter(editor, event)
        key = cast(QKeyEvent, event)
        if key.matches(QKeySequence.StandardKey.Paste) and is_many(QGuiApplication.clipboard().text()):
            self.pasted.emit(QGuiApplication.clipboard().text())
        elif key.key() in (*NEXT, *BEFORE):
            self.stepped.emit(1 if key.key() in NEXT else -1)
        elif key.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.end(editor)
            self.left.emit(key.key() == Qt.Key.Key_Tab)
        elif key.key() == Qt.Key.Key_Escape:
            self._give_up(editor)
        else:
            return False
        return True

    def end(self, editor: QWidget) -> None:
        """Close the editor; what was typed is kept."""
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def _give_up(self, editor: QLineEdit) -> None:
        """Put back what stood there before; where nothing else was typed, leave."""
        if editor.text() != self._before:
            editor.setText(self._before)
            editor.textEdited.emit(self._before)
            editor.selectAll()
        else:
            self.end(editor)
            self.given_up.emit()


def is_many(text: str) -> bool:
    """Tell whether a text may be more than one figure; a spreadsheet ends also a single one with a line."""
    return "\n" in text or "\t" in text


def rooms(cell: QRect) -> tuple[QRect, QRect]:
    """Return where in a cell the figure stands, and where its unit."""
    top = cell.top() + (cell.height() - 1 - HIGH) // 2
    box = QRect(cell.left() + AROUND, top, cell.width() - 2 * AROUND - UNIT - GAP, HIGH)
    return box, QRect(box.right() + 1 + GAP, top, UNIT, HIGH)

