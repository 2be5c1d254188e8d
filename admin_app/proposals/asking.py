"""Asking what a proposal would do. Nothing moves by asking, so whatever became of a question it is asked anew, with another id."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, Signal

from admin_app.desk import Desk
from admin_app.proposals.confirming_clock import Held, held
from core.base.errors import Offline, Refused, Unanswered
from core.base.identifiers import new_id

translate = QCoreApplication.translate


class Dated(Protocol):
    """A proposal, as far as it says how long it holds."""

    @property
    def created_at(self) -> datetime: ...

    @property
    def expires_at(self) -> datetime: ...


class Looked(Protocol):
    """What was found out by looking: the proposal, and what belongs to it."""

    @property
    def proposed(self) -> Dated: ...


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
                self.refuse(error)

        self.desk.send(self, asked, look, then=answer, failed=failed)

    def drop(self) -> None:
        """Nobody waits for the answer any more."""
        self.asked = None

    def refuse(self, error: Exception) -> None:
        """Tell that there is no answer. A subclass may know more about it."""
        self.refused.emit(self.why_not(error))

    def why_not(self, error: Exception) -> str:
        """Say why it could not be told what would happen."""
        if isinstance(error, Unanswered):
            return self.lost()
        if not isinstance(error, Refused | Offline):
            raise error  # a bug: the crash dialog has it
        return str(error)

    def lost(self) -> str:
        """Say that the line was lost meanwhile, and that nothing came of it."""
        return translate("proposals", "The line was lost before the server answered. This was only a look: nothing changed. Look again.")
