"""The panel in which something is confirmed: form, notes and buttons, standing as a column or lying across as a bar. It decides nothing."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from admin_app.proposals.confirming_act import Confirmable, Manner
from admin_app.proposals.confirming_clock import minutes
from admin_app.proposals.confirming_form import Form
from admin_app.proposals.confirming_notes import Notes
from core.qt.line import LineState, moment
from core.qt.widgets import button, column, frame, label, note, set_property

ACT = 270  # px: how wide the button is at least where it lies across

translate = QCoreApplication.translate


class Panel(QWidget):
    pressed = Signal()
    left = Signal()  # the person thought better of it

    def __init__(self, manner: Manner, line: LineState) -> None:
        super().__init__()
        self.manner, self.line = manner, line
        self.form, self.notes = Form(manner), Notes()
        self.title = label(translate("confirm", "Confirm"), 20, 600)
        self.trouble = note("", "danger", "circle-alert")
        self.trouble.hide()
        self.act, self.back = button("", "danger", "touch"), button(translate("confirm", "Go back"), None, "admin")
        self.hint = label("", 14, 400, "muted", wrap=True)
        self.below = column((self.hint, 1), self.back, spacing=8)
        acts = column(self.act, self.below, None, spacing=6)
        self.around = column(self.form, acts, spacing=14)
        card = frame("card", column(self.title, self.trouble, self.around, margins=(20, 14, 20, 14), spacing=10))
        self.box = column(self.notes, card, spacing=12)
        self.setLayout(self.box)
        self.act.clicked.connect(self.pressed)
        self.back.clicked.connect(self.left)
        self.arrange(False)

    def arrange(self, across: bool) -> None:
        """Lie across, or stand: then the notes are below, so that the button stays in view."""
        ways = QBoxLayout.Direction
        self.box.setDirection(ways.TopToBottom if across else ways.BottomToTop)
        self.around.setDirection(ways.LeftToRight if across else ways.TopToBottom)
        self.around.setStretch(0, 1 if across else 0)
        self.below.setDirection(ways.LeftToRight if across else ways.TopToBottom)
        self.act.setMinimumWidth(ACT if across else 0)
        self.title.setHidden(across)
        self.form.arrange(across)
        self.notes.arrange(across)

    def tell_act(self, words: str, is_final: bool, is_on: bool, hint: str) -> None:
        """Say what the button does; where it is off, `hint` says why. `is_final`: there is no way back from it."""
        self.act.setText(words)
        set_property(self.act, "kind", "danger" if is_final else "primary")
        self.act.setEnabled(is_on)
        self.hint.setText(hint)

    def tell_hold(self, shown: Confirmable, is_old: bool) -> None:
        """Say how long the figures hold, or of when they are."""
        now = self.line.now()
        if is_old:
            title = translate("confirm", "These figures are those of {time}").format(time=moment(shown.made_at, now))
            self.notes.hold.say(title, self.manner.nothing_done)
        else:
            title = translate("confirm", "These figures hold for {left}").format(left=minutes(shown.held.left(now)))
            self.notes.hold.say(title, self.manner.hold)

    def tell_trouble(self, sentence: str, is_checked: bool) -> None:
        """Say why nothing was sent, or that it is not known whether it was done."""
        lost = translate("confirm", "The line was lost before the server answered: it is done, or it is not.")
        checked = translate("confirm", "That is being checked. Do not do it again.")
        if is_checked:
            self.trouble.say(f"{lost} {checked}", "info", "clock")
        else:
            self.trouble.say(sentence, "danger", "circle-alert")
        self.trouble.setVisible(is_checked or bool(sentence))
