"""The foot of the side panel: the one button that saves, why it is off, and the place kept free for "saved, undo"."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QSizePolicy

from core.qt.texts import tip
from core.qt.toast import Toast
from core.qt.widgets import button, column, label, set_tone

STRIP = 58  # px: what the toast needs; without one the sentence stands there


class Foot(QFrame):
    """It never moves: the strip above the button is there whether something is said or not."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "foot")
        self.trouble = ""
        self.toast = Toast()
        self.toast.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.toast.undo.setProperty("role", "option")
        self.toast.undo.setToolTip(tip(self.tr("Undo (Ctrl+Z)")))
        self.toast.installEventFilter(self)
        self.sentence = label("", 14, 500, "muted", wrap=True)
        self.save = button("", "primary", "touch_large")
        self.save.setToolTip(tip(self.tr("Save (Enter in the amount or the note)")))
        strip = QFrame()
        strip.setMinimumHeight(STRIP)
        strip.setLayout(column(None, self.toast, self.sentence, spacing=0))
        self.setLayout(column(strip, self.save, margins=(24, 8, 24, 18), spacing=8))

    def show_act(self, act: str, why_off: str, warning: str) -> None:
        """Name what the button does; it is off while there is a reason, which stands beside it."""
        self.save.setText(act)
        self.save.setEnabled(not why_off)
        if self.trouble:
            self._say(self.trouble, "danger")
        elif warning and not why_off:
            self._say(warning, "warn")
        else:
            self._say(why_off or self.tr("You and the time are recorded."), "muted")

    def complain(self, sentence: str) -> None:
        """Say why nothing was saved, until something else is typed; "" takes it back."""
        self.trouble = sentence
        if sentence:
            self.toast.clear()
            self._say(sentence, "danger")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self.sentence.setVisible(event.type() == QEvent.Type.Hide)
        return False

    def _say(self, sentence: str, tone: str) -> None:
        self.sentence.setText(sentence)
        self.save.setAccessibleDescription(sentence)
        set_tone(self.sentence, tone)
