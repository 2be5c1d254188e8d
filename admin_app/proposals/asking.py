"""Asking what a proposal would do. Nothing moves by asking, so whatever became of a question it is asked anew, with another id."""

import time
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, Signal

from admin_app.desk import Desk
from admin_app.proposals.confirming_clock import Held, held
from core.base.errors import Offline, Refused, Unanswered
from core.base.identifiers import new_id
from core.proposals import Proposal

translate = QCoreApplication.translate


class Looked(Protocol):
    """What was found out by looking: the proposal, and what belongs to it."""

    @property
    def proposed(self) -> Proposal: ...


class Seen(NamedTuple):
    """What was found out, and how long it holds."""

    found: Any  # Looked
    held: Held


class Asking(QObject):
    """One question at a time: the answer to an earlier one is dropped."""

    seen = Signal(object)  # Seen
    refused = Signal(str)  # why there is no answer, in words

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.asked: UUID | None = None  # the id of the question that is under way

    def ask(self, look: Callable[[UUID], Looked]) -> None:
        """`look` previews under this id, and reads what else must be known. It blocks."""
        asked = self.asked = new_id()
        asked_at, counted_from = self.desk.line.now(), time.monotonic()

        def answer(found: Looked) -> None:
            if asked == self.asked:
                self.asked = None
                self.seen.emit(Seen(found, held(found.proposed.created_at, found.proposed.expires_at, asked_at, counted_from)))

        def failed(error: Exception) -> None:
            if asked == self.asked:
                self.asked = None
                self.refused.emit(why_not(error))

        self.desk.send(self, asked, look, then=answer, failed=failed)

    def drop(self) -> None:
        """Nobody waits for the answer any more."""
        self.asked = None


def why_not(error: Exception) -> str:
    """Say why it could not be told what would happen."""
    if isinstance(error, Unanswered):
        return translate("proposals", "The line was lost before the server answered. This was only a look: nothing changed. Look again.")
    if not isinstance(error, Refused | Offline):
        raise error  # a bug: the crash dialog has it
    return str(error)
