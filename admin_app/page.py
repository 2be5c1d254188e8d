"""Page: what every page of the office with a table has: its head, its bars, its listing, and the way into a file."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from admin_app.exporting import export
from admin_app.head import Head
from admin_app.listing import Listing
from core.live import Changes
from core.qt.export import ask_where
from core.qt.line import LAGOS, LineState
from core.qt.widgets import column

Ask = Callable[[QWidget, str], str]  # for a file's path: "" when the person thought better of it


class OfficePage(QWidget):
    """Escape closes the details, then lets go of the row."""

    said = Signal(str, str)  # for a toast: what was done, and to what

    def __init__(self, line: LineState, head: Head, listing: Listing, bars: Sequence[QWidget], ask: Ask = ask_where) -> None:
        """`bars` stand between the head and the table; the last of them is where people type."""
        super().__init__()
        self.line, self.head, self.listing, self.ask_where = line, head, listing, ask
        listing.model.setParent(self)  # so that it ends with the page, and in its thread
        self.setLayout(column(head, *bars, (listing, 1), margins=(28, 20, 28, 20), spacing=14))
        line.changed.connect(listing.view.viewport().update)

    def take(self, changes: Changes) -> None:
        """Something changed: read again what this page shows of it."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape or not self.listing.back():
            super().keyPressEvent(event)

    def export(self, name: str, titles: Sequence[str], rows: Callable[[], Iterable[Sequence[str]]]) -> None:
        """Ask for a file and write the rows into it; the file's name holds the day."""
        chosen = self.ask_where(self, f"{name} {self.line.now().astimezone(LAGOS):%Y-%m-%d}.csv")
        if chosen:
            path = Path(chosen)
            export(self, path, titles, rows, then=lambda count: self._exported(path, count), failed=self.head.complain)

    def _exported(self, path: Path, count: int) -> None:
        self.head.complain("")
        self.said.emit(self.tr("1 row exported") if count == 1 else self.tr("{n} rows exported").format(n=f"{count:,}"), str(path))
