"""Refunds: previews, by order and line or by a rule. Nothing has moved before it is confirmed.  SQL twin: core/refunds/preview.sql.

Both return the proposal with its `token`, which confirm_proposal needs, and as `impact`: {"total", "orders", "customers", "wallet":
{"orders", "amount"}, "card": {…}, "largest": {"number", "amount"}, "ends" (orders that nobody cooks yet: they are cancelled), "again"
(orders that had a refund before), "several" (customers with more than one order), "several_most": [{"customer_id", "orders",
"amount"}, …], "left_out": [{"why", "orders", "amount"}, …], "kitchens": [{"kitchen_id", "orders", "amount"}, …]}; amounts in kobo.
The list itself: refund_orders.
Both raise Invalid (facts["field"], and facts["left_out"] where nothing at all can be refunded).
"""

from datetime import datetime
from uuid import UUID

from core.database.gateway import Database
from core.refunds.views import Destination, ProposedRefund


def preview_refund(
    db: Database,
    command_id: UUID,
    order_ids: list[UUID],
    dish_ids: list[UUID | None],
    quantities: list[int | None],
    destinations: list[Destination | None],
) -> ProposedRefund:
    """Preview a refund of orders and lines. The lists run side by side: no dish means the whole order, no quantity all that is left of it,
    no destination back to where the money came from. Raises Missing too (an order or a dish that is not there).
    """
    [proposed] = db.call(
        ProposedRefund, "preview_refund", command_id=command_id, order_ids=order_ids, dish_ids=dish_ids, quantities=quantities,
        destinations=destinations,
    )  # fmt: skip
    return proposed


def preview_refund_rule(
    db: Database,
    command_id: UUID,
    kitchen_id: UUID | None,
    since: datetime,
    until: datetime,
    states: list[str] | None,
    pay_with: str | None,
    exempt_ids: list[UUID],
) -> ProposedRefund:
    """Preview a refund of all orders placed from `since` until `until` (UTC, 31 days at most) of a kitchen, in some states, paid one way
    (None: any), but for those exempted.
    """
    [proposed] = db.call(
        ProposedRefund, "preview_refund_rule", command_id=command_id, kitchen_id=kitchen_id, since=since, until=until, states=states,
        pay_with=pay_with, exempt_ids=exempt_ids,
    )  # fmt: skip
    return proposed
