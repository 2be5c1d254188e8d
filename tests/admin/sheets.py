"""Sheets: how a test works the dialogs that lie over a page of the office."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel


def sheet(qtbot, kind):
    """Return the sheet of this kind that is open, as soon as it is."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    return QApplication.activeModalWidget()


def type_in(line, text):
    """Type into a line as a person does, in place of what stands there."""
    line.setText(text)
    line.textEdited.emit(text)


def press(widget, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(widget.windowHandle(), key, modifier)


def texts(widget):
    return [shown.text() for shown in widget.findChildren(QLabel) if shown.isVisible() and shown.text()]


def wait_for(qtbot, widget, words):
    """Wait until these words are to be read there."""
    qtbot.waitUntil(lambda: words in texts(widget))


def closed(qtbot):
    """Wait until no sheet is open any more."""
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
