"""Asking what many corrections would do, and what was found out by it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Signal

from admin_app.proposals.asking import Asking
from admin_app.proposals.confirming_act import Confirmable
from admin_app.proposals.confirming_clock import Held
from admin_app.stock.correct_entries import Wanted
from admin_app.stock.correct_words import Corrected, ShortOrder, act_words, corrected, ids_of_short, short_orders
from core.base.errors import Stale
from core.database.gateway import Database
from core.kitchens import Kitchen
from core.orders import orders_by_id
from core.proposals import Proposal, preview_stock

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Checked:
    """What corrections of a kitchen would do."""

    kitchen: Kitchen
    proposed: Proposal
    shelves: list[Corrected]
    short: list[ShortOrder]

    def confirmable(self, held: Held) -> Confirmable:
        proposed, short = self.proposed, len(self.short)
        act = act_words(len(self.shelves), short)
        return Confirmable(proposed.id, proposed.token or "", short or None, act, "", held, proposed.created_at, is_danger=short > 0)


def look(db: Database, kitchen: Kitchen, wanted: Sequence[Wanted], command_id: UUID) -> Checked:
    """Preview the corrections, and read the orders that they leave short. Blocks."""
    ids, on_hands, versions = (list(each) for each in zip(*wanted, strict=True))
    proposed = preview_stock(db, command_id, ids, on_hands, versions)
    orders = orders_by_id(db, ids_of_short(proposed.impact))
    return Checked(kitchen, proposed, corrected(proposed.impact), short_orders(proposed.impact, orders))


class CorrectionAsking(Asking):
    """Shelves that changed since they were seen are told apart: they are decided one by one."""

    stale = Signal(list)  # the shelves: each as count_stock tells it

    def refuse(self, error: Exception) -> None:
        if isinstance(error, Stale):
            items: list[Mapping[str, Any]] = error.facts.get("items", [])
            self.stale.emit(items)
        else:
            super().refuse(error)

    def lost(self) -> str:
        return translate("stock", "The line was lost before the server answered. This was only a look: nothing was corrected. Look again.")
