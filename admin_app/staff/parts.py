"""Parts: small pieces that several of this page's sheets are put together from."""

from collections.abc import Iterable

from PySide6.QtWidgets import QLayout, QWidget

from core.qt.widgets import column, label, picture, row


def held(layout: QLayout) -> QWidget:
    """Put a layout into a widget, so that it can be taken away again."""
    holder = QWidget()
    holder.setLayout(layout)
    return holder


def point(sentence: str, icon: str = "check", px: int = 14, tone: str = "muted") -> QWidget:
    """A sentence behind an icon."""
    return held(row(column(picture(icon, tone, 18), None), (label(sentence, px, 400, wrap=True), 1), spacing=10))


def points(said: Iterable[tuple[str, str]]) -> QLayout:
    """Lay out sentences, each behind its icon."""
    return column(*(point(sentence, icon, 16) for icon, sentence in said), spacing=12)
