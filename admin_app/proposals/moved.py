"""What moved between the look at a proposal and its confirmation, in words. Nothing was done."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame

from admin_app.listing import empty
from core.qt.widgets import column, label, picture, row

MOST = 6  # named one by one

translate = QCoreApplication.translate


class Moved(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "note")
        self.setProperty("tone", "warn")
        title = label(translate("proposals", "Nothing was changed. Something is different since you looked."), 16, 600, wrap=True)
        self.place, self.rest = column(spacing=2), label("", 14, 400, wrap=True)
        inside = column(title, self.place, self.rest, spacing=6)
        self.setLayout(row(column(picture("triangle-alert", "warnText"), None), (inside, 1), margins=(16, 12, 16, 12), spacing=12))
        self.hide()

    def show_moved(self, found: Sequence[str]) -> None:
        """Show it; none: it is only known that something is different."""
        empty(self.place)
        for words in found[:MOST]:
            self.place.addWidget(label(words, 15, 500, wrap=True))
        again = translate("proposals", "What you typed is kept. Check again: you see what it would do now.")
        more = translate("proposals", "And {n} more.").format(n=len(found) - MOST) if len(found) > MOST else ""
        self.rest.setText(f"{more} {again}".strip())
        self.show()
