"""What every screen is held to: contrast, names for screen readers, sizes of targets, uncut words, no markup. And its picture."""

import os
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from core.qt import task, theme
from core.qt.widgets import Elided

BUILD = Path(__file__).parents[2] / "build" / "pictures"
QUICKLY = 80  # what Qt calls a PNG's quality: here it is packed in a third of the time, and is a little larger
ACTS = QAbstractButton | QLineEdit | QComboBox | QPlainTextEdit  # what a person acts on


def wear_light(app: QApplication) -> None:
    """Dress the program in the light theme, unless it wears it: dressing takes longer than most tests."""
    if not app.styleSheet() or theme.choice() != "light":
        theme.apply(app, dark=False)


def looks(window: QWidget, *sizes: tuple[int, int]) -> Iterator[str]:
    """Show a window in both themes, each in these sizes or in its own; yields the name of each look ("1366-dark").

    The theme it wears comes first: changing it costs most.
    """
    for each in sorted(("light", "dark"), key=lambda each: each != theme.choice()):
        if theme.choice() != each:
            theme.apply(QApplication.instance(), each == "dark")
        for size in sizes or [window.size().toTuple()]:
            window.resize(*size)
            settle()
            yield f"{size[0]}-{each}"


def whole(window: QWidget, name: str, least: int, *sizes: tuple[int, int], sheet: QWidget | None = None, held: tuple = ()) -> None:
    """Draw a window in each look, with the sheet over it if one is open, and find nothing wrong with what is held to the rules.

    That is what lies on top, or whatever `held` names. `least` as in faults.
    """
    found = []
    for look in looks(window, *sizes):
        draw(window, f"{name}-{look}", sheet)
        found += [(f"{name}-{look}", fault) for each in held or [sheet or window] for fault in faults(each, least)]
    assert not found, found


def settle() -> None:
    """Wait until nothing is under way and what changed is laid out, which goes level by level."""
    for _ in range(3):
        assert task.wait()
        QApplication.processEvents()


def ground(page: QWidget) -> QWidget:
    """Give a page that is shown alone the ground it has in the office's window, in each theme."""
    page.setObjectName("ground")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    page.setStyleSheet("#ground { background: palette(window); }")
    return page


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours ("#1B1C1A") as WCAG counts it, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def faults(root: QWidget, least: int) -> list[str]:
    """Return what is wrong with a shown screen; `least`: the smallest target in px (48 in a kitchen, 40 in the office)."""
    return [*unnamed(root), *small(root, least), *cut(root), *marked_up(root)]


def unnamed(root: QWidget) -> list[str]:
    """What a screen reader could not name; a placeholder is no name."""
    return [f"no name: {_what(widget)}" for widget in _shown(root, ACTS) if not _name(widget)]


def small(root: QWidget, least: int) -> list[str]:
    """What is too small to hit. A radio or check box is hit on its words too, so only its height counts."""
    found = []
    for widget in _shown(root, ACTS):
        across = widget.width() if not isinstance(widget, QAbstractButton) or not widget.isCheckable() else least
        if min(across, widget.height()) < least:
            found.append(f"small: {_what(widget)} {widget.width()} × {widget.height()}")
    return found


def cut(root: QWidget) -> list[str]:
    """Words that do not fit where they stand. One that ends in … on purpose is not cut."""
    found = []
    for label in _shown(root, QLabel):
        needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        wide = 0 if label.wordWrap() or isinstance(label, Elided) else label.sizeHint().width()
        if label.text() and (wide > label.width() or needed > label.height()):
            found.append(f"cut: {label.text()!r}")
    for button in _shown(root, QAbstractButton):
        widest = max(QFontMetrics(button.font()).horizontalAdvance(line) for line in button.text().split("\n"))
        if widest > button.width() - (button.iconSize().width() if button.icon() else 0):
            found.append(f"cut: {button.text()!r}")
    return found


def marked_up(root: QWidget) -> list[str]:
    """Labels that would take a name for markup."""
    return [f"markup: {label.text()!r}" for label in _shown(root, QLabel) if label.textFormat().name != "PlainText"]


def draw(widget: QWidget, name: str, sheet: QWidget | None = None) -> None:
    """Draw its picture into build/pictures, with the sheet in its middle that lies over it, to be looked at."""
    QApplication.processEvents()
    picture = widget.grab()
    if sheet:
        painter = QPainter(picture)
        painter.drawPixmap(widget.rect().center() - QPoint(sheet.width() // 2, sheet.height() // 2), sheet.grab())
        painter.end()
    save(picture, name)


def save(picture: QPixmap, name: str) -> None:
    """Keep a picture in build/pictures; not where CI runs, for nobody looks at them there."""
    if "CI" in os.environ:
        return
    BUILD.mkdir(parents=True, exist_ok=True)
    picture.save(str(BUILD / f"{name}.png"), None, QUICKLY)


def _shown(root: QWidget, kinds: type | object) -> list:
    inside = [root, *root.findChildren(QWidget)]
    return [widget for widget in inside if isinstance(widget, kinds) and widget.isVisible()]


def _name(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def _what(widget: QWidget) -> str:
    return f"{type(widget).__name__} {_name(widget) or widget.property('placeholderText') or ''}".strip()
