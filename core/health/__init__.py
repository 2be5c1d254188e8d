"""Health: how the company fares: whether its promises hold, and how the day goes.  SQL twins: core/health/*.sql."""

from core.health.promises import Compat, Invariant, compat, invariants
from core.health.today import GivenBack, KitchenToday, WaitingMoney, WalletTotals, given_back, kitchens_today, waiting_money, wallet_totals

__all__ = [
    "Compat", "GivenBack", "Invariant", "KitchenToday", "WaitingMoney", "WalletTotals", "compat", "given_back", "invariants",
    "kitchens_today", "waiting_money", "wallet_totals",
]  # fmt: skip
