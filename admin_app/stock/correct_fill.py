"""Filling in: a column of figures, or names (barcodes) with figures, from the clipboard or a file, put where somebody would type them."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from core.base.quantity import smallest
from core.base.words import plain
from core.stock import Item

MOST_BYTES, MOST_LINES = 1_000_000, 5_000
LONGEST = 400  # signs of a line
NAMED = 3  # lines that were left out, named one by one

translate = QCoreApplication.translate


@dataclass
class Filled:
    """What to write where, and the lines for which no item was found."""

    texts: dict[UUID, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)


def fill(text: str, items: Sequence[Item], below: Sequence[Item]) -> Filled:
    """Read lines of one figure each, which go straight down `below`, or of a name or barcode and a figure, for any of `items`."""
    lines = [[cell.strip() for cell in line] for line in _lines(text)][:MOST_LINES]
    if all(len(line) < 2 for line in lines):
        pairs = zip(below, (line[0] if line else "" for line in lines), strict=False)
        return Filled({item.id: figure for item, figure in pairs if figure})
    filled, known = Filled(), _by_name(items)
    for place, line in enumerate(lines):
        if len(line) < 2 or not line[0]:
            continue
        found = known.get(plain(line[0]), [])
        if len(found) == 1:
            filled.texts[found[0].id] = line[1]
        elif place > 0 or _is_figure(line[1]):  # else it is the titles
            filled.unknown.append(line[0])
    return filled


def said(filled: Filled) -> str:
    """Say what was filled in, and what was left out."""
    count = len(filled.texts)
    words = translate("stock", "1 figure filled in.") if count == 1 else translate("stock", "{n} figures filled in.").format(n=count)
    if not filled.unknown:
        return words
    named = ", ".join(f"“{name[:40]}”" for name in filled.unknown[:NAMED])
    more = len(filled.unknown) - NAMED
    named = translate("stock", "{names} and {n} more").format(names=named, n=more) if more > 0 else named
    return f"{words} {translate('stock', 'Not one item of this kitchen is called: {names}.').format(names=named)}"


def read_file(path: Path) -> str:
    """Read a CSV file. Raises OSError, or ValueError where it is no text or far too large."""
    if path.stat().st_size > MOST_BYTES:
        raise ValueError(translate("stock", "This file is too large for a list of figures."))
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(translate("stock", "This is no CSV file in UTF-8.")) from error


def ask_file(parent: QWidget) -> str:
    """Ask for the file; "" when the person thought better of it."""
    path, _ = QFileDialog.getOpenFileName(parent, translate("stock", "Figures from a CSV file"), "", "CSV (*.csv *.txt)")
    return path


def _lines(text: str) -> Iterable[list[str]]:
    """Part a text at what parts most of it: a comma may also be a mistake in a figure, so it is looked for last."""
    signs = [sign for sign in ("\t", ";", ",") if sign in text]
    lines = [line[:LONGEST] for line in text.strip("\r\n").splitlines()]
    return csv.reader(lines, delimiter=signs[0]) if signs else ([line] for line in lines)


def _by_name(items: Iterable[Item]) -> dict[str, list[Item]]:
    """Know items by name and barcode; two of the same name are nobody's."""
    known: dict[str, list[Item]] = {}
    for item in items:
        for name in {plain(item.name), plain(item.barcode or "")} - {""}:
            known.setdefault(name, []).append(item)
    return known


def _is_figure(text: str) -> bool:
    try:
        smallest(text, 1_000_000)
    except ValueError:
        return False
    return True
