"""Tile: one figure of the day with its unit and what it is compared with; where a page explains it, a click goes there."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from core.qt.buttons import Button
from core.qt.widgets import Elided, Picture, column, label, row, set_tone

LINES = 2  # comparisons below a figure


def quiet_unless(push: Button, leads: bool) -> None:
    """A thing that leads nowhere is no button to anybody: it takes neither clicks nor the focus."""
    push.setFocusPolicy(Qt.FocusPolicy.StrongFocus if leads else Qt.FocusPolicy.NoFocus)
    push.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not leads)
    push.setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)


def heading(title: str, *aside: QWidget) -> QHBoxLayout:
    """Lay out the top of a card, as high on every one."""
    laid = row(label(title, 16, 600), None, *aside, margins=(8, 0, 8, 0))
    laid.addStrut(28)
    return laid


class Tile(Button):
    def __init__(self, title: str, icon: str, leads: tuple[str, object], pages: Collection[str]) -> None:
        """`leads`: a page's key and what it shows; `pages` are those this person has."""
        super().__init__()
        self.title, self.leads = title, leads
        self.setProperty("role", "tile")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.figure = label("", 26, 600)
        self.lines = [Elided("", 13, 400, "muted") for _ in range(LINES)]
        head = row(Picture(icon, "muted", 18), (Elided(title, 14, 600, "muted"), 1), spacing=8)
        self.parts = column(head, 4, self.figure, 2, *self.lines, margins=(16, 13, 14, 13), spacing=2)
        self.setLayout(self.parts)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        quiet_unless(self, leads[0] in pages)

    def sizeHint(self) -> QSize:
        """As large as what is on it: a push button would only think of its own words."""
        return self.parts.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.parts.minimumSize()

    def tell(self, figure: str, lines: Sequence[str], is_old: bool) -> None:
        """Show a figure; an old one stands back."""
        self.figure.setText(figure)
        set_tone(self.figure, "muted" if is_old else None)
        for place, words in zip(self.lines, lines, strict=True):
            place.setText(words)
        self.setAccessibleName(". ".join([f"{self.title}: {figure}", *lines]))
        self.setToolTip("\n".join(lines))
