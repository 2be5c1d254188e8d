"""Health: how the company fares: whether its promises hold, how the day goes, and how busy the server is.  SQL twins: core/health/*.sql."""

from core.health.day import Day, DayActs, DayMoney, DayOrders, Night, last_night, read_day, read_night
from core.health.freeze import CheckRun, Freeze, check_runs, freeze, freezes, record_checks
from core.health.load import LoadKept, LoadNow, LoadQuarter, load_kept, load_now, load_quarters, record_load
from core.health.promises import Area, Compat, Invariant, compat, invariants
from core.health.server import (
    OldestTransaction,
    OpenProgram,
    Queue,
    ServerFacts,
    ServerLogin,
    ServerSetting,
    TableSize,
    logins,
    oldest_transaction,
    programs,
    queues,
    server,
    server_settings,
    table_sizes,
)
from core.health.today import GivenBack, KitchenToday, WaitingMoney, WalletTotals, given_back, kitchens_today, waiting_money, wallet_totals

__all__ = [
    "Area", "CheckRun", "Compat", "Day", "DayActs", "DayMoney", "DayOrders", "Freeze", "GivenBack", "Invariant", "KitchenToday",
    "LoadKept", "LoadNow", "LoadQuarter", "Night", "OldestTransaction", "OpenProgram", "Queue", "ServerFacts", "ServerLogin",
    "ServerSetting", "TableSize", "WaitingMoney", "WalletTotals", "check_runs", "compat", "freeze", "freezes", "given_back", "invariants",
    "kitchens_today", "last_night", "load_kept", "load_now", "load_quarters", "logins", "oldest_transaction", "programs", "queues",
    "read_day", "read_night", "record_checks", "record_load", "server", "server_settings", "table_sizes", "waiting_money",
    "wallet_totals",
]  # fmt: skip
