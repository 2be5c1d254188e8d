"""Notes beside what is confirmed: how long the figures hold, and that a second person must agree."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from core.qt.widgets import column, label, picture, row, set_tone

translate = QCoreApplication.translate


class TitledNote(QFrame):
    """A title and a sentence on their own ground; side by side where they lie across."""

    def __init__(self, tone: str, icon: str) -> None:
        super().__init__()
        self.setProperty("role", "note")
        self.picture = picture(icon, f"{tone}Text")
        self.title, self.words = label("", 15, 600, wrap=True), label("", 14, 400, wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.box = column(self.title, self.words, spacing=2)
        self.around = row(self.picture, (self.box, 1), margins=(14, 10, 14, 10), spacing=12)
        self.setLayout(self.around)
        set_tone(self, tone)

    def say(self, title: str, words: str) -> None:
        self.title.setText(title)
        self.words.setText(words)

    def arrange(self, across: bool) -> None:
        self.box.setDirection(QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom)
        self.box.setSpacing(10 if across else 2)
        self.box.setStretch(1, 1 if across else 0)
        self.title.setWordWrap(not across)
        self.around.setAlignment(self.picture, Qt.AlignmentFlag.AlignVCenter if across else Qt.AlignmentFlag.AlignTop)


class Notes(QWidget):
    """The two of them: below each other, or side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.hold, self.second = TitledNote("info", "clock"), TitledNote("warn", "shield-check")
        self.box = column(self.hold, self.second, spacing=10)
        self.setLayout(self.box)
        self._across = False
        self.second.hide()

    def arrange(self, across: bool) -> None:
        self.box.setDirection(QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom)
        self.box.setStretch(1, 1 if across else 0)
        for each in (self.hold, self.second):
            each.arrange(across)
        self._across = across
        self._make_room()

    def tell_second(self, why: str) -> None:
        """Say why a second person must agree; "" where nobody need."""
        self.second.say(translate("confirm", "A second person must agree"), why)
        self.second.setVisible(bool(why))
        self._make_room()

    def _make_room(self) -> None:
        """Beside the other one there is only room for how long the figures hold."""
        self.hold.words.setHidden(self._across and not self.second.isHidden())
