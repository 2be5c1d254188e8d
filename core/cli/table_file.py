"""Other people's tables (CSV, TSV): every row with its line number, exactly as it is written; what cannot be read, with the reason."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

DELIMITERS = ",\t;"


class BadFile(Exception):
    """The file as a whole cannot be read; the message says what to mend."""


@dataclass(frozen=True)
class Line:
    """One row: the line of the file it starts on (the header's is 1), its text as it stands there, its cells by column."""

    number: int
    text: str
    cells: dict[str, str]


@dataclass(frozen=True)
class RefusedLine:
    """One row that was not taken, and why."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True)
class Table:
    columns: frozenset[str]
    lines: list[Line]
    refused: list[RefusedLine]

    @property
    def rows(self) -> int:
        return len(self.lines) + len(self.refused)


def read_table(content: bytes, known: frozenset[str]) -> Table:
    """Read a table whose first row names its columns, in any order; columns not `known` are left alone.

    The delimiter is the one that makes most of the header known. Blanks around a cell are dropped, blank lines skipped.
    """
    source = list(io.StringIO(_text(content), newline=""))
    delimiter = max(DELIMITERS, key=lambda sign: len(known.intersection(_header(source, sign))))
    rows = _rows(source, delimiter)
    header = _header(source, delimiter)
    _look_at(header, known)
    next(rows)
    lines, refused = [], []
    for number, text, cells in rows:
        try:
            lines.append(Line(number, text, _named(header, cells)))
        except ValueError as error:
            refused.append(RefusedLine(number, text, str(error)))
    return Table(known.intersection(header), lines, refused)


def in_file_order(refused: Iterable[RefusedLine]) -> list[RefusedLine]:
    return sorted(refused, key=lambda row: row.line)


def refusals(refused: Iterable[RefusedLine]) -> list[str]:
    """Say of each row that it was not taken, and why."""
    return [f"Line {row.line} was refused: {row.reason}  {row.text}" for row in refused]


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadFile(f"Line {line} is not UTF-8 text. Save the file as “CSV UTF-8” and try again.") from error


def _named(header: list[str], cells: list[str] | str) -> dict[str, str]:
    """Name the cells by their column. Letters come in composed form, as the database keeps them: the same letters, spelt one way."""
    if isinstance(cells, str):
        raise ValueError(cells)
    if len(cells) != len(header):
        raise ValueError(f"Has {len(cells)} fields where the header has {len(header)}.")
    if any("\0" in cell for cell in cells):
        raise ValueError("Holds a character that is no text (NUL).")
    return {name: unicodedata.normalize("NFC", cell).strip() for name, cell in zip(header, cells, strict=True)}


def _header(source: list[str], delimiter: str) -> list[str]:
    """Return the names of the columns as we spell them: "Item Name" is item_name."""
    for _, _, cells in _rows(source, delimiter):
        return [re.sub(r"\W+", "_", cell.casefold()).strip("_") for cell in cells] if isinstance(cells, list) else []
    raise BadFile("The file is empty.")


def _look_at(header: list[str], known: frozenset[str]) -> None:
    if not known.intersection(header):
        raise BadFile(f"The first row names no column that is known here ({', '.join(sorted(known))}).")
    for name in sorted(known):
        if header.count(name) > 1:
            raise BadFile(f"The first row names the column {name} twice.")


def _rows(source: list[str], delimiter: str) -> Iterator[tuple[int, str, list[str] | str]]:
    """Yield each row's first line number, its text, and its cells, or the reason why it has none."""
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    while True:
        first = reader.line_num + 1
        cells: list[str] | str
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            cells = _broken(str(error), first)
        if cells:
            yield first, "".join(source[first - 1 : reader.line_num]).rstrip("\r\n"), cells


def _broken(error: str, line: int) -> str:
    if error == "unexpected end of data":  # it swallowed every line after it
        raise BadFile(f"Line {line} opens a quotation mark that is never closed. Mend that line and try again.")
    if "field larger" in error:
        return "Has a field longer than 131,072 characters."
    return "Has quotation marks that do not pair up."
