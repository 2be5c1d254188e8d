"""What lies on the shelves, every change of it, and what a dish takes from it."""

from core.database.migrations import run_table

revision, down_revision = "0005", "0004"


def upgrade() -> None:
    run_table("0005_stock.sql")
