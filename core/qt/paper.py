"""Paper: what is signed or filed, as a PDF. Needs no window and no display."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPageSize, QPainter, QPdfWriter, QTextDocument

from core.qt import theme

STYLE = """
p, td, th { font-size: 9pt; margin-top: 2px; margin-bottom: 2px; }
td, th { padding-top: 3px; padding-bottom: 3px; padding-right: 10px; border-bottom-width: 1px; border-bottom-style: solid; }
td { border-bottom-color: LINE; } th { font-weight: 600; border-bottom-color: TEXT; }
.title { font-size: 20pt; font-weight: 600; } .part { font-size: 12pt; font-weight: 600; margin-top: 22px; margin-bottom: 6px; }
""".replace("LINE", theme.LIGHT["border"]).replace("TEXT", theme.LIGHT["text"])  # paper is white, whatever the screen is
DPI, MARGIN = 96, 68  # px: a margin of 18 mm


@dataclass(frozen=True)
class Section:
    """A part of a page: sentences, then a table. Columns named in `numbers` (by position) stand at the right."""

    title: str
    sentences: Sequence[str] = ()
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    numbers: frozenset[int] = frozenset()


def write_pdf(path: Path, title: str, sections: Sequence[Section]) -> None:
    """Write the sections on A4 pages with numbers. Raises OSError."""
    if QGuiApplication.instance() is None:
        _without_display()
    theme.load_fonts()
    path.write_bytes(b"")  # says why when it cannot be written, which the writer does not
    writer = QPdfWriter(str(path))
    writer.setTitle(title)
    writer.setResolution(DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF())
    _draw(writer, f'<p class="title">{escape(title)}</p>' + "".join(map(_html, sections)), title)


def _draw(writer: QPdfWriter, html: str, title: str) -> None:
    document = QTextDocument()
    document.documentLayout().setPaintDevice(writer)
    document.setDefaultFont(theme.font(12))
    document.setDefaultStyleSheet(STYLE)
    document.setDocumentMargin(0)
    document.setHtml(html)
    room = QRectF(0, 0, writer.width() - 2 * MARGIN, writer.height() - 2 * MARGIN)
    document.setPageSize(room.size())
    painter = QPainter(writer)
    painter.setFont(theme.font(11))
    for page in range(document.pageCount()):
        if page:
            writer.newPage()
        foot = QRectF(MARGIN, writer.height() - MARGIN / 2, room.width(), MARGIN / 2)
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight, f"{title}, {page + 1} / {document.pageCount()}")
        painter.save()
        painter.translate(MARGIN, MARGIN - page * room.height())
        document.drawContents(painter, room.translated(0, page * room.height()))
        painter.restore()
    painter.end()


@cache
def _without_display() -> QGuiApplication:
    """Make the one application of a program without windows, and keep it: fonts belong to it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QGuiApplication(sys.argv[:1])


def _html(section: Section) -> str:
    above = f'<p class="part">{escape(section.title)}</p>' + "".join(f"<p>{escape(sentence)}</p>" for sentence in section.sentences)
    if not section.rows:
        return above
    heads = "".join(f'<th align="{_side(section, place)}">{escape(head)}</th>' for place, head in enumerate(section.heads))
    rows = "".join(f"<tr>{''.join(_cell(section, place, cell) for place, cell in enumerate(row))}</tr>" for row in section.rows)
    return f"{above}<table width='100%' cellspacing='0' style='border-collapse: collapse'><thead><tr>{heads}</tr></thead>{rows}</table>"


def _cell(section: Section, place: int, cell: str) -> str:
    return f'<td align="{_side(section, place)}">{escape(cell)}</td>'


def _side(section: Section, place: int) -> str:
    return "right" if place in section.numbers else "left"
