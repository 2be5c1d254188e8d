"""Asking: a change of somebody's login, in a sheet. It stays until the server has answered; what was typed stays after a refusal."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLayout, QWidget

from admin_app.desk import Desk
from admin_app.fitted import Fitted
from core.base.errors import Busy, Invalid, Offline, Refused, Reused, TooFast, Unanswered
from core.base.identifiers import new_id
from core.qt.dialog import heading
from core.qt.widgets import button, note, row

WIDTH = 760  # px

translate = QCoreApplication.translate


class Asking(Fitted):
    """One id for what the person means: it is sent again after Busy, Offline and a lost answer, and is another after a refusal."""

    answered = Signal(object)  # what the server answered with

    def __init__(self, over: QWidget, desk: Desk, title: str, kind: str = "primary") -> None:
        super().__init__(over, title, WIDTH)
        self.desk, self.title = desk, title
        self.command_id = new_id()
        self.busy = self.lost = False  # under way; sent, and the answer was lost
        self.trouble = note("", "danger", "circle-alert")
        self.trouble.hide()
        self.back = button(translate("staff", "Go back"), None, "touch")
        self.back.clicked.connect(self.reject)
        self.act = button("", kind, "touch")
        self.act.setMinimumWidth(220)
        self.act.clicked.connect(self.ask)
        desk.line.changed.connect(self.show_act)

    def missing(self) -> str:
        """Say what must be there before it can be asked for; "" when it is."""
        raise NotImplementedError

    def words(self) -> str:
        """Say what the button will do."""
        raise NotImplementedError

    def call(self) -> Callable[[UUID], Any]:
        """Return what is to be asked of the server, off the UI thread."""
        raise NotImplementedError

    def refuse(self, error: Refused) -> bool:
        """Say a refusal where it belongs; False where that is above the button."""
        return False

    def lay_out(self, fact: str, icon: str, token: str, inside: QLayout) -> None:
        self.inside.setLayout(inside)
        foot = row(self.back, None, self.act)
        self.lay_out_round(heading(self.title, fact, icon, token), self.body, self.trouble, foot)
        self.show_act()
        self.fit()

    def show_act(self) -> None:
        """Show the button as things stand; where it is off it says why."""
        can_save = self.desk.line.can_save
        why_not = "" if self.lost else self.missing() if can_save else translate("staff", "No connection: nothing can be changed")
        asks = translate("staff", "Ask what became of it") if self.lost else self.words()
        self.act.setText(translate("staff", "Asking …") if self.busy else why_not or asks)
        self.act.setEnabled(not self.busy and not why_not)
        self.back.setEnabled(not self.busy)
        self.inside.setEnabled(not (self.busy or self.lost))
        self.fit_soon()

    def ask(self) -> None:
        self.busy = True
        self.trouble.hide()
        self.show_act()
        self.desk.send(self, self.command_id, self.call(), then=self._answered, failed=self._failed)

    def complain(self, sentence: str, tone: str = "danger", icon: str = "circle-alert") -> None:
        self.trouble.say(sentence, tone, icon)
        self.trouble.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape or not self.busy:  # what is under way cannot be left
            super().keyPressEvent(event)

    def _answered(self, answer: Any) -> None:
        self.busy = False
        self.answered.emit(answer)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.busy = False
        if isinstance(error, Unanswered):
            self.lost = True
            words = translate("staff", "The line was lost before the server answered: it is done, or it is not. Ask: it happens only once.")
            self.complain(words, "info", "clock")
        elif isinstance(error, Offline | Busy | TooFast):
            self.complain(str(error))
        else:
            self.lost, self.command_id = False, new_id()
            self._refused(error)
        self.show_act()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, Reused):
            self.complain(translate("staff", "It was not recorded. Look at it once more, and try again."))
        elif isinstance(error, Refused):
            if not self.refuse(error):
                self.complain(str(error))
        else:
            self.show_act()
            raise error  # a bug: the crash dialog has it


def field_of(error: Refused) -> str:
    """Name the argument that cannot be right."""
    return str(error.facts.get("field", "")) if isinstance(error, Invalid) else ""
