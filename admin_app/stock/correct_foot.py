"""The foot of the table in which figures are typed: how many there are, what is in their way, and the button that checks them."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget

from admin_app.stock.correct_entries import Row
from admin_app.stock.correct_words import items_word
from core.qt.line import LineState
from core.qt.widgets import button, column, label, note, row, set_tone

translate = QCoreApplication.translate


class EntryFoot(QWidget):
    pressed = Signal()

    def __init__(self, line: LineState) -> None:
        super().__init__()
        self.line = line
        self.count, self.hint = label("", 17, 600), label("", 14, 400, "muted", wrap=True)
        self.trouble = note("", "danger", "circle-alert")
        self.trouble.hide()
        self.act = button("", "primary", "touch")
        self.act.setMinimumWidth(200)
        self.act.setToolTip(translate("stock", "See what it would do (Ctrl+Enter)"))
        self.act.clicked.connect(self.pressed)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):  # not the button's own: that one goes with each new text
            QShortcut(keys, self, self.act.click)
        self.setLayout(column(self.trouble, row((column(self.count, self.hint, spacing=2), 1), self.act, spacing=20), spacing=10))

    def complain(self, sentence: str, tone: str = "danger", icon: str = "circle-alert") -> None:
        self.trouble.say(sentence, tone, icon)
        self.trouble.setVisible(bool(sentence))

    def tell(self, rows: Sequence[Row], is_busy: bool) -> None:
        """Say how it stands with all rows of the kitchen."""
        counted, wrong = [each for each in rows if each.counts], [each for each in rows if each.why_not]
        many = items_word(len(counted))
        to_correct, nothing = translate("stock", "{items} to correct"), translate("stock", "Nothing to correct yet")
        self.count.setText(to_correct.format(items=many) if counted else nothing)
        hint = self._hint(counted, wrong)
        self.hint.setText(hint)
        set_tone(self.hint, "danger" if wrong and self.line.can_save else "muted")
        check = translate("stock", "Check {items}").format(items=many) if counted else translate("stock", "Check")
        self.act.setText(translate("stock", "Checking …") if is_busy else check)
        self.act.setEnabled(bool(counted) and not wrong and not is_busy and self.line.can_save)

    def _hint(self, counted: Sequence[Row], wrong: Sequence[Row]) -> str:
        if not self.line.can_save:
            return translate("stock", "No connection: nothing can be checked. What you typed stays.")
        if wrong:
            return f"{wrong[0].item.name}: {wrong[0].why_not}"
        if not counted:
            return translate("stock", "Type the new figure of each item that is wrong. Rows without one stay as they are.")
        moved = sum(each.has_moved for each in counted)
        if moved == 1:
            return translate("stock", "1 item changed meanwhile: you decide about it when you check.")
        if moved:
            words = translate("stock", "{items} changed meanwhile: you decide about them when you check.")
            return words.format(items=items_word(moved))
        return translate("stock", "Nothing is saved before you have seen what it would do.")
