"""Correcting many figures of stock in a test: how a person works the page, by keys and by what they see."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.support.refund_views import press

SOON = 8000  # ms
NOTE = "Counted twice with Bisi"
WHY = "Counted wrong before"


def table(page):
    return page.correct.enter.typing.table


def begin(qtbot, page):
    """Turn to the figures, and wait until one can be typed."""
    press(page, "Correct many …")
    ready(qtbot, page)


def ready(qtbot, page):
    qtbot.waitUntil(lambda: table(page).editor is not None)


def at(page):
    """Return the name of the item whose figure is being typed, and what stands there."""
    QApplication.processEvents()
    editor = table(page).editor
    return table(page).current.item.name, editor.text() if editor else None


def key(page, *keys):
    """Press keys where a figure is being typed."""
    for each in keys:
        QTest.keyClick(table(page).editor, each)
        QApplication.processEvents()


def type_down(page, *figures):
    """Type figures straight down the column, each ended with Enter; "" leaves a row as it is."""
    for figure in figures:
        if figure:
            QTest.keyClicks(table(page).editor, figure)
        key(page, Qt.Key.Key_Return)


def said(page, *sections):
    """Return what the table says in these columns (all of them, where none is named), row by row."""
    model = table(page).model
    shown = sections or range(model.columnCount())
    return [tuple(model.index(place, section).data() for section in shown) for place in range(model.rowCount())]


def check(qtbot, page):
    """Have what was typed checked, and wait for step 2."""
    press(page, "Check ")
    qtbot.waitUntil(page.correct.check.isVisible, timeout=SOON)
    QApplication.processEvents()


def act(page):
    """Return the button that confirms, whatever it says now."""
    return page.correct.check.confirming.act


def fill(page, short=None, note=NOTE):
    """Give a reason, a note and, where orders are left short, how many."""
    form = page.correct.check.confirming.form
    box = form.reason.box
    box.setCurrentIndex([box.itemText(place) for place in range(box.count())].index(WHY))
    form.note.setPlainText(note)
    if short is not None:
        form.typed.setText(str(short))


def items(page):
    """Return what step 2 says of each item."""
    model = page.correct.check.items.model
    return [tuple(model.index(place, section).data() for section in range(4)) for place in range(model.rowCount())]


def short(view):
    """Return what a view's list says of each order that is left short."""
    model = view.short.list.rows
    return [model.index(place, 0).data() for place in range(model.rowCount())]


def refresh(qtbot, page):
    """Have the page read the shelves again, as the feed would."""
    page.reader.ask()
    qtbot.waitUntil(lambda: not (page.reader._busy or page.reader._wanted or page.reader._rest.isActive()))
