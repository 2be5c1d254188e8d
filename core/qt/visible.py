"""Visible: find what is on screen by the words a person sees or a screen reader says. Knows no program."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

Found = TypeVar("Found")


class NotFound(Exception):
    """Nothing on screen is called that, or too much is."""


class Line(NamedTuple):
    """A row or a card of a view; `place` is its first cell."""

    view: QAbstractItemView
    place: QModelIndex


class Entry(NamedTuple):
    """An entry of a box, which need not be open."""

    box: QComboBox
    place: int


def windows() -> list[QWidget]:
    """Return every window that is on screen, the lowest first: windows, then dialogs, then menus."""
    shown = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    return sorted(shown, key=lambda window: (window.windowType() == Qt.WindowType.Popup, window.isModal(), window.isActiveWindow()))


def texts() -> list[str]:
    """Return every word that is visible now, each once, what is on top first."""
    found = [action_text(action) for action in _actions()]
    found += [text for window in reversed(windows()) for widget in _shown(window) for text in _words(widget)]
    return list(dict.fromkeys(text for text in map(_plain, found) if text))


def shows(text: str) -> bool:
    return any(_plain(text) in seen for seen in texts())


def target(text: str) -> QWidget | QAction:
    """Return what a click on this text would meet: a menu's entry, a button, or else whatever bears the words."""
    if QApplication.activePopupWidget():
        return _best(text, (([action_text(action)], action) for action in _actions()))
    widgets = _within_reach()
    try:
        return _best(text, ((_names(widget), widget) for widget in widgets if isinstance(widget, QAbstractButton)))
    except NotFound:
        return _best(text, ((_names(widget), widget) for widget in widgets if isinstance(widget, QLabel)))


def entry(name: str) -> QLineEdit | QPlainTextEdit:
    """Return the entry called `name` by its label or to a screen reader."""
    entries = [widget for widget in _within_reach() if isinstance(widget, QLineEdit | QPlainTextEdit)]
    return _best(name, ((_titles(widget), widget) for widget in entries))


def choice(text: str) -> Line | Entry:
    """Return the row, card or entry of a box that shows this text."""
    known: list[tuple[list[str], Line | Entry]] = []
    for widget in _within_reach():
        if isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
            known += [(told, line) for line, told in _lines(widget)]
        elif isinstance(widget, QComboBox) and widget.isEnabled():
            known += [([widget.itemText(place)], Entry(widget, place)) for place in range(widget.count())]
    return _best(text, known)


def action_text(action: QAction) -> str:
    return _plain(action.text())


def _best(text: str, candidates: Iterable[tuple[Iterable[str], Found]]) -> Found:
    """Return the first of which a text is exactly this; else the only one with a text that begins with it, else that holds it."""
    wanted, known = _plain(text), [([_plain(each) for each in told], found) for told, found in candidates]
    exact = [found for told, found in known if wanted in told]
    if exact:
        return exact[0]
    begins = [found for told, found in known if any(each.startswith(wanted) for each in told)]
    for matches in (begins, [found for told, found in known if any(wanted in each for each in told)]):
        if len(matches) == 1:
            return matches[0]
        if matches:
            raise NotFound(f"{len(matches)} things say “{text}”, none of them exactly")
    raise NotFound(f"nothing here says “{text}”")


def _within_reach() -> list[QWidget]:
    """Return what a person can act on: an open menu, or else the dialog that must be answered, or else every window."""
    first = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    shown = [first] if first else list(reversed(windows()))
    return [widget for window in shown for widget in _shown(window)]


def _shown(window: QWidget) -> Iterator[QWidget]:
    yield window
    yield from (widget for widget in window.findChildren(QWidget) if widget.isVisibleTo(window))


def _words(widget: QWidget) -> Iterator[str]:
    yield from _names(widget)
    if isinstance(widget, QLineEdit):
        yield widget.displayText() or widget.placeholderText()
    elif isinstance(widget, QPlainTextEdit):
        yield widget.toPlainText()
    elif isinstance(widget, QComboBox):
        yield widget.currentText()
    elif isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
        yield from (text for _, told in _lines(widget) for text in told)


def _names(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QAbstractButton | QLabel):
        yield widget.text()
    if isinstance(widget, QAbstractButton):
        yield widget.accessibleName()


def _titles(widget: QWidget) -> Iterator[str]:
    """What an entry is called: its accessible name, and the words of the label that belongs to it."""
    yield widget.accessibleName()
    yield from (words.text() for words in widget.window().findChildren(QLabel) if words.buddy() is widget)


def _lines(view: QAbstractItemView) -> Iterator[tuple[Line, list[str]]]:
    """Go through the rows or cards of a view, each with what is seen and what is heard of it."""
    model = view.model()
    for row in range(model.rowCount() if model else 0):
        if isinstance(view, QListView) and view.isRowHidden(row):
            continue
        cells = [model.index(row, column) for column in range(model.columnCount())]
        roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        yield Line(view, cells[0]), [str(cell.data(role) or "") for cell in cells for role in roles]


def _actions() -> list[QAction]:
    popup = QApplication.activePopupWidget()
    return [action for action in popup.actions() if action.isVisible()] if isinstance(popup, QMenu) else []


def _plain(text: str) -> str:
    """One blank between words, and "&&" as the button shows it."""
    return " ".join(text.replace("&&", "&").split())
