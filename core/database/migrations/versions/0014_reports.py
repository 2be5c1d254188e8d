"""Reports of the trail, and their signatures."""

from core.database.migrations import run_table

revision, down_revision = "0014", "0013"


def upgrade() -> None:
    run_table("0014_reports.sql")
