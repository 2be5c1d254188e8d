"""Sentence: words of which some are stressed, such as what a refund is about. A screen reader hears it as one."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QLabel

from core.qt import theme

BLANK = re.compile(r"\{(\w+)\}")
Parts = Sequence[tuple[str, bool]]  # words, and whether they are stressed

PX = 15


def stressed(template: str, **values: str) -> list[tuple[str, bool]]:
    """Fill in a sentence; what is filled in is stressed: stressed("Orders of {kitchen}", kitchen="Yaba")."""
    split = BLANK.split(template)
    parts = [(values[part] if place % 2 else part, bool(place % 2)) for place, part in enumerate(split)]
    return [part for part in parts if part[0]]


def plain(parts: Parts) -> str:
    return "".join(words for words, _ in parts)


class Sentence(QLabel):
    """As many lines as it needs. What is stressed is bolder and darker."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(PX))
        self.setWordWrap(True)
        self._parts: Parts = ()

    def say(self, parts: Parts) -> None:
        self._parts = parts
        self.setText(plain(parts))
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        return round(self._lay_out(width)[1]) + 2

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        layout, _ = self._lay_out(self.width())
        painter.setPen(theme.colour("muted"))
        layout.draw(painter, QPointF(0, 1))

    def _lay_out(self, width: int) -> tuple[QTextLayout, float]:
        layout = QTextLayout(plain(self._parts), self.font())
        layout.setFormats(self._formats())
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 40))
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        return layout, height

    def _formats(self) -> list[QTextLayout.FormatRange]:
        found, at = [], 0
        for words, is_stressed in self._parts:
            length = len(words.encode("utf-16-le")) // 2  # as Qt counts
            if is_stressed:
                each = QTextLayout.FormatRange()
                each.start, each.length = at, length
                each.format = _bold(self.font())
                found.append(each)
            at += length
        return found


def _bold(font: QFont) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setFont(theme.font(font.pixelSize(), 600))
    look.setForeground(theme.colour("text"))
    return look
