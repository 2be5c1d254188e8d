"""Form: entries with their name above and a sentence below, amounts, searches, and rows to choose between."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QRadioButton,
    QSizePolicy,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from core.qt import theme
from core.qt.widgets import Picture, button, column, label, row, set_property, set_tone


class Field(QWidget):
    """An entry with its name, and under it what is wrong with what was typed, or what to know."""

    def __init__(self, name: str, editor: QWidget, help_text: str = "", px: int = 15) -> None:
        super().__init__()
        self.editor = editor
        self.help_text = help_text
        self.name = label(name, px, 600)
        acts = editor.focusProxy() or editor
        self.name.setBuddy(acts)
        acts.setAccessibleName(acts.accessibleName() or name)  # a buddy that is no sibling is not found by a reader
        self.sentence = label(help_text, 14, 400, "muted", wrap=True)
        self.setLayout(column(self.name, editor, self.sentence, spacing=6))
        self.clear()

    def complain(self, sentence: str) -> None:
        """Say what is wrong, here where it was typed."""
        self._say(sentence, "danger", "bad")

    def approve(self, sentence: str) -> None:
        self._say(sentence, "ok", "ok")

    def clear(self) -> None:
        self._say(self.help_text, "muted", "")

    def _say(self, sentence: str, tone: str, state: str) -> None:
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        set_tone(self.sentence, tone)
        entry = self.editor.focusProxy() or self.editor
        entry.setAccessibleDescription(sentence)
        set_property(entry, "state", state)


def entry(size: str | None = None, px: int = 16, example: str = "") -> QLineEdit:
    """Return a line to type on. `example` is shown while it is empty; its name comes from a Field."""
    line = QLineEdit()
    line.setFont(theme.font(px, 600 if px >= 20 else 400))
    line.setProperty("sz", size)
    line.setPlaceholderText(example)
    return line


def combo(entries: Sequence[str], size: str | None = None) -> QComboBox:
    """Return a box to choose from; the wheel over it changes nothing by accident."""
    box = QComboBox()
    box.setItemDelegate(QStyledItemDelegate(box))  # without one of its own the list ignores the height of a touch row
    box.addItems(list(entries))
    box.setFont(theme.font(16 if size else 15))
    box.view().setFont(box.font())
    box.setProperty("sz", size)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.installEventFilter(_WheelGuard(box))
    return box


class _WheelGuard(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Wheel:
            return False
        event.ignore()  # the page under it scrolls instead
        return True


class Search(QLineEdit):
    """A line to search by, with its magnifier at a decent distance; Escape or the cross empties it."""

    def __init__(self, name: str, example: str, size: str | None = None) -> None:
        super().__init__()
        self.setFont(theme.font(16 if size else 15))
        self.setProperty("sz", size)
        self.setAccessibleName(name)
        self.setPlaceholderText(example)
        self.setTextMargins(30, 0, 36, 0)
        self._glass = Picture("search", "muted")
        self._glass.setParent(self)
        self._cross = button("", size=size, icon="x")
        self._cross.setParent(self)
        self._cross.setProperty("role", "quiet")
        self._cross.setAccessibleName(self.tr("Empty the search"))
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Escape does the same
        self._cross.setCursor(Qt.CursorShape.ArrowCursor)
        self._cross.clicked.connect(self.clear)
        self._cross.hide()
        self.textChanged.connect(lambda text: self._cross.setVisible(bool(text)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._glass.move(14, (self.height() - self._glass.height()) // 2)
        side = self.height() - 4
        self._cross.setFixedSize(side, side)
        self._cross.move(self.width() - side - 2, 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class AmountField(QWidget):
    """− amount +, for whole smallest units. `read` turns text into them or raises ValueError with a sentence; `write` turns back."""

    changed = Signal()

    def __init__(
        self, name: str, read: Callable[[str], int], write: Callable[[int], str], step: int = 1, size: str = "touch_large"
    ) -> None:
        super().__init__()
        self.read, self.write, self.step = read, write, step
        self.line = QLineEdit()
        self.line.setFont(theme.font(34 if size == "touch_large" else 24, 600))
        self.line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.line.setProperty("sz", size)
        self.line.setAccessibleName(name)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.line.textChanged.connect(self.changed)
        self.less = self._stepper("minus", self.tr("Less"), size, -1)
        self.more = self._stepper("plus", self.tr("More"), size, 1)
        self.setFocusProxy(self.line)
        self.setLayout(row(self.less, (self.line, 1), self.more))

    @property
    def value(self) -> int | None:
        """Smallest units; None while what stands there is no amount, and why_not says so."""
        try:
            return self.read(self.line.text())
        except ValueError:
            return None

    @property
    def why_not(self) -> str:
        try:
            self.read(self.line.text())
        except ValueError as error:
            return str(error)
        return ""

    def set_value(self, amount: int | None) -> None:
        self.line.setText("" if amount is None else self.write(amount))

    def add(self, difference: int) -> None:
        """Move the amount; never below nothing, and from nothing when no amount stands there."""
        self.set_value(max(0, (self.value or 0) + difference))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up.value: 1, Qt.Key.Key_Down.value: -1}.get(event.key(), 0)
        if steps:
            self.add(steps * self.step)
        else:
            super().keyPressEvent(event)

    def _stepper(self, icon: str, name: str, size: str, direction: int) -> QWidget:
        push = button("", size=size, icon=icon)
        push.setFixedWidth(72)
        push.setIconSize(QSize(26, 26))
        push.setAccessibleName(name)
        push.setAutoRepeat(True)
        push.clicked.connect(lambda: self.add(direction * self.step))
        return push


class Choice(QFrame):
    """One of several ways on: what it does, when it is right, and at the right what comes out of it."""

    picked = Signal()

    def __init__(self, title: str, detail: str, result: str) -> None:
        super().__init__()
        self.setProperty("role", "choice")
        self.setMinimumHeight(72)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.radio = QRadioButton()
        self.radio.setMinimumHeight(48)
        self.radio.setAccessibleName(f"{title}. {detail} {result}")
        self.radio.toggled.connect(self._toggled)
        self.radio.installEventFilter(self)
        outcome = label(result, 20, 600)
        outcome.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        words = column(None, label(title, 16, 600, wrap=True), label(detail, 14, 400, "muted", wrap=True), None, spacing=2)
        self.setLayout(row(self.radio, (words, 1), outcome, margins=(18, 10, 20, 10), spacing=4))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):  # who slides off it thought better of it
            self.radio.setFocus(Qt.FocusReason.MouseFocusReason)
            self.radio.setChecked(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            set_property(self, "focused", event.type() == QEvent.Type.FocusIn)
        return False

    def _toggled(self, on: bool) -> None:
        set_property(self, "on", on)
        if on:
            self.picked.emit()


def choices(*rows: Choice) -> QVBoxLayout:
    """Lay choices out so that picking one lets go of the others; none is picked at first."""
    group = QButtonGroup(rows[0])
    for each in rows:
        group.addButton(each.radio)
    return column(*rows)


def right_label(text: str, px: int = 15, weight: int = 600) -> QLabel:
    """Return words that stand at the right edge, as figures do."""
    words = label(text, px, weight)
    words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return words
