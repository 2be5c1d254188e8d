"""Widgets: the few pieces every screen is put together from. What they look like: resources/style.qss and core/qt/theme.py."""

from typing import TypeAlias, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from core.qt import theme
from core.qt.buttons import Button as Button
from core.qt.buttons import button as button
from core.qt.buttons import chip as chip
from core.qt.finger import Finger

Piece: TypeAlias = QWidget | QLayout
Part: TypeAlias = Piece | tuple[Piece, int] | int | None  # (piece, stretch); an int is a gap; None takes up the room that is left
Margins: TypeAlias = tuple[int, int, int, int]
Box = TypeVar("Box", bound=QBoxLayout)

NO_MARGINS: Margins = (0, 0, 0, 0)


def label(text: str, px: int = 15, weight: int = 400, tone: str | None = None, wrap: bool = False) -> QLabel:
    """Words on the screen, shown as they are: a name that holds markup stays a name."""
    words = QLabel()
    words.setTextFormat(Qt.TextFormat.PlainText)
    words.setText(text)
    words.setFont(theme.font(px, weight))
    words.setWordWrap(wrap)
    if tone:
        words.setProperty("tone", tone)
    return words


class Elided(QLabel):
    """One line that ends in … where there is no room; a screen reader hears all of it."""

    def __init__(self, text: str, px: int = 15, weight: int = 400, tone: str | None = None) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setFont(theme.font(px, weight))
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(48, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        text = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


class Picture(QWidget):
    """One icon, painted in the colours of the moment. It says nothing to a screen reader: words stand beside it."""

    def __init__(self, name: str, token: str = "text", px: int = 20) -> None:
        super().__init__()
        self.name, self.token, self.px = name, token, px
        self.setFixedSize(px, px)

    def show_icon(self, name: str, token: str) -> None:
        self.name, self.token = name, token
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).drawPixmap(0, 0, theme.icon(self.name, self.token, self.px))


class Pill(QFrame):
    """A state in one or two words with its icon: never the colour alone."""

    def __init__(self, text: str, tone: str | None = None, icon: str | None = None) -> None:
        super().__init__()
        self.setProperty("role", "pill")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.words = label(text, 13, 600)
        self.picture = Picture(icon or "info", px=16)
        self.setLayout(row(self.picture, self.words, margins=(9, 0, 11, 0), spacing=5))
        self.say(text, tone, icon)

    def say(self, text: str, tone: str | None = None, icon: str | None = None) -> None:
        self.words.setText(text)
        self.picture.setVisible(bool(icon))
        if icon:
            self.picture.show_icon(icon, f"{tone}Text" if tone else "muted")
        set_tone(self, tone)


class Note(QFrame):
    """A sentence on its own ground, beside what it speaks of."""

    def __init__(self, text: str, tone: str = "info", icon: str = "info") -> None:
        super().__init__()
        self.setProperty("role", "note")
        self.words = label("", 15, 500, wrap=True)
        self.picture = Picture(icon)
        self.setLayout(row(self.picture, (self.words, 1), margins=(14, 12, 14, 12), spacing=12))
        self.say(text, tone, icon)

    def say(self, text: str, tone: str, icon: str) -> None:
        self.words.setText(text)
        self.picture.show_icon(icon, f"{tone}Text")
        set_tone(self, tone)


def note(text: str, tone: str = "info", icon: str = "info") -> Note:
    return Note(text, tone, icon)


def pill(text: str, tone: str | None = None, icon: str | None = None) -> Pill:
    return Pill(text, tone, icon)


def picture(name: str, token: str = "text", px: int = 20) -> Picture:
    return Picture(name, token, px)


def frame(role: str, layout: QLayout | None = None, tone: str | None = None) -> QFrame:
    """Return a frame of one of the roles of resources/style.qss, such as "card"."""
    box = QFrame()
    box.setProperty("role", role)
    box.setProperty("tone", tone)
    if layout:
        box.setLayout(layout)
    return box


def menu(parent: QWidget) -> QMenu:
    """Return a menu with round corners."""
    choices = QMenu(parent)
    if QGuiApplication.platformName() != "xcb":  # X may paint what is see-through black
        choices.setWindowFlags(choices.windowFlags() | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint)
        choices.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
    return choices


def rule() -> QFrame:
    """Return a line across."""
    return frame("rule")


def page(layout: QLayout) -> QWidget:
    """Return a widget with the ground of a page."""
    ground = QWidget()
    ground.setProperty("role", "page")
    ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    ground.setLayout(layout)
    return ground


def scrolled(inside: QWidget | None = None) -> QScrollArea:
    """Return an area for more than fits, moved through by wheel, bar or finger, up and down only; what is inside is as wide as it."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if inside:
        area.setWidget(inside)
    Finger(area.viewport())
    return area


def row(*parts: Part, margins: Margins = NO_MARGINS, spacing: int = 8) -> QHBoxLayout:
    """Lay parts out from left to right."""
    return _laid_out(QHBoxLayout(), parts, margins, spacing)


def column(*parts: Part, margins: Margins = NO_MARGINS, spacing: int = 8) -> QVBoxLayout:
    """Lay parts out from top to bottom."""
    return _laid_out(QVBoxLayout(), parts, margins, spacing)


def set_tone(widget: QWidget, tone: str | None) -> None:
    set_property(widget, "tone", tone)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Change what the stylesheet looks at; it looks only when it is told to. What stands inside may depend on it too."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    for changed in (widget, *widget.findChildren(QWidget)):
        changed.style().unpolish(changed)
        changed.style().polish(changed)


def _laid_out(layout: Box, parts: tuple[Part, ...], margins: Margins, spacing: int) -> Box:
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    for part in parts:
        _add(layout, part)
    return layout


def _add(layout: QBoxLayout, part: Part) -> None:
    if part is None:
        layout.addStretch(1)
    elif isinstance(part, int):
        layout.addSpacing(part)
    else:
        piece, stretch = part if isinstance(part, tuple) else (part, 0)
        if isinstance(piece, QLayout):
            layout.addLayout(piece, stretch)
        else:
            layout.addWidget(piece, stretch)
