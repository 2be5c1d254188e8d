"""Orders, their lines, their history, and the edges they may walk."""

from core.database.migrations import run_table

revision, down_revision = "0004", "0003"


def upgrade() -> None:
    run_table("0004_orders.sql")
