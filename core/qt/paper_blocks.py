"""Blocks of paper: words, and rows of a table; each knows how high it is and draws itself. Pages are made of them in core/qt/paper.py."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextLayout, QTextOption

from core.qt import theme

BODY = 12  # px of letters: 9 pt
PAD, GAP = 4, 12  # px above and below what stands in a cell, and between two
TALL = 10_000_000.0  # px: higher than anything
TOGETHER = 6  # lines of a row that is parted
Letters = tuple[int, int]  # px and weight
ACCENTED = re.compile("([^\\W\\d_])([\u0300-\u0304\u0308\u030c])")
DOT_BELOW, APART = "\u0323", "\u034f"  # APART keeps what stands around it from being made one letter


class Pen:
    """Writes and measures words that wrap at blanks, and within a word where that is longer than its place."""

    def __init__(self, painter: QPainter) -> None:
        self.painter = painter

    def height(self, text: str, letters: Letters, width: float) -> float:
        self.painter.setFont(_font(letters))
        return self.painter.boundingRect(QRectF(0, 0, width, TALL), placed(text) or " ", _option(Qt.AlignmentFlag.AlignLeft)).height()

    def width(self, text: str, letters: Letters) -> float:
        self.painter.setFont(_font(letters))
        return self.painter.boundingRect(QRectF(0, 0, TALL, TALL), placed(text), _option(Qt.AlignmentFlag.AlignLeft)).width()

    def write(
        self, place: QRectF, text: str, letters: Letters, token: str = "text", side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
    ) -> None:
        self.painter.setFont(_font(letters))
        self.painter.setPen(QColor(theme.LIGHT[token]))  # paper is white, whatever the screen is
        self.painter.drawText(place, placed(text), _option(side))

    def rule(self, left: float, right: float, y: float, token: str) -> None:
        self.painter.setPen(QColor(theme.LIGHT[token]))
        self.painter.drawLine(QLineF(left, y, right, y))

    def lines(self, text: str, letters: Letters, width: float) -> list[str]:
        """Part a text into the lines that it has in so much room."""
        text = placed(text)
        layout = QTextLayout(text.replace("\n", "\u2028"), _font(letters))
        layout.setTextOption(_option(Qt.AlignmentFlag.AlignLeft))
        units, found = text.encode("utf-16-le"), []  # Qt counts in these
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            start = 2 * line.textStart()
            found.append(units[start : start + 2 * line.textLength()].decode("utf-16-le").rstrip("\n"))
        layout.endLayout()
        return found


class Block:
    """A piece of a page that is not parted."""

    height = 0.0
    head: "Row | None" = None  # what must stand above it on each page
    stays_with_next = False

    def draw(self, left: float, top: float) -> None:
        raise NotImplementedError

    @property
    def height_with_head(self) -> float:
        return self.height + (self.head.height if self.head else 0)


class Words(Block):
    def __init__(
        self, pen: Pen, text: str, width: float, letters: Letters, *, above: int = 0, below: int = 0, stays_with_next: bool = False
    ) -> None:
        self.pen, self.text, self.width, self.letters, self.above = pen, text, width, letters, above
        self.inside = pen.height(text, letters, width)
        self.height = above + self.inside + below
        self.stays_with_next = stays_with_next

    def draw(self, left: float, top: float) -> None:
        self.pen.write(QRectF(left, top + self.above, self.width, self.inside), self.text, self.letters)


@dataclass(frozen=True)
class Table:
    """How a table is drawn: how wide each column is, and which stand at the right."""

    pen: Pen
    widths: Sequence[float]
    numbers: frozenset[int]
    px: int
    head: "Row | None" = None


class Row(Block):
    """A row, or a part of one that goes on below (`goes_on`) or began above (`began`)."""

    def __init__(self, table: Table, cells: Sequence[str], *, is_head: bool = False, began: bool = False, goes_on: bool = False) -> None:
        self.table, self.cells, self.is_head, self.goes_on = table, cells, is_head, goes_on
        self.head = None if is_head else table.head
        self.letters: Letters = (table.px, 600 if is_head else 400)
        heights = [table.pen.height(cell, self.letters, width) for cell, width in zip(cells, table.widths, strict=True) if cell]
        self.above = 0 if began else PAD
        self.inside = max(heights, default=float(table.px))
        self.height = self.above + self.inside + (0 if goes_on else PAD)

    def draw(self, left: float, top: float) -> None:
        pen, x = self.table.pen, left
        for place, (cell, width) in enumerate(zip(self.cells, self.table.widths, strict=True)):
            side = Qt.AlignmentFlag.AlignRight if place in self.table.numbers else Qt.AlignmentFlag.AlignLeft
            if cell:
                pen.write(QRectF(x, top + self.above, width, self.inside), cell, self.letters, side=side)
            x += width + GAP
        if not self.goes_on:
            pen.rule(left, x - GAP, top + self.height, "text" if self.is_head else "border")

    def parts(self, most: float) -> list["Row"]:
        """Return the row, or, where it is higher than that, the rows it is parted into, line by line."""
        if self.height <= most:
            return [self]
        pen, widths = self.table.pen, self.table.widths
        parted = [pen.lines(cell, self.letters, width) for cell, width in zip(self.cells, widths, strict=True)]
        longest, found = max(map(len, parted)), []
        for start in range(0, longest, TOGETHER):
            cells = ["\n".join(lines[start : start + TOGETHER]) for lines in parted]
            found.append(Row(self.table, cells, began=start > 0, goes_on=start + TOGETHER < longest))
        return found


def table_of(
    pen: Pen, heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: frozenset[int], shares: Sequence[int], width: float, px: int
) -> Table:
    """Return how these rows are drawn in so much room."""
    many = len(rows[0])
    room = width - GAP * (many - 1)
    wanted = [float(share) for share in shares] or [
        max(pen.width(row[place], (px, 600 if row is heads else 400)) for row in (heads or rows[0], *rows)) + 1 for place in range(many)
    ]
    spare = (room - sum(wanted)) / many
    fitted = [each + spare for each in wanted] if spare > 0 and not shares else [each * room / sum(wanted) for each in wanted]
    bare = Table(pen, fitted, numbers, px)
    return Table(pen, fitted, numbers, px, Row(bare, heads, is_head=True) if heads else None)


def placed(text: str) -> str:
    """Return the text so that Inter puts accents where they belong: of an Ọ with a grave it knows the Ò and the dot, and not the whole."""
    return text if text.isascii() else ACCENTED.sub(_placed, text)


def _placed(found: re.Match[str]) -> str:
    letter, below = (*unicodedata.normalize("NFD", found[1]), "")[:2]
    accented = unicodedata.normalize("NFC", letter + found[2])
    return f"{accented}{APART}{DOT_BELOW}" if below == DOT_BELOW and len(accented) == 1 else found[0]


@cache
def _font(letters: Letters) -> QFont:
    """Return letters that are found again by whoever searches a page or copies from it: other shapes of figures and signs are not."""
    face = theme.font(*letters)
    face.setFeature(QFont.Tag("tnum"), 0)
    face.setFeature(QFont.Tag("calt"), 0)
    return face


@cache
def _option(side: Qt.AlignmentFlag) -> QTextOption:
    option = QTextOption(side)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
