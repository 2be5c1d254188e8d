"""Health: how the company fares: whether its promises hold, and how the day goes.  SQL twins: core/health/*.sql."""

from core.health.day import Day, DayActs, DayMoney, DayOrders, read_day
from core.health.freeze import CheckRun, Freeze, check_runs, freeze, freezes, record_checks
from core.health.promises import Area, Compat, Invariant, compat, invariants
from core.health.today import GivenBack, KitchenToday, WaitingMoney, WalletTotals, given_back, kitchens_today, waiting_money, wallet_totals

__all__ = [
    "Area", "CheckRun", "Compat", "Day", "DayActs", "DayMoney", "DayOrders", "Freeze", "GivenBack", "Invariant", "KitchenToday",
    "WaitingMoney", "WalletTotals", "check_runs", "compat", "freeze", "freezes", "given_back", "invariants", "kitchens_today",
    "read_day", "record_checks", "waiting_money", "wallet_totals",
]  # fmt: skip
