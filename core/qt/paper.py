"""Paper: what is signed or filed, as a PDF. Needs no window and no display, and may be drawn in any thread."""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PySide6.QtCore import QBuffer, QMarginsF, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPageLayout, QPageSize, QPainter, QPdfWriter

from core.qt import theme
from core.qt.paper_blocks import BODY, Block, Pen, Row, Words, table_of

DPI, MARGIN, FOOT = 96, 56, 11  # px: a margin of 15 mm; the foot's letters
TITLE, PART = (27, 600), (16, 600)  # letters: px and weight
Progress = Callable[[int, int], None]  # so many rows of so many; what it raises ends the drawing


@dataclass(frozen=True)
class Section:
    """A part of a page: sentences, then a table, whose heads stand on each page that it goes on to.

    Columns named in `numbers` (by position) stand at the right. `widths` are shares of the page; without them a column is as wide
    as what stands in it. `px`: the table's letters.
    """

    title: str
    sentences: Sequence[str] = ()
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    numbers: frozenset[int] = frozenset()
    widths: Sequence[int] = ()
    px: int = BODY


def write_pdf(path: Path, title: str, sections: Sequence[Section]) -> None:
    """Write the sections on A4 pages with numbers. Raises OSError."""
    path.write_bytes(draw_pdf(title, sections))


def draw_pdf(
    title: str, sections: Sequence[Section], *, foot: str = "", wide: bool = False, progress: Progress = lambda done, total: None
) -> bytes:
    """Return the sections as a PDF on A4 pages, which lie on their side with `wide`; `foot` (or the title) stands below each."""
    if QGuiApplication.instance() is None:
        _without_display()
    theme.load_fonts()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("Rachel Foods")
    writer.setResolution(DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageOrientation(QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait)
    writer.setPageMargins(QMarginsF())
    painter = QPainter(writer)
    try:
        _Paper(writer, painter, foot or title, progress).draw(title, sections)
    finally:
        painter.end()
    return bytes(buffer.data().data())


class _Paper:
    """One drawing: everything is measured first, then put onto pages, so that each page can say of how many it is."""

    def __init__(self, writer: QPdfWriter, painter: QPainter, foot: str, progress: Progress) -> None:
        self.writer, self.pen, self.foot = writer, Pen(painter), foot
        self.room = QRectF(MARGIN, MARGIN, writer.width() - 2 * MARGIN, writer.height() - 2 * MARGIN)
        self._progress = progress
        self._done, self._total = 0, 0

    def draw(self, title: str, sections: Sequence[Section]) -> None:
        self._total = 2 * sum(len(section.rows) for section in sections)
        blocks: list[Block] = [Words(self.pen, title, self.room.width(), TITLE, below=8)]
        for section in sections:
            blocks += self._blocks(section)
        pages = self._paged(blocks)
        for number, page in enumerate(pages, 1):
            if number > 1:
                self.writer.newPage()
            self._draw_page(page, f"{number} / {len(pages)}")

    def _blocks(self, section: Section) -> list[Block]:
        width, found = self.room.width(), list[Block]()
        if section.title:
            found.append(Words(self.pen, section.title, width, PART, above=18, below=4, stays_with_next=True))
        found += [Words(self.pen, sentence, width, (BODY, 400), below=3) for sentence in section.sentences]
        if section.rows:
            table = table_of(self.pen, section.heads, section.rows, section.numbers, section.widths, width, section.px)
            for cells in section.rows:
                found += Row(table, cells).parts(self.room.height() / 2)
                self._step()
        return found

    def _paged(self, blocks: Sequence[Block]) -> list[list[tuple[float, Block]]]:
        """Put each block below the one before; where it does not fit, onto the next page, below the heads of its table."""
        pages: list[list[tuple[float, Block]]] = [[]]
        y, table = 0.0, None
        for place, block in enumerate(blocks):
            head = block.head if block.head is not table else None
            following = blocks[place + 1] if block.stays_with_next and place + 1 < len(blocks) else None
            needed = block.height + (head.height if head else 0) + (following.height_with_head if following else 0)
            if pages[-1] and y + needed > self.room.height():
                pages.append([])
                y, head = 0.0, block.head
            for each in filter(None, (head, block)):
                pages[-1].append((y, each))
                y += each.height
            table = block.head
        return pages

    def _draw_page(self, page: Sequence[tuple[float, Block]], number: str) -> None:
        for y, block in page:
            block.draw(self.room.left(), self.room.top() + y)
            if isinstance(block, Row):
                self._step()
        foot = QRectF(self.room.left(), self.room.bottom() + MARGIN / 3, self.room.width(), MARGIN / 3)
        self.pen.write(foot, self.foot, (FOOT, 400), "muted")
        self.pen.write(foot, number, (FOOT, 400), "muted", Qt.AlignmentFlag.AlignRight)

    def _step(self) -> None:
        self._done = min(self._done + 1, self._total)
        self._progress(self._done, self._total)


@cache
def _without_display() -> QGuiApplication:
    """Make the one application of a program without windows, and keep it: fonts belong to it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QGuiApplication(sys.argv[:1])
