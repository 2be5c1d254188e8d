"""Refunds: money given back for orders, by proposal.  SQL twins: core/refunds/*.sql; confirming and approving: core/proposals."""

from core.refunds.preview import preview_refund, preview_refund_rule
from core.refunds.run import dismiss_case, run_refund
from core.refunds.views import (
    Case,
    Destination,
    Dismissed,
    LineState,
    ProposedRefund,
    RefundableLine,
    RefundOrder,
    RefundProgress,
    RunningRefund,
    refund_cases,
    refund_orders,
    refund_progress,
    refundable_lines,
    running_refunds,
)

__all__ = [
    "Case", "Destination", "Dismissed", "LineState", "ProposedRefund", "RefundOrder", "RefundProgress", "RefundableLine", "RunningRefund",
    "dismiss_case", "preview_refund", "preview_refund_rule", "refund_cases", "refund_orders", "refund_progress", "refundable_lines",
    "run_refund", "running_refunds",
]  # fmt: skip
