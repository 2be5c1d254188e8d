"""The views of a refund in a test: what they say, and how a person works them."""

from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from core.live import Changes


def words(view):
    """Return all words that are visible in a view, each once."""
    QApplication.processEvents()
    shown = [each for kind in (QLabel, QAbstractButton) for each in view.findChildren(kind) if each.isVisible()]
    return list(dict.fromkeys(each.text() for each in shown if each.text()))


def told(qtbot, view, *objects):
    """Tell a view that these proposals changed, and wait until it and its list have looked."""
    view.take(Changes(False, frozenset({"proposals"}), frozenset(objects)))
    calm(qtbot, view)


def calm(qtbot, view):
    """Wait until a view and its list are not reading."""
    readers = (view.news, view.lines.news)
    qtbot.waitUntil(lambda: not any(each._busy or each._wanted or each._rest.isActive() for each in readers))
    qtbot.waitUntil(lambda: view.lines.asked == view.lines.answered)


def became(view):
    """Return for each row of the list the order's number and what became of it."""
    model = view.lines.model
    return [(row.number, model.index(place, model.columnCount() - 1).data().replace("\n", ": ")) for place, row in enumerate(model.rows)]


def press(view, text):
    """Press the visible button that says this, or begins with it; what it opens is laid out then."""
    push = button(view, text)
    assert push.isEnabled(), f"“{push.text()}” is off"
    push.click()
    QApplication.processEvents()


def button(view, text):
    """Return the visible button that says this, or begins with it."""
    QApplication.processEvents()
    [push] = [each for each in view.findChildren(QAbstractButton) if each.isVisible() and each.text().startswith(text)]
    return push


def write(line, text):
    """Type into a line in place of what stands there."""
    line.setText(text)
    line.textEdited.emit(text)
