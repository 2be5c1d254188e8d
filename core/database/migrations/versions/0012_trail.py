"""What reading the trail needs."""

from core.database.migrations import run_table

revision, down_revision = "0012", "0011"


def upgrade() -> None:
    run_table("0012_trail.sql")
