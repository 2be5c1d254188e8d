"""Money: accounts, transfers and their entries, payments from outside, and what an order has paid."""

from core.database.migrations import run_table

revision, down_revision = "0006", "0005"


def upgrade() -> None:
    run_table("0006_money.sql")
