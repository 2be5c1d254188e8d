"""Health: how the company fares: whether its promises hold, and how the day goes.  SQL twins: core/health/*.sql."""

from core.health.day import Day, DayActs, DayMoney, DayOrders, read_day
from core.health.promises import Compat, Invariant, compat, invariants
from core.health.today import GivenBack, KitchenToday, WaitingMoney, WalletTotals, given_back, kitchens_today, waiting_money, wallet_totals

__all__ = [
    "Compat", "Day", "DayActs", "DayMoney", "DayOrders", "GivenBack", "Invariant", "KitchenToday", "WaitingMoney", "WalletTotals", "compat",
    "given_back", "invariants", "kitchens_today", "read_day", "waiting_money", "wallet_totals",
]  # fmt: skip
