"""The form of a confirmation: a reason, a note for the trail, and the figure typed. Nothing is chosen or written beforehand."""

import unicodedata

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QPlainTextEdit, QWidget

from admin_app.choice import ChoiceField
from admin_app.proposals.confirming_act import Manner
from core.qt import theme
from core.qt.form import Field, entry
from core.qt.widgets import column

SHORTEST, LONGEST = 5, 500  # signs of a note
NOTE_HEIGHT, NOTE_HEIGHT_ACROSS = 84, 66  # px
REASON, FIGURE = 226, 200  # px: how wide they are where the form lies across


class Form(QWidget):
    """What was typed stays until clear(), but for the figure: that one is typed for each preview anew."""

    changed = Signal()

    def __init__(self, manner: Manner) -> None:
        super().__init__()
        self.manner = manner
        self.figure: int | str | None = None  # what must be typed
        self.types = True  # whether one must be
        self.reason = ChoiceField(self.tr("Reason"), self.tr("Choose a reason"))
        self.reason.offer(list(manner.reasons))
        self.note = QPlainTextEdit()
        self.note.setFont(theme.font(15))
        self.note.setTabChangesFocus(True)
        self.typed = entry(px=20)
        self.note_field = Field(self.tr("Note for the audit trail"), self.note, self.tr("For whoever asks later."))
        self.typed_field = Field(manner.type_it, self.typed, manner.figure_help)
        self.box = column(self.reason, self.note_field, self.typed_field, spacing=12)
        self.setLayout(self.box)
        self.arrange(False)
        self.reason.changed.connect(self.changed)
        self.note.textChanged.connect(self._noted)
        self.typed.textChanged.connect(lambda: self._judge(False))
        self.typed.editingFinished.connect(lambda: self._judge(True))

    @property
    def code(self) -> str:
        return self.reason.value or ""

    @property
    def said(self) -> str:
        """The note as it is stored: one line."""
        return unicodedata.normalize("NFC", " ".join(self.note.toPlainText().split()))

    @property
    def matches(self) -> bool:
        try:
            return not self.types or self.figure is not None and self.manner.read(self.typed.text()) == self.figure
        except ValueError:
            return False

    def missing(self) -> str:
        """Say what must be there first; "" when it is."""
        if not self.code:
            return self.tr("Choose a reason first.")
        if len(self.said) < SHORTEST:
            return self.tr("Write a note first.")
        if len(self.said) > LONGEST:
            return self.tr("The note is too long.")
        if not self.matches:
            return self.manner.differs if self.typed.text().strip() else self.manner.type_it
        return ""

    def ask_for(self, figure: int | str | None) -> None:
        """Ask for this figure: what was typed for another one goes."""
        self.figure = figure
        self.typed.clear()
        self.typed.setReadOnly(figure is None)

    def let_type(self, types: bool) -> None:
        """Whether a figure must be typed at all."""
        self.types = types
        self.typed_field.setVisible(types)

    def hint_at(self, words: str) -> None:
        """Say what else belongs into the note; "" for nothing."""
        self.note_field.help_text = words or self.tr("For whoever asks later.")
        self._noted()

    def clear(self) -> None:
        self.reason.choose(None)
        self.note.clear()
        self.ask_for(None)

    def complain(self, field: str, sentence: str) -> bool:
        """Say a refusal under the field it is about; False when it is about none of them."""
        shown = {"code": self.reason, "reason": self.note_field}.get(field)
        if shown:
            shown.complain(sentence)
        return shown is not None

    def arrange(self, across: bool) -> None:
        self.box.setDirection(QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom)
        self.box.setStretch(1, 1 if across else 0)
        self.note.setFixedHeight(NOTE_HEIGHT_ACROSS if across else NOTE_HEIGHT)
        for field, width in ((self.reason, REASON), (self.typed_field, FIGURE)):
            field.setMinimumWidth(width if across else 0)
            field.setMaximumWidth(max(width, field.name.sizeHint().width()) if across else 16777215)
        for each in (self.reason, self.note_field, self.typed_field):
            self.box.setAlignment(each, Qt.AlignmentFlag.AlignTop if across else Qt.AlignmentFlag(0))

    def _noted(self) -> None:
        if len(self.said) > LONGEST:
            self.note_field.complain(self.tr("{n} signs are too many: {most} at most.").format(n=len(self.said), most=LONGEST))
        else:
            self.note_field.clear()
        self.changed.emit()

    def _judge(self, finished: bool) -> None:
        """Say whether what was typed is the figure; while it is being typed only where it cannot become it."""
        text = self.typed.text().strip()
        if text and self.matches:
            self.typed_field.approve(self.manner.matches)
        elif text and (finished or self._is_whole(text)):
            self.typed_field.complain(self._why_not(text))
        else:
            self.typed_field.clear()
        self.changed.emit()

    def _is_whole(self, text: str) -> bool:
        """Tell whether as much stands there as the figure or the name has, or something that is no digit of a figure."""
        if isinstance(self.figure, str):
            return len(text) >= len(self.figure)
        digits = [sign for sign in text if sign.isdigit()]
        return len(digits) >= len(str(self.figure or 0)) or len(digits) < len([sign for sign in text if sign not in "₦,. "])

    def _why_not(self, text: str) -> str:
        try:
            self.manner.read(text)
        except ValueError as error:
            return str(error)
        return self.manner.differs
