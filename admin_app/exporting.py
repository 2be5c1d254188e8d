"""Exporting: write what a page shows, or all there is, into a CSV file; a file stands there whole or not at all."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from core.base.days import LAGOS
from core.base.errors import Offline, Refused
from core.qt.export import write_csv
from core.qt.task import run

translate = QCoreApplication.translate


def export(
    owner: QWidget,
    path: Path,
    titles: Sequence[str],
    rows: Callable[[], Iterable[Sequence[str]]],
    *,
    then: Callable[[int], None],
    failed: Callable[[str], None],
) -> None:
    """Write the file off the UI thread, where `rows` may read page after page. `then` gets how many, `failed` a sentence."""

    def complain(error: Exception) -> None:
        if isinstance(error, OSError):
            words = translate("export", "{file} could not be written: {why}. Choose another place.")
            failed(words.format(file=path.name, why=error.strerror))
        elif isinstance(error, Offline | Refused):
            failed(translate("export", "{file} was not written. {why}").format(file=path.name, why=error))
        else:
            raise error  # a bug: the crash dialog has it

    run(owner, lambda: _write(path, titles, rows()), then=then, failed=complain)


def full_time(at: datetime | None) -> str:
    """Write a moment for a file: "2026-03-12 17:05:09" in Lagos; "" for never."""
    return f"{at.astimezone(LAGOS):%Y-%m-%d %H:%M:%S}" if at else ""


def plain_naira(amount: int) -> str:
    """Write kobo, not below zero, as a figure that a spreadsheet adds up: 123450 -> "1234.50"."""
    return f"{amount // 100}.{amount % 100:02}"


def _write(path: Path, titles: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write them all or nothing; return how many."""
    count = 0

    def counted() -> Iterable[Sequence[str]]:
        nonlocal count
        for cells in rows:
            count += 1
            yield cells

    write_csv(path, titles, counted())
    return count
