"""Everything that happened to an order, on one line of time.  SQL twin: core/orders/story.sql."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from core.database.gateway import Database


class Told(StrEnum):
    """What a row of an order's story tells of."""

    STEP = "step"
    STOCK = "stock"
    MONEY = "money"
    CARD = "card"
    DISH = "dish"
    ACT = "act"


@dataclass(frozen=True)
class Happening:
    """One row of the view api.order_story: a thing that happened to an order, by a person (None: a service, see `login`).

    What was done at once has one `command_id`; a refund's is that of its proposal. By `kind`, `what` and `facts` are: STEP a State.
    STOCK "hold", "use" or "release", with facts["items"] (name, quantity in the smallest unit, unit, unit_size). MONEY "payment",
    "top_up" (a card's money, into the wallet), "reversal" or "refund". CARD "asked", "success", "failed" or "mismatch", with
    facts["currency"] and facts["provider_id"]. DISH "ready" or "not_ready", with facts["dish"]. ACT the verb, as the trail has it;
    of a refund with facts["state"], what became of its proposal; or how a part of it stands now that goes to a card or could not be given
    back: "refund_sending", "refund_unknown", "refund_done", "refund_failed", with facts["why"]. `amount` is in kobo, of this order alone.
    """

    order_id: UUID
    command_id: UUID
    at: datetime
    kind: Told
    what: str
    amount: int | None
    facts: dict[str, Any] | None
    reason: str | None
    by: str | None
    login: str


def order_story(db: Database, order_id: UUID) -> list[Happening]:
    """Return everything that happened to an order, oldest first. For the office."""
    return db.rows(Happening, "api.order_story WHERE order_id = %(order_id)s ORDER BY at, kind, what", order_id=order_id)
