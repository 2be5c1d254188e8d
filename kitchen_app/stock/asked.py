"""What was asked of the server, read back from what was kept on disk: in words, and as the draft it was."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from core.base.quantity import shown
from core.database.pending import Kept
from core.stock import Item
from kitchen_app.stock.kinds import CORRECTION, COUNT, DELIVERY, WASTE, Draft

KINDS = {  # verb: kind, and what it calls the amount
    "receive_stock": (DELIVERY, "quantity"),
    "waste_stock": (WASTE, "quantity"),
    "count_stock": (COUNT, "counted"),
    "correct_stock": (CORRECTION, "on_hand"),
}

translate = QCoreApplication.translate


def item_id(args: dict[str, Any]) -> UUID | None:
    """Return which item it was about, if any."""
    return UUID(args["item_id"]) if "item_id" in args else None


def sentence(verb: str, args: dict[str, Any], find: Callable[[UUID], Item | None]) -> str:
    """Say what was asked: "Parboiled rice: Add 20 kg"."""
    about = item_id(args)
    item = find(about) if about else None
    if item is None:
        return translate("asked", "A change of an item that is not on this board")
    if verb in KINDS:
        kind, field = KINDS[verb]
        return f"{item.name}: {kind.act(item, args[field])}"
    return translate("asked", "{name}: undo a change").format(name=item.name)


def draft(kept: Kept, item: Item, now: datetime) -> Draft | None:
    """Return what was typed, to be looked at and saved anew; None when it was no form. It holds for the item as it is now."""
    if kept.verb not in KINDS:
        return None
    kind, field = KINDS[kept.verb]
    text = shown(kept.args[field], item.unit_size)
    return Draft(kind, item, now, text, kept.args.get("reason") or "", kept.args.get("note") or "")
