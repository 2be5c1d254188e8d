"""Refunds: running what was confirmed, and deciding that none is due.  SQL twin: core/refunds/run.sql."""

from dataclasses import dataclass
from uuid import UUID

from core.database.gateway import Database
from core.refunds.views import Dismissed


@dataclass(frozen=True)
class _Ran:
    """What run_refund answers."""

    run_refund: int


def run_refund(db: Database, proposal_id: UUID) -> int:
    """Run the next lines of a refund, up to 500, and return how many: 0 when it was stopped, or has none left. The worker's."""
    [row] = db.call(_Ran, "run_refund", proposal_id=proposal_id)
    return row.run_refund


def dismiss_case(db: Database, command_id: UUID, order_id: UUID, reason: str) -> Dismissed:
    """Decide that no refund is due for an order, and why. Raises Missing, Illegal (somebody decided so) or Invalid (no reason)."""
    [dismissed] = db.call(Dismissed, "dismiss_case", command_id=command_id, order_id=order_id, reason=reason)
    return dismissed
