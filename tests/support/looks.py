"""What every screen is held to: contrast, names for screen readers, sizes of targets, uncut words, no markup. And its picture."""

from pathlib import Path

from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from core.qt import theme
from core.qt.widgets import Elided

BUILD = Path(__file__).parents[2] / "build" / "pictures"
ACTS = QAbstractButton | QLineEdit | QComboBox | QPlainTextEdit  # what a person acts on


def wear_light(app: QApplication) -> None:
    """Dress the program in the light theme, unless it wears it: dressing takes longer than most tests."""
    if not app.styleSheet() or theme.choice() != "light":
        theme.apply(app, dark=False)


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


def draw(widget: QWidget, name: str) -> None:
    """Draw its picture into build/pictures, to be looked at."""
    BUILD.mkdir(parents=True, exist_ok=True)
    QApplication.processEvents()
    widget.grab().save(str(BUILD / f"{name}.png"))


def _shown(root: QWidget, kinds: type | object) -> list:
    inside = [root, *root.findChildren(QWidget)]
    return [widget for widget in inside if isinstance(widget, kinds) and widget.isVisible()]


def _name(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def _what(widget: QWidget) -> str:
    return f"{type(widget).__name__} {_name(widget) or widget.property('placeholderText') or ''}".strip()
