"""Desk: what a page of the office is given: the database, the line, who sits here, and a way to send what is to be written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import QObject

from admin_app.promises.checks import Checks
from admin_app.watch import TrailWatch
from core.base.errors import Unanswered
from core.database.gateway import Database
from core.qt.line import LineState
from core.qt.settle import Settler
from core.qt.task import run
from core.staff import Me

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Desk:
    """One person's place in the office.

    `names` says what people call things ("Order 1042", a customer's name): whoever asks for a change of one puts it there, so
    that the settler can speak of it. `pages` are the keys of the pages this person has: what OfficePage.wanted can reach.
    `checks` are the promises as the window asked last; None: the page asks for itself. `watch` verifies the trail from this machine's
    last head; None where nobody may read it.
    """

    db: Database
    line: LineState
    me: Me
    settler: Settler | None = None
    names: dict[UUID, str] = field(default_factory=dict)
    pages: frozenset[str] = frozenset()
    checks: Checks | None = None
    watch: TrailWatch | None = None

    def send(
        self,
        owner: QObject,
        command_id: UUID,
        call: Callable[[UUID], Answer],
        *,
        then: Callable[[Answer], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Ask for one change, off the UI thread. `owner` is who hears the answer; gone, it hears nothing.

        The id stands for what the person meant: whoever asks keeps it, and sends the same one again after Busy or Offline. Where
        the answer was lost (Unanswered), the settler finds out what became of it.
        """

        def lost(error: Exception) -> None:
            if isinstance(error, Unanswered) and self.settler:
                self.settler.watch(command_id)
            failed(error)

        run(owner, lambda: call(command_id), then=then, failed=lost)
