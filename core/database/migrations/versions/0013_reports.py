"""Reports of the trail, and their signatures."""

from core.database.migrations import run_table

revision, down_revision = "0013", "0012"


def upgrade() -> None:
    run_table("0013_reports.sql")
