"""Sheets: how a test works the dialogs that lie over a page of the office."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tests.support.looks import BUILD


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


def draw_over(page, dialog, name):
    """Draw a page with the sheet over it into build/pictures, to be looked at."""
    QApplication.processEvents()
    picture = page.grab()
    painter = QPainter(picture)
    painter.drawPixmap(page.rect().center() - QPoint(dialog.width() // 2, dialog.height() // 2), dialog.grab())
    painter.end()
    BUILD.mkdir(parents=True, exist_ok=True)
    picture.save(str(BUILD / f"{name}.png"))
