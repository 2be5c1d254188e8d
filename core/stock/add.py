"""New items on a kitchen's shelves.  SQL twin: core/stock/add.sql."""

from uuid import UUID

from core.database.gateway import Database
from core.stock.views import Movement


def add_stock_items(
    db: Database,
    command_id: UUID,
    kitchen_id: UUID,
    item_ids: list[UUID],
    names: list[str],
    places: list[str],
    barcodes: list[str | None],
    units: list[str],
    unit_sizes: list[int],
    warn_ats: list[int],
    full_ats: list[int],
    on_hands: list[int],
) -> list[Movement]:
    """Put up to 500 new items on a kitchen's shelves, all or none, and return their opening movements.

    The lists run side by side. Amounts are in the item's smallest unit, `unit_sizes` of which make one of `units`
    (1000 for kg and L, 1 for pieces). Raises Invalid (facts["field"]) or Missing (not your kitchen).
    """
    return db.call(
        Movement, "add_stock_items", command_id=command_id, kitchen_id=kitchen_id, item_ids=item_ids, names=names,
        places=places, barcodes=barcodes, units=units, unit_sizes=unit_sizes, warn_ats=warn_ats, full_ats=full_ats,
        on_hands=on_hands,
    )  # fmt: skip
