"""Export: any table as a CSV file that a spreadsheet opens without running what somebody typed into a name."""

import csv
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QTableView, QWidget

from core.base.files import whole
from core.qt.task import run

FORMULA = "=+-@−"  # what a spreadsheet may take for the beginning of a formula; − is our own minus
CONTROL = "\t\r\n"  # some skip these and read on

translate = QCoreApplication.translate


def safe(cell: str) -> str:
    """Return the cell so that a spreadsheet reads it as text: an apostrophe goes before what might be a formula.

    Judged as a spreadsheet may read it: after NFKC (a full-width ＝ is an =), past blanks and invisible signs.
    """
    plain = unicodedata.normalize("NFKC", cell)
    seen = next((sign for sign in plain if not sign.isspace() and unicodedata.category(sign) != "Cf"), "")
    return f"'{cell}" if plain[:1] in tuple(CONTROL) or seen in tuple(FORMULA) else cell


def write_csv(path: Path, titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write the file, whole or not at all, with the mark by which Excel knows UTF-8. Raises OSError, and what `rows` raise."""
    with whole(path) as [draft], draft.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([safe(title) for title in titles])
        writer.writerows([safe(cell) for cell in row] for row in rows)


def ask_where(parent: QWidget, suggested: str) -> str:
    """Ask for the file; "" when the person thought better of it."""
    path, _ = QFileDialog.getSaveFileName(parent, translate("export", "Export as CSV"), suggested, "CSV (*.csv)")
    return path


def export_table(
    view: QTableView,
    suggested: str,
    *,
    then: Callable[[Path], None],
    failed: Callable[[str], None],
    ask: Callable[[QWidget, str], str] = ask_where,
) -> None:
    """Ask for a file and write into it what the table holds; `then` gets its path, `failed` a sentence for the person."""
    chosen = ask(view, suggested)
    if not chosen:
        return
    path = Path(chosen)
    titles, rows = _words(view.model())

    def complain(error: Exception) -> None:
        if not isinstance(error, OSError):
            raise error  # a bug: the crash dialog has it
        sentence = translate("export", "{file} could not be written: {why}. Choose another place.")
        failed(sentence.format(file=path.name, why=error.strerror))

    run(view, lambda: write_csv(path, titles, rows), then=lambda _: then(path), failed=complain)


def _words(model: QAbstractItemModel) -> tuple[list[str], list[list[str]]]:
    columns = range(model.columnCount())
    titles = [str(model.headerData(column, Qt.Orientation.Horizontal)) for column in columns]
    return titles, [[str(model.index(row, column).data() or "") for column in columns] for row in range(model.rowCount())]
