"""Asking what many corrections would do. Nothing moves by asking, so whatever became of a question it is asked anew, with another id."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, Signal

from admin_app.desk import Desk
from admin_app.proposals.confirming_act import Confirmable
from admin_app.proposals.confirming_clock import Held, held
from admin_app.stock.correct_entries import Wanted
from admin_app.stock.correct_words import Corrected, ShortOrder, act_words, corrected, ids_of_short, short_orders
from core.base.errors import Offline, Refused, Stale, Unanswered
from core.base.identifiers import new_id
from core.kitchens import Kitchen
from core.orders import orders_by_id
from core.proposals import Proposal, preview_stock

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Checked:
    """What corrections of a kitchen would do, and how long that holds."""

    kitchen: Kitchen
    proposed: Proposal
    held: Held
    shelves: list[Corrected]
    short: list[ShortOrder]

    def confirmable(self) -> Confirmable:
        proposed, short = self.proposed, len(self.short)
        act = act_words(len(self.shelves), short)
        return Confirmable(
            proposed.id, proposed.token or "", short or None, act, "", self.held, proposed.created_at, is_danger=short > 0
        )  # fmt: skip


class Asking(QObject):
    """One question at a time: the answer to an earlier one is dropped."""

    checked = Signal(object)  # Checked
    stale = Signal(list)  # shelves that changed since they were seen: each as count_stock tells it
    refused = Signal(str)  # why there is no answer, in words

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.asked: UUID | None = None  # the id of the question that is under way

    def ask(self, kitchen: Kitchen, wanted: Sequence[Wanted]) -> None:
        asked = self.asked = new_id()
        asked_at, counted_from = self.desk.line.now(), time.monotonic()

        def answer(found: tuple[Proposal, list[ShortOrder]]) -> None:
            proposed, short = found
            if asked == self.asked:
                self.asked = None
                holds = held(proposed.created_at, proposed.expires_at, asked_at, counted_from)
                self.checked.emit(Checked(kitchen, proposed, holds, corrected(proposed.impact), short))

        self.desk.send(self, asked, partial(self._read, list(wanted)), then=answer, failed=partial(self._failed, asked))

    def drop(self) -> None:
        """Nobody waits for the answer any more."""
        self.asked = None

    def _read(self, wanted: Sequence[Wanted], command_id: UUID) -> tuple[Proposal, list[ShortOrder]]:
        ids, on_hands, versions = (list(each) for each in zip(*wanted, strict=True))
        proposed = preview_stock(self.desk.db, command_id, ids, on_hands, versions)
        orders = orders_by_id(self.desk.db, ids_of_short(proposed.impact))
        return proposed, short_orders(proposed.impact, orders)

    def _failed(self, asked: UUID, error: Exception) -> None:
        if asked != self.asked:
            return
        self.asked = None
        if isinstance(error, Stale):
            items: list[Mapping[str, Any]] = error.facts.get("items", [])
            self.stale.emit(items)
        else:
            self.refused.emit(why_not(error))


def why_not(error: Exception) -> str:
    """Say why it could not be told what the corrections would do."""
    if isinstance(error, Unanswered):
        return translate("stock", "The line was lost before the server answered. This was only a look: nothing was corrected. Look again.")
    if not isinstance(error, Refused | Offline):
        raise error  # a bug: the crash dialog has it
    return str(error)
