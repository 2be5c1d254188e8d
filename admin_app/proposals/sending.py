"""Sending: one change that a person means, from the click until it is known what became of it."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, Signal

from admin_app.desk import Desk
from core.base.errors import Busy, Offline, Refused, Reused, TooFast, Unanswered
from core.base.identifiers import new_id
from core.qt.settle import CHECKING, RECORDED
from core.qt.widgets import Note

translate = QCoreApplication.translate


class Stage(StrEnum):
    """Where it is. While it is sent or checked, nothing is sent again."""

    FREE = "free"
    SENT = "sent"
    CHECKED = "checked"  # the answer was lost: it is done, or it is not


class Meant(QObject):
    """One id for what the person means: it stays after Busy and Offline, and is another once it is known what became of it.

    After a lost answer the settler finds out; until then `stage` is CHECKED, which is never to be shown as success.
    """

    changed = Signal()
    done = Signal(object)  # what the server answered with
    recorded = Signal()  # the answer was lost, and the server has it: read what it did
    refused = Signal(object)  # Refused: the person decides anew

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.command_id = new_id()
        self.stage = Stage.FREE
        self.trouble = ""  # why nothing was sent
        if desk.settler:
            desk.settler.changed.connect(self._look)

    def begin(self) -> None:
        """The person turns to something else: what is under way is settled without them."""
        self.command_id, self.stage, self.trouble = new_id(), Stage.FREE, ""
        self.changed.emit()

    def send(self, call: Callable[[UUID], Any]) -> None:
        """Send it, unless it was sent already."""
        if self.stage is not Stage.FREE:
            return
        sent = self.command_id
        self.stage, self.trouble = Stage.SENT, ""
        self.changed.emit()
        self.desk.send(
            self, sent, call, then=lambda answer: self._answered(sent, answer), failed=lambda error: self._failed(sent, error)
        )  # fmt: skip

    def _answered(self, sent: UUID, answer: Any) -> None:
        if sent == self.command_id:
            self.begin()
            self.done.emit(answer)

    def _failed(self, sent: UUID, error: Exception) -> None:
        if sent != self.command_id:
            return
        if isinstance(error, Unanswered):
            self.stage = Stage.CHECKED
        elif isinstance(error, Offline | Busy | TooFast):
            self.stage, self.trouble = Stage.FREE, str(error)
        else:
            self._give_up(error)
        self.changed.emit()

    def _give_up(self, error: Exception) -> None:
        self.begin()
        if isinstance(error, Reused):
            self.trouble = self.tr("It was not recorded. Look at it once more, and try again.")
        elif isinstance(error, Refused):
            self.refused.emit(error)
        else:
            raise error  # a bug: the crash dialog has it

    def _look(self) -> None:
        """See whether the settler has found out."""
        doubts = self.desk.settler.doubts if self.desk.settler else []
        found = [doubt.state for doubt in doubts if doubt.command_id == self.command_id and doubt.state != CHECKING]
        if self.stage is not Stage.CHECKED or not found:
            return
        self.begin()
        if found[0] == RECORDED:
            self.recorded.emit()
        else:
            self.trouble = self.tr("It was not recorded: nothing happened. Try again if it is still right.")
            self.changed.emit()


def say_how_it_stands(meant: Meant, place: Note) -> None:
    """Say where the person acted that it is being checked, or why nothing was sent; else nothing."""
    if meant.stage is Stage.CHECKED:
        checked = translate("refunds", "The line was lost before the server answered: it is done, or it is not. That is being checked.")
        place.say(f"{checked} {translate('refunds', 'Do not do it again.')}", "info", "clock")
    else:
        place.say(meant.trouble, "danger", "circle-alert")
    place.setVisible(bool(place.words.text()))
