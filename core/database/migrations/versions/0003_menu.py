"""What kitchens sell, and to whom."""

from core.database.migrations import run_table

revision, down_revision = "0003", "0002"


def upgrade() -> None:
    run_table("0003_menu.sql")
