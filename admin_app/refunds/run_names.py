"""Names for a stored impact, which holds ids alone: what kitchens and customers are called now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from core.customers import customers
from core.database.gateway import Database
from core.kitchens import kitchens


@dataclass(frozen=True)
class Names:
    """By id; of the customers only those with several orders in it."""

    kitchens: dict[UUID, str]
    customers: dict[UUID, str]


def read_names(db: Database, impact: Mapping[str, Any]) -> Names:
    """Read them. Blocks."""
    several = [UUID(each["customer_id"]) for each in impact.get("several_most", [])]
    named = customers(db, customer_ids=several, limit=len(several)) if several else []
    return Names({kitchen.id: kitchen.name for kitchen in kitchens(db)}, {customer.id: customer.name for customer in named})
