"""What was typed about each item and is not saved, kept while the person looks at others."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from core.stock import Item
from kitchen_app.stock.kinds import Change, Draft


class Drafts:
    """One draft for each item. An empty one goes along with the item; one with something typed keeps what the person saw."""

    def __init__(self, first: Change) -> None:
        self._kept: dict[UUID, Draft] = {}
        self._kind = first  # a new draft is of the kind that was used last: who counts, counts on

    def of(self, item: Item, now: datetime) -> Draft:
        kept = self._kept.get(item.id)
        if kept is None:
            return Draft(self._kind, item, now)
        return replace(kept, seen=item, seen_at=now) if kept.is_empty else kept

    def keep(self, draft: Draft) -> None:
        self._kept[draft.seen.id] = draft
        self._kind = draft.kind

    def drop(self, item_id: UUID) -> None:
        self._kept.pop(item_id, None)

    def drop_sent(self, command_id: UUID) -> Item | None:
        """What was sent under this id was recorded after all; return the item it was about, if its draft was still here."""
        found = next((draft for draft in self._kept.values() if draft.sent_as == command_id), None)
        if found:
            self.drop(found.seen.id)
        return found.seen if found else None
