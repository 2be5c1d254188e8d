"""Page: what every page of the office has; one with a head, and the way into a file; and one with a table: its bars, its listing."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from admin_app.exporting import export
from admin_app.head import Head
from admin_app.listing import Listing
from core.base.days import LAGOS
from core.live import Changes
from core.qt.export import ask_where
from core.qt.line import LineState
from core.qt.widgets import column

Ask = Callable[[QWidget, str], str]  # for a file's path: "" when the person thought better of it


class OfficePage(QWidget):
    """One entry of the navigation."""

    said = Signal(str, str)  # for a toast: what was done, and to what
    wanted = Signal(str, object)  # another page by its key, and what to show there (see its look_at), or None

    def __init__(self, line: LineState) -> None:
        super().__init__()
        self.line = line

    def take(self, changes: Changes) -> None:
        """Something changed: read again what this page shows of it."""
        raise NotImplementedError

    def look_at(self, what: object) -> None:
        """Show this; another page sent the person here for it. What it may be, the page says."""
        raise NotImplementedError


class HeadedPage(OfficePage):
    """A page with a head, from which figures can be exported."""

    def __init__(self, line: LineState, head: Head, ask: Ask = ask_where) -> None:
        super().__init__(line)
        self.head, self.ask_where = head, ask

    def export(self, name: str, titles: Sequence[str], rows: Callable[[], Iterable[Sequence[str]]]) -> None:
        """Ask for a file and write the rows into it; the file's name holds the day."""
        chosen = self.ask_where(self, f"{name} {self.line.now().astimezone(LAGOS):%Y-%m-%d}.csv")
        if chosen:
            path = Path(chosen)
            export(self, path, titles, rows, then=lambda count: self._exported(path, count), failed=self.head.complain)

    def _exported(self, path: Path, count: int) -> None:
        self.head.complain("")
        self.said.emit(self.tr("1 row exported") if count == 1 else self.tr("{n} rows exported").format(n=f"{count:,}"), str(path))


class ListPage(HeadedPage):
    """A page that is a table. Escape closes the details, then lets go of the row."""

    def __init__(self, line: LineState, head: Head, listing: Listing, bars: Sequence[QWidget], ask: Ask = ask_where) -> None:
        """`bars` stand between the head and the table; the last of them is where people type."""
        super().__init__(line, head, ask)
        self.listing = listing
        listing.model.setParent(self)  # so that it ends with the page, and in its thread
        self.setLayout(column(head, *bars, (listing, 1), margins=(28, 20, 28, 20), spacing=14))
        line.changed.connect(listing.view.viewport().update)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape or not self.listing.back():
            super().keyPressEvent(event)
